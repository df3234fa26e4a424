//! The IATI code lists that the checker knows, as codes alone: what they mean stands in IATI's own
//! pages. Taken from the lists of IATI (CC BY 4.0) as they stood in June 2026; a test compares
//! them, code by code, with the published lists.
//!
//! Never says that a code is a good one: withdrawn codes are there too, since old files hold them.

/// A list of codes.
#[derive(Debug)]
pub struct List {
    /// What IATI calls it.
    pub name: &'static str,
    /// Whether IATI says that no other code exists.
    pub complete: bool,
    codes: &'static str,
}

impl List {
    /// Whether a code is in it, letter for letter.
    #[must_use]
    pub fn has(&self, code: &str) -> bool {
        !code.is_empty() && self.codes().any(|known| known == code)
    }

    /// Its codes, in IATI's order.
    pub fn codes(&self) -> impl Iterator<Item = &'static str> {
        self.codes.split_ascii_whitespace()
    }
}

const fn complete(name: &'static str, codes: &'static str) -> List {
    List { name, complete: true, codes }
}

const fn open(name: &'static str, codes: &'static str) -> List {
    List { name, complete: false, codes }
}

/// The list ActivityDateType.
pub const ACTIVITY_DATE_TYPE: List = complete("ActivityDateType", "1 2 3 4");
/// The list ActivityStatus.
pub const ACTIVITY_STATUS: List = complete("ActivityStatus", "1 2 3 4 5 6");
/// The list BudgetStatus.
pub const BUDGET_STATUS: List = complete("BudgetStatus", "1 2");
/// The list BudgetType.
pub const BUDGET_TYPE: List = complete("BudgetType", "1 2");
/// The list DocumentCategory.
pub const DOCUMENT_CATEGORY: List = complete(
    "DocumentCategory",
    "A01 A02 A03 A04 A05 A06 A07 A08 A09 A10 A11 A12 B01 B02 B03 B04 B05 B06 B07 B08 B09 B10 \
     B11 B12 B13 B14 B15 B16 B17 B18",
);
/// The list OrganisationRole.
pub const ORGANISATION_ROLE: List = complete("OrganisationRole", "1 2 3 4");
/// The list RelatedActivityType.
pub const RELATED_ACTIVITY_TYPE: List = complete("RelatedActivityType", "1 2 3 4 5");
/// The list TransactionType.
pub const TRANSACTION_TYPE: List = complete("TransactionType", "1 2 3 4 5 6 7 8 9 10 11 12 13");
/// The list ActivityScope.
pub const ACTIVITY_SCOPE: List = complete("ActivityScope", "1 2 3 4 5 6 7 8");
/// The list AidType.
pub const AID_TYPE: List = complete(
    "AidType",
    "A01 A02 B01 B02 B021 B022 B03 B031 B032 B033 B04 C01 D01 D02 E01 E02 F01 G01 H01 H02 H03 \
     H04 H05 H06",
);
/// The list AidTypeVocabulary.
pub const AID_TYPE_VOCABULARY: List = complete("AidTypeVocabulary", "1 2 3 4");
/// The list CashandVoucherModalities.
pub const CASH_AND_VOUCHER_MODALITIES: List = complete("CashandVoucherModalities", "1 2");
/// The list CollaborationType.
pub const COLLABORATION_TYPE: List = complete("CollaborationType", "1 2 3 4 6 7 8");
/// Countries (ISO 3166-1).
pub const COUNTRIES: List = open(
    "Country",
    "AF AX AL DZ AS AD AO AI AQ AG AR AM AW AU AT AZ BS BH BD BB BY BE BZ BJ BM BT BO BQ BA \
     BW BV BR IO BN BG BF BI KH CM CA CV KY CF TD CL CN CX CC CO KM CG CD CK CR CI HR CU CW \
     CY CZ DK DJ DM DO EC EG SV GQ ER EE ET FK FO FJ FI FR GF PF TF GA GM GE DE GH GI GR GL \
     GD GP GU GT GG GN GW GY HT HM VA HN HK HU IS IN ID IR IQ IE IM IL IT JM JP JE JO KZ KE \
     KI KP KR XK KW KG LA LV LB LS LR LY LI LT LU MO MK MG MW MY MV ML MT MH MQ MR MU YT MX \
     FM MD MC MN ME MS MA MZ MM NA NR NP NL AN NC NZ NI NE NG NU NF MP NO OM PK PW PS PA PG \
     PY PE PH PN PL PT PR QA RE RO RU RW BL SH KN LC MF PM VC WS SM ST SA SN RS SC SL SG SX \
     SK SI SB SO ZA GS SS ES LK SD SR SJ SZ SE CH SY TW TJ TZ TH TL TG TK TO TT TN TR TM TC \
     TV UG UA AE GB US UM UY UZ VU VE VN VG VI WF EH YE ZM ZW",
);
/// Currencies (ISO 4217).
pub const CURRENCIES: List = complete(
    "Currency",
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD \
     BTN BWP BYR BYN BZD CAD CDF CHF CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD \
     EEK EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS \
     INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LTL \
     LVL LYD MAD MDL MGA MKD MMK MNT MOP MRO MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK \
     NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP \
     SLE SLL SOS SSP SRD STD STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD \
     USN USS UYI UYU UZS VED VEF VES VND VUV WST XAF XBT XCD XDR XOF XPF YER ZAR ZMK ZMW ZWL",
);
/// The list DescriptionType.
pub const DESCRIPTION_TYPE: List = complete("DescriptionType", "1 2 3 4");
/// The list EarmarkingCategory.
pub const EARMARKING_CATEGORY: List = complete("EarmarkingCategory", "1 2 3 4");
/// The list FinanceType.
pub const FINANCE_TYPE: List = complete(
    "FinanceType",
    "1 110 1100 111 2 210 211 3 310 311 4 410 411 412 413 414 421 422 423 424 425 431 432 433 \
     451 452 453 510 511 512 520 530 610 611 612 613 614 615 616 617 618 620 621 622 623 624 \
     625 626 627 630 631 632 633 634 635 636 637 638 639 710 711 712 810 811 910 911 912 913",
);
/// The list FlowType.
pub const FLOW_TYPE: List = complete("FlowType", "10 20 21 22 30 35 36 37 40 50");
/// The list GeographicExactness.
pub const GEOGRAPHIC_EXACTNESS: List = complete("GeographicExactness", "1 2");
/// The list GeographicLocationClass.
pub const GEOGRAPHIC_LOCATION_CLASS: List = complete("GeographicLocationClass", "1 2 3 4");
/// The list GeographicLocationReach.
pub const GEOGRAPHIC_LOCATION_REACH: List = complete("GeographicLocationReach", "1 2");
/// The list GeographicVocabulary.
pub const GEOGRAPHIC_VOCABULARY: List = complete("GeographicVocabulary", "A1 A2 A3 A4 G1 G2");
/// The list HumanitarianScopeType.
pub const HUMANITARIAN_SCOPE_TYPE: List = open("HumanitarianScopeType", "1 2");
/// The list HumanitarianScopeVocabulary.
pub const HUMANITARIAN_SCOPE_VOCABULARY: List = open("HumanitarianScopeVocabulary", "1-2 2-1 99");
/// The list IndicatorMeasure.
pub const INDICATOR_MEASURE: List = complete("IndicatorMeasure", "1 2 3 4 5");
/// The list IndicatorVocabulary.
pub const INDICATOR_VOCABULARY: List = open("IndicatorVocabulary", "1 2 3 4 5 6 7 8 9 99");
/// Languages (ISO 639-1).
pub const LANGUAGES: List = open(
    "Language",
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cv \
     cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho \
     hr ht hu hy hz id ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw \
     ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr \
     nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so \
     sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa \
     wo xh yi yo za zh zu",
);
/// Registers that give organisations their ids: the first part of an id.
pub const AGENCIES: List = open(
    "OrganisationRegistrationAgency",
    "AD-COA AE-ACCI AE-ADCD AE-AFZ AE-COA AE-DCCI AE-DFSA AE-DIFC AE-DMCC AE-FCCI AE-FFZ \
     AE-HFZA AE-RAKIA AE-RK_CR AE-SAIF AE-SCCI AE-UQCCI AF-CBR AF-COA AF-MOE AF-TIN AG-COA \
     AI-COA AL-COA AL-QKB AM-COA AM-SRALE AO-COA AQ-COA AR-CENOC AR-COA AR-CUIT AS-COA AT-COA \
     AT-FB AT-UID AT-ZVR AU-ABN AU-ACNC AU-COA AW-COA AX-COA AZ-COA AZ-IVI BA-COA BB-COA \
     BD-COA BD-NAB BD-ROC BE-BCE_KBO BE-COA BE-GTCF BF-COA BF-MATD BG-COA BG-EIK BH-COA \
     BI-COA BI-NIF BJ-COA BJ-IFU BL-COA BM-COA BN-COA BO-CINS BO-COA BO-NIT BQ-COA BR-CNPJ \
     BR-COA BS-COA BT-COA BV-COA BW-CIPA BW-COA BW-TIN BY-ADR BY-COA BZ-COA CA-CC CA-COA \
     CA-CRA_ACR CA-GOV CA_AB-ABT CA_BC-BRC_CBR CA_MB-MTB CA_NB-NWB_NOB CA_NL-NFL_TNL \
     CA_NS-NVS_NVE CA_NT-NWT_TNO CA_NU-NNV CA_ON-ONT CA_PE-PEI_IPE CA_QC-QBC CA_SK-SKN \
     CA_YT-YKT CC-COA CD-COA CD-MJDH CF-COA CG-COA CH-COA CH-FDJP CH_BS-CR CI-COA CI-MOI \
     CK-COA CL-COA CL-MP CL-RUT CM-COA CM-NIU CN-COA CN-SAIC CN-USCI CO-CCB CO-COA CO-RUE \
     CR-COA CR-RPJ CU-COA CV-COA CW-COA CX-COA CY-COA CY-DRCOR CZ-COA CZ-DIC CZ-ICO DE-COA \
     DE-CR DJ-COA DK-COA DK-CVR DM-COA DO-COA DZ-COA EC-COA EC-RUC EE-COA EE-KMKR EE-RIK \
     EG-COA EG-CR EG-MOSS EH-COA ER-COA ES-COA ES-DIR3 ES-MDJ ES-NIF ES-RMC ET-COA ET-CSA \
     ET-MFA ET-MOT FI-COA FI-PRO FI-VERO FJ-COA FK-COA FM-COA FO-COA FR-COA FR-INSEE FR-RCS \
     GA-COA GB-CASC GB-CHC GB-COA GB-COE GB-COH GB-EDU GB-GOR GB-GOV GB-GOVUK GB-HESA GB-IRN \
     GB-LAE GB-LANI GB-LAS GB-MPR GB-NHS GB-NIC GB-PLA GB-REV GB-SC GB-SCOTEDU GB-SHPE GB-SRS \
     GB-UKPRN GB-WALEDU GD-COA GE-COA GE-NAPR GE-RS GF-COA GG-COA GG-RCE GH-COA GH-DSW GH-RGD \
     GI-COA GL-COA GM-COA GN-COA GP-COA GQ-COA GR-COA GS-COA GT-CISP GT-COA GT-NIT GT-RPJ \
     GU-COA GW-COA GY-COA HK-COA HK-CR HM-COA HN-COA HN-RTN HR-COA HR-MBS HR-OIB HT-COA \
     HU-AFA HU-COA ID-COA ID-DJP ID-KDN ID-KHH ID-KLN ID-PRO ID-SMR IE-CHY IE-COA IE-CRO \
     IL-COA IL-RA IL-ROC IM-COA IM-CR IM-GR IN-COA IN-MCA IN-MHA IO-COA IQ-COA IQ-NGO IR-COA \
     IS-COA IS-KEN IT-CF IT-COA IT-CUUO IT-RI JE-COA JE-FSC JE-JCR JE-OAC JM-COA JO-CCD \
     JO-COA JO-MSD JP-COA JP-JCN KE-COA KE-KRA KE-NCB KE-RCO KE-RSO KG-COA KG-ID KG-INN \
     KG-OKPO KG-TIN KH-COA KH-INGO KH-NNGO KI-COA KM-COA KN-COA KP-COA KR-BRN KR-COA KW-COA \
     KY-COA KZ-BIN KZ-COA LA-COA LB-COA LB-CR LB-MOI LC-COA LI-COA LK-COA LK-DRC LK-NGO \
     LR-COA LR-MFDPNGO LS-COA LS-LCN LT-COA LT-PVM LT-RC LU-COA LU-RCS LV-COA LV-RE LY-COA \
     MA-COA MC-COA MC-RCI MD-COA MD-IDNO ME-COA MF-COA MG-COA MG-NIF MH-COA MK-COA ML-CCIM \
     ML-COA ML-MAT ML-NIF MM-COA MM-MHA MN-COA MO-COA MP-COA MQ-COA MR-COA MS-COA MT-COA \
     MU-COA MU-CR MV-COA MW-CNM MW-COA MW-MRA MW-NBM MW-RG MX-CMX_CPA MX-COA MX-CPA MX-RFC \
     MY-COA MY-SSM MZ-COA MZ-CR MZ-MOJ MZ-NUIT NA-COA NA-NAMRA NC-COA NE-COA NE-DGI NF-COA \
     NG-BPP NG-CAC NG-COA NG-TIN NI-COA NL-COA NL-KVK NL-OWMS NO-BRC NO-COA NP-COA NP-CRO \
     NP-IRD NP-SWC NR-COA NU-COA NZ-COA OM-COA PA-COA PA-PRP PE-COA PE-RUC PE-SUNARP PF-COA \
     PG-COA PH-COA PH-SEC PK-COA PK-NTN PK-PCP PK-SEC PK-VSWA PL-COA PL-KRS PL-NIP PL-REGON \
     PM-COA PN-COA PR-COA PS-COA PS-MOI PS-TIN PT-COA PT-NIPPC PW-COA PY-COA PY-PGN PY-RUC \
     QA-COA RE-COA RO-COA RO-CUI RS-APR RS-COA RS-PIB RU-COA RU-INN RU-OGRN RW-COA RW-RGB \
     RW-RRA SA-COA SB-COA SC-COA SD-COA SE-BLV SE-COA SE-KK SE-ON SG-ACRA SG-COA SG-COC \
     SH-COA SI-COA SI-PRS SI-TIN SJ-COA SK-COA SK-ICO SK-ORSR SK-ZRSR SL-COA SL-NRA SL-OARG \
     SM-COA SN-COA SN-NINEA SO-COA SO-MPND SR-COA SS-COA SS-RRC ST-COA SV-COA SV-NIT SX-COA \
     SY-COA SZ-CIT SZ-COA TC-COA TD-COA TF-COA TG-COA TH-COA TH-MOI TH-TIN TJ-COA TK-COA \
     TL-COA TM-COA TN-COA TN-RNE TO-COA TR-COA TR-MERSIS TR-MOI TT-COA TV-COA TW-COA TZ-BRLA \
     TZ-COA TZ-NNCB TZ-TRA UA-COA UA-EDR UG-204CBO UG-COA UG-NGB UG-NGO UG-RSB UM-COA US-COA \
     US-DOS US-EIN US-USAGOV UY-COA UZ-COA UZ-KTUT VA-COA VC-COA VE-COA VG-COA VI-COA VN-COA \
     VN-MOST VU-COA WF-COA WS-COA XE-EXAMPLE XI-BRIDGE XI-DUNS XI-EORI XI-GRID XI-IATI XI-LEI \
     XI-PB XI-PID XI-ROR XI-WIKIDATA XK-COA XM-DAC XM-OCHA XR-EUCB XR-NUTS YE-COA YE-CR \
     YE-MSAL YT-COA ZA-CIP ZA-CIT ZA-COA ZA-NPO ZA-PBO ZM-COA ZM-PCR ZM-RNGO ZW-COA ZW-PVO \
     ZW-ROD ZZ-EBID",
);
/// The list OrganisationType.
pub const ORGANISATION_TYPE: List =
    complete("OrganisationType", "10 11 15 21 22 23 24 30 40 60 70 71 72 73 80 90");
/// The list OtherIdentifierType.
pub const OTHER_IDENTIFIER_TYPE: List = complete("OtherIdentifierType", "A1 A2 A3 A4 A9 B1 B9");
/// The list PolicyMarker.
pub const POLICY_MARKER: List = complete("PolicyMarker", "1 2 3 4 5 6 7 8 9 10 11 12");
/// The list PolicyMarkerVocabulary.
pub const POLICY_MARKER_VOCABULARY: List = complete("PolicyMarkerVocabulary", "1 99");
/// The list PolicySignificance.
pub const POLICY_SIGNIFICANCE: List = complete("PolicySignificance", "0 1 2 3 4");
/// The list Region.
pub const REGION: List = complete(
    "Region",
    "88 89 189 289 298 380 389 489 498 589 619 679 689 789 798 889 998 1027 1028 1029 1030 \
     1031 1032 1033 1034 1035",
);
/// The list RegionVocabulary.
pub const REGION_VOCABULARY: List = complete("RegionVocabulary", "1 2 99");
/// The list ResultType.
pub const RESULT_TYPE: List = complete("ResultType", "1 2 3 9");
/// Purposes of the DAC, five digits.
pub const SECTORS: List = complete(
    "Sector",
    "11110 11120 11130 11182 11220 11230 11231 11232 11240 11250 11260 11320 11321 11322 \
     11330 11420 11430 12110 12181 12182 12191 12196 12220 12230 12240 12250 12261 12262 \
     12263 12264 12281 12310 12320 12330 12340 12350 12382 13010 13020 13030 13040 13081 \
     13096 14010 14015 14020 14021 14022 14030 14031 14032 14040 14050 14081 15110 15111 \
     15112 15113 15114 15116 15117 15118 15119 15120 15121 15122 15123 15124 15125 15126 \
     15127 15128 15129 15130 15131 15132 15133 15134 15135 15136 15137 15140 15142 15143 \
     15144 15150 15151 15152 15153 15154 15155 15156 15160 15161 15162 15163 15164 15170 \
     15180 15185 15190 15196 15210 15220 15230 15240 15250 15261 16010 16011 16012 16013 \
     16014 16015 16020 16030 16040 16050 16061 16062 16063 16064 16065 16066 16070 16080 \
     21010 21011 21012 21013 21020 21021 21022 21023 21024 21030 21040 21050 21061 21081 \
     22010 22011 22012 22013 22020 22030 22040 23010 23020 23030 23040 23050 23061 23062 \
     23063 23064 23065 23066 23067 23068 23069 23070 23081 23082 23110 23111 23112 23181 \
     23182 23183 23210 23220 23230 23231 23232 23240 23250 23260 23270 23310 23320 23330 \
     23340 23350 23360 23410 23510 23610 23620 23630 23631 23640 23641 23642 24010 24020 \
     24030 24040 24050 24081 25010 25020 25030 25040 31110 31120 31130 31140 31150 31161 \
     31162 31163 31164 31165 31166 31181 31182 31191 31192 31193 31194 31195 31210 31220 \
     31261 31281 31282 31291 31310 31320 31381 31382 31391 32110 32120 32130 32140 32161 \
     32162 32163 32164 32165 32166 32167 32168 32169 32170 32171 32172 32173 32174 32182 \
     32210 32220 32261 32262 32263 32264 32265 32266 32267 32268 32310 33110 33120 33130 \
     33140 33150 33181 33210 41010 41020 41030 41040 41050 41081 41082 43010 43030 43031 \
     43032 43040 43041 43042 43050 43060 43071 43072 43073 43081 43082 51010 52010 53030 \
     53040 60010 60020 60030 60040 60061 60062 60063 72010 72011 72012 72040 72050 73010 \
     74010 74020 91010 92010 92020 92030 93010 93011 93012 93013 93014 93015 93016 93017 \
     93018 99810 99820",
);
/// The list SectorCategory.
pub const SECTOR_CATEGORY: List = complete(
    "SectorCategory",
    "111 112 113 114 121 122 123 130 140 151 152 160 210 220 230 231 232 233 234 235 236 240 \
     250 311 312 313 321 322 323 331 332 410 430 510 520 530 600 720 730 740 910 920 930 998",
);
/// The list SectorVocabulary.
pub const SECTOR_VOCABULARY: List =
    complete("SectorVocabulary", "1 2 3 4 5 6 7 8 9 10 11 12 99 98");
/// The list TagVocabulary.
pub const TAG_VOCABULARY: List = complete("TagVocabulary", "1 2 3 4 5 99");
/// The list TiedStatus.
pub const TIED_STATUS: List = complete("TiedStatus", "3 4 5");
/// The list UNSDG-Goals.
pub const UN_SDG_GOALS: List = complete("UNSDG-Goals", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17");
/// The list Version.
pub const VERSION: List = complete("Version", "1.01 1.02 1.03 1.04 1.05 2.01 2.02 2.03");

/// All of them.
pub const ALL: [&List; 44] = [
    &ACTIVITY_DATE_TYPE,
    &ACTIVITY_STATUS,
    &BUDGET_STATUS,
    &BUDGET_TYPE,
    &DOCUMENT_CATEGORY,
    &ORGANISATION_ROLE,
    &RELATED_ACTIVITY_TYPE,
    &TRANSACTION_TYPE,
    &ACTIVITY_SCOPE,
    &AID_TYPE,
    &AID_TYPE_VOCABULARY,
    &CASH_AND_VOUCHER_MODALITIES,
    &COLLABORATION_TYPE,
    &COUNTRIES,
    &CURRENCIES,
    &DESCRIPTION_TYPE,
    &EARMARKING_CATEGORY,
    &FINANCE_TYPE,
    &FLOW_TYPE,
    &GEOGRAPHIC_EXACTNESS,
    &GEOGRAPHIC_LOCATION_CLASS,
    &GEOGRAPHIC_LOCATION_REACH,
    &GEOGRAPHIC_VOCABULARY,
    &HUMANITARIAN_SCOPE_TYPE,
    &HUMANITARIAN_SCOPE_VOCABULARY,
    &INDICATOR_MEASURE,
    &INDICATOR_VOCABULARY,
    &LANGUAGES,
    &AGENCIES,
    &ORGANISATION_TYPE,
    &OTHER_IDENTIFIER_TYPE,
    &POLICY_MARKER,
    &POLICY_MARKER_VOCABULARY,
    &POLICY_SIGNIFICANCE,
    &REGION,
    &REGION_VOCABULARY,
    &RESULT_TYPE,
    &SECTORS,
    &SECTOR_CATEGORY,
    &SECTOR_VOCABULARY,
    &TAG_VOCABULARY,
    &TIED_STATUS,
    &UN_SDG_GOALS,
    &VERSION,
];

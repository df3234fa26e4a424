//! The codes that Baraza writes, each by a name that says what it means here. All of them stand in
//! [`lists`](super::lists); a test makes sure of it.
//!
//! Never holds a code that nothing writes: the lists have the others.

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident: $list:ident {
        $($(#[$means:meta])* $code:ident = $text:literal,)+
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$means])* $code,)+
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$code,)+];
            /// The list that they are taken from.
            pub const LIST: &'static super::lists::List = &super::lists::$list;

            /// The code in a file.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$code => $text,)+
                }
            }
        }
    };
}

codes! {
    /// What an organisation is.
    OrganisationType: ORGANISATION_TYPE {
        /// A ministry, a state agency.
        Government = "10",
        /// A city, a municipality.
        LocalGovernment = "11",
        /// Another public body.
        OtherPublic = "15",
        /// A non-governmental organisation that works in many countries.
        InternationalNgo = "21",
        /// A non-governmental organisation of a country that gives.
        NationalNgo = "22",
        /// A non-governmental organisation of a region.
        RegionalNgo = "23",
        /// A local organisation: of the country in which the work is done.
        LocalNgo = "24",
        /// Public and private together.
        PublicPrivate = "30",
        /// The United Nations, a development bank, a pooled fund of theirs.
        Multilateral = "40",
        /// A foundation.
        Foundation = "60",
        /// A firm.
        Private = "70",
        /// A firm of the country in which the work is done.
        LocalPrivate = "72",
        /// A university, a school.
        Academic = "80",
        /// Anything else: an assembly of residents, a savings group.
        Other = "90",
    }
}

codes! {
    /// What an organisation does in an activity.
    Role: ORGANISATION_ROLE {
        /// It gives the money.
        Funding = "1",
        /// It answers for the activity.
        Accountable = "2",
        /// It passes money on.
        Extending = "3",
        /// It does the work.
        Implementing = "4",
    }
}

codes! {
    /// How far an activity is.
    Status: ACTIVITY_STATUS {
        /// Thought of, not agreed.
        Planned = "1",
        /// Under way.
        UnderWay = "2",
        /// The work is done, the accounts are not.
        Finalising = "3",
        /// Done.
        Closed = "4",
        /// Called off.
        Cancelled = "5",
        /// Stopped for now.
        Suspended = "6",
    }
}

codes! {
    /// What a description tells.
    DescriptionType: DESCRIPTION_TYPE {
        /// What it is about.
        General = "1",
        /// What it is meant to reach.
        Objectives = "2",
        /// Whom it is for.
        ForWhom = "3",
        /// Anything else.
        Other = "4",
    }
}

codes! {
    /// Whose number another id of an activity is.
    OtherIdType: OTHER_IDENTIFIER_TYPE {
        /// Our own, such as the number of a decision.
        Own = "A1",
        /// The flow in the Financial Tracking Service.
        FtsFlow = "A4",
        /// Anybody else's.
        Other = "A9",
    }
}

codes! {
    /// What a location says about the activity.
    Reach: GEOGRAPHIC_LOCATION_REACH {
        /// The work is done there.
        Work = "1",
        /// Those it is for live there.
        People = "2",
    }
}

codes! {
    /// How exactly a location is told.
    Exactness: GEOGRAPHIC_EXACTNESS {
        /// It is this place.
        Exact = "1",
        /// It is about there.
        Approximate = "2",
    }
}

codes! {
    /// What kind of place a location is.
    PlaceClass: GEOGRAPHIC_LOCATION_CLASS {
        /// An administrative area.
        Area = "1",
        /// A town, a quarter.
        Settlement = "2",
    }
}

codes! {
    /// Whose codes name an administrative area.
    AreaVocabulary: GEOGRAPHIC_VOCABULARY {
        /// Global Administrative Unit Layers.
        Gaul = "A1",
        /// The United Nations' second-level boundaries.
        Salb = "A2",
        /// Global Administrative Areas.
        Gadm = "A3",
        /// ISO 3166-1: the country itself.
        Country = "A4",
        /// GeoNames.
        GeoNames = "G1",
        /// OpenStreetMap.
        OpenStreetMap = "G2",
    }
}

codes! {
    /// Whose codes name a sector.
    SectorVocabulary: SECTOR_VOCABULARY {
        /// Purposes of the DAC, five digits.
        Dac = "1",
        /// Purposes of the DAC, three digits.
        Dac3 = "2",
        /// Sustainable Development Goals.
        Goal = "7",
        /// Humanitarian clusters.
        Cluster = "10",
        /// The reporter's own list.
        Own = "99",
    }
}

codes! {
    /// What a humanitarian scope names.
    ScopeType: HUMANITARIAN_SCOPE_TYPE {
        /// An emergency.
        Emergency = "1",
        /// An appeal: a plan that asks for money.
        Appeal = "2",
    }
}

codes! {
    /// Whose codes name an emergency or an appeal.
    ScopeVocabulary: HUMANITARIAN_SCOPE_VOCABULARY {
        /// The GLIDE number of a disaster.
        Glide = "1-2",
        /// The code of a humanitarian plan.
        Plan = "2-1",
        /// The reporter's own list.
        Own = "99",
    }
}

codes! {
    /// What a transaction does. Which of its two organisations moved it follows from the reporter.
    TransactionType: TRANSACTION_TYPE {
        /// Money came in.
        IncomingFunds = "1",
        /// The reporter is bound to give.
        OutgoingCommitment = "2",
        /// Money was passed on.
        Disbursement = "3",
        /// Money was spent on goods and work.
        Expenditure = "4",
        /// Somebody is bound to give to the reporter.
        IncomingCommitment = "11",
        /// The reporter said it will give.
        OutgoingPledge = "12",
        /// Somebody said they will give to the reporter.
        IncomingPledge = "13",
    }
}

codes! {
    /// Whether a budget is the first or was changed.
    BudgetType: BUDGET_TYPE {
        /// As it was first agreed.
        Original = "1",
        /// As it was changed.
        Revised = "2",
    }
}

codes! {
    /// Whether anybody is bound by a budget.
    BudgetStatus: BUDGET_STATUS {
        /// A guess.
        Indicative = "1",
        /// Somebody is bound by it.
        Committed = "2",
    }
}

codes! {
    /// Under which head of public aid money flows.
    FlowType: FLOW_TYPE {
        /// Official development assistance.
        Oda = "10",
        /// Private giving.
        Private = "30",
        /// Neither.
        Other = "50",
    }
}

codes! {
    /// In which form money is given.
    FinanceType: FINANCE_TYPE {
        /// A grant.
        Grant = "110",
        /// A loan.
        Loan = "421",
    }
}

codes! {
    /// How aid is given.
    AidType: AID_TYPE {
        /// Core support to an organisation.
        Core = "B01",
        /// A pooled fund.
        Pooled = "B04",
        /// A project.
        Project = "C01",
    }
}

codes! {
    /// Whether the giver says where to buy.
    TiedStatus: TIED_STATUS {
        /// In part.
        Partially = "3",
        /// Yes.
        Tied = "4",
        /// No.
        Untied = "5",
    }
}

codes! {
    /// What another activity is to this one.
    Relation: RELATED_ACTIVITY_TYPE {
        /// This one is part of it.
        Parent = "1",
        /// It is part of this one.
        Child = "2",
        /// Both are parts of another.
        Sibling = "3",
        /// Paid for together.
        CoFunded = "4",
        /// Another organisation's report on the same work.
        ThirdParty = "5",
    }
}

codes! {
    /// How far from the work a result lies.
    ResultType: RESULT_TYPE {
        /// What was made or handed over.
        Output = "1",
        /// What changed because of it.
        Outcome = "2",
        /// What stays changed.
        Impact = "3",
        /// Anything else.
        Other = "9",
    }
}

codes! {
    /// What an indicator counts in.
    Measure: INDICATOR_MEASURE {
        /// Things, people, households.
        Unit = "1",
        /// Hundredths.
        Percentage = "2",
    }
}

/// Purposes of the DAC that relief and rebuilding in a city need most.
pub mod purpose {
    /// Shelter, water, sanitation, goods: relief that is none of the others.
    pub const RELIEF: &str = "72010";
    /// Basic health care in emergencies.
    pub const HEALTH_IN_EMERGENCIES: &str = "72011";
    /// Education in emergencies.
    pub const EDUCATION_IN_EMERGENCIES: &str = "72012";
    /// Food in emergencies.
    pub const FOOD: &str = "72040";
    /// Protection, coordination and support.
    pub const COORDINATION: &str = "72050";
    /// Rebuilding right after.
    pub const REBUILDING: &str = "73010";
    /// Being ready.
    pub const PREPAREDNESS: &str = "74020";
    /// Reducing risk.
    pub const RISK_REDUCTION: &str = "43060";
    /// Urban development and management.
    pub const URBAN: &str = "43030";
    /// All of them.
    pub const ALL: [&str; 9] = [
        RELIEF,
        HEALTH_IN_EMERGENCIES,
        EDUCATION_IN_EMERGENCIES,
        FOOD,
        COORDINATION,
        REBUILDING,
        PREPAREDNESS,
        RISK_REDUCTION,
        URBAN,
    ];
}

# review: unreviewed
reported-title = Wengine walichoripoti kuhusu fedha
reported-lead = Mashirika huiambia Umoja wa Mataifa wanachotoa kwa watu wenye shida (Huduma ya Kufuatilia Fedha, FTS). Haya ndiyo waliyosema. Si fedha za mji.
reported-own = Fedha za mji ziko wapi
reported-none = Bado hakuna kilicholetwa
reported-none-next = Anayeendesha nodi hii huleta majedwali ya FTS kwa amri “baraza import fts”.
reported-sentence = { $flows ->
    [one] Mtiririko mmoja wa fedha unasema { $all }. Kati yake, { $funded } zililipwa au kutiwa saini.
   *[other] Mitiririko { $flows } ya fedha inasema { $all }. Kati yake, { $funded } zililipwa au kutiwa saini.
}
reported-sums = Jumla yake
reported-paid = Zimelipwa
reported-commitment = Zimetiwa saini, bado hazijalipwa
reported-pledge = Ahadi tu
reported-shared = Zinashirikiwa na nchi nyingine: hakuna aliyesema sehemu ya nani ni ipi
reported-all = Zote pamoja
reported-internal = Zimepitishwa ndani ya nchi: zimehesabiwa juu tayari
reported-outgoing = Zimetoka tena: zimehesabiwa juu pia
reported-column-what = Uhakika wake
reported-column-amount = Kiasi
reported-plans = Mipango iliomba nini na ikapata nini
reported-plans-lead = Kama FTS inavyochapisha. Fedha zisizo na mpango zina mstari wake, ili kisipotee chochote.
reported-column-plan = Mpango (nchi, mwaka)
reported-column-required = Iliyoombwa
reported-column-funded = Iliyofika
reported-column-percent = Sehemu
reported-no-plan = Hakuna mpango uliotajwa
reported-agrees = { $country }: mitiririko inafika { $flows }, na mipango pia, hadi senti.
reported-differs = { $country }: mitiririko inafika { $flows }, mipango { $plans }. Tofauti ni { $by }.
reported-from = Nani alitoa
reported-from-none = Hakuna aliyetajwa
reported-clusters = Kwa ajili ya nini
reported-not-specified = Haikutajwa
reported-column-name = Jina
reported-others = { $n ->
    [one] Mwingine mmoja
   *[other] Wengine { $n } pamoja
}
reported-table = Mitiririko yote (CSV, safu za FTS)
refused-reported-many = Mitiririko ni mingi mno
refused-reported-many-advice = Nodi hutunza { $most } tu. Leta miaka na nchi zinazohusu hapa, au rudisha majedwali ya zamani.
refused-reported-sum = Jumla ya fedha inazidi zilizopo duniani
refused-reported-sum-advice = Angalia safu amountUSD: ina dola za Marekani, si senti wala fedha nyingine.
refused-reported-long = Safu { $row } ina maandishi marefu mno
refused-reported-long-advice = Yafupishe hadi herufi { $most }.
refused-reported-plans-many = Mipango ni mingi mno kwenye jedwali
refused-reported-plans-many-advice = Isizidi { $most } kwa mara moja. Ilete kwa majedwali kadhaa.

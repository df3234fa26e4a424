# review: reviewed
reported-title = What others reported about money
reported-lead = Organisations tell the United Nations what they give for people in need (Financial Tracking Service, FTS). This is what they told. It is not the city's own money.
reported-own = Where the city's own money is
reported-none = Nothing has been brought in yet
reported-none-next = Whoever runs this node brings in tables of FTS with the command “baraza import fts”.
reported-sentence = { $flows ->
    [one] One flow of money tells of { $all }. Of it, { $funded } was paid or signed for.
   *[other] { $flows } flows of money tell of { $all }. Of it, { $funded } was paid or signed for.
}
reported-sums = What it comes to
reported-paid = Paid
reported-commitment = Signed for, not yet paid
reported-pledge = Only promised
reported-shared = Shared with other countries: nobody told which part is whose
reported-all = All together
reported-internal = Handed on inside the country: it is counted above already
reported-outgoing = Gone out again: it is counted above too
reported-column-what = How firm it is
reported-column-amount = Amount
reported-plans = What plans asked for and got
reported-plans-lead = As FTS publishes it. Money for which no plan is named has a line of its own, so that nothing is lost.
reported-column-plan = Plan (country, year)
reported-column-required = Asked for
reported-column-funded = Came
reported-column-percent = Part
reported-no-plan = No plan named
reported-agrees = { $country }: the flows come to { $flows }, and so do the plans, to the cent.
reported-differs = { $country }: the flows come to { $flows }, the plans to { $plans }. They differ by { $by }.
reported-from = Who gave
reported-from-none = Nobody is named
reported-clusters = For what
reported-not-specified = Not specified
reported-column-name = Name
reported-others = { $n ->
    [one] One other
   *[other] { $n } others together
}
reported-table = All flows (CSV, the columns of FTS)
refused-reported-many = There are too many flows
refused-reported-many-advice = A node keeps at most { $most }. Bring in the years and the country that matter here, or take older tables back.
refused-reported-sum = The amounts come to more than there is
refused-reported-sum-advice = Look at the column amountUSD: it holds US dollars, not cents or another currency.
refused-reported-long = Row { $row } holds a text that is too long
refused-reported-long-advice = Shorten it to { $most } characters.
refused-reported-plans-many = There are too many plans in the table
refused-reported-plans-many-advice = At most { $most } at once. Bring them in as several tables.

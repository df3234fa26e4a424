# review: unreviewed
refused-decision-unknown = There is no such decision
refused-decision-unknown-advice = Check its number, such as D-41.
refused-decision-no-promise = This decision promised nothing
refused-decision-no-promise-advice = Open the decision to see what waits.

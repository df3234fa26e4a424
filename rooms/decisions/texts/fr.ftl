# review: unreviewed
decisions-title = Assemblées et décisions

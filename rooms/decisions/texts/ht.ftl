# review: unreviewed
decisions-title = x

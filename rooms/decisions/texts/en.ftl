# review: reviewed
decisions-title = x

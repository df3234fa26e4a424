# review: reviewed

# review: unreviewed

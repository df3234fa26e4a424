# review: unreviewed
decisions-title = Mikutano na maamuzi

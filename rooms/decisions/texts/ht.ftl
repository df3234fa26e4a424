# review: unreviewed
decisions-title = Asanble ak desizyon

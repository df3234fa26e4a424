# review: unreviewed
decisions-title = Asambleas y decisiones

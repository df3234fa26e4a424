# review: reviewed
decisions-title = Assemblies and decisions

"""The access rule a second time, in plain Python, and the random worlds in which both readings are compared."""

"""The objectives of the brief, one folder each."""

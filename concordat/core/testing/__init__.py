"""What tests stand on: one throw-away server, one migrated template database, no network."""

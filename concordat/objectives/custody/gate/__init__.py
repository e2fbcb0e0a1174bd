"""The gate: passes of workers with what they bring, their refusals and appeals, and the list of a day."""

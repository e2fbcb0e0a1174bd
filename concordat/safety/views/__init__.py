"""The pages of the safety of workers: each room of it in a file."""

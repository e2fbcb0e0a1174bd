"""Safety of those who work with persons: see README.md."""

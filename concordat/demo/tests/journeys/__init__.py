"""Whole journeys in a real browser on the real server: what people do from beginning to end."""

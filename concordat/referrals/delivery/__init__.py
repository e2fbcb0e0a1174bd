"""Delivering a service and ending it: sessions, reviews, the end report, the early end."""

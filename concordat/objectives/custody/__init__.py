"""Interventions in custody: sessions that are not listened to, and what the place owes to them."""

"""Registers the folder with Django."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "concordat.referrals"
    label = "referrals"

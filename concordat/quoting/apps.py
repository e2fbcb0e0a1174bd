"""Registers the folder with Django."""

from django.apps import AppConfig


class QuotingConfig(AppConfig):
    name = "concordat.quoting"
    label = "quoting"

"""Registers the folder with Django."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "concordat.ledger"
    label = "ledger"

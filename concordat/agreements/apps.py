"""Registers the folder with Django."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "concordat.agreements"
    label = "agreements"

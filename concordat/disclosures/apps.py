"""Registers the folder with Django."""

from django.apps import AppConfig


class DisclosuresConfig(AppConfig):
    name = "concordat.disclosures"
    label = "disclosures"

"""Registers the folder with Django."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "concordat.organisations"
    label = "organisations"

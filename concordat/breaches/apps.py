"""Registers the folder with Django."""

from django.apps import AppConfig


class BreachesConfig(AppConfig):
    name = "concordat.breaches"
    label = "breaches"

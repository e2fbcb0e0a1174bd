"""Registers the folder with Django."""

from django.apps import AppConfig


class ImpactConfig(AppConfig):
    name = "concordat.impact"
    label = "impact"

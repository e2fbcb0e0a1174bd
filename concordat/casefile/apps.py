"""Registers the folder with Django. The addresses of this door are named `cases:…`: the case is what it shows."""

from django.apps import AppConfig


class CasefileConfig(AppConfig):
    name = "concordat.casefile"
    label = "casefile"

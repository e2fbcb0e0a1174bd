"""Registers the folder with Django."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "concordat.cases"
    label = "cases"

"""Registers the folder with Django."""

from django.apps import AppConfig


class CustodyConfig(AppConfig):
    name = "concordat.objectives.custody"
    label = "custody"

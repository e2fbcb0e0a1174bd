"""Registers the folder with Django."""

from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "concordat.teams"
    label = "teams"

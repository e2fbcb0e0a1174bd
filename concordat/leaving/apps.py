"""Registers the folder with Django."""

from django.apps import AppConfig


class LeavingConfig(AppConfig):
    name = "concordat.leaving"
    label = "leaving"

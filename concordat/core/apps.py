"""Registers the folder with Django."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "concordat.core"
    label = "core"

"""Registers the folder with Django."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "concordat.sharing"
    label = "sharing"

"""Registers the folder with Django."""

from django.apps import AppConfig


class CountersigningConfig(AppConfig):
    name = "concordat.countersigning"
    label = "countersigning"

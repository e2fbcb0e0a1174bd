"""Registers the folder with Django."""

from django.apps import AppConfig


class MergingConfig(AppConfig):
    name = "concordat.merging"
    label = "merging"

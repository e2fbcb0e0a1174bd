"""Registers the folder with Django."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "concordat.exports"
    label = "exports"

"""Registers the folder with Django."""

from django.apps import AppConfig


class AboutConfig(AppConfig):
    name = "concordat.about"
    label = "about"

"""Registers the folder with Django."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "concordat.safety"
    label = "safety"

"""Registers the folder with Django."""

from django.apps import AppConfig


class EmergencyConfig(AppConfig):
    name = "concordat.emergency"
    label = "emergency"

"""Registers the folder with Django."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "concordat.access"
    label = "access"

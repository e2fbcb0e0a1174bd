"""Registers the folder with Django."""

from django.apps import AppConfig


class ControllersConfig(AppConfig):
    name = "concordat.controllers"
    label = "controllers"

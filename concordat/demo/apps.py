"""Registers the folder with Django."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "concordat.demo"
    label = "demo"

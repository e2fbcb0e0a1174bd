"""Registers the folder with Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "concordat.people"
    label = "people"

"""The clocks: deadlines with an owner and a consequence, counted by calendars."""

from django.apps import AppConfig


class ClocksConfig(AppConfig):
    name = "concordat.clocks"

"""Registers the folder with Django."""

from django.apps import AppConfig


class TodayConfig(AppConfig):
    name = "concordat.today"
    label = "today"

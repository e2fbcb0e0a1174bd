"""Registers the folder with Django."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "concordat.retention"
    label = "retention"

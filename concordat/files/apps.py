"""Registers the folder with Django."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "concordat.files"
    label = "files"

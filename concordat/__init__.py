"""Concordat: the signed agreement is the access policy."""

__version__ = "0.1.0"

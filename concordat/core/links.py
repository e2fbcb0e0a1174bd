"""Addresses by name, for pages that point to many rooms."""

from django.urls import NoReverseMatch, reverse


def address(name: str, *args: object) -> str:
    """Return the address of a page; nothing where this installation has no such room."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""

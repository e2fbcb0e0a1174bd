"""Sending a form as a browser does: with what its page carries in hidden fields besides what is typed."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from django.test import Client

HIDDEN = re.compile(r'<input type="hidden" name="(filled-from|draft|draft-ticket)" value="([^"]*)">')


def carried(page: str) -> dict[str, str]:
    """Return what the form of a page carries: what it was filled from, and its draft."""
    return {name: unescape(value) for name, value in HIDDEN.findall(page)}


def send(browser: Client, address: str, typed: Mapping[str, Any]) -> Any:  # noqa: ANN401 - the answer of the client
    """Open the page of a form, type, and send it."""
    return browser.post(address, carried(browser.get(address).content.decode()) | dict(typed))

"""How the tests of pages read them."""

import re
from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse


def main(page: str) -> str:
    """Return the main part of a page, without the token that differs each time."""
    found = re.search(r"<main.*</main>", page, re.DOTALL)
    assert found
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", found[0])
    return re.sub(r'id="changed">.*?</h2>', "", page)  # the moment since when Today counts as new


def read(client: Client, name: str, *args: object, status: int = 200) -> str:
    answer = client.get(reverse(f"referrals:{name}", args=args))
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def day(name: str, value: date) -> dict[str, Any]:
    return {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}


def curated(page: str) -> str:
    found = re.search(r'<div class="c-sheet">.*?</dl>', page, re.DOTALL)
    assert found
    return found[0]


def sign_url(page: str) -> str:
    """Return where the page of goals sends a signature: with the goals that it shows."""
    found = re.search(r'action="([^"]+/sign/[^"]+)"', page)
    assert found
    return found[1]

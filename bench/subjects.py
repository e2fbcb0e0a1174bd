"""Whom and what the pages are measured with: two people signed in, and the addresses that they open."""

import psycopg
from django.conf import settings
from django.db import connections
from django.test.utils import CaptureQueriesContext, setup_test_environment
from django.urls import reverse

from bench.country import FAMILY, GIVEN
from bench.pages import Page
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import LANTERN, PRISON, named

MENTOR, MINISTRY = "nadia", "pat"  # a caseload of 150; everything of the prison service


def sessions() -> dict[str, str]:
    """Sign both in as if it had happened, and return their cookies."""
    setup_test_environment()
    cookies = {name: session_of(name) for name in (MENTOR, MINISTRY)}
    connections.close_all()
    return cookies


def session_of(name: str) -> str:
    """Sign somebody in as if it had happened, and return their cookie."""
    return f"{settings.SESSION_COOKIE_NAME}={signed_in(name).cookies[settings.SESSION_COOKIE_NAME].value}"


def pages(db: "psycopg.Connection[tuple[object, ...]]") -> list[Page]:
    """Return the pages, each asked for about another case from one request to the next."""
    mentors = cases_of(db, LANTERN, 150)
    prisons = cases_of(db, PRISON, 400)
    service = named("service")
    return [
        Page("case list, 150 cases", MENTOR, lambda n: f"{reverse('cases:index')}?page={1 + n % 6}"),
        Page("case list, all cases", MINISTRY, lambda n: f"{reverse('cases:index')}?page={1 + n % 6}"),
        Page("case page, mentor", MENTOR, lambda n: reverse("cases:detail", args=[mentors[n % len(mentors)]])),
        Page("case page, ministry", MINISTRY, lambda n: reverse("cases:detail", args=[prisons[n % len(prisons)]])),
        Page("name search", MINISTRY, lambda _: reverse("search:search"), searched),
        Page("Today, mentor", MENTOR, lambda _: reverse("today:today")),
        Page("Today, ministry", MINISTRY, lambda _: reverse("today:today")),
        Page(
            "referral save", MINISTRY, lambda n: reverse("referrals:write", args=[prisons[n % len(prisons)], service]),
            lambda _: {"need": "mentoring", "text": "Wants to talk to somebody.", "outcome_1": "A weekly routine"}, 302,
        ),
    ]  # fmt: skip


def searched(number: int) -> dict[str, str]:
    return {"text": f"{GIVEN[number % 10]} {FAMILY[number % 500]}"}


def cases_of(db: "psycopg.Connection[tuple[object, ...]]", owner: int, most: int) -> list[object]:
    rows = db.execute(
        "SELECT id FROM cases_case WHERE owner_id = %s AND reference LIKE 'Z-%%' ORDER BY reference LIMIT %s",
        [owner, most],
    )
    return [row[0] for row in rows]


def statements(page: Page) -> int:
    """Count the statements of one request, on both connections."""
    client = signed_in(page.by)
    captured = [CaptureQueriesContext(connections[alias]) for alias in ("default", "signin")]
    with captured[0], captured[1]:
        address = page.address(1)
        client.post(address, page.sends(1)) if page.sends else client.get(address)
    connections.close_all()
    return sum(map(len, captured))

"""The interface opens what the page of the same thing opens, to the same people: both as routes.txt has them."""

import pytest

from concordat.demo.tests.test_routes import read_golden

BOOK = read_golden()
SAME = {
    "api:case case=case": "cases:detail pk=case",
    "api:case case=civil_case": "cases:detail pk=civil_case",
    "api:read_by case=case": "cases:readers pk=case",
    "api:read_by case=civil_case": "cases:readers pk=civil_case",
    "api:agreement agreement=protocol": "agreements:detail pk=protocol",
    "api:agreement agreement=draft": "agreements:detail pk=draft",
    "api:referral referral=referral": "referrals:detail pk=referral",
    "api:referral referral=referral_draft": "referrals:detail pk=referral_draft",
    "api:link link=link": "referrals:prepare link=link",
    "api:workers link=link": "referrals:workers link=link",
    "api:goals link=link": "referrals:goals link=link",
    "api:sessions link=link": "delivery:sessions link=link",
    "api:review review=review": "delivery:review pk=review",
    "api:end_report report=end_report": "delivery:end_report pk=end_report",
    "api:briefing briefing=briefing": "sharing:briefing pk=briefing",
    "api:service service=service": "referrals:service pk=service",
}


def opened(route: str) -> set[str]:
    """Return to whom a route opens something; a page may lead on to the one that shows it."""
    return {who for who, got in BOOK[route].items() if got == "200" or got.startswith("302 cases:detail")}


@pytest.mark.parametrize("route", SAME)
def test_it_is_open_to_the_same_people(route: str) -> None:
    assert opened(route) == opened(SAME[route])
    assert opened(route), "something has to be open to somebody"


def test_the_lists_are_open_to_whoever_acts_for_somebody() -> None:
    for route in ("api:cases", "api:referrals", "api:reviews", "api:agreements", "api:notices", "api:waiting"):
        assert opened(route) == BOOK[route].keys() - {"anonymous"}

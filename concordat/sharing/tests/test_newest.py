import pytest
from django.urls import reverse

from concordat.core.testing.visitor import signed_in
from concordat.demo.world import named

from .words import write

pytestmark = pytest.mark.django_db


def test_newest_leads_to_the_version_that_holds() -> None:
    briefing = write()
    answer = signed_in("nadia").get(reverse("sharing:newest", args=[named("case")]))

    assert answer.headers["Location"] == reverse("sharing:briefing", args=[briefing.pk])

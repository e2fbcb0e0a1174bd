"""One version: what signing it would change; two side by side; and on paper."""

import pytest
from django.urls import reverse

from concordat.agreements import actions
from concordat.agreements.models import Agreement, Version
from concordat.core.codes import Category, Form
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import LANTERN, acting, named

from . import ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def protocol() -> Version:
    """Return a protocol in force, with a newer version that gives more of one thing and nothing of another."""
    with acting("helen") as by:
        frame = actions.propose(ready.framework(by, other=LANTERN), by=by)
        first = actions.propose(ready.protocol(by, frame.agreement), by=by)
    for one in (frame, first):
        ready.sign(one, "helen", "ruth")
    with acting("ruth") as by:
        second = actions.new_version(Agreement.objects.get(pk=first.agreement_id), by=by)
        second.sharingrules.filter(category=Category.P13, owner=1).update(form=Form.FULL)
        second.sharingrules.filter(category=Category.P14).delete()
        words = "Each person is told in plain words, by Lantern, who sees what about them."
        actions.set_clause(second, code="ISP-8", wording=words, parameters={"again_days": 90}, by=by)
        return actions.propose(second, by=by)


def page_of(name: str, view: str, *args: object) -> str:
    return signed_in(name).get(reverse(f"agreements:{view}", args=args)).content.decode()


def test_it_shows_what_signing_would_change(protocol: Version) -> None:
    page = page_of("helen", "version", protocol.agreement_id, protocol.number)
    assert f"What changes if you sign version {protocol.number}" in page
    assert page.count("c-matrix__changed") == 2
    assert "Widens" in page
    assert "Closes" in page


def test_a_version_that_is_not_there_is_not_found(protocol: Version) -> None:
    with acting("helen") as by:
        hidden = actions.new_version(Agreement.objects.get(pk=named("terms")), by=by)
    browser = signed_in("ruth")
    for pk, number in ((protocol.agreement_id, 9), (hidden.agreement_id, hidden.number), (named("nothing"), 1)):
        assert browser.get(reverse("agreements:version", args=[pk, number])).status_code == 404


def test_two_versions_stand_side_by_side(protocol: Version) -> None:
    page = page_of("helen", "compare", protocol.agreement_id)
    assert f"Version 1 and version {protocol.number}" in page
    assert "<ins>words, by Lantern,</ins>" in page
    assert "<del>Where that has to wait" in page
    assert "Only in this version:" in page
    assert "Telling the person" in page
    assert "Across borders" not in page, "the same in both"


def test_the_other_way_round_can_be_asked_for(protocol: Version) -> None:
    address = reverse("agreements:compare", args=[protocol.agreement_id])
    page = signed_in("helen").get(address, {"before": protocol.number, "after": 1}).content.decode()
    assert "<del>words, by Lantern,</del>" in page
    assert signed_in("helen").get(address, {"before": "x", "after": "77"}).status_code == 200


def test_words_that_hold_signs_of_markup_stay_words() -> None:
    with acting("helen") as by:
        version = ready.framework(by, other=LANTERN)
        actions.set_clause(version, code="MOU-20", wording="<script>x</script> & more", parameters={}, by=by)
        actions.propose(version, by=by)
        second = actions.new_version(Agreement.objects.get(pk=version.agreement_id), by=by)
        actions.set_clause(second, code="MOU-20", wording="<script>y</script>", parameters={}, by=by)
    page = page_of("helen", "compare", version.agreement_id)
    assert "<script>" not in page
    assert "<ins>&lt;script&gt;y&lt;/script&gt;</ins>" in page


def test_on_paper_it_has_the_whole_check_number(protocol: Version) -> None:
    page = page_of("nadia", "print_version", protocol.agreement_id, protocol.number)
    assert " ".join(protocol.hash[start : start + 4] for start in range(0, 64, 4)) in page
    assert "Everybody at either party may read and keep it." in page
    assert "DPIA-7" in page


def test_terms_on_paper_name_places_workers_and_payments() -> None:
    with acting("helen") as by:
        version = ready.terms(by, ready.agreed("framework"))
    page = page_of("helen", "print_version", version.agreement_id, version.number)
    for words in ("Aldermoor Prison", "Lantern Mentoring: Basic, induction", "0, because a foundation pays"):
        assert words in page

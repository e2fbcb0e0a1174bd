"""The open part: agreed clause by clause, published with the last signature, read by everybody, and never more."""

import json
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.utils.timezone import now

from concordat.agreements import actions, opened
from concordat.agreements.catalogue import CATALOGUE, ENTRIES
from concordat.agreements.catalogue.openness import ALWAYS_OPEN, NAME, PERSONS
from concordat.agreements.forms import ClauseForm
from concordat.agreements.models import Ending, OpenPart, Suspension, Version
from concordat.core.testing.visiting import visit
from concordat.demo.world import LANTERN, PRISON, acting
from concordat.ledger.context import act_as

from . import ready

pytestmark = pytest.mark.django_db
SECRET = "The back gate opens at six."


def framework(**openly: object) -> Version:
    """Propose a framework whose clause on getting in is kept back; `openly` answers clause 26."""
    with acting("helen") as by:
        version = ready.framework(by, other=LANTERN)
        clause = version.clauses.get(code="MOU-7")
        actions.set_clause(
            version, code="MOU-7", wording=SECRET, parameters={**clause.parameters, NAME: "security"}, by=by
        )
        ready.answer(version, "MOU-26", by, **{"published": True, **openly})
        return actions.propose(version, by=by)


def signed(version: Version) -> Version:
    ready.sign(version, "helen", "ruth")
    return version


def address(version: Version, rest: str = "") -> str:
    return f"/agreements/public/{version.pk}/{rest}"


def stranger() -> Client:
    act_as(None)
    return Client()


@pytest.mark.requirement("MOU-26")
def test_with_the_last_signature_everybody_reads_the_open_part_and_no_word_of_the_annex() -> None:
    version = framework()
    ready.sign(version, "helen")
    assert stranger().get(address(version)).status_code == 404
    assert "Working together" not in stranger().get("/agreements/public/").content.decode()
    ready.sign(version, "ruth")
    assert "Working together" in stranger().get("/agreements/public/").content.decode()
    shown = stranger().get(address(version)).content.decode()
    assert "In the annex: it could be used against the security of a place" in shown
    assert "Independence, and speaking freely" in shown
    for page in (shown, stranger().get(address(version, "open.json")).content.decode()):
        assert SECRET not in page
        assert "555 0142" not in page, "the number of the duty desk is not published"
    assert stranger().get(address(version, "open.pdf")).content[:5] == b"%PDF-"


@pytest.mark.requirement("MOU-27")
def test_the_signed_text_names_the_check_number_of_its_open_part() -> None:
    version = signed(framework())
    answer = stranger().get(address(version, "open.json"))
    number = sha256(answer.content).hexdigest()
    assert answer.headers["X-Open-Part-SHA256"] == number
    assert answer.headers["X-Signed-Text-SHA256"] == version.hash == sha256(version.document.encode()).hexdigest()
    assert json.loads(version.document)["open_part"] == number


def test_what_has_ended_stays_and_says_so_and_a_suspension_is_nobodys_business() -> None:
    version = signed(framework())
    with acting("helen", level=2) as by:
        Suspension.objects.create(
            agreement=version.agreement, organisation_id=PRISON, ground="safety", explanation="x", created_by=by,
            ends_at=now() + timedelta(days=5),
        )  # fmt: skip
    assert "In force" in stranger().get(address(version)).content.decode()
    with acting("helen", level=2) as by:
        Ending.objects.create(
            agreement=version.agreement, organisation_id=PRISON, reason="x", at=now() - timedelta(minutes=1),
            created_by=by,
        )  # fmt: skip
    shown = stranger().get(address(version)).content.decode()
    assert "Ended" in shown
    assert "In force" not in shown


def test_a_framework_that_publishes_nothing_publishes_nothing_below_it_either() -> None:
    version = signed(framework(published=False))
    assert not OpenPart.objects.exists()
    with acting("helen") as by:
        below = ready.protocol(by, version.agreement)
        assert opened.open_text(below) == ""
    assert "Nothing of this version is published" in open_page("ruth", version)


def open_page(who: str, version: Version) -> str:
    return str(visit(who, f"/agreements/{version.agreement_id}/versions/{version.number}/open/").content.decode())


def test_a_protocol_publishes_who_gives_what_and_terms_no_price_that_is_kept_back() -> None:
    frame = signed(framework()).agreement
    with acting("helen") as by:
        protocol, terms = ready.protocol(by, frame), ready.terms(by, frame)
        said = json.loads(opened.open_text(protocol))
        assert len(said["rules"]) == protocol.sharingrules.count()
        assert "funding" in json.loads(opened.open_text(terms))
        ready.answer(terms, "TRM-13", by, **{NAME: "trade"})
        said = json.loads(opened.open_text(Version.objects.get(pk=terms.pk)))
        assert "funding" not in said
        assert said["places"]
        proposed = actions.propose(protocol, by=by)
    ready.sign(proposed, "helen", "ruth")
    shown = stranger().get(address(proposed)).content.decode()
    assert "Safety briefing" in shown
    assert "Who gives what to whom" in shown


def test_what_must_be_open_is_not_even_asked_and_stays_open_whatever_is_stored() -> None:
    for entries in CATALOGUE.values():
        for entry in entries:
            assert (NAME in {one.name for one in entry.parameters}) == (entry.code not in ALWAYS_OPEN), entry.code
    assert {"MOU-6", "MOU-16", "MOU-23", "ISP-4", "ISP-9", "ISP-18", "TRM-6"} <= ALWAYS_OPEN
    with acting("helen") as by:
        version = ready.framework(by, other=LANTERN)
        ready.answer(version, "MOU-6", by, **{NAME: "security"})
        said = json.loads(opened.open_text(version))
        (clause,) = [one for one in said["clauses"] if one["code"] == "MOU-6"]
        assert clause["wording"]
        assert "answer_kept_back" not in ClauseForm(ENTRIES["MOU-6"], version).fields
        assert "answer_kept_back" in ClauseForm(ENTRIES["MOU-7"], version).fields


def test_a_clause_that_was_not_asked_is_kept_back() -> None:
    with acting("helen") as by:
        version = ready.framework(by, other=LANTERN)
        clause = version.clauses.get(code="MOU-9")
        clause.parameters.pop(NAME)
        clause.save(update_fields=["parameters"])
        (shown,) = [one for one in json.loads(opened.open_text(version))["clauses"] if one["code"] == "MOU-9"]
        assert shown.keys() == {"code", "position", NAME}


def test_no_answer_that_reaches_a_person_is_published() -> None:
    with acting("helen") as by:
        texts = [opened.open_text(ready.framework(by, other=LANTERN))]
        said = json.loads(texts[0])
    for one in said["clauses"]:
        assert not {(one["code"], name) for name in one.get("parameters", {})} & PERSONS
    assert "Dora Quill" not in texts[0]
    assert {code for code, _name in PERSONS} <= ENTRIES.keys()


def test_a_party_reads_before_it_signs_what_everybody_will() -> None:
    version = framework()
    for who in ("helen", "ruth"):
        shown = open_page(who, version)
        assert "Independence, and speaking freely" in shown
        assert SECRET not in shown
    assert visit("otto", f"/agreements/{version.agreement_id}/versions/1/open/").status_code == 404


def test_nobody_publishes_changes_or_forges_it_by_hand() -> None:
    version = framework()
    for change in (
        "UPDATE agreements_openpart SET published_at = now()",
        "UPDATE agreements_openpart SET text = '{}'",
        "DELETE FROM agreements_openpart",
    ):
        with acting("helen", level=2), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(change)
    with acting("helen") as by:
        other = ready.framework(by, other=LANTERN)
        for wrong in ({"hash": "0" * 64}, {"published_at": now()}, {"whole_hash": version.hash}):
            made = {"text": "{}", "hash": sha256(b"{}").hexdigest(), **wrong}
            with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
                OpenPart.objects.create(version=other, **made)
        signed_before = Version.objects.get(agreement__reference="PROTOCOL")
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            OpenPart.objects.create(version=signed_before, text="{}", hash=sha256(b"{}").hexdigest())


def test_the_list_has_one_query_for_the_parts_and_one_for_their_states(
    django_assert_num_queries: Any,  # noqa: ANN401 - pytest-django gives it
) -> None:
    signed(framework())
    act_as(None)
    with django_assert_num_queries(2):
        parts = opened.published()
        assert opened.states(parts) == {parts[0].version_id: "force"}

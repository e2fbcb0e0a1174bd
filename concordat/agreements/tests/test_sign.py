"""Signing: by whom, how often, for which text; and that access opens with the last signature."""

from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from concordat.agreements import actions, rules
from concordat.agreements.models import Agreement, Signature, Version
from concordat.cases.models import FullRecord
from concordat.core.codes import Form
from concordat.core.errors import Refused
from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.ledger.models import Subject

from . import ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed() -> Version:
    return ready.proposed_framework()


@pytest.mark.requirement("MOU-27")
def test_each_party_signs_once(proposed: Version) -> None:
    ready.sign(proposed, "helen")
    with acting("helen", level=2) as by, pytest.raises(Refused, match="already signed"):
        actions.sign(proposed, hash=proposed.hash, by=by)
    ready.sign(proposed, "ruth")
    with acting("ruth"):
        assert set(Signature.objects.filter(version=proposed).values_list("organisation", flat=True)) == {
            PRISON,
            LANTERN,
        }


@pytest.mark.parametrize(("name", "hint"), [("pat", "Helen Marsh"), ("nadia", "Ruth Okar"), ("cora", "Ruth Okar")])
def test_only_the_authorised_signatory_signs(proposed: Version, name: str, hint: str) -> None:
    with acting(name, level=2) as by, pytest.raises(Refused, match=f"Only an authorised signatory.*{hint}"):
        actions.sign(proposed, hash=proposed.hash, by=by)


def test_nobody_else_signs(proposed: Version) -> None:
    with acting("otto", level=2) as by, pytest.raises(Refused, match="Only the parties"):
        actions.sign(proposed, hash=proposed.hash, by=by)


@pytest.mark.requirement("MOU-27")
def test_signing_needs_the_second_factor_just_before(proposed: Version) -> None:
    with acting("helen", level=1) as by, pytest.raises(Refused, match="second factor"):
        actions.sign(proposed, hash=proposed.hash, by=by)


def test_the_database_asks_for_the_second_factor_too(proposed: Version) -> None:
    fields: dict[str, Any] = {
        "version": proposed,
        "organisation_id": PRISON,
        "membership_id": named("helen"),
        "hash": proposed.hash,
    }
    with acting("helen", level=1), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Signature.objects.create(**fields)


@pytest.mark.parametrize(("name", "organisation"), [("helen", LANTERN), ("ruth", PRISON)])
def test_nobody_signs_for_the_other_side(proposed: Version, name: str, organisation: int) -> None:
    with acting(name, level=2) as by, pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Signature.objects.create(version=proposed, organisation_id=organisation, membership=by, hash=proposed.hash)


def test_a_draft_is_not_signed() -> None:
    with acting("helen", level=2) as by:
        draft = ready.framework(by, other=LANTERN)
        with pytest.raises(Refused, match="proposed first"):
            actions.sign(draft, hash=draft.hash, by=by)


def test_another_text_than_the_one_shown_is_not_signed(proposed: Version) -> None:
    with acting("helen", level=2) as by, pytest.raises(Refused, match="not the text that you were shown"):
        actions.sign(proposed, hash="0" * 64, by=by)


def test_the_database_takes_no_other_check_number(proposed: Version) -> None:
    with (
        acting("helen", level=2) as by,
        pytest.raises(IntegrityError, match="only the proposed text"),
        transaction.atomic(),
    ):
        Signature.objects.create(version=proposed, organisation_id=PRISON, membership=by, hash="0" * 64)


def test_an_overtaken_proposal_is_not_signed(proposed: Version) -> None:
    with acting("ruth") as ruth:
        newer = actions.new_version(Agreement.objects.get(pk=proposed.agreement_id), by=ruth)
        actions.propose(newer, by=ruth)
    with acting("helen", level=2) as by, pytest.raises(Refused, match="newer version was proposed"):
        actions.sign(proposed, hash=proposed.hash, by=by)


def test_each_party_reads_the_line_of_a_signature(proposed: Version) -> None:
    ready.sign(proposed, "ruth")
    for name in ("pat", "cora"):
        with acting(name):
            assert Subject.objects.filter(entry__what="agreement.signed", detail__hash=proposed.hash).count() == 1


# ---- input is not sign-off -----------------------------------------------------------------------------------------


def wider_protocol() -> Version:
    """Propose a version of the protocol in which the mentor reads needs in full."""
    with acting("helen") as by:
        version = actions.new_version(ready.agreed("protocol"), by=by)
        version.sharingrules.filter(category=9).update(form=Form.FULL)
        return ready.freeze(version, by)


def full_records() -> int:
    with acting("nadia"):
        return FullRecord.objects.filter(category=9).count()


@pytest.mark.requirement("PP-5")
@pytest.mark.parametrize("first", ["helen", "ruth"])
def test_access_opens_with_the_last_signature_and_not_before(first: str) -> None:
    """One party's signature, whichever, opens nothing: a contribution never stands for the other's decision."""
    version = wider_protocol()
    assert full_records() == 0
    ready.sign(version, first)
    assert full_records() == 0
    ready.sign(version, "ruth" if first == "helen" else "helen")
    assert full_records() == 1


@pytest.mark.requirement("PP-5")
def test_drafting_and_proposing_sign_nothing() -> None:
    version = wider_protocol()
    with acting("helen"):
        assert not Signature.objects.filter(version=version).exists()
        assert rules.unsigned_by(version) == [PRISON, LANTERN]

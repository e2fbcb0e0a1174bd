"""A signature on paper: recorded by one's own signatory, with the scan and the check number from the paper."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from concordat.agreements import actions
from concordat.agreements.document import first_groups
from concordat.agreements.models import Signature, Version
from concordat.core.errors import Refused
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import LANTERN, PRISON, acting
from concordat.files.actions import remove
from concordat.files.kinds import AGREEMENT
from concordat.files.models import AgreementFile
from concordat.files.tests.ready import on_version
from concordat.ledger.models import Subject

from . import ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed() -> Version:
    return ready.proposed_framework()


def record(version: Version, name: str, scan: UUID, *, level: int = 2, **changes: object) -> Signature:
    typed: dict[str, Any] = {
        "paper_signer": "R. Okar, director",
        "paper_on": localdate(),
        "check_number": first_groups(version.hash),
    }
    with acting(name, level=level) as by:
        return actions.sign_on_paper(version, scan=scan, by=by, **{**typed, **changes})


def address(view: str, version: Version) -> str:
    return reverse(f"agreements:{view}", args=[version.agreement_id, version.number])


def text(answer: Any) -> str:  # noqa: ANN401 - what the test client gives
    return " ".join(answer.content.decode().split())


@pytest.mark.requirement("MOU-27")
def test_it_counts_like_any_signature_and_is_marked_everywhere(proposed: Version) -> None:
    record(proposed, "ruth", on_version(proposed.pk, "ruth").pk)
    ready.sign(proposed, "helen")
    for name in ("ruth", "helen"):
        for view in ("version", "print_version"):
            page = text(signed_in(name).get(address(view, proposed)))
            assert "Signed on paper by R. Okar, director on" in page, view
            assert "recorded by Ruth Okar" in page, view
    with acting("cora"):
        assert Subject.objects.filter(entry__what="agreement.signed_on_paper").count() == 1
    page = text(signed_in("helen").get(reverse("agreements:detail", args=[proposed.agreement_id])))
    assert "In force" in page


def test_it_counts_from_its_recording_whatever_day_stands_on_the_paper(proposed: Version) -> None:
    made = record(proposed, "ruth", on_version(proposed.pk, "ruth").pk)
    assert made.signed_at.date() >= localdate() - timedelta(days=1)
    assert made.paper_on == localdate()


@pytest.mark.parametrize("typed", ["", "0000 0000 0000 0000", "short"])
def test_the_check_number_of_the_paper_must_match(proposed: Version, typed: str) -> None:
    scan = on_version(proposed.pk, "ruth").pk
    with pytest.raises(Refused, match="not the check number of this text"):
        record(proposed, "ruth", scan, check_number=typed)
    record(proposed, "ruth", scan, check_number=first_groups(proposed.hash).replace(" ", "-").upper())


@pytest.mark.parametrize(("days", "sentence"), [(1, "lies ahead"), (-400, "before this text was proposed")])
def test_the_day_on_the_paper_is_one_that_can_be(proposed: Version, days: int, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        record(proposed, "ruth", on_version(proposed.pk, "ruth").pk, paper_on=localdate() + timedelta(days=days))


def test_nobody_records_it_without_the_second_factor(proposed: Version) -> None:
    with pytest.raises(Refused, match="second factor"):
        record(proposed, "ruth", on_version(proposed.pk, "ruth").pk, level=1)


def test_only_the_authorised_signatory_records_it(proposed: Version) -> None:
    scan = on_version(proposed.pk, "ruth").pk
    with pytest.raises(Refused, match="authorised signatory"):
        record(proposed, "cora", scan)


@pytest.mark.parametrize("organisation", [PRISON, LANTERN])
def test_never_for_or_with_the_scan_of_the_other_side(proposed: Version, organisation: int) -> None:
    """Helen can neither record that Lantern signed, nor use Lantern's scan for her own side."""
    scan = on_version(proposed.pk, "ruth").pk
    paper: dict[str, Any] = {"paper_signer": "Somebody", "paper_on": localdate(), "scan": scan}
    with acting("helen", level=2) as by, pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
        Signature.objects.create(
            version=proposed, organisation_id=organisation, membership=by, hash=proposed.hash, **paper
        )


def test_without_a_scan_on_this_version_there_is_no_signature(proposed: Version) -> None:
    with pytest.raises(IntegrityError, match="scan is not attached"), transaction.atomic():
        record(proposed, "ruth", uuid4())
    other = on_version(proposed.pk, "helen").pk
    with pytest.raises(IntegrityError, match="scan is not attached"), transaction.atomic():
        record(proposed, "ruth", other)


def test_the_scan_stays(proposed: Version) -> None:
    """Also within the day in which whoever attached a file may take it back; the database says so too."""
    file = on_version(proposed.pk, "ruth")
    record(proposed, "ruth", file.pk)
    with acting("ruth") as by:
        attachment = AgreementFile.objects.get(file=file)
        with pytest.raises(Refused, match="so it stays"):
            remove(attachment, kind=AGREEMENT, to=AGREEMENT.record(proposed.pk), ground="wrong", by=by)
        file.removed_at, file.removed_by, file.ground = file.created_at, by, "wrong"
        with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
            file.save(update_fields=["removed_at", "removed_by", "ground"])


def test_through_the_page(proposed: Version) -> None:
    browser = signed_in("ruth", level=2)
    assert "attach the scan first" in text(browser.get(address("sign_on_paper", proposed)))
    file = on_version(proposed.pk, "ruth")
    others = on_version(proposed.pk, "helen")
    page = text(browser.get(address("sign_on_paper", proposed)))
    assert str(file.pk) in page
    assert f'value="{others.pk}"' not in page
    day = localdate()
    sent = {
        "scan": file.pk, "paper_signer": "R. Okar", "check_number": first_groups(proposed.hash), "read": "on",
        "paper_on_day": day.day, "paper_on_month": day.month, "paper_on_year": day.year,
    }  # fmt: skip
    assert browser.post(address("sign_on_paper", proposed), {**sent, "check_number": "1"}).status_code == 422
    answer = browser.post(address("sign_on_paper", proposed), sent)
    assert answer.status_code == 302, text(answer)
    with acting("helen"):
        assert Signature.objects.get(version=proposed).on_paper


def test_the_paper_has_a_line_for_each_party_that_has_not_signed(proposed: Version) -> None:
    assert text(signed_in("ruth").get(address("print_version", proposed))).count("Signed by hand:") == 2
    ready.sign(proposed, "helen")
    assert text(signed_in("ruth").get(address("print_version", proposed))).count("Signed by hand:") == 1

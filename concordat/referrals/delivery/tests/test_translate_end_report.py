"""The language of reviews and end reports, and translations of an end report."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils.timezone import now

from concordat.agreements.models import Suspension
from concordat.core.errors import Refused
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import PEOPLE, PRISON, acting, named
from concordat.ledger.models import Subject
from concordat.referrals.delivery import actions
from concordat.referrals.models import EndReport, EndReportTranslation

from .ready import assigned_long_ago, report, review

pytestmark = pytest.mark.django_db

FRENCH: dict[str, Any] = {"summary": "Douze rencontres.", "onward": "Le club.", "written_in": "fr"}
ENGLISH = {"summary": "Twelve meetings, translated.", "outcome_1": "Most weeks.", "onward": "The club."}


def translate(written: EndReport, name: str = "cora", **changes: Any) -> EndReportTranslation:  # noqa: ANN401
    with acting(name) as by:
        said = {"language": "en", "texts": ENGLISH, "translated_by": "Cora Lind", **changes}
        return actions.translate_end_report(written, by=by, **said)


def page_of(name: str, written: EndReport) -> str:
    return signed_in(name).get(written.get_absolute_url()).content.decode()


def test_the_authority_reads_in_which_language_it_is_written() -> None:
    page = page_of("pat", report(**FRENCH))

    assert '<p class="govuk-body" lang="fr" dir="ltr">Douze rencontres.</p>' in page
    assert "Written in French." in page


def test_both_sides_see_the_translation_marked() -> None:
    written = report(**FRENCH)
    translate(written)
    for name in ("pat", "cora"):
        page = page_of(name, written)
        assert "Translation from French into English by Cora Lind, on" in page
        assert page.index("Douze rencontres.") < page.index("Twelve meetings, translated.")


def test_it_stands_on_the_plan_of_the_case_too() -> None:
    written = report(**FRENCH)
    translate(written)
    page = signed_in("cora").get(reverse("cases:plan", args=[named("civil_case")])).content.decode()

    assert '<p class="govuk-body" lang="fr" dir="ltr">Douze rencontres.</p>' in page
    assert "It is not the original; what counts is the original." in page


WHOLE = "SELECT count(*) FROM referrals_endreport WHERE id = %s"
PART = "SELECT count(*) FROM referrals_endreporttranslation WHERE whole_id = %s"


def seen(pk: UUID) -> dict[str, tuple[int, int]]:
    """Return for everybody how many rows they see of the whole and of its translations, in SQL."""
    found = {}
    for name in PEOPLE:
        with acting(name), connection.cursor() as cursor:
            cursor.execute(WHOLE, [pk])
            whole = cursor.fetchone()[0]
            cursor.execute(PART, [pk])
            found[name] = (whole, cursor.fetchone()[0])
    return found


def test_everybody_sees_it_exactly_with_the_report_also_while_all_is_suspended() -> None:
    written = report(**FRENCH)
    translate(written)
    before = seen(written.pk)
    with acting("helen", level=2) as by:
        Suspension.objects.create(
            agreement_id=named("framework"), organisation_id=PRISON, ground="safety", explanation="A threat.",
            created_by=by, starts_at=now() - timedelta(minutes=1), ends_at=now() + timedelta(days=3),
        )  # fmt: skip
    after = seen(written.pk)

    assert all(whole == part for whole, part in [*before.values(), *after.values()])
    assert before["cora"] == before["pat"] == (1, 1)
    assert before["nadia"] == before["otto"] == (0, 0)
    assert after["pat"] == (1, 1)  # what was owed to them stays readable: `read_owed`


def test_only_the_provider_adds_one() -> None:
    written = report(**FRENCH)
    with pytest.raises(Refused, match="of the organisation that wrote it"):
        translate(written, "pat")
    with acting("pat") as by, pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        EndReportTranslation.objects.create(whole_id=written.pk, language="en", translated_by="x", created_by=by)


def test_it_is_written_once() -> None:
    added = translate(report(**FRENCH))
    with acting("cora"), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        EndReportTranslation.objects.filter(pk=added.pk).update(texts={})


def test_the_page_adds_it_and_the_log_says_only_that() -> None:
    written = report(**FRENCH)
    said = {f"text_{name}": text for name, text in ENGLISH.items()}
    address = reverse("delivery:translate_end_report", args=[written.pk])
    answer = signed_in("cora").post(address, {"language": "en", "translated_by": "Cora Lind", **said})

    assert answer.headers["Location"] == written.get_absolute_url()
    with acting("cora"):
        kept = Subject.objects.get(entry__what="end_report.translated").detail
        assert set(kept) == {"translation", "language", "by_machine"}


def test_a_hidden_report_has_no_such_page() -> None:
    address = reverse("delivery:translate_end_report", args=[report(**FRENCH).pk])
    assert [signed_in(name).get(address).status_code for name in ("otto", "max", "dora")] == [404, 404, 404]


def test_a_review_carries_the_language_of_each_who_wrote() -> None:
    assigned_long_ago()
    about = review(own_words="Ça va mieux.", written_in="fr")
    address = reverse("delivery:add_position", args=[about.pk])
    signed_in("pat").post(address, {"text": "أرى غير ذلك.", "written_in": "ar"})
    page = signed_in("nadia").get(about.get_absolute_url()).content.decode()

    assert '<blockquote class="govuk-inset-text" lang="fr" dir="ltr">Ça va mieux.' in page
    assert '<p class="govuk-body" lang="ar" dir="rtl">أرى غير ذلك.</p>' in page
    assert "Written in French." in page
    assert "Written in Arabic." in page

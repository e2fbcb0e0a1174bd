"""The language of what is asked and offered, and translations of the curated text."""

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
from concordat.referrals.asking import actions
from concordat.referrals.models import Goal, GoalSet, Referral, ReferralTranslation, Service

from . import making
from .pages import read

pytestmark = pytest.mark.django_db

FRENCH = {"text": "Voudrait parler à quelqu’un.", "desired_outcomes": ["Une routine"], "written_in": "fr"}
ENGLISH = {"text": "Would like to talk to somebody.", "outcome_1": "A routine"}


def sent() -> Referral:
    """Send a referral that is written in French."""
    case = making.make_case()
    with acting("pat") as by:
        service = Service.objects.get(pk=named("service"))
        referral = actions.draft(case, service=service, need="mentoring", by=by, **FRENCH)  # type: ignore[arg-type]
        return actions.send(referral, checked_by="Pat Vell", checked_on=referral.created_at.date(), by=by)


def translate(referral: Referral, name: str = "pat", **changes: Any) -> ReferralTranslation:  # noqa: ANN401
    with acting(name) as by:
        said = {"language": "en", "texts": ENGLISH, "translated_by": "Ana Ruiz, interpreter", **changes}
        return actions.translate(referral, by=by, **said)


def test_the_provider_reads_in_which_language_it_is_written() -> None:
    page = read(signed_in("cora"), "detail", sent().pk)

    assert '<span class="c-passage" lang="fr" dir="ltr">Voudrait parler à quelqu’un.</span>' in page
    assert '<span class="c-passage" lang="fr" dir="ltr">Une routine</span>' in page
    assert "Written in French." in page


def test_the_form_begins_with_the_language_of_the_page_and_keeps_what_is_said() -> None:
    case = making.make_case()
    address = reverse("referrals:write", args=[case.pk, named("service")])
    browser = signed_in("pat")
    assert '<option value="en" selected>English</option>' in browser.get(address).content.decode()
    browser.post(address, {"need": "mentoring", "text": "نص", "outcome_1": "هدف", "written_in": "ar"})

    with acting("pat"):
        draft = Referral.objects.get(case=case)
        assert draft.written_in == "ar"
    page = browser.get(reverse("referrals:change", args=[draft.pk])).content.decode()
    assert '<option value="ar" selected>Arabic</option>' in page


@pytest.mark.parametrize("name", ["pat", "cora"])
def test_both_sides_see_it_marked_beneath_the_original(name: str) -> None:
    referral = sent()
    translate(referral)
    page = read(signed_in(name), "detail", referral.pk)

    assert "Translation from French into English by Ana Ruiz, interpreter, on" in page
    assert "It is not the original; what counts is the original." in page
    assert page.index("Voudrait parler") < page.index("Would like to talk to somebody.")


WHOLE = "SELECT count(*) FROM referrals_referral WHERE id = %s"
PART = "SELECT count(*) FROM referrals_referraltranslation WHERE whole_id = %s"


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


def test_everybody_sees_it_exactly_with_the_referral_also_while_all_is_suspended() -> None:
    referral = sent()
    translate(referral)
    before = seen(referral.pk)
    with acting("helen", level=2) as by:
        Suspension.objects.create(
            agreement_id=named("framework"), organisation_id=PRISON, ground="safety", explanation="A threat.",
            created_by=by, starts_at=now() - timedelta(minutes=1), ends_at=now() + timedelta(days=3),
        )  # fmt: skip
    after = seen(referral.pk)

    assert all(whole == part for whole, part in [*before.values(), *after.values()])
    assert before["cora"] == before["pat"] == (1, 1)
    assert before["nadia"] == before["max"] == (0, 0)
    assert after["cora"] == (0, 0)
    assert after["pat"] == (1, 1)


def test_only_the_referrer_adds_one() -> None:
    referral = sent()
    with pytest.raises(Refused, match="Only those who refer"):
        translate(referral, "cora")
    with acting("cora") as by, making.hidden_from_writing():
        ReferralTranslation.objects.create(whole_id=referral.pk, language="en", translated_by="x", created_by=by)


def test_a_draft_is_not_translated_because_it_can_still_change() -> None:
    case = making.make_case()
    with acting("pat") as by:
        service = Service.objects.get(pk=named("service"))
        draft = actions.draft(case, service=service, need="mentoring", by=by, **FRENCH)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="A draft can still change"):
        translate(draft)
    with acting("pat") as by, making.hidden_from_writing():
        ReferralTranslation.objects.create(whole=draft, language="en", translated_by="x", created_by=by)


def test_it_is_written_once() -> None:
    added = translate(sent())
    with acting("pat"), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        ReferralTranslation.objects.filter(pk=added.pk).update(texts={})


def test_the_page_adds_it_and_the_log_says_only_that() -> None:
    referral = sent()
    address = reverse("referrals:translate", args=[referral.pk])
    said = {f"text_{name}": text for name, text in ENGLISH.items()}
    answer = signed_in("pat").post(address, {"language": "en", "by_machine": "on", **said})

    assert answer.headers["Location"] == referral.get_absolute_url()
    assert "A machine made this translation." in read(signed_in("cora"), "detail", referral.pk)
    with acting("pat"):
        kept = Subject.objects.get(entry__what="referral.translated").detail
        assert set(kept) == {"translation", "language", "by_machine"}


def test_a_hidden_referral_has_no_such_page() -> None:
    address = reverse("referrals:translate", args=[sent().pk])
    assert [signed_in(name).get(address).status_code for name in ("nadia", "otto", "max")] == [404, 404, 404]


# ---- goals and services ----------------------------------------------------------------------------------------------


def test_goals_carry_their_language() -> None:
    with acting("nadia") as by:
        goals = GoalSet.objects.get(pk=named("goals"))
        goal = Goal(text="هدف", target="behaviour", measure="م", threshold="ح", measured_by="ش")
        actions.write_goals(
            goals.link, goals=[goal], service_target="behaviour", why_changed="تغيّر", written_in="ar", by=by
        )
    page = read(signed_in("nadia"), "goals", named("link"))

    assert '<strong lang="ar" dir="rtl">هدف</strong>' in page
    assert '<bdi lang="ar" dir="rtl">تغيّر</bdi>' in page
    assert "Written in Arabic." in page


def test_the_language_of_signed_goals_is_locked_with_them() -> None:
    with acting("nadia"), making.database_refuses("signed_goals_are_locked"):
        GoalSet.objects.filter(pk=named("goals")).update(written_in="fr")


def test_a_service_carries_its_language_in_the_directory() -> None:
    with acting("cora"):
        Service.objects.filter(pk=named("service")).update(written_in="fr", method="Une relation stable.")
    page = read(signed_in("pat"), "service", named("service"))

    assert '<span class="c-passage" lang="fr" dir="ltr">Une relation stable.</span>' in page
    assert "Written in French." in page

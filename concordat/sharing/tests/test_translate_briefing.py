"""The language of a briefing, and its translations: seen with their version, by nobody else, and marked."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils.timezone import now

from concordat.agreements.models import Suspension
from concordat.core.errors import Refused
from concordat.core.testing.filling import send
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import LANTERN, PEOPLE, PRISON, acting, named
from concordat.ledger.models import Entry, Subject
from concordat.sharing import actions
from concordat.sharing.models import Acknowledgement, BriefingTranslation, SafetyBriefing, SafetyNotice
from concordat.sharing.sheet import passages_of

from .words import SAFE, typed, write

pytestmark = pytest.mark.django_db

ORIGINAL = {"how_to_meet": "غرفة 4، مع مرافق حتى الباب.", "written_in": "ar"}
SAID = {"translated_by": "A sworn translator of the court", "by_machine": False}
ADDRESS = "sharing:translate_briefing"


def arabic() -> SafetyBriefing:
    return write(**ORIGINAL, triggers="", what_changed="غرفة أخرى.", nothing_to_add=True)


def words_for(briefing: SafetyBriefing, language: str = "en") -> dict[str, str]:
    return {one.name: f"{one.name} in {language}" for one in passages_of(briefing)}


def translate(briefing: SafetyBriefing, name: str = "pat", **changes: Any) -> BriefingTranslation:  # noqa: ANN401
    with acting(name) as by:
        said = {"language": "en", "texts": words_for(briefing), **SAID, **changes}
        return actions.translate_briefing(briefing, by=by, **said)


def page_of(name: str, briefing: SafetyBriefing) -> str:
    return signed_in(name).get(briefing.get_absolute_url()).content.decode()


# ---- the language ----------------------------------------------------------------------------------------------------


def test_the_page_says_in_which_language_it_is_written_and_in_which_direction() -> None:
    page = page_of("nadia", arabic())

    assert f'<span class="c-passage" lang="ar" dir="rtl">{ORIGINAL["how_to_meet"]}</span>' in page
    assert '<bdi lang="ar" dir="rtl">غرفة أخرى.</bdi>' in page
    assert "Written in Arabic." in page


def test_words_of_the_page_are_not_marked_as_the_authors() -> None:
    assert "<div>Nothing to add.</div>" in page_of("nadia", arabic())


def test_a_version_from_before_says_no_language() -> None:
    with acting("nadia"):
        old = SafetyBriefing.objects.get(pk=named("briefing"))
        assert old.written_in == ""
    page = page_of("nadia", old)

    assert '<span class="c-passage" dir="auto">Room 4, escort to the door.</span>' in page
    assert "Written in" not in page


def test_the_form_keeps_what_the_writer_says() -> None:
    send(signed_in("pat"), reverse("sharing:write_briefing", args=[named("case")]), typed(written_in="prs"))

    with acting("pat"):
        assert SafetyBriefing.objects.get(number=2).written_in == "prs"
    page = signed_in("pat").get(reverse("sharing:write_briefing", args=[named("case")])).content.decode()
    assert '<option value="prs" selected>Dari</option>' in page


def test_a_notice_carries_its_language() -> None:
    address = reverse("sharing:send_notice", args=[named("case")])
    signed_in("pat").post(address, {"to": LANTERN, "text": "Ne venez pas.", "written_in": "fr"})

    with acting("cora"):
        notice = SafetyNotice.objects.get()
    page = signed_in("cora").get(notice.get_absolute_url()).content.decode()
    assert '<p lang="fr" dir="ltr">Ne venez pas.</p>' in page
    assert "Written in French." in page


# ---- a translation ---------------------------------------------------------------------------------------------------


def test_it_is_shown_with_its_version_and_marked() -> None:
    briefing = arabic()
    translate(briefing)
    page = page_of("nadia", briefing)

    assert "Translation from Arabic into English by A sworn translator of the court, on" in page
    assert "It is not the original; what counts is the original." in page
    assert '<span class="c-passage" lang="en" dir="ltr">how_to_meet in en</span>' in page
    assert ORIGINAL["how_to_meet"] in page
    assert "A machine made this translation" not in page


def test_a_machine_is_declared_with_a_warning() -> None:
    briefing = arabic()
    translate(briefing, translated_by="", by_machine=True)
    page = page_of("nadia", briefing)

    assert "by a machine, on" in page
    assert "A machine made this translation. It can say the opposite of the original." in page


def test_the_newest_takes_the_place_of_the_one_before() -> None:
    briefing = arabic()
    translate(briefing, texts=dict.fromkeys(words_for(briefing), "The first."))
    translate(briefing, texts=dict.fromkeys(words_for(briefing), "The second."))
    page = page_of("nadia", briefing)

    assert "The second." in page
    assert "The first." not in page


def test_what_is_confirmed_is_the_version_and_a_new_one_has_no_translation() -> None:
    first = arabic()
    translate(first)
    with acting("nadia") as by:
        actions.acknowledge(actions.open_briefing(first, by=by), by=by)
    second = write(**ORIGINAL, what_changed="جديد.", nothing_to_add=True)
    page = page_of("nadia", second)

    assert "Translation from" not in page
    assert "Another version was translated. This version has no translation." in page
    assert "I have read version 3" in page
    with acting("nadia") as by:
        assert not Acknowledgement.objects.filter(briefing=second, membership=by).exists()


def test_a_translation_leaves_the_confirmation_as_it_was() -> None:
    briefing = arabic()
    with acting("nadia") as by:
        actions.acknowledge(actions.open_briefing(briefing, by=by), by=by)
    translate(briefing)

    assert f"You confirmed version {briefing.number}" in page_of("nadia", briefing)


# ---- who sees it -----------------------------------------------------------------------------------------------------

WHOLE = "SELECT count(*) FROM sharing_safetybriefing WHERE id = %s"
PART = "SELECT count(*) FROM sharing_briefingtranslation WHERE whole_id = %s"


def seen(briefing: SafetyBriefing) -> dict[str, tuple[int, int]]:
    """Return for everybody how many rows they see of the version and of its translations, in SQL."""
    found = {}
    for name in PEOPLE:
        with acting(name), connection.cursor() as cursor:
            cursor.execute(WHOLE, [briefing.pk])
            whole = cursor.fetchone()[0]
            cursor.execute(PART, [briefing.pk])
            found[name] = (whole, cursor.fetchone()[0])
    return found


def test_everybody_sees_it_exactly_with_its_version_also_while_an_agreement_is_suspended() -> None:
    briefing = arabic()
    translate(briefing)
    before = seen(briefing)
    with acting("helen", level=2) as by:
        Suspension.objects.create(
            agreement_id=named("protocol"), organisation_id=PRISON, ground="safety", explanation="A threat.",
            created_by=by, starts_at=now() - timedelta(minutes=1), ends_at=now() + timedelta(days=3),
        )  # fmt: skip
    after = seen(briefing)

    assert all(whole == part for whole, part in [*before.values(), *after.values()])
    assert before["nadia"] == (1, 1)
    assert after["nadia"] == (0, 0)
    assert before["pat"] == after["pat"] == (1, 1)
    assert before["max"] == before["otto"] == (0, 0)


# ---- who adds it -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["nadia", "cora", "dora", "paul"])
def test_only_those_who_write_the_briefing_add_one(name: str) -> None:
    briefing = arabic()
    with pytest.raises(Refused, match="Only those who write the safety briefing"):
        translate(briefing, name)
    with acting(name) as by, pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        BriefingTranslation.objects.create(whole_id=briefing.pk, language="en", created_by=by, **SAID)


def test_nobody_adds_one_in_another_name() -> None:
    briefing = arabic()
    with acting("pat"), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        BriefingTranslation.objects.create(whole=briefing, language="en", created_by_id=named("sef"), **SAID)


def test_it_is_written_once() -> None:
    added = translate(arabic())
    rows = BriefingTranslation.objects.filter(pk=added.pk)
    with acting("pat"), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        rows.update(texts={})
    with acting("pat"), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        rows.delete()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"language": "ar"}, "written in Arabic already"),
        ({"language": "xx"}, "Choose the language"),
        ({"translated_by": " "}, "Say who translated it"),
        ({"texts": {"how_to_meet": "Room 4."}}, "Translate every part"),
    ],
)
def test_what_is_no_whole_translation_is_refused(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        translate(arabic(), **changes)


def test_an_older_version_is_not_translated() -> None:
    older = arabic()
    write(**ORIGINAL, what_changed="جديد.", nothing_to_add=True)
    with pytest.raises(Refused, match="There is a newer version"):
        translate(older)


# ---- the page that adds it, and the log ------------------------------------------------------------------------------


def test_the_page_shows_each_original_above_its_box_and_adds_it() -> None:
    briefing = arabic()
    browser, address = signed_in("sef"), reverse(ADDRESS, args=[briefing.pk])
    page = browser.get(address).content.decode()
    sent = {f"text_{name}": text for name, text in words_for(briefing).items()}
    answer = browser.post(address, {"language": "en", **sent, "translated_by": "Sef Ito"})

    assert f'<span class="c-passage" lang="ar" dir="rtl">{ORIGINAL["how_to_meet"]}</span>' in page
    assert answer.headers["Location"] == briefing.get_absolute_url()
    with acting("nadia"):
        assert BriefingTranslation.objects.get(whole=briefing).texts == words_for(briefing)


def test_the_page_says_who_is_missing_and_keeps_what_was_typed() -> None:
    briefing = arabic()
    sent = {f"text_{name}": text for name, text in words_for(briefing).items()}
    answer = signed_in("pat").post(reverse(ADDRESS, args=[briefing.pk]), {"language": "en", **sent})

    assert answer.status_code == 422
    assert "Say who translated it, or that a machine did" in answer.content.decode()
    assert "how_to_meet in en" in answer.content.decode()


@pytest.mark.parametrize("name", ["max", "otto", "paul"])
def test_a_hidden_version_has_no_such_page(name: str) -> None:
    assert signed_in(name).get(reverse(ADDRESS, args=[arabic().pk])).status_code == 404


def test_the_log_says_that_it_was_added_and_nothing_of_what_it_says() -> None:
    briefing = arabic()
    added = translate(briefing)

    with acting("pat"):
        line = Subject.objects.get(entry__what="briefing.translated")
        assert line.detail == {"translation": str(added.pk), "language": "en", "by_machine": False}
    page_of("nadia", briefing)
    with acting("pat"):
        read = Subject.objects.filter(entry__kind="read", entry__what="sharing:briefing").first()
        assert read
        assert Entry.objects.get(pk=read.entry_id).membership == named("nadia")
        assert 7 in read.categories


def test_every_heading_can_be_translated() -> None:
    assert [one.name for one in passages_of(write())] == [
        "how_to_meet", *(name for name in SAFE if name in {"triggers", "keep_apart", "items", "threats"}),
        "language", "health", "restrictions", "what_changed",
    ]  # fmt: skip

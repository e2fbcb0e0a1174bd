"""Something is told outside only when every control was passed, each held by the database too; and nothing opens."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils.timezone import localdate, now

from concordat.cases import actions as cases
from concordat.cases.models import Participation, SummaryRecord
from concordat.core.codes import Category
from concordat.core.errors import Refused
from concordat.core.testing.visiting import visit
from concordat.demo.world import LANTERN, PRISON, STRANGER, acting, named
from concordat.disclosures import actions, feeds, rules, undertaking
from concordat.disclosures.models import DISCLOSABLE, Disclosure, Item
from concordat.documents.docx import to_docx
from concordat.documents.pdf import to_pdf
from concordat.ledger.models import Subject
from concordat.organisations.models import Organisation

from .ready import ASKS, TOLD, YES, all_but, do, fresh, item, proposed, scan

pytestmark = pytest.mark.django_db
BY_HAND: dict[str, Any] = {"handed_how": "On paper"}


def hand_in_sql(one: Disclosure) -> None:
    """Set it handed over past the rules, as the application role does it in SQL."""
    with acting("cora", level=2) as by, transaction.atomic():
        connection.cursor().execute(
            "UPDATE disclosures_disclosure SET handed_at = now(), handed_by_id = %s, handed_how = 'x' WHERE id = %s",
            [by.pk, one.pk],
        )


@pytest.mark.requirement("ISP-13")
def test_it_is_told_after_every_step_and_comes_back() -> None:
    one = do("hand_over", all_but(), **BY_HAND)
    assert one.handed_at
    do("end", one, ended_how="destroyed", ended_words="She wrote so on 3 March.")
    with acting("cora"):
        assert fresh(one).get_ended_how_display() == "The receiver confirmed that it was destroyed"


@pytest.mark.requirement("ISP-13")
@pytest.mark.parametrize(
    ("without", "sentence"),
    [("signed", "undertaking"), ("scan", "undertaking"), ("told", "told later"), ("decide", "decision")],
)
def test_nothing_is_handed_over_while_something_is_missing(without: str, sentence: str) -> None:
    one = proposed()
    item(one)
    do("record_offer", one, **ASKS)
    after_it = {"decide": ("signed",), "scan": ("signed",)}.get(without, ())
    if without != "decide":
        do("decide", one, **YES)
    if without != "scan":
        scan(one)
    if without != "signed" and "signed" not in after_it:
        do("record_signed", one, signed_on=localdate())
    if without != "told":
        do("record_told", one, **TOLD)
    with pytest.raises(Refused, match=sentence):
        do("hand_over", one, **BY_HAND)
    with pytest.raises(IntegrityError, match="something is missing"):
        hand_in_sql(one)


def test_the_person_comes_first() -> None:
    one = proposed()
    item(one)
    with pytest.raises(Refused, match="Ask the person first"):
        do("decide", one, **YES)
    do("record_offer", one, offer="tells", offered_on=localdate())
    with pytest.raises(Refused, match="tells it themself"):
        do("decide", one, **YES)
    with acting("cora", level=2) as by, pytest.raises(IntegrityError, match="not decided"), transaction.atomic():
        connection.cursor().execute(
            "UPDATE disclosures_disclosure SET decided_at = now(), decided_by_id = %s, allowed = true, "
            "decision_words = 'x'",
            [by.pk],
        )
    with pytest.raises(IntegrityError, match="disclosure_offer_is_whole"), transaction.atomic():
        do("record_offer", one, offer="against", offered_on=localdate())
    do("end", one, ended_how="withdrawn", ended_words="He told her himself.")


def test_it_is_decided_by_an_officer_with_the_second_factor() -> None:
    one = proposed()
    item(one)
    do("record_offer", one, **ASKS)
    with pytest.raises(IntegrityError, match="not decided by"), transaction.atomic():
        do("decide", one, level=1, **YES)
    with acting("nadia") as by, pytest.raises(Refused, match="programme manager or a coordinator"):
        actions.decide(fresh(one), by=by, **YES)
    with acting("nadia"):
        assert Disclosure.objects.update(review_on=localdate()) == 0
    do("decide", one, **YES)
    with pytest.raises(Refused, match="stays as it is"):
        item(one)
    with acting("cora"), pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        connection.cursor().execute("UPDATE disclosures_disclosure SET allowed = false")


@pytest.mark.requirement("ISP-10", "ISP-13")
@pytest.mark.parametrize("category", [one for one in Category if one not in DISCLOSABLE])
def test_some_things_are_never_told_outside(category: Category) -> None:
    one = proposed()
    with pytest.raises(Refused, match="never told"):
        item(one, category=int(category))
    with acting("cora") as by, pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        Item(
            owner_id=LANTERN, case_id=one.case_id, created_by=by, disclosure=one, category=category, words="x",
            of_owner_id=LANTERN,
        ).save(force_insert=True)  # fmt: skip


# ---- what another organisation knows ---------------------------------------------------------------------------------


def asked() -> tuple[Disclosure, Item]:
    """Ask the prison whether its summary of needs may be told; everything else is done."""
    work = proposed()
    asked_of = item(work, of=PRISON, category=9, words="Would like somebody to talk to.", by="cora")
    do("record_offer", work, **ASKS)
    do("decide", work, **YES)
    scan(work)
    do("record_signed", work, signed_on=localdate())
    do("record_told", work, **TOLD)
    return work, asked_of


def answered(one: Item, *, given: bool, by: str = "pat") -> Item:
    with acting(by) as author:
        return actions.answer(Item.objects.get(pk=one.pk), given=given, by=author)


@pytest.mark.requirement("ISP-13")
def test_whose_information_it_is_says_yes_and_silence_is_none() -> None:
    one, passage = asked()
    with pytest.raises(Refused, match="silence is no yes"):
        do("hand_over", one, **BY_HAND)
    with pytest.raises(IntegrityError, match="something is missing"):
        hand_in_sql(one)
    answered(passage, given=True)
    do("hand_over", one, **BY_HAND)
    with acting("dora"):
        assert Subject.objects.filter(entry__what="disclosure.told_outside", owner=PRISON).count() == 1


def test_a_no_holds() -> None:
    one, passage = asked()
    answered(passage, given=False)
    with pytest.raises(Refused, match="silence is no yes"):
        do("hand_over", one, **BY_HAND)
    with pytest.raises(Refused, match="already answered"):
        answered(passage, given=True)


def test_nobody_answers_for_another() -> None:
    _one, passage = asked()
    with acting("cora") as by:
        with pytest.raises(Refused, match="whose information it is"):
            actions.answer(Item.objects.get(pk=passage.pk), given=True, by=by)
        assert Item.objects.filter(pk=passage.pk).update(given=True, answered_at=now(), answered_by=by) == 0
    with acting("cass"):
        assert Item.objects.filter(pk=passage.pk).update(given=True, answered_at=now()) == 0


def test_only_what_they_give_us_can_be_asked_for_and_their_words_are_theirs() -> None:
    one = proposed()
    with pytest.raises(Refused, match="does not give you this"):
        item(one, of=PRISON, category=5)
    long = "He has learned to bake bread in the kitchen of the prison since March and is never late for the shift."
    with acting("pat") as by:
        SummaryRecord.objects.create(
            owner_id=PRISON, case_id=named("case"), created_by=by, category=9, text=long, checked_by="Pat Vell"
        )
    with acting("nadia") as by:  # who reads it, as the assigned worker
        row, lantern = Disclosure.objects.get(pk=one.pk), Organisation.objects.get(pk=LANTERN)
        assert rules.copied_from(row, long, lantern) == Organisation.objects.get(pk=PRISON)


def test_who_is_asked_sees_its_passage_and_for_what_and_nobody_else_sees_anything() -> None:
    one, passage = asked()
    own = {"cora", "nadia"}
    for who in ("cora", "nadia", "pat", "max", "cass", "paul", "faye", "otto", "omar", "dora", "helen"):
        with acting(who):
            assert Disclosure.objects.exists() == (who in own | {"pat"}), who
            assert Item.objects.exists() == (who in own | {"pat"}), who
    assert "Would like somebody" in visit("pat", f"/disclosures/items/{passage.pk}/answer/").content.decode()
    assert visit("pat", one.get_absolute_url()).status_code == 404
    with acting("cora") as by:
        for paper in Participation.objects.filter(withdrawn_at=None):
            cases.withdraw(paper, route="said", by=by)
    with acting("pat"):
        assert not Item.objects.exists(), "it would tell that somebody still works with the person"
        assert not Disclosure.objects.exists()


def test_today_says_what_waits_and_leads_there() -> None:
    _one, passage = asked()
    with acting("pat") as by:
        (clock,) = feeds.clocks(by)
        assert "Lantern Mentoring asks whether it may tell something of yours outside" in clock.name
        assert f"/disclosures/items/{passage.pk}/answer/" in clock.name
    one = do("hand_over", all_but(), **BY_HAND)
    with acting("cora"):
        Disclosure.objects.filter(pk=one.pk).update(review_on=localdate() + timedelta(days=3))
    with acting("cora") as by:
        (clock,) = feeds.clocks(by)
        assert "What was told to Kestrel Bakery: to be looked at again" in clock.name
        assert one.get_absolute_url() in clock.name


# ---- paper and pages -------------------------------------------------------------------------------------------------


def test_the_undertaking_is_a_paper_without_the_person_and_without_the_words() -> None:
    one = proposed()
    item(one)
    with acting("cora"):
        document = undertaking.document_of(fresh(one))
    text = str(document)
    assert "Mara Oll, Kestrel Bakery" in text
    assert "Progress under agreed headings" in text
    for word in ("He comes every week", "Iri", "Sandoval", "7Q"):
        assert word not in text
    assert to_pdf(document)[:5] == b"%PDF-"
    assert to_docx(document)[:2] == b"PK"


def post(who: str, address: str, data: dict[str, Any]) -> int:
    return int(visit(who, address, data, level=2).status_code)


def day(name: str, offset: int = 0) -> dict[str, int]:
    at = localdate() + timedelta(days=offset)
    return {f"{name}_day": at.day, f"{name}_month": at.month, f"{name}_year": at.year}


def test_every_step_has_its_page() -> None:
    said = {
        "receiver_kind": "landlord", "receiver_body": "House at the Quay", "receiver_name": "Tom Arl",
        "purpose": "A room", "necessity": "He lets to nobody unknown.", **day("review_on", 60),
    }  # fmt: skip
    at = f"/disclosures/cases/{named('civil_case')}/"
    assert "Tell somebody outside" in visit("cora", at).content.decode()
    assert post("cora", f"{at}propose/", {**said, "purpose": ""}) == 422
    assert post("cora", f"{at}propose/", said) == 302
    with acting("cora"):
        url = Disclosure.objects.get().get_absolute_url()
    assert "Still missing" in visit("cora", url).content.decode()
    assert (
        post("cora", f"{url}items/", {"of_owner": LANTERN, "category": 18, "words": "He came to 12 of 12 meetings."})
        == 302
    )
    assert post("cora", f"{url}offer/", {"offer": "against", **day("offered_on")}) == 422
    assert post("cora", f"{url}offer/", {"offer": "asks", **day("offered_on")}) == 302
    assert post("cora", f"{url}told/", {}) == 422
    assert post("cora", f"{url}told/", {"deferral_ground": "He is away", **day("deferral_review_on", 9)}) == 302
    assert post("cora", f"{url}decide/", {"allowed": "yes", "decision_words": "Little, and he asks."}) == 302
    assert post("cora", f"{url}signed/", day("signed_on")) == 422
    with acting("cora"):
        one = Disclosure.objects.get()
    scan(one)
    assert post("cora", f"{url}signed/", day("signed_on")) == 302
    assert post("cora", f"{url}hand/", BY_HAND) == 302
    assert post("cora", f"{url}end/", {"ended_how": "withdrawn", "ended_words": "x"}) == 422
    assert post("cora", f"{url}end/", {"ended_how": "returned", "ended_words": "By hand"}) == 302
    shown = visit("cora", url).content.decode()
    assert "It was returned" in shown
    assert "House at the Quay" in visit("cora", "/disclosures/").content.decode()
    assert visit("otto", url).status_code == visit("pat", url).status_code == 404


def test_a_stranger_is_no_owner_of_anything() -> None:
    one = proposed()
    with acting("cora") as by, pytest.raises(Refused, match="does not give you this"):
        actions.add_item(fresh(one), category=9, words="x", of_owner=Organisation.objects.get(pk=STRANGER), by=by)

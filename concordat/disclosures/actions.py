"""Everything that changes a disclosure to somebody outside: check the rule, write, log, in one transaction."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from concordat.cases.models import Case
from concordat.core.codes import Category
from concordat.core.edits import hold
from concordat.core.errors import Refused
from concordat.ledger.log import record
from concordat.organisations.models import Organisation
from concordat.people.models import Membership

from . import rules
from .models import Disclosure, Item


def _refuse(refusal: str | None) -> None:
    if refusal:
        raise Refused(refusal)


def _log(what: str, one: Disclosure, **detail: object) -> None:
    record(what, owner=one.owner_id, case=one.case_id, categories=[Category.P02], disclosure=one.pk, **detail)


@transaction.atomic
def propose(case: Case, *, review_on: date, by: Membership, **said: Any) -> Disclosure:  # noqa: ANN401 - as in the model
    """Write down to whom something should be told, what for, and why nothing less would do."""
    _refuse(rules.refuse_proposal(case, review_on=review_on, by=by))
    made = Disclosure(owner_id=case.owner_id, case=case, created_by=by, review_on=review_on, **said)
    made.save(force_insert=True)
    _log("disclosure.proposed", made)
    return made


@transaction.atomic
def add_item(disclosure: Disclosure, *, category: int, words: str, of_owner: Organisation, by: Membership) -> Item:
    """Add exactly what is told. Where another organisation knows it, that one is asked from this second on."""
    hold(disclosure)
    _refuse(rules.refuse_item(disclosure, category=category, words=words, of_owner=of_owner, by=by))
    item = Item(
        owner_id=disclosure.owner_id, case_id=disclosure.case_id, created_by=by, disclosure=disclosure,
        category=category, words=words, of_owner=of_owner,
    )  # fmt: skip
    item.save(force_insert=True)
    disclosure.categories = sorted({*disclosure.categories, int(category)})
    disclosure.save(update_fields=["categories"])
    record("disclosure.item_added", owner=item.owner_id, case=item.case_id, categories=[category], item=item.pk)
    return item


@transaction.atomic
def record_offer(
    disclosure: Disclosure, *, offer: str, offered_on: date | None = None, offer_ground: str = "", by: Membership
) -> Disclosure:
    """Record what the person said when they were offered to tell it themself."""
    hold(disclosure)
    _refuse(rules.refuse_offer(disclosure, by=by))
    disclosure.offer, disclosure.offered_on, disclosure.offer_ground = offer, offered_on, offer_ground
    disclosure.save(update_fields=["offer", "offered_on", "offer_ground"])
    _log("disclosure.person_asked", disclosure)
    return disclosure


@transaction.atomic
def record_told(
    disclosure: Disclosure, *, told_on: date | None = None, told_how: str = "", deferral_ground: str = "",
    deferral_review_on: date | None = None, by: Membership,
) -> Disclosure:  # fmt: skip
    """Record that the person was told, or why they are told later and when that is looked at again."""
    hold(disclosure)
    _refuse(rules.refuse_told(disclosure, by=by))
    disclosure.told_on, disclosure.told_how = told_on, told_how
    disclosure.deferral_ground, disclosure.deferral_review_on = deferral_ground, deferral_review_on
    disclosure.save(update_fields=["told_on", "told_how", "deferral_ground", "deferral_review_on"])
    _log("disclosure.person_told", disclosure, deferred=bool(deferral_ground))
    return disclosure


@transaction.atomic
def decide(disclosure: Disclosure, *, allowed: bool, decision_words: str, by: Membership) -> Disclosure:
    """Decide whether it is told, with reasons; what is told does not change any more."""
    hold(disclosure)
    _refuse(rules.refuse_decision(disclosure, by=by))
    disclosure.allowed, disclosure.decision_words = allowed, decision_words
    disclosure.decided_at, disclosure.decided_by = now(), by
    disclosure.save(update_fields=["allowed", "decision_words", "decided_at", "decided_by"])
    _log("disclosure.decided", disclosure, allowed=allowed)
    return disclosure


@transaction.atomic
def record_signed(disclosure: Disclosure, *, signed_on: date, by: Membership) -> Disclosure:
    """Record on which day the receiver signed the undertaking that is attached."""
    hold(disclosure)
    _refuse(rules.refuse_signed(disclosure, by=by))
    disclosure.signed_on = signed_on
    disclosure.save(update_fields=["signed_on"])
    _log("disclosure.undertaking_signed", disclosure)
    return disclosure


@transaction.atomic
def hand_over(disclosure: Disclosure, *, handed_how: str, by: Membership) -> Disclosure:
    """Record that it was told; whoever's information it is reads that in their own log."""
    hold(disclosure)
    _refuse(rules.refuse_handing(disclosure, by=by))
    disclosure.handed_how, disclosure.handed_at, disclosure.handed_by = handed_how, now(), by
    disclosure.save(update_fields=["handed_how", "handed_at", "handed_by"])
    _log("disclosure.handed_over", disclosure)
    for item in disclosure.items.all():
        if rules.needs_answer(item):
            record("disclosure.told_outside", owner=item.of_owner_id, categories=[item.category], item=item.pk)
    return disclosure


@transaction.atomic
def end(disclosure: Disclosure, *, ended_how: str, ended_words: str, by: Membership) -> Disclosure:
    """Record that it was taken back, returned or destroyed."""
    hold(disclosure)
    _refuse(rules.refuse_end(disclosure, how=ended_how, by=by))
    disclosure.ended_how, disclosure.ended_words, disclosure.ended_at, disclosure.ended_by = (
        ended_how, ended_words, now(), by,
    )  # fmt: skip
    disclosure.save(update_fields=["ended_how", "ended_words", "ended_at", "ended_by"])
    _log("disclosure.ended", disclosure, how=ended_how)
    return disclosure


@transaction.atomic
def answer(item: Item, *, given: bool, answer_words: str = "", by: Membership) -> Item:
    """Answer for the organisation whose information it is. A no needs no reason and has no consequence."""
    hold(item)
    _refuse(rules.refuse_answer(item, by=by))
    item.given, item.answer_words, item.answered_at, item.answered_by = given, answer_words, now(), by
    item.save(update_fields=["given", "answer_words", "answered_at", "answered_by"])
    record("disclosure.answered", owner=by.organisation_id, categories=[item.category], item=item.pk, given=given)
    return item

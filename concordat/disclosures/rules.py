"""Why nothing is told outside, or not yet, in words; None when it may be."""

from collections.abc import Iterator
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.access.asking import linked_cases, rules_for_me
from concordat.cases.models import Case
from concordat.ledger.reading import collecting
from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.people.roles import Role
from concordat.quoting.copying import LENGTH, folded, shares_passage
from concordat.quoting.kinds import kinds

from .models import DISCLOSABLE, Disclosure, Item, Offer, UndertakingFile

OFFICERS = (Role.PROGRAMME_MANAGER, Role.COORDINATOR)
CONSTRAINT_SENTENCES = {
    "disclosure_says_to_whom_and_why": gettext_lazy(
        "Say who receives it, by name, what for, and why less would not do."
    ),
    "disclosure_offer_is_whole": gettext_lazy("Say when the person was asked, or why it is told without that."),
    "disclosure_deferral_is_whole": gettext_lazy("Say why the person is told later, and when that is looked at again."),
    "disclosure_decision_is_whole": gettext_lazy("Give the reasons of the decision."),
    "disclosure_end_is_whole": gettext_lazy("Say what became of it, in words too."),
    "disclosure_goes_on_only": gettext_lazy(
        "What was decided, handed over or ended stays as it is. Begin another one."
    ),
    "disclosure_is_decided_by_an_officer": gettext_lazy(
        "It is decided by a programme manager or a coordinator with the second factor, once the person was asked."
    ),
    "disclosure_lacks_nothing": gettext_lazy("Something is still missing, so nothing may be handed over yet."),
    "item_may_be_told_outside": gettext_lazy("This kind of information is never told to anybody outside."),
    "item_says_something": gettext_lazy("Write exactly what is told."),
}  # fmt: skip


def refuse_officer(owner: int, *, by: Membership) -> str | None:
    """Say why somebody has nothing to do with the disclosures of an organisation."""
    if owner != by.organisation_id or not by.has(*OFFICERS):
        return _("A programme manager or a coordinator of the organisation that keeps the case decides about this.")
    return None


def refuse_proposal(case: Case, *, review_on: date, by: Membership) -> str | None:
    if refusal := refuse_officer(case.owner_id, by=by):
        return refusal
    return _("The day on which it is looked at again lies in the past.") if review_on < localdate() else None


def refuse_item(
    disclosure: Disclosure, *, category: int, words: str, of_owner: Organisation, by: Membership
) -> str | None:
    if refusal := refuse_officer(disclosure.owner_id, by=by) or _refuse_decided(disclosure):
        return refusal
    if category not in DISCLOSABLE:
        return str(CONSTRAINT_SENTENCES["item_may_be_told_outside"])
    if of_owner.pk != by.organisation_id and category not in {one.category for one in rules_for_me(of_owner.pk)}:
        return _("%(who)s does not give you this, so you cannot pass it on. Ask them outside of this.") % {
            "who": of_owner
        }
    if whose := copied_from(disclosure, words, of_owner):
        return _(
            "A passage of this stands word for word in a record of %(who)s. Say that it is theirs: they are asked."
        ) % {"who": whose}
    return None


def copied_from(disclosure: Disclosure, words: str, of_owner: Organisation) -> Organisation | None:
    """Return another organisation whose words these are, though somebody else is said to know it."""
    typed = folded(words)
    if len(typed) < LENGTH:
        return None
    cases = [one.case for one in linked_cases(disclosure.case_id)]
    for kind in kinds():
        with collecting():  # compared, and shown to nobody
            rows = list(kind.rows.filter(case__in=cases).exclude(owner=of_owner).select_related("owner"))
        for row in rows:
            if any(shares_passage(typed, folded(text)) for text in (*kind.passages(row), *kind.more(row))):
                return row.owner  # type: ignore[no-any-return]
    return None


def _refuse_decided(disclosure: Disclosure) -> str | None:
    return (
        str(CONSTRAINT_SENTENCES["disclosure_goes_on_only"]) if disclosure.decided_at or disclosure.ended_at else None
    )


def refuse_offer(disclosure: Disclosure, *, by: Membership) -> str | None:
    return refuse_officer(disclosure.owner_id, by=by) or _refuse_decided(disclosure)


def refuse_told(disclosure: Disclosure, *, by: Membership) -> str | None:
    if refusal := refuse_officer(disclosure.owner_id, by=by):
        return refusal
    return str(CONSTRAINT_SENTENCES["disclosure_goes_on_only"]) if disclosure.ended_at else None


def refuse_decision(disclosure: Disclosure, *, by: Membership) -> str | None:
    """Say why it is not decided yet, or not by this person. A no needs nothing but reasons."""
    if refusal := refuse_offer(disclosure, by=by):
        return refusal
    if not disclosure.items.exists():
        return _("Write down first exactly what is to be told.")
    if not disclosure.offer:
        return _("Ask the person first whether they want to tell it themself.")
    if disclosure.offer == Offer.TELLS:
        return _("The person tells it themself, so there is nothing to decide. Take it back.")
    return None


def refuse_signed(disclosure: Disclosure, *, by: Membership) -> str | None:
    if refusal := refuse_officer(disclosure.owner_id, by=by):
        return refusal
    if not disclosure.allowed or disclosure.handed_at or disclosure.ended_at:
        return _("An undertaking is signed after it was decided and before anything is handed over.")
    if not has_scan(disclosure):
        return _("Attach the scan of the signed undertaking first.")
    return None


def refuse_handing(disclosure: Disclosure, *, by: Membership) -> str | None:
    """Name the first thing that is missing before anything is handed over."""
    if refusal := refuse_officer(disclosure.owner_id, by=by):
        return refusal
    return next(missing(disclosure), None)


def missing(disclosure: Disclosure) -> Iterator[str]:
    """Yield everything that is missing before it may be handed over, in the order in which it is done."""
    if disclosure.ended_at or disclosure.handed_at:
        yield str(CONSTRAINT_SENTENCES["disclosure_goes_on_only"])
        return
    items = list(disclosure.items.select_related("of_owner"))
    if not items:
        yield _("Exactly what is told.")
    if not disclosure.offer:
        yield _("Whether the person wants to tell it themself.")
    for who in dict.fromkeys(one.of_owner.name for one in items if needs_answer(one) and not one.given):
        yield _("The yes of %(who)s, whose information it is. Their silence is no yes.") % {"who": who}
    if not disclosure.allowed:
        yield _("A decision that it may be told.")
    if not (has_scan(disclosure) and disclosure.signed_on):
        yield _("The undertaking, signed by the receiver, as a scan.")
    if not disclosure.told_on and not disclosure.deferral_review_on:
        yield _("That the person was told, or why they are told later.")


def needs_answer(item: Item) -> bool:
    return item.of_owner_id != item.owner_id


def has_scan(disclosure: Disclosure) -> bool:
    return UndertakingFile.objects.filter(disclosure=disclosure, file__removed_at=None).exists()


def refuse_end(disclosure: Disclosure, *, how: str, by: Membership) -> str | None:
    if refusal := refuse_officer(disclosure.owner_id, by=by):
        return refusal
    if disclosure.ended_at:
        return str(CONSTRAINT_SENTENCES["disclosure_goes_on_only"])
    if how and (how == "withdrawn") == bool(disclosure.handed_at):
        return _("Before it is handed over it is taken back; afterwards it is returned or destroyed.")
    return None


def refuse_answer(item: Item, *, by: Membership) -> str | None:
    """Say why somebody does not answer whether their organisation's information may be told."""
    if item.of_owner_id != by.organisation_id or not needs_answer(item) or not by.has(*OFFICERS):
        return _("A programme manager or a coordinator of the organisation whose information it is answers this.")
    if item.answered_at:
        return _("This is already answered.")
    return None

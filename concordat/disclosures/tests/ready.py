"""What tests of disclosures begin with: one that is proposed, and every step of it."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from concordat.cases.models import Case
from concordat.demo.world import LANTERN, acting, named
from concordat.disclosures import actions
from concordat.disclosures.attached import UNDERTAKING
from concordat.disclosures.models import Disclosure, Item
from concordat.files.tests import ready as files
from concordat.organisations.models import Organisation

OURS = named("civil_case")
SAID: dict[str, Any] = {
    "receiver_kind": "employer", "receiver_body": "Kestrel Bakery", "receiver_name": "Mara Oll",
    "purpose": "A place as an apprentice", "necessity": "She asks for a reference; less would not get the place.",
}  # fmt: skip


def proposed(by: str = "cora") -> Disclosure:
    with acting(by) as author:
        review_on = localdate() + timedelta(days=90)
        return actions.propose(Case.objects.get(pk=OURS), review_on=review_on, by=author, **SAID)


def fresh(one: Disclosure) -> Disclosure:
    return Disclosure.objects.select_related("owner", "case").get(pk=one.pk)


def item(
    one: Disclosure, *, of: int = LANTERN, category: int = 19, words: str = "He comes every week.", by: str = "cora"
) -> Item:
    with acting(by) as author:
        owner = Organisation.objects.get(pk=of)
        return actions.add_item(fresh(one), category=category, words=words, of_owner=owner, by=author)


def do(step: str, one: Disclosure, *, by: str = "cora", level: int = 2, **said: Any) -> Disclosure:  # noqa: ANN401
    with acting(by, level=level) as author:
        return getattr(actions, step)(fresh(one), by=author, **said)  # type: ignore[no-any-return]


def scan(one: Disclosure, by: str = "cora") -> None:
    with acting(by) as author:
        files.attach(UNDERTAKING, UNDERTAKING.parents.get(pk=one.pk), author, b"Signed by Mara Oll.\n")


ASKS: dict[str, Any] = {"offer": "asks", "offered_on": localdate()}
YES: dict[str, Any] = {"allowed": True, "decision_words": "He asks for it, and it is little."}
TOLD: dict[str, Any] = {"told_on": localdate(), "told_how": "In the meeting"}


def all_but(without: str = "") -> Disclosure:
    """Take every step before the handing over but one."""
    one = proposed()
    steps: dict[str, Any] = {
        "item": lambda: item(one),
        "offer": lambda: do("record_offer", one, **ASKS),
        "decide": lambda: do("decide", one, **YES),
        "scan": lambda: scan(one),
        "signed": lambda: do("record_signed", one, signed_on=localdate()),
        "told": lambda: do("record_told", one, **TOLD),
    }
    for name, take in steps.items():
        if name != without:
            take()
    return one

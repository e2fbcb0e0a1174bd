"""What agreements, posts and papers give on another day, or if a version were signed, in words.

No case, link or person is looked at: else a row of days would show when somebody agreed and when they withdrew, and a
draft that only one side wrote would show what a person chose. The conditions that depend on them are not answered.
"""

from datetime import date, datetime, time
from uuid import UUID

from django.db import connection, transaction
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from concordat.agreements.models import Version
from concordat.agreements.rules import WRITERS, refuse_simulate
from concordat.agreements.status import with_everything
from concordat.core.codes import Category, Form
from concordat.core.parts import Link
from concordat.ledger.log import record
from concordat.people.models import Membership

from . import missing
from .explain import FOR_A_COLLEAGUE, FOR_ME, ORDER, Decision
from .instruments import listed, signatories
from .question import Question

TERMS, WORKER = 2, 3  # what holds only as far as no case is looked at
PERSON = (4, 5)  # where the assignment and the person's agreement stand among the seven


def noon(day: date) -> datetime:
    """Return the middle of a day: what begins or ends with a day in any time zone of the agreements has done so."""
    return datetime.combine(day, time(12), get_current_timezone())


@transaction.atomic
def why_if(question: Question, at: datetime, version: Version | None = None) -> Decision | None:
    """Answer for another moment, or as if a version were signed; nothing where one may not ask so for a colleague.

    `question.by` is the one for whom it is asked; who asks is known to the database.
    """
    found = first_missing(question, at, version.pk if version else None)
    if found is None:
        return None
    if version:
        record(
            "agreement.simulated", owner=question.own.owner_id, agreement=version.agreement_id, version=version.number
        )
    return decision(question, *found)


def first_missing(question: Question, at: datetime, version: UUID | None) -> tuple[str | None, str | None] | None:
    """Ask the database for the widest form and what is missing first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT form, missing FROM access.why_if(%s, %s, %s::smallint, %s, %s)",
            [question.by.pk, question.giver.pk, int(question.category), at, version],
        )
        found: tuple[str | None, str | None] | None = cursor.fetchone()
        return found


def decision(question: Question, form: str | None, absent: str | None) -> Decision:
    """Put an answer into words that say nothing of a case or a person."""
    names = [str(name) for name in (FOR_A_COLLEAGUE if question.for_other else FOR_ME)]
    if absent == "ceiling":
        links = [Link(name, "unread", _("Not looked at: no agreement can open this.")) for name in names]
        return Decision("ceiling", "never", _("No, and no agreement can open it"), missing.of_a_ceiling(), links)
    at = len(names) if absent is None else ORDER.index(absent)
    links = [link(step, name) for step, name in enumerate(names[:at])]
    if absent is None:
        assert form is not None
        given = {"form": Form(form).label}
        return Decision(
            "up_to_here", "none", _("Nothing in the agreements and papers stands in the way"),
            _("They give: %(form)s. Whether something would be open depends on more, which is not looked at.") % given,
            links,
        )  # fmt: skip
    headline, words, supplier = said(question, absent)
    links.append(Link(names[at], "missing", words, supplier, "", _("It stays closed.")))
    return Decision(ORDER[at], "none", headline, "", [*links, *(Link(name, "unread") for name in names[at + 1 :])])


def link(step: int, name: str) -> Link:
    """Show a condition before the one that decides: it holds, or it is not looked at, whatever the case."""
    if step in PERSON:
        return Link(name, "unread", _("Not looked at for another day or a draft, whoever asks and whatever the case."))
    partly = {
        TERMS: _("At one place at least. Where the person is is not looked at."),
        WORKER: _("By clearance and courses. A conflict of interest with a case is not looked at."),
    }
    return Link(name, "holds", partly.get(step, ""))


def said(question: Question, absent: str) -> tuple[str, str, str]:
    """Say what is missing, and who can supply it."""
    mine, other, category = question.by.organisation, question.giver, Category(question.category)
    names = {"mine": mine, "other": other, "what": category.label}
    both = "" if absent == "worker" else signatories(question, (mine, other))
    if absent == "framework":
        words = _("No framework agreement between %(mine)s and %(other)s is in force then.")
        return _("No, because there is no framework agreement in force"), words % names, both
    if absent == "rule":
        words = _("No rule that is in force then gives “%(what)s” to this post for this purpose.")
        return _("No, because no rule gives it"), words % names, both
    if absent == "terms":
        words = _("No activity terms between %(mine)s and %(other)s are in force then, at any place.")
        return _("No, because there are no activity terms in force"), words % names, both
    if absent == "prohibition":
        words = _("The parties agreed: never “%(what)s”.")
        return _("No, because the parties agreed that it is never given"), words % names, both
    words = _(
        "The post does not hold then or does not read “%(what)s”, or clearance or a course that the terms ask for is "
        "missing then."
    )
    return missing.lacking(question), words % names, listed(one.shown_name for one in missing.colleagues(question))


def may_suppose(by: Membership) -> list[Version]:
    """Return the versions that somebody may see and try out, those of one agreement together."""
    if not by.has(*WRITERS):
        return []
    found = [one for agreement in with_everything() for one in agreement.versions.all()]
    return [one for one in found if refuse_simulate(by, one) is None]

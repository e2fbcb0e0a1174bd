"""What interference gives to Today and to notices: reports that wait for an answer, and answers."""

from collections.abc import Iterable, Iterator

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from concordat.core.parts import Action, Card, State
from concordat.notices.about import About, Occasion
from concordat.people.models import Membership

from . import rules
from .models import Interference


def waiting(by: Membership) -> Iterator[tuple[Interference, str]]:
    """Yield the reports that wait for somebody: to be answered, or for the last word on an answer."""
    if not by.has(*rules.READING):
        return
    for one in Interference.objects.filter(replied_at=None).select_related("owner", "to", "place"):
        if not rules.refuse_answer(one, by=by):
            yield one, "answer"
        elif not rules.refuse_reply(one, by=by):
            yield one, "reply"


def cards(by: Membership) -> Iterable[Card]:
    """Return what has to be answered, and what was answered."""
    for one, todo in waiting(by):
        yield to_answer(one) if todo == "answer" else answered(one)


def to_answer(one: Interference) -> Card:
    """Return the card of a report that waits."""
    late = one.due_on < localdate()
    return Card(
        due=one.due_on, title=_("Answer report %(reference)s: %(what)s") % {
            "reference": one.reference, "what": one.get_kind_display()},
        place=_("%(place)s, from %(who)s") % {"place": one.place, "who": one.owner},
        state=State("late", _("Late")) if late else State("changed", _("New")),
        actions=[Action(_("Read and answer"), one.get_absolute_url(), kind="primary")],
        because=_("People speak only where nobody listens. What is not answered in time is shown to both as late."),
    )  # fmt: skip


def answered(one: Interference) -> Card:
    """Return the card of an answer that waits for a word of the provider."""
    assert one.answered_at
    return Card(
        due=one.answered_at, by=False,
        title=_("%(who)s answered report %(reference)s") % {"who": one.to, "reference": one.reference},
        actions=[Action(_("Say whether it is settled"), one.get_absolute_url())],
        because=_("Where you do not agree, both positions stand side by side."),
    )  # fmt: skip


def occasions(by: Membership) -> Iterable[Occasion]:
    """Return what waits for an answer, and what was answered."""
    for one, todo in waiting(by):
        about = About.INTERFERENCE if todo == "answer" else About.INTERFERENCE_ANSWERED
        yield Occasion(about, one.pk, one.get_absolute_url(), one.reference)

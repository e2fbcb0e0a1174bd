"""What the gate gives to Today and to notices: passes to decide, appeals to answer, refusals to read."""

from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from concordat.core.parts import Action, Card, State
from concordat.notices.about import About, Occasion
from concordat.objectives.custody.models import Pass
from concordat.people.models import Membership

from . import rules


def waiting(by: Membership) -> Iterator[tuple[Pass, str]]:
    """Yield the passes that wait for somebody: to decide, an appeal to answer, a refusal to read."""
    if not by.has(*rules.READING_PASSES):
        return
    open_ = Q(granted=None) | Q(granted=False, settled_at=None)
    for one in Pass.objects.filter(open_, ended_at=None).select_related("owner", "to", "place", "worker"):
        if one.granted is None and not rules.refuse_decision(one, by=by):
            yield one, "decide"
        elif one.appealed_at and not rules.refuse_settlement(one, by=by):
            yield one, "settle"
        elif not rules.refuse_appeal(one, by=by) and one.until_on >= localdate():
            yield one, "read"


def cards(by: Membership) -> Iterable[Card]:
    """Return the cards of what waits."""
    titles = {
        "decide": _("Decide about pass %(reference)s"), "settle": _("Answer the appeal about pass %(reference)s"),
        "read": _("Pass %(reference)s was refused"),
    }  # fmt: skip
    for one, todo in waiting(by):
        late = todo == "decide" and one.due_on < localdate()
        yield Card(
            due=one.due_on, by=todo == "decide", title=titles[todo] % {"reference": one.reference},
            place=_("%(place)s, from %(who)s") % {"place": one.place, "who": one.owner},
            state=State("late", _("Late")) if late else None,
            actions=[Action(_("Look at it"), one.get_absolute_url(), kind="primary")],
            because=_("Without a pass there is no session, and nobody learns why."),
        )  # fmt: skip


def occasions(by: Membership) -> Iterable[Occasion]:
    """Return what waits, for notices."""
    for one, todo in waiting(by):
        about = About.PASS_REFUSED if todo == "read" else About.PASS
        yield Occasion(about, f"{one.pk}/{todo}", one.get_absolute_url(), one.reference)

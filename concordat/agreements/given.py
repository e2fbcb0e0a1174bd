"""What the rules give, as pictures and tables: who gives what to whom, in which form, and what would change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from django.utils.translation import gettext as _

from concordat.core.codes import PURPOSE_ACTIVITY, Category, Condition, Form
from concordat.core.parts import Cell, Column, Difference, Flow, Given, Group, Kept, Row
from concordat.core.picture import RANKS
from concordat.core.wording import itemised
from concordat.organisations.models import Organisation

from .models import Agreement, Kind, Prohibition, SharingRule, Version
from .sides import other, sides
from .status import in_force, status, with_everything

# Closed to every agreement, whatever a rule says; the database states the same in its policies.
CLOSED = (Category.P20, Category.P25, Category.P26, Category.P29, Category.P33)
NOTHING, NEVER = Cell("none"), Cell("never")
GROUPS: tuple[tuple[str, tuple[Category, ...]], ...] = (
    ("safely", (Category.P07, Category.P06, Category.P27, Category.P28)),
    ("plan", (
        Category.P01, Category.P02, Category.P03, Category.P04, Category.P05, Category.P08, Category.P09, Category.P13,
        Category.P14, Category.P15, Category.P21, Category.P30,
    )),
    ("care", (Category.P10, Category.P11, Category.P12, Category.P16, Category.P17)),
    ("helps", (Category.P18, Category.P19, Category.P22, Category.P23, Category.P24, Category.P31)),
)  # fmt: skip


@dataclass(frozen=True)
class Giving:
    """The rules that count for a page: those of one version, or of the protocols in force beside it."""

    agreement: Agreement
    rules: list[SharingRule]
    prohibitions: list[Prohibition]

    def cell(self, owner: Organisation, category: Category) -> Cell:
        """Return how much of a category a party gives, at most, whatever the role; the mildest condition counts."""
        if category in CLOSED:
            return NEVER
        if any(one.owner_id == owner.pk and one.category == category for one in self.prohibitions):
            return NOTHING
        found = [one for one in self.rules if one.owner_id == owner.pk and one.category == category]
        if not found:
            return NOTHING
        widest = max(found, key=lambda one: (RANKS.get(one.form, 1), one.condition == Condition.NONE))
        return Cell(cast("Given", str(widest.form)), condition_words(widest.condition))

    def categories(self) -> list[Category]:
        return [one for one in Category if any(rule.category == one for rule in self.rules)]


def condition_words(condition: str) -> str:
    return "" if condition == Condition.NONE else str(Condition(condition).label)


def giving(agreement: Agreement, version: Version | None) -> Giving:
    """Return what counts for this version: a protocol's own rules; else those of the protocols in force beside it."""
    own = [version] if version else []
    versions = own if agreement.kind == Kind.PROTOCOL else protocols_beside(agreement)
    rules = SharingRule.objects.filter(version__in=versions).select_related("owner", "recipient")
    wanted = [one for one in rules if counts_for(agreement, one)]
    return Giving(agreement, wanted, list(Prohibition.objects.filter(version__in=versions)))


def protocols_beside(agreement: Agreement) -> list[Version]:
    """Return the versions in force of the protocols under the same framework."""
    framework = agreement.pk if agreement.kind == Kind.FRAMEWORK else agreement.framework_id
    found = in_force(with_everything(Agreement.objects.filter(framework=framework, kind=Kind.PROTOCOL)))
    return [version for one in found if (version := status(one).version)]


def counts_for(agreement: Agreement, rule: SharingRule) -> bool:
    """Say whether a rule's purpose belongs to the activity of these terms."""
    return agreement.kind != Kind.TERMS or PURPOSE_ACTIVITY.get(rule.purpose) == agreement.activity


# ---- the table -----------------------------------------------------------------------------------------------------


def columns(agreement: Agreement) -> list[Column]:
    return [
        Column(
            _("%(giver)s gives") % {"giver": one.short},
            one,
            _("gives to %(taker)s") % {"taker": other(agreement, one.pk).name},
        )
        for one in sides(agreement)
    ]


def groups(given: Giving) -> list[Group]:
    """Return the rows of the table: what is given in either direction, and what is closed to every agreement."""
    named = {
        "safely": _("To work safely"),
        "plan": _("To plan"),
        "care": _("To take care"),
        "helps": _("To know whether it helps"),
    }
    held = [one for one in given.categories() if one not in CLOSED]
    listed = {category for _name, members in GROUPS for category in members}
    wanted = [(named[name], [one for one in members if one in held]) for name, members in GROUPS]
    wanted.append((_("And besides"), [one for one in held if one not in listed]))
    found = [Group([row(given, one) for one in members], name) for name, members in wanted if members]
    return [*found, Group([row(given, one) for one in CLOSED], _("Closed to every agreement"))]


def row(given: Giving, category: Category) -> Row:
    return Row(str(category.label), [given.cell(one, category) for one in sides(given.agreement)])


# ---- the picture ---------------------------------------------------------------------------------------------------

ORDER = (Form.FULL, Form.SUMMARY, Form.DATE, Form.EXISTENCE, Form.THRESHOLD)


def flows(given: Giving) -> list[Flow]:
    """Return the arrows: the safety briefing by itself, the rest together by direction, form and condition."""
    left, right = sides(given.agreement)
    sent: dict[tuple[str, Cell, bool], list[Category]] = {}
    for category in given.categories():
        there, back = given.cell(left, category), given.cell(right, category)
        ways = [("both", there)] if there == back else [("right", there), ("left", back)]
        for way, cell in ways:
            if cell not in (NOTHING, NEVER):
                sent.setdefault((way, cell, category == Category.P07), []).append(category)
    return [
        Flow(itemised(str(one.label) for one in members), cell.form, way, cell.condition)  # type: ignore[arg-type]
        for (way, cell, _first), members in sorted(sent.items(), key=drawn_after)
    ]


def drawn_after(sent: tuple[tuple[str, Cell, bool], list[Category]]) -> tuple[int, bool, bool, int]:
    """Sort arrows: there, back, both ways; the safety briefing first, what depends on the person last."""
    way, cell, briefing = sent[0]
    return ("right", "left", "both").index(way), not briefing, bool(cell.condition), ORDER.index(Form(cell.form))


def kept(given: Giving) -> list[Kept]:
    """Say what stays with each party although people ask for it."""
    found = []
    for one in sides(given.agreement):
        if one.is_authority and given.cell(one, Category.P08) == NOTHING:
            found.append(Kept(one, str(Category.P08.label)))
        if not one.is_authority:
            found.append(Kept(one, str(Category.P20.label)))
    return found


# ---- what would change ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Changes:
    """What one party would give from then on, line by line."""

    giver: Organisation
    taker: Organisation
    rows: Sequence[Difference]


def changes(before: Giving, after: Giving) -> list[Changes]:
    """Compare two versions by what they give, in both directions; only what differs."""
    found = [
        Changes(one, other(after.agreement, one.pk), list(differences(before, after, one)))
        for one in sides(after.agreement)
    ]
    return [one for one in found if one.rows]


def differences(before: Giving, after: Giving, owner: Organisation) -> Iterable[Difference]:
    for category in Category:
        old, new = before.cell(owner, category), after.cell(owner, category)
        if old != new:
            yield Difference(str(category.label), old, new)

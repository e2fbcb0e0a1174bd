"""Rules that take nothing or everything from each other: void, shadowed, or against another agreement of the parties.

The compiler does the same silently: a prohibition wins wherever it stands, and of two rules the wider one counts.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from concordat.agreements.models import Agreement, Kind, Prohibition, SharingRule, Version
from concordat.agreements.status import Standing, status, with_everything
from concordat.core.codes import Condition, Form
from concordat.core.picture import RANKS

from .finding import Finding, Findings, warn
from .protocol import TABLE, named

STANDS = (Standing.FORCE, Standing.SUSPENDED, Standing.UPCOMING, Standing.WAITING)
ALWAYS = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def check_crossing(version: Version, rules: Sequence[SharingRule], never: Iterable[Prohibition]) -> Findings:
    """Warn of what a protocol says in vain, alone or beside the other protocols of its parties; each thing once."""
    yield from dict.fromkeys(crossings(version, rules, {place(one) for one in never}))


def crossings(version: Version, rules: Sequence[SharingRule], forbidden: set[tuple[int, int]]) -> Findings:
    for rule in rules:
        yield from check_void(version, rule, forbidden)
        yield from check_shadowed(rule, rules)
    yield from check_others(version, rules, forbidden)


def place(one: SharingRule | Prohibition) -> tuple[int, int]:
    """Return from whom and of what; the parties are two, so this says to whom as well."""
    return one.owner_id, one.category


def check_void(version: Version, rule: SharingRule, forbidden: set[tuple[int, int]]) -> Findings:
    """Warn of a rule that gives nothing: forbidden beside it, or over before the version begins."""
    if place(rule) in forbidden:
        yield warn(
            rule.clause or TABLE,
            _("%(rule)s: the same text forbids it, so this rule gives nothing.") % {"rule": named(rule)},
            _("Take out the rule or the prohibition."),
        )
    start, end = interval(rule)
    if start >= version.ends_at or end <= version.starts_at:
        yield warn(
            rule.clause or TABLE,
            _("%(rule)s: its days lie outside those of the agreement, so this rule gives nothing.")
            % {"rule": named(rule)},
            _("Change its days, or take it out."),
        )


def interval(rule: SharingRule) -> tuple[datetime, datetime]:
    return rule.starts_at or ALWAYS[0], rule.ends_at or ALWAYS[1]


def check_shadowed(rule: SharingRule, rules: Sequence[SharingRule]) -> Findings:
    """Warn of a rule that another one holds wholly."""
    wider = next((one for one in rules if one.pk != rule.pk and holds(one, rule)), None)
    if wider:
        yield warn(
            rule.clause or TABLE,
            _("%(rule)s, %(form)s, to the role “%(role)s”: another rule already gives that, so this one adds nothing.")
            % {"rule": named(rule), "form": rule.get_form_display(), "role": rule.get_role_display()},
            _("Take out the one that you do not mean. While both stand, the wider one counts."),
        )


def holds(wide: SharingRule, narrow: SharingRule) -> bool:
    """Say whether one rule gives all that the other one gives; of two equal ones the first holds the second."""
    same = ("owner_id", "recipient_id", "category", "purpose", "role")
    if any(getattr(wide, name) != getattr(narrow, name) for name in same) or not covers(wide.form, narrow.form):
        return False
    if wide.condition not in (Condition.NONE, narrow.condition):
        return False
    (from_, to), (start, end) = interval(wide), interval(narrow)
    if not (from_ <= start and end <= to):
        return False
    alike = (wide.form, wide.condition, from_, to) == (narrow.form, narrow.condition, start, end)
    return not alike or str(wide.pk) < str(narrow.pk)


def covers(wide: str, narrow: str) -> bool:
    """Say whether one form includes another; the threshold stands apart."""
    if Form.THRESHOLD in (wide, narrow):
        return wide == narrow
    return RANKS[wide] >= RANKS[narrow]


# ---- beside the other protocols of the same parties ----------------------------------------------------------------


def check_others(version: Version, rules: Sequence[SharingRule], forbidden: set[tuple[int, int]]) -> Findings:
    """Warn where one agreement of the parties gives what another one forbids."""
    for agreement, held in others(version.agreement):
        barred = {place(one) for one in Prohibition.objects.filter(version=held)}
        for rule in rules:
            if place(rule) in barred:
                yield against(rule, agreement)
        given = SharingRule.objects.filter(version=held).select_related("owner", "recipient")
        for key, rule in {place(one): one for one in given}.items():
            if key in forbidden:
                yield taken_away(rule, agreement)


def others(agreement: Agreement) -> list[tuple[Agreement, Version]]:
    """Return the other protocols of the same parties that stand, each with its version."""
    same = Agreement.objects.filter(kind=Kind.PROTOCOL, party_a=agreement.party_a_id, party_b=agreement.party_b_id)
    found = [(one, status(one)) for one in with_everything(same.exclude(pk=agreement.pk))]
    return [(one, held.version) for one, held in found if held.version and held.standing in STANDS]


def against(rule: SharingRule, agreement: Agreement) -> Finding:
    return warn(
        rule.clause or TABLE,
        _("%(rule)s: “%(title)s” (%(reference)s) forbids it, so this rule gives nothing.")
        % {"rule": named(rule), "title": agreement.title, "reference": agreement.reference},
        _("A prohibition wins wherever it stands. Change that agreement, or take this rule out."),
    )


def taken_away(rule: SharingRule, agreement: Agreement) -> Finding:
    return warn(
        "ISP-10",
        _("%(rule)s: this text forbids what “%(title)s” (%(reference)s) gives, and takes it away there too.")
        % {"rule": named(rule), "title": agreement.title, "reference": agreement.reference},
        _("If it is meant, leave it. Otherwise take the prohibition out."),
    )

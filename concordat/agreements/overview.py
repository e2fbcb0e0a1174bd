"""What the page of an agreement shows, put together from its version: nothing here decides anything."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concordat.core import parts, wording
from concordat.core.feeds import Notice
from concordat.core.parts import Action, Answer, State
from concordat.core.wiring import wired
from concordat.core.wording import enumerated
from concordat.people.courses import course_name
from concordat.people.models import Membership

from . import disputes, given, rules
from .answers import answers, officers
from .catalogue import ENTRIES
from .document import first_groups
from .effects import effects
from .models import Agreement, Clause, Closure, Kind, Suspension, TermsPlace, TermsRequirement, Version
from .sides import sides, signed_words, signings
from .status import Standing, Status, begins, ending_of, ends, status, suspension_at, with_everything

WHOLE = Version.objects.select_related(
    "agreement__party_a", "agreement__party_b", "agreement__framework"
).prefetch_related(
    "clauses",
    "fundinglines",
    "signatures__membership",
    Prefetch("termsplaces", TermsPlace.objects.select_related("place")),
    Prefetch("termsrequirements", TermsRequirement.objects.select_related("organisation")),
)


def shown_version(agreement: Agreement, found: Status) -> Version:
    """Return the version that a page shows when none is asked for: the one that holds or held, else the newest."""
    return found.version or agreement.versions.all()[0]


def detail(agreement: Agreement, version: Version, by: Membership) -> dict[str, Any]:
    """Return everything that the page of one version shows."""
    found, whole = status(agreement), WHOLE.get(pk=version.pk)
    gives = given.giving(agreement, whole)
    left, right = sides(agreement)
    return {
        "agreement": agreement,
        "version": whole,
        "caption": caption(agreement, whole),
        "states": list(states(agreement, found, whole)),
        "signings": signings(agreement, whole),
        "notices": list(notices(agreement, found, by)),
        "left": left,
        "right": right,
        "gives": gives,
        "flows": given.flows(gives),
        "kept": given.kept(gives),
        "columns": given.columns(agreement),
        "groups": given.groups(gives),
        **told_apart(clauses(whole, gives)),
        "terms": agreement.kind == Kind.TERMS,
        "below": below(agreement),
        "changes": changes(agreement, found, whole),
        "now_words": now_words(found),
        "then_words": _("After signing, version %(number)d") % {"number": whole.number},
        "facts": facts_of_terms(whole),
        "picture_words": picture_words(agreement),
        "actions": actions(agreement, whole, by),
        "links": links(agreement, whole, by),
        "history": history(agreement),
        "goes_on": goes_on_words(agreement, whole),
        "settled": disputes.history(agreement),
        "files": wired("RECORD_FILES")("agreement", whole, by),
        "assessments": wired("ASSESSMENTS")(agreement, whole, by),
        "check_number": first_groups(whole.hash),
    }


def now_words(found: Status) -> str:
    return _("Now, version %(number)d") % {"number": found.version.number} if found.version else _("Now")


def picture_words(agreement: Agreement) -> str:
    """Explain the lines; where the rules are those of another text, say of which."""
    words = _("Solid line: always, to people assigned to the case. Dashed line: only while the person agrees.")
    if agreement.kind == Kind.PROTOCOL:
        return words
    return _("%(words)s This is what the protocol in force beside it gives.") % {"words": words}


def caption(agreement: Agreement, version: Version) -> str:
    about = {"reference": agreement.reference, "kind": agreement.get_kind_display(), "number": version.number}
    return _("%(kind)s %(reference)s, version %(number)d") % about


# ---- where it stands -----------------------------------------------------------------------------------------------


def states(agreement: Agreement, found: Status, shown: Version) -> Iterable[tuple[State, SafeString | str]]:
    """Return a line for what holds, and one for each newer text that waits."""
    yield found.shown, until_words(found)
    for one in agreement.versions.all():
        if found.version and one.number <= found.version.number:
            continue
        if one.proposed_at:
            yield State("changed", _("Proposed")), proposed_words(agreement, one, shown)
        else:
            yield State("rest", _("Draft")), draft_words(agreement, one)


def until_words(found: Status) -> SafeString | str:
    """Say which version it is, and until when."""
    number = {"number": found.version.number} if found.version else {"number": 0}
    if found.until is None:
        return _("Version %(number)d") % number
    day = wording.long_day(found.until) if found.standing == Standing.UPCOMING else last_day(found)
    said = {
        Standing.FORCE: _("Version {number}, until the end of {day}"),
        Standing.SUSPENDED: _("Version {number}, until {day}"),
        Standing.LAPSED: _("Version {number} ended with {day}"),
        Standing.ENDED: _("Version {number} ended on {day}"),
        Standing.UPCOMING: _("Version {number}, from {day}"),
    }
    return format_html(said[found.standing], day=day, **number)


def last_day(found: Status) -> str | SafeString:
    """Write until when something stays so: the last day of a version, else the moment."""
    assert found.until is not None
    version = found.version
    if version and found.until == version.ends_at:
        return wording.plain_day(version.last_day)
    return wording.moment(found.until)


def goes_on_words(agreement: Agreement, version: Version) -> str:
    """Say whether a version that begins after an earlier one goes on without a gap, or why there is one."""
    before = [one for one in agreement.versions.all() if one.number < version.number and begins(one)]
    days = (version.first_day - before[0].last_day).days - 1 if before else -1
    if days < 0:
        return ""
    if days == 0:
        return _("Goes on the day after version %(number)d, without a gap.") % {"number": before[0].number}
    said = {"days": days, "number": before[0].number, "gap": version.gap or _("not said")}
    words = ngettext(
        "There is a gap of %(days)d day after version %(number)d. Why: %(gap)s",
        "There is a gap of %(days)d days after version %(number)d. Why: %(gap)s",
        days,
    )
    return words % said


def proposed_words(agreement: Agreement, one: Version, shown: Version) -> SafeString:
    words = _("Version {number}, by {who} on {day}. {link}")
    link = "" if one.pk == shown.pk else see(agreement, one, _("See what it would change"))
    return format_html(
        words, number=one.number, who=one.drafted_for, day=wording.plain_day(one.proposed_at or now()), link=link
    )


def draft_words(agreement: Agreement, one: Version) -> SafeString:
    link = link_to(reverse("agreements:edit", args=[agreement.pk, one.number]), _("Go on with it"))
    return format_html(
        _("Version {number}, seen only by {who}. {link}"), number=one.number, who=one.drafted_for, link=link
    )


def see(agreement: Agreement, one: Version, words: str) -> SafeString:
    return link_to(reverse("agreements:version", args=[agreement.pk, one.number]), words)


def link_to(url: str, words: str) -> SafeString:
    return format_html('<a class="govuk-link" href="{}">{}</a>', url, words)


def notices(agreement: Agreement, found: Status, by: Membership) -> Iterable[Notice]:
    """Return what must not be overlooked: a suspension, an end, a copy that starts closed."""
    closed = Closure.objects.filter(confirmed_at=None, organisation__in=sides(agreement)).select_related("organisation")
    for one in closed:
        link = (
            link_to(reverse("agreements:reopen"), _("Confirm it")) if one.organisation_id == by.organisation_id else ""
        )
        words = _(
            "This is a restored copy. Nothing passes until {who} confirms that everything since was entered again. "
            "{link}"
        )
        yield Notice("late", _("Closed"), format_html(words, who=one.organisation, link=link))
    if suspension := suspension_at(agreement, now()):
        yield Notice("soon", _("Suspended"), suspended_words(agreement, suspension, by))
    elif found.standing == Standing.SUSPENDED and agreement.framework:
        words = _("The framework agreement above it is suspended. {link}")
        yield Notice(
            "soon",
            _("Suspended"),
            format_html(words, link=link_to(agreement.framework.get_absolute_url(), _("Read why"))),
        )
    yield from disputes.notices(agreement, by)
    if ending := ending_of(agreement):
        words = _("{who} ended it, for {day}: {reason}")
        yield Notice(
            "rest",
            _("Ended"),
            format_html(words, who=ending.organisation, day=wording.moment(ending.at), reason=ending.reason),
        )


def suspended_words(agreement: Agreement, one: Suspension, by: Membership) -> SafeString:
    """Say who suspended, why, and until when; how it is made up for, where that was said."""
    words = _(
        "By {who}, until {until}. {ground}: “{explanation}” {making_up} What the other party owns is closed to "
        "both; warnings "
        "arrive, and what is owed may be written. {link}"
    )
    making_up = format_html(_("To make up for it: “{words}”"), words=one.making_up) if one.making_up else ""
    refusal = rules.refuse_lift(by, one)
    link = refusal or link_to(reverse("agreements:lift", args=[agreement.pk]), _("Lift it"))
    said = {"ground": one.get_ground_display(), "explanation": one.explanation, "making_up": making_up, "link": link}
    return format_html(words, who=one.organisation, until=wording.moment(ends(one)), **said)


# ---- the words and what they do ------------------------------------------------------------------------------------


class Shown(NamedTuple):
    """A clause with what it does, and the answers that are signed with its words."""

    clause: parts.Clause
    answers: list[tuple[str, str]]


def clauses(version: Version, gives: given.Giving) -> list[Shown]:
    """Return the clauses in their order."""
    own = gives.rules if version.agreement.kind == Kind.PROTOCOL else []
    held = list(version.clauses.all())
    people = officers(held)
    return [Shown(clause_part(one, effects(version, one, own)), answers(one, people)) for one in held]


def told_apart(found: list[Shown]) -> dict[str, list[Shown]]:
    """Return clauses that do something, and those that only bind in words."""
    return {
        "clauses": [one for one in found if one.clause.effects],
        "words_only": [one for one in found if not one.clause.effects],
    }


def clause_part(one: Clause, does: list[parts.Effect]) -> parts.Clause:
    entry = ENTRIES.get(one.code)
    title = str(entry.title) if entry else one.code
    return parts.Clause(entry.number if entry else one.code, title, does, one.wording, anchor=one.code)


def below(agreement: Agreement) -> list[tuple[Agreement, Status]]:
    """Return the protocols and terms under a framework."""
    if agreement.kind != Kind.FRAMEWORK:
        return []
    return [(one, status(one)) for one in with_everything(Agreement.objects.filter(framework=agreement))]


def changes(agreement: Agreement, found: Status, shown: Version) -> list[given.Changes]:
    """Return what signing this version would change against the one that holds."""
    held = found.version
    if agreement.kind != Kind.PROTOCOL or held is None or shown.number <= held.number:
        return []
    return given.changes(given.giving(agreement, held), given.giving(agreement, shown))


# ---- what can be done ----------------------------------------------------------------------------------------------


def actions(agreement: Agreement, version: Version, by: Membership) -> list[Action]:
    """Return the buttons; each that is off says why."""
    here = [agreement.pk]
    new, suspend, end = (reverse(f"agreements:{name}", args=here) for name in ("new_version", "suspend", "end"))
    return [
        *first_action(agreement, version, by),
        Action(_("Write a new version"), new, rules.refuse_new_version(by, agreement), post=True),
        Action(_("Renew this agreement"), reverse("agreements:renew", args=here), rules.refuse_renew(by, agreement)),
        Action(
            _("Raise a disagreement"),
            reverse("agreements:dispute", args=here),
            rules.refuse_dispute(by, agreement),
        ),
        Action(_("Suspend this agreement"), suspend, rules.refuse_suspend(by, agreement)),
        Action(_("End this agreement"), end, rules.refuse_end(by, agreement)),
    ]


def first_action(agreement: Agreement, version: Version, by: Membership) -> list[Action]:
    """Return what is next: going on with this draft, or signing this text or the newest one that waits."""
    if not version.proposed_at:
        url = reverse("agreements:edit", args=[agreement.pk, version.number])
        return [Action(_("Go on with this draft"), url, rules.refuse_edit(by, version), "primary")]
    newest = next((one for one in agreement.versions.all() if one.proposed_at and rules.unsigned_by(one)), None)
    if newest is None or newest.number < version.number:
        return []
    url = reverse("agreements:sign", args=[agreement.pk, newest.number])
    label = _("Sign version %(number)d") % {"number": newest.number}
    return [Action(label, url, rules.refuse_sign(by, newest), "primary")]


def links(agreement: Agreement, version: Version, by: Membership) -> list[tuple[str, str]]:
    """Return the ways from here that change nothing."""
    here = [agreement.pk, version.number]
    found = [(_("Print"), reverse("agreements:print_version", args=here))]
    if version.proposed_at:
        found.insert(0, (_("Talks about the clauses"), reverse("agreements:talks", args=here)))
    found.insert(0, (_("What the public reads of it"), reverse("agreements:open_part", args=here)))
    if rules.refuse_simulate(by, version) is None:
        found.insert(0, (_("See what it would open"), reverse("agreements:opens", args=here)))
    if len(agreement.versions.all()) > 1:
        found.insert(0, (_("Compare versions"), reverse("agreements:compare", args=[agreement.pk])))
    return found


def history(agreement: Agreement) -> list[dict[str, Any]]:
    """Return the versions, newest first, with who proposed and signed each and when it held."""
    return [
        {
            "version": one,
            "number": one.number,
            "url": reverse("agreements:version", args=[agreement.pk, one.number]),
            "check_number": first_groups(one.hash),
            "signed": [(each.organisation, signed_words(one, each)) for each in one.signatures.all()],
            "begins": begins(one),
            "replaced": rules.replaced_at(one),
        }
        for one in agreement.versions.all()
    ]


def facts_of_terms(version: Version) -> list[Answer]:
    """Return what is listed with activity terms: places and what workers need."""
    places = "\n".join(one.place.name for one in version.termsplaces.all())
    needs = "\n".join(
        _("%(who)s: %(what)s") % {"who": one.organisation, "what": needed(one) or _("nothing")}
        for one in version.termsrequirements.all()
    )
    return [Answer(_("Places"), places or _("None yet")), Answer(_("Workers need"), needs or _("Nothing"))]


def needed(one: TermsRequirement) -> str:
    """List the clearance and the courses that workers of one party need."""
    clearance = [one.get_clearance_display()] if one.clearance else []
    return enumerated([*clearance, *map(course_name, one.trainings)])

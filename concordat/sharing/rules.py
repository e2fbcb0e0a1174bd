"""Why something about safety is refused, in words; None when it is allowed."""

from collections.abc import Mapping
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.cases.models import Case
from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.people.roles import Role

from . import partners
from .models import ClosedCheck, Opening, SafetyBriefing

AUTHORS = (Role.PROGRAMME_MANAGER, Role.SECURITY_MANAGER)
WARNERS = (*AUTHORS, Role.CASE_OFFICER)

# What a sheet says besides how to meet safely. Blank is no answer: what is left empty has to be declared.
HEADINGS = ("triggers", "keep_apart", "items", "threats", "language", "health", "restrictions")

CONSTRAINT_SENTENCES = {
    "briefing_number_is_unique_in_a_case": gettext_lazy(
        "Somebody wrote a new version meanwhile. Read it before you write yours."
    ),
    "briefing_follows_the_newest": gettext_lazy(
        "Somebody wrote a new version meanwhile. Read it before you write yours."
    ),
    "briefing_is_not_left_blank": gettext_lazy(
        "Fill in every heading, or confirm that there is nothing to add under those left empty."
    ),
    "briefing_says_how_to_meet": gettext_lazy("Say how to meet the person safely."),
    "briefing_says_what_changed": gettext_lazy("Say what changed, so that whoever reads it again finds it."),
    "closed_material_was_checked_by_a_post": gettext_lazy(
        "Say by which post closed material was checked. Nothing else of it is kept."
    ),
    "closed_material_was_checked_before": gettext_lazy(
        "Closed material has to be checked before the briefing is written."
    ),
    "acknowledges_the_newest_version": gettext_lazy("There is a newer version. Read that one, and confirm it."),
    "acknowledges_what_was_opened": gettext_lazy("Open the briefing and read it before you confirm it."),
    "acknowledged_once": gettext_lazy("You have confirmed this version already."),
    "briefingtranslation_says_who_translated": gettext_lazy("Say who translated it, or that a machine did."),
    "notice_says_something": gettext_lazy("Say what they must know now."),
}


def in_words(name: str) -> str:
    """Return the sentence for a constraint."""
    return str(CONSTRAINT_SENTENCES[name])


def refuse_author(case: Case, *, by: Membership) -> str | None:
    if not by.organisation.is_authority or case.owner_id != by.organisation_id:
        return _("Only the authority that holds the knowledge writes the safety briefing.")
    if not by.has(*AUTHORS):
        return _("Only a programme manager or a security manager writes the safety briefing.")
    return None


def refuse_briefing(
    case: Case, *, text: Mapping[str, object], newest: SafetyBriefing | None, by: Membership
) -> str | None:
    """Refuse a version by its author or by the first thing that is missing; `text` holds its fields by name."""
    if refusal := refuse_author(case, by=by):
        return refusal
    missing = missing_in(text, changes=newest is not None)
    return in_words(next(iter(missing.values()))) if missing else None


def missing_in(text: Mapping[str, object], *, changes: bool) -> dict[str, str]:
    """Return what is missing in a version: the field to go to and the name of the constraint that says why."""
    blank = not all(text.get(name) for name in HEADINGS)
    checked_by, checked_on = text.get("closed_check_by"), text.get("closed_check_on")
    wanting = {
        "how_to_meet": ("briefing_says_how_to_meet", not text.get("how_to_meet")),
        "nothing_to_add": ("briefing_is_not_left_blank", blank and not text.get("nothing_to_add")),
        "what_changed": ("briefing_says_what_changed", changes and not text.get("what_changed")),
        "closed_check_by": ("closed_material_was_checked_by_a_post", checked_by not in ClosedCheck.values),
        "closed_check_on": (
            "closed_material_was_checked_before",
            not isinstance(checked_on, date) or checked_on > localdate(),
        ),
    }
    return {field: name for field, (name, wants) in wanting.items() if wants}


def refuse_translation(briefing: SafetyBriefing, *, by: Membership) -> str | None:
    if briefing.owner_id != by.organisation_id or not by.has(*AUTHORS):
        return _("Only those who write the safety briefing at its authority add a translation.")
    if SafetyBriefing.objects.filter(case_id=briefing.case_id, number__gt=briefing.number).exists():
        return _("There is a newer version. Translate that one.")
    return None


def refuse_acknowledgement(briefing: SafetyBriefing, *, by: Membership) -> str | None:
    if briefing.owner_id == by.organisation_id:
        return _("The briefing is confirmed by those who meet the person from outside your organisation.")
    if SafetyBriefing.objects.filter(case_id=briefing.case_id, number__gt=briefing.number).exists():
        return in_words("acknowledges_the_newest_version")
    if not Opening.objects.filter(briefing=briefing, membership=by).exists():
        return in_words("acknowledges_what_was_opened")
    if briefing.acknowledgements.filter(membership=by).exists():
        return in_words("acknowledged_once")
    return None


def refuse_notice(case: Case, *, by: Membership) -> str | None:
    if not by.organisation.is_authority or case.owner_id != by.organisation_id:
        return _("Only the authority that holds the case sends a safety notice about it.")
    if not by.has(*WARNERS):
        return _("Only a programme manager, a case officer or a security manager sends a safety notice.")
    return None


def refuse_receiver(to: Organisation) -> str | None:
    if to.pk not in partners.within_wind_down():
        return _("%(to)s has no agreement with you, nor had one within the last 30 days. Call them.") % {"to": to}
    return None

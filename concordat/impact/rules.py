"""Why something about an assessment is refused, in words; None when it may be done."""

from datetime import date, timedelta

from django.db import connection
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.agreements.models import Kind, Version
from concordat.people.models import Membership
from concordat.people.roles import Role

from .models import Assessment, Speaker

DECIDERS = (Role.PROGRAMME_MANAGER, Role.COORDINATOR, Role.SIGNATORY)
READERS = (Role.DATA_PROTECTION, *DECIDERS)
LONGEST = timedelta(days=366)

CONSTRAINT_SENTENCES = {
    "assessment_stays": gettext_lazy("What was decided stays as it is. Begin a new version of it."),
    "assessment_is_decided_by_another": gettext_lazy("Somebody other than its author decides."),
    "assessment_is_advised": gettext_lazy(
        "The data protection officer has not spoken since the last change of the texts, the risks or the table of "
        "rules. Keep the texts again where the table changed, then ask for advice. Where you have no such officer, ask "
        "somebody outside."
    ),
    "assessment_states_risks": gettext_lazy("No risk is stated. Say what could happen, and what is done against it."),
    "assessment_is_looked_at_within_a_year": gettext_lazy("Choose a day within a year from today, not today."),
    "assessment_version_is_one": gettext_lazy("There is a newer version of it already."),
    "outcome_is_of_a_decision": gettext_lazy("It is not decided yet."),
    "outcome_is_of_a_proposed_text": gettext_lazy(
        "The other party does not know this draft. Propose the text first, then tell them."
    ),
}


def refuse_reader(by: Membership) -> str | None:
    """Say why somebody does not work on assessments."""
    if by.has(*READERS):
        return None
    return _(
        "The data protection officer, a programme manager, a coordinator or an authorised signatory works on this."
    )


def refuse_begin(version: Version, *, by: Membership) -> str | None:
    """Say why no assessment of this version is begun."""
    if version.agreement.kind != Kind.PROTOCOL:
        return _("An assessment is of an information-sharing protocol: nothing else opens data.")
    if by.organisation_id not in {version.agreement.party_a_id, version.agreement.party_b_id}:
        return _("Your organisation is not a party of it.")
    return refuse_reader(by)


def refuse_change(assessment: Assessment, *, by: Membership) -> str | None:
    """Say why its texts and risks do not change."""
    if refusal := refuse_reader(by):
        return refusal
    return str(CONSTRAINT_SENTENCES["assessment_stays"]) if assessment.decision else None


def refuse_advise(assessment: Assessment, speaker: str, *, by: Membership) -> str | None:
    """Say why words are not taken down. The officer's own words are written by the officer."""
    if refusal := refuse_change(assessment, by=by):
        return refusal
    if speaker == Speaker.OFFICER and not by.has(Role.DATA_PROTECTION):
        return _("The data protection officer writes this, in their own words.")
    return None


def refuse_decide(assessment: Assessment, *, by: Membership) -> str | None:
    """Say why somebody does not decide it."""
    if refusal := refuse_change(assessment, by=by):
        return refusal
    if assessment.created_by_id == by.pk:
        return str(CONSTRAINT_SENTENCES["assessment_is_decided_by_another"])
    if not by.has(*DECIDERS):
        return _("Whoever advises does not decide. A programme manager, a coordinator or a signatory decides.")
    if not assessment.risks.exists():
        return str(CONSTRAINT_SENTENCES["assessment_states_risks"])
    return None if is_advised(assessment) else str(CONSTRAINT_SENTENCES["assessment_is_advised"])


def refuse_day(review_on: date) -> str | None:
    """Say why it is not looked at again on this day."""
    if localdate() < review_on <= localdate() + LONGEST - timedelta(days=1):
        return None
    return str(CONSTRAINT_SENTENCES["assessment_is_looked_at_within_a_year"])


def refuse_tell(assessment: Assessment, *, by: Membership) -> str | None:
    """Say why the other party is not told the outcome."""
    if refusal := refuse_reader(by):
        return refusal
    if not assessment.decision:
        return str(CONSTRAINT_SENTENCES["outcome_is_of_a_decision"])
    if hasattr(assessment, "outcome"):
        return _("They were told. What was told stays.")
    if not assessment.version.proposed_at:
        return str(CONSTRAINT_SENTENCES["outcome_is_of_a_proposed_text"])
    return None


def refuse_anew(assessment: Assessment, *, by: Membership) -> str | None:
    """Say why no new version of it is begun."""
    if refusal := refuse_reader(by):
        return refusal
    if not assessment.decision:
        return _("It is not decided yet: go on with this one.")
    if Assessment.objects.filter(supersedes=assessment).exists():
        return str(CONSTRAINT_SENTENCES["assessment_version_is_one"])
    return None


def is_advised(assessment: Assessment) -> bool:
    """Say whether somebody who knows data protection has spoken since the last change."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT impact.is_advised(%s)", [assessment.pk])
        ((advised,),) = cursor.fetchall()
    return bool(advised)

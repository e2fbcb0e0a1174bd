"""Every change of an assessment, with its author and its line in the log. No line says what was written."""

from datetime import date

from django.db import transaction
from django.utils.timezone import now

from concordat.agreements.actions.locking import refuse_if
from concordat.agreements.models import Version
from concordat.core import edits
from concordat.core.references import new_reference
from concordat.ledger.log import record, record_for
from concordat.people.models import Membership

from . import rules
from .models import Advice, Assessment, Outcome, Risk

TEXTS = ("aim", "necessity", "proportionality", "private_life", "religion", "family", "equality")
RISK = ("what", "expected", "lasting", "measure", "post")


@transaction.atomic
def begin(version: Version, *, by: Membership, **texts: str) -> Assessment:
    """Begin an assessment of one version of a protocol; the database takes the table of rules."""
    refuse_if(rules.refuse_begin(version, by=by))
    reference = new_reference("IA")
    made = Assessment.objects.create(
        owner_id=by.organisation_id, reference=reference, agreement_id=version.agreement_id, version=version,
        created_by=by, **{name: texts[name] for name in TEXTS},
    )  # fmt: skip
    record("impact.begun", owner=made.owner_id, assessment=made.pk, agreement=made.agreement_id)
    return made


@transaction.atomic
def change(assessment: Assessment, *, by: Membership, **texts: str) -> Assessment:
    """Change the texts. The database takes the table of rules again."""
    edits.hold(assessment)
    refuse_if(rules.refuse_change(assessment, by=by))
    for name in TEXTS:
        setattr(assessment, name, texts[name])
    assessment.save(update_fields=TEXTS)
    record("impact.changed", owner=assessment.owner_id, assessment=assessment.pk)
    return assessment


@transaction.atomic
def state_risk(assessment: Assessment, *, by: Membership, **said: str) -> Assessment:
    """State what could happen, and what is done against it."""
    edits.hold(assessment)
    refuse_if(rules.refuse_change(assessment, by=by))
    fields = {name: said[name] for name in RISK}
    Risk.objects.create(assessment=assessment, owner_id=assessment.owner_id, **fields)
    record("impact.risk_stated", owner=assessment.owner_id, assessment=assessment.pk)
    return assessment


@transaction.atomic
def change_risk(risk: Risk, *, by: Membership, **said: str) -> Assessment:
    """Change what is said of a risk."""
    edits.hold(risk)
    refuse_if(rules.refuse_change(risk.assessment, by=by))
    for name in RISK:
        setattr(risk, name, said[name])
    risk.save(update_fields=RISK)
    record("impact.risk_changed", owner=risk.owner_id, assessment=risk.assessment_id)
    return risk.assessment


@transaction.atomic
def remove_risk(risk: Risk, *, by: Membership) -> Assessment:
    """Take a risk out of an assessment that is not decided."""
    edits.hold(risk)
    refuse_if(rules.refuse_change(risk.assessment, by=by))
    assessment = risk.assessment
    risk.delete()
    record("impact.risk_removed", owner=assessment.owner_id, assessment=assessment.pk)
    return assessment


@transaction.atomic
def advise(assessment: Assessment, *, speaker: str, words: str, heard: str = "", by: Membership) -> Assessment:
    """Take down what somebody says of it, in their own words; they are never changed."""
    edits.hold(assessment)
    refuse_if(rules.refuse_advise(assessment, speaker, by=by))
    Advice.objects.create(
        assessment=assessment, owner_id=assessment.owner_id, speaker=speaker, heard=heard, words=words, by=by
    )
    record("impact.advised", owner=assessment.owner_id, assessment=assessment.pk, speaker=speaker)
    return assessment


@transaction.atomic
def decide(assessment: Assessment, *, decision: str, reasons: str, review_on: date, by: Membership) -> Assessment:
    """Decide whether the sharing goes ahead, and by when that is looked at again."""
    edits.hold(assessment)
    refuse_if(rules.refuse_decide(assessment, by=by) or rules.refuse_day(review_on))
    assessment.decision, assessment.reasons, assessment.review_on = decision, reasons, review_on
    assessment.decided_at, assessment.decided_by = now(), by
    assessment.save(update_fields=["decision", "reasons", "review_on", "decided_at", "decided_by"])
    record("impact.decided", owner=assessment.owner_id, assessment=assessment.pk, decision=decision)
    return assessment


@transaction.atomic
def tell(assessment: Assessment, *, by: Membership) -> Assessment:
    """Tell the other party the decision, its day and the measures; the database writes what they read."""
    edits.hold(assessment)
    refuse_if(rules.refuse_tell(assessment, by=by))
    assert assessment.review_on
    told = Outcome.objects.create(
        assessment=assessment, owner_id=assessment.owner_id, to_id=other_party(assessment),
        agreement_id=assessment.agreement_id, reference=assessment.reference, decision=assessment.decision,
        review_on=assessment.review_on, told_by=by,
    )  # fmt: skip
    record_for("impact.told", [told.owner_id, told.to_id], assessment=assessment.pk)
    return assessment


def other_party(assessment: Assessment) -> int:
    agreement = assessment.agreement
    return agreement.party_b_id if agreement.party_a_id == assessment.owner_id else agreement.party_a_id


@transaction.atomic
def begin_anew(assessment: Assessment, *, version: Version, by: Membership) -> Assessment:
    """Begin a new version, with the texts and risks of the one before; that one stays as it is."""
    edits.hold(assessment)
    refuse_if(rules.refuse_anew(assessment, by=by) or rules.refuse_begin(version, by=by))
    made = Assessment.objects.create(
        owner_id=assessment.owner_id, reference=assessment.reference, number=assessment.number + 1,
        agreement_id=version.agreement_id, version=version, supersedes=assessment, created_by=by,
        **{name: getattr(assessment, name) for name in TEXTS},
    )  # fmt: skip
    for risk in assessment.risks.all():
        Risk.objects.create(
            assessment=made, owner_id=made.owner_id, created_at=risk.created_at,
            **{name: getattr(risk, name) for name in RISK},
        )  # fmt: skip
    record("impact.begun_anew", owner=made.owner_id, assessment=made.pk, supersedes=assessment.pk)
    return made

"""Why something about a caseload file is refused, in words; None when it is allowed."""

from collections.abc import Collection
from datetime import timedelta

from django.utils.timezone import now
from django.utils.translation import gettext as _

from concordat.core.wording import passed_day
from concordat.imports import reading
from concordat.imports.models import Outcome, Upload
from concordat.imports.reading import DateQuestion, Field, Mapping, Sheet
from concordat.organisations.models import Place
from concordat.people.models import Membership
from concordat.people.roles import Role

STILL = timedelta(minutes=3)
WHOLE = Field.FULL_NAME
APART = (Field.FAMILY_NAME, Field.GIVEN_NAMES)


def refuse_officer(by: Membership) -> str | None:
    """Say why somebody may not bring in a file."""
    if by.has(Role.IMPORT_OFFICER):
        return None
    return _("Only an import officer loads a caseload. Ask one of %(organisation)s.") % {
        "organisation": by.organisation
    }


def refuse_to_stage(places: Collection[Place], *, by: Membership) -> str | None:
    """Say why an organisation cannot take a file now."""
    if refusal := refuse_officer(by):
        return refusal
    if not places:
        return _(
            "Concordat knows no establishment of %(organisation)s, so no row could be loaded. Ask your administrator."
        ) % {"organisation": by.organisation}
    return None


def refuse_finished(upload: Upload, *, by: Membership) -> str | None:
    """Say why nothing more can be done with a file."""
    if refusal := refuse_officer(by):
        return refusal
    if upload.finished_at is None:
        return None
    day = passed_day(upload.finished_at)
    if upload.outcome == Outcome.LOADED:
        return _("This file was loaded already, %(day)s. Nothing of it is left to load again.") % {"day": day}
    if upload.outcome == Outcome.DISCARDED:
        return _("This file was thrown away, %(day)s.") % {"day": day}
    return _("This file waited longer than seven days and was deleted, %(day)s. Bring it in again.") % {"day": day}


def refuse_step(upload: Upload, *, by: Membership) -> str | None:
    """Say why nothing more can be said about a file before it is loaded."""
    if refusal := refuse_finished(upload, by=by):
        return refusal
    if upload.started_at is None:
        return None
    return _("This file is being loaded. Stop it first, or wait until it is done.")


def refuse_worksheet(upload: Upload, worksheet: str) -> str | None:
    """Say why a worksheet cannot be taken."""
    if worksheet in upload.worksheets:
        return None
    return _("Choose one of the worksheets that hold a list.")


def refuse_columns(upload: Upload, sheet: Sheet, mapping: Mapping) -> str | None:
    """Say why the columns of a file cannot be confirmed."""
    if upload.must_choose:
        return _("Say first which worksheet holds the list: more than one does.")
    return refuse_mapping(sheet, mapping)


def refuse_mapping(sheet: Sheet, mapping: Mapping) -> str | None:
    """Say why the columns cannot be taken as they were chosen."""
    if WHOLE in mapping.columns and any(name in mapping.columns for name in APART):
        return _("Choose either a column for “%(whole)s” or those for the parts of the name, not both.") % {
            "whole": WHOLE.label
        }
    return reading.refuse_mapping(sheet, mapping)


def refuse_load(upload: Upload, questions: Collection[DateQuestion], *, by: Membership) -> str | None:
    """Say why a file cannot be loaded now."""
    if refusal := refuse_step(upload, by=by):
        return refusal
    if upload.confirmed_at is None:
        return _("Nobody has confirmed the columns of this file yet.")
    if questions:
        return _("Say first how the dates of this file are written: some can be read in two ways.")
    return None


def refuse_stop(upload: Upload, *, by: Membership) -> str | None:
    """Say why a load cannot be stopped."""
    if refusal := refuse_finished(upload, by=by):
        return refusal
    if upload.started_at is None:
        return _("Nobody has begun to load this file.")
    return _("It is stopped already.") if upload.stopped_at else None


def refuse_resume(upload: Upload, *, by: Membership) -> str | None:
    """Say why a load cannot go on."""
    if refusal := refuse_finished(upload, by=by):
        return refusal
    if upload.started_at is None:
        return _("Nobody has begun to load this file.")
    if upload.stopped_at or is_standing_still(upload):
        return None
    return _("It is being loaded at this moment.")


def is_standing_still(upload: Upload) -> bool:
    """Tell whether no batch was loaded for some minutes: the officer who began may have left."""
    return upload.is_loading and upload.moved_at is not None and now() - upload.moved_at > STILL


def refuse_discard(upload: Upload, *, by: Membership) -> str | None:
    """Say why a file cannot be thrown away."""
    if refusal := refuse_finished(upload, by=by):
        return refusal
    if upload.is_loading and not is_standing_still(upload):
        return _("This file is being loaded. Stop it first, or wait until it is done.")
    return None


def refuse_fetch(upload: Upload, *, by: Membership) -> str | None:
    """Say why the wrong rows of a file cannot be had."""
    if refusal := refuse_officer(by):
        return refusal
    if upload.outcome != Outcome.LOADED:
        return _("The wrong rows can be had once the file is loaded.")
    if not upload.counts.get("wrong"):
        return _("No row of this file was wrong.")
    if upload.fetched_at:
        return _(
            "The wrong rows were fetched, %(day)s, and deleted here. To have them again, bring in the whole file again."
        ) % {"day": passed_day(upload.fetched_at)}
    if upload.wrong is None or now() >= upload.kept_until:
        return _(
            "The wrong rows were kept for seven days and deleted. To have them again, bring in the whole file again."
        )
    return None

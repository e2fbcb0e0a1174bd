"""What the pages before suspending, lifting, ending and opening again show."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concordat.core import wording
from concordat.core.parts import Answer
from concordat.organisations.models import Organisation
from concordat.people.models import Membership

from .limits import limits
from .models import Agreement, Closure, Ground, Suspension
from .sides import other


def caption(agreement: Agreement) -> str:
    return _("%(title)s, %(reference)s") % {"title": agreement.title, "reference": agreement.reference}


def other_of(agreement: Agreement, by: Membership) -> Organisation:
    return other(agreement, by.organisation_id)


def check_answers(agreement: Agreement, said: Mapping[str, Any], by: Membership) -> dict[str, Any]:
    """Return what is shown before a suspension begins."""
    step = {
        name: reverse(f"agreements:{name}", args=[agreement.pk])
        for name in ("suspend", "suspend_length", "suspend_consequences")
    }
    whom = other_of(agreement, by)
    names = {"title": agreement.title, "reference": agreement.reference, "whom": whom}
    days = ngettext("%(days)d day", "%(days)d days", said["days"]) % {"days": said["days"]}
    length = {"days": days, "until": wording.long_day(now() + timedelta(days=said["days"]))}
    rows = [
        Answer(_("Agreement"), _("%(title)s, %(reference)s, with %(whom)s") % names),
        Answer(_("Ground"), Ground(said["ground"]).label, step["suspend"]),
        Answer(_("What has happened"), said["explanation"], step["suspend"]),
        Answer(_("Length"), _("%(days)s, from now until %(until)s") % length, step["suspend_length"]),
        Answer(_("To make up"), said["making_up"] or _("Nothing said"), step["suspend_consequences"]),
        Answer(_("Told at once"), whom.name),
    ]
    return {
        "rows": rows,
        "caption": _("Suspend %(reference)s") % names,
        "back_url": step["suspend_consequences"],
        "decide": _("You decide this as %(title)s") % {"title": by.title},
        "consequence": _(
            "Your name, the time and the ground go into the log, which nobody can change. %(whom)s reads the same line."
        ) % {"whom": whom},
        "button": _("Suspend for %(days)s") % {"days": days},
        "kind": "warning",
        "cancel_url": agreement.get_absolute_url(),
        "cancel": _("Do not suspend"),
    }  # fmt: skip


def before_lifting(agreement: Agreement, suspension: Suspension) -> dict[str, Any]:
    rows = [
        Answer(_("Ground"), suspension.get_ground_display()),
        Answer(_("What has happened"), suspension.explanation),
        Answer(_("Would end by itself"), wording.moment(suspension.ends_at)),
    ]
    return {
        "rows": rows,
        "title": _("Lift this suspension?"),
        "caption": caption(agreement),
        "consequence": _("The agreement is in force again in the same second, and what it gives can be read again."),
        "button": _("Lift it"),
        "cancel_url": agreement.get_absolute_url(),
        "back_url": agreement.get_absolute_url(),
    }


def notice_words(agreement: Agreement) -> str:
    """Say when it ends without a ground."""
    days = limits(agreement, now()).notice_days
    if not days:
        return _("Now; no notice is agreed")
    words = ngettext("With the agreed notice of %(days)d day", "With the agreed notice of %(days)d days", days)
    return words % {"days": days}


def before_reopening(closure: Closure) -> dict[str, Any]:
    """Return what a signatory confirms after a restore."""
    return {
        "rows": [
            Answer(_("Restored"), wording.moment(closure.at)),
            Answer(_("Organisation"), closure.organisation.name),
        ],
        "title": _("Has everything since the backup been entered again?"),
        "caption": _("Open again after a restore"),
        "consequence": _(
            "You confirm for your organisation that agreements signed, suspended or ended since the backup, "
            "agreements that "
            "people withdrew, and restrictions of cases are in this copy again. From then on records pass."
        ),
        "button": _("Confirm and open"),
        "cancel_url": reverse("agreements:index"),
        "kind": "warning",
    }

"""The files of an end report, and who may attach or remove them. A session has none: what was said is not kept."""

from django.urls import reverse
from django.utils.translation import gettext as _

from concordat.core.codes import Category
from concordat.files.kinds import Kind, owner_alone
from concordat.people.models import Membership
from concordat.referrals.models import EndReport, EndReportFile

from . import rules


def refuse_to_attach(report: EndReport, by: Membership) -> str | None:
    if by.organisation_id != report.owner_id or not by.has(*rules.DELIVERERS):
        return _("Only a worker or a coordinator of %(organisation)s writes this.") % {"organisation": report.owner}
    return None


def refuse_to_remove(report: EndReport, by: Membership) -> str | None:
    return refuse_to_attach(report, by) or _(
        "An end report stays as it was sent, and so do its files. Attach another one that replaces it."
    )


def readers(report: EndReport) -> str:
    return _(
        "Those of %(organisation)s who see this report, and whoever an agreement gives “%(category)s” in full. Whoever "
        "gets only the summary, as %(to)s usually does, sees no file and no sign of one."
    ) % {"organisation": report.owner, "category": Category.P19.label, "to": report.to}


END_REPORT = Kind(
    name="end_report",
    model=EndReportFile,
    parents=EndReport.objects.select_related("owner", "to"),
    caption=lambda report: report.reference,
    url=lambda report: reverse("delivery:end_report", args=[report.pk]),
    readers=readers,
    owners=owner_alone,
    refuse_to_attach=refuse_to_attach,
    refuse_to_remove=refuse_to_remove,
)

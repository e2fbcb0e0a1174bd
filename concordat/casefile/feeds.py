"""What the log gives to Today: that other organisations read our records, for those who look after that."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concordat.core.parts import News
from concordat.ledger.models import Subject
from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.people.roles import Role


def news(by: Membership, since: datetime) -> Iterable[News]:
    """Return which organisations read records of ours since then, and how many cases; no names of staff."""
    if not by.has(Role.DATA_PROTECTION):
        return
    lines = Subject.objects.filter(
        owner=by.organisation_id, case__isnull=False, entry__kind="read", entry__at__gt=since
    )
    lines = lines.exclude(entry__organisation=by.organisation_id).exclude(entry__organisation=None)
    found = lines.values("entry__organisation").annotate(cases=Count("case", distinct=True), last=Max("entry__at"))
    names = Organisation.objects.in_bulk([one["entry__organisation"] for one in found])
    for one in found.order_by("-last"):
        words = ngettext("Read records of %(count)s case", "Read records of %(count)s cases", one["cases"]) % {
            "count": one["cases"]
        }
        organisation = names.get(one["entry__organisation"])
        yield News(words, organisation.name if organisation else _("Unknown"), one["last"])

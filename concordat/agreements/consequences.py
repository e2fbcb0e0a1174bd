"""What happens the moment an agreement is suspended or ends, and what goes on: said before anybody confirms."""

from datetime import datetime

from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concordat.core.parts import Effect
from concordat.core.wording import enumerated
from concordat.people.models import Membership
from concordat.people.roles import Role

from .effects import listed
from .given import Giving, giving
from .models import WIND_DOWN_DAYS, Agreement, Kind
from .sides import sides
from .status import in_force, status, with_everything


def affected(agreement: Agreement) -> list[Agreement]:
    """Return the agreements that fall with this one while they are in force: those below a framework."""
    return in_force(with_everything(Agreement.objects.filter(framework=agreement)))


def stops(agreement: Agreement) -> list[Effect]:
    """Say who loses what in the same second."""
    given = giving(agreement, status(agreement).version)
    found = [loses(given, number) for number in sorted({one.recipient_id for one in given.rules})]
    if agreement.kind != Kind.PROTOCOL:
        found.append(Effect("forbids", _("New referrals"), _("None can be sent or accepted")))
    found += [
        Effect(
            "forbids",
            _("Falls with it"),
            _("%(title)s (%(reference)s)") % {"title": one.title, "reference": one.reference},
        )
        for one in affected(agreement)
    ]
    return found or [Effect("forbids", _("Nothing"), _("No rule in force gives anything at present"))]


def loses(given: Giving, recipient: int) -> Effect:
    """Say which people of one party no longer read what, counting those who hold the roles now."""
    rules = [one for one in given.rules if one.recipient_id == recipient]
    roles = sorted({one.role for one in rules})
    names = {
        "roles": enumerated(str(Role(one).label) for one in roles),
        "owner": rules[0].owner,
        "us": rules[0].recipient,
    }
    count = holders(recipient, roles, now())
    how = ngettext(
        "%(count)d person at %(us)s (%(roles)s) no longer sees records of %(owner)s: %(what)s",
        "%(count)d people at %(us)s (%(roles)s) no longer see records of %(owner)s: %(what)s",
        count,
    )
    return Effect("forbids", _("Reading"), how % {**names, "count": count, "what": listed(rules)})


def holders(organisation: int, roles: list[str], at: datetime) -> int:
    """Count the people who hold one of these roles in an organisation."""
    live = Q(valid_until=None) | Q(valid_until__gt=at)
    return Membership.objects.filter(live, organisation=organisation, roles__overlap=roles, valid_from__lte=at).count()


def goes_on(agreement: Agreement) -> list[Effect]:
    """Say what does not stop."""
    days = ngettext("%(days)d day", "%(days)d days", WIND_DOWN_DAYS) % {"days": WIND_DOWN_DAYS}
    civil = [one for one in sides(agreement) if not one.is_authority]
    found = [
        Effect("gives", _("Safety notices"), _("They arrive for %(time)s, as before") % {"time": days}),
        Effect(
            "gives", _("What is owed"), _("End reports may be written for %(time)s, and not read back") % {"time": days}
        ),
        Effect("gives", _("Own records"), _("Each party goes on reading what it wrote itself")),
        Effect("gives", _("The person's rights"), _("Copies and complaints")),
        Effect("gives", _("Bodies that act by statute"), _("No party can suspend what a law gives them")),
    ]
    if civil:
        found.append(Effect("gives", _("Payment and publication"), _("Unchanged")))
    return found


def told(agreement: Agreement, organisation: int) -> str:
    """Say who learns of it."""
    names = {"other": next(one for one in sides(agreement) if one.pk != organisation)}
    return _("%(other)s sees it at once, with the ground and your words. The line stays in the log of both.") % names

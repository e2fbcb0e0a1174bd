"""Clocks of what persons agreed to, what they may ask, and how long records are kept."""

from django.utils.translation import gettext_lazy as _

from concordat.people.roles import Role

from .kinds import Clock, Step, Unit

WD, D, M = Unit.WORKING_DAYS, Unit.DAYS, Unit.MONTHS
TEAM, HEADS = (Role.COORDINATOR, Role.PROGRAMME_MANAGER), (Role.DIRECTOR, Role.DATA_PROTECTION)
WORKERS = (*TEAM, Role.FACILITATOR)

PERSONS = (
    Clock(
        "CLK-23", _("Renewal of what a person agreed to"), _("A person agrees"),
        _("Civil-society organisation"),
        _("Renew it in talk with the person. If it lapses, sharing pauses and no session counts."),
        (Step("renew", _("Renew the agreement with the person"), 6, M, "cases", (14,), WORKERS, HEADS),),
    ),
    Clock(
        "CLK-24", _("Withdrawal"), _("A person withdraws"), _("Civil-society organisation"),
        _("It is an incident. Sharing ends in the same second, whoever is told."),
        (Step("notices", _("Notices"), 1, WD),),
    ),
    Clock(
        "CLK-25", _("Request of a person under their rights"), _("A request arrives"), _("Data protection officer"),
        _("The person may turn to the supervisory authority, and is told so."),
        (Step("answer", _("Answer what a person asks"), 1, M, "cases", (7,), (Role.DATA_PROTECTION, *TEAM), HEADS),),
    ),
    Clock(
        "CLK-32", _("How long records are kept"), _("A case or a service ends"), _("Owner of the records"),
        _("Records are removed 30 days after that was announced, unless a legal hold keeps them."),
        (Step("notice", _("Notice before removal"), 30, D),),
    ),
)  # fmt: skip

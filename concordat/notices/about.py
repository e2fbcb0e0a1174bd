"""What a notice can be about, in words that tell nothing of its content, and how a room says that there is something.

Rooms give their occasions in `feeds.py` (`occasions(by)`, listed in the wiring): what stands now for one reader. They
are asked under the policies of that reader, so nobody is told of what they could not open.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class About(TextChoices):
    SAFETY = "safety", _("A partner sent a safety notice")
    BRIEFING = "briefing", _("A safety briefing is new or has changed, and is to be read before the next meeting")
    REFERRAL_RECEIVED = "referral_received", _("A referral waits for your organisation’s answer")
    REFERRAL_MOVED = "referral_moved", _("Something has changed about a referral of your organisation")
    INTERFERENCE = "interference", _("A report of interference with sessions waits for your organisation’s answer")
    INTERFERENCE_ANSWERED = "interference_answered", _("Your organisation’s report of interference was answered")
    PASS = "pass", _("A pass, or an appeal about one, waits for your organisation’s decision")
    PASS_REFUSED = "pass_refused", _("A pass was refused")
    AGREEMENT_TO_SIGN = "agreement_to_sign", _("An agreement waits for your organisation’s signature")
    AGREEMENT_SUSPENDED = "agreement_suspended", _("An agreement was suspended")
    AGREEMENT_ENDING = "agreement_ending", _("An agreement ends within a month")
    FACTOR_TO_CONFIRM = "factor_to_confirm", _("A colleague has lost the second factor: confirm who it is")
    FACTOR_RESET = "factor_reset", _("The second factor of a colleague was taken off by two people")
    INVITATION_OVER = "invitation_over", _("An invitation was not taken up in time")
    RETENTION = "retention", _("Records will be removed, because their time is over")
    EXPORT = "export", _("Somebody asked for an export of everything that your organisation owns")
    BREACH = "breach", _("Somebody reported that data got out")
    BREACH_TOLD = "breach_told", _("A partner told your organisation that data got out")
    THREAT = "threat", _("A threat was reported")
    THREAT_LATE = "threat_late", _("A step after a threat is late")
    THREAT_OPENED = "threat_opened", _("A threat file was opened to you")
    BOUNDARY = "boundary", _("A worker reported pressure or an approach")
    PASSED_ON = "passed_on", _("A partner passed something on to the integrity officer")
    DEPARTURE = "departure", _("An organisation leaves Concordat")
    EMERGENCY_ASKED = "emergency_asked", _("A colleague asks for emergency access to a case")
    EMERGENCY_OPENED = "emergency_opened", _("A case was opened in an emergency")
    CLOCK_WARNS = "clock_warns", _("A deadline of your organisation comes near")
    CLOCK_LAPSED = "clock_lapsed", _("A deadline has passed")
    IMPORT = "import", _("A caseload file waits for a confirmation")


# told at once by every way, whatever rhythm somebody has chosen
URGENT = frozenset({
    About.SAFETY, About.BRIEFING, About.BREACH, About.BREACH_TOLD, About.EMERGENCY_ASKED, About.EMERGENCY_OPENED,
    About.THREAT, About.THREAT_LATE, About.THREAT_OPENED,
})  # fmt: skip


@dataclass(frozen=True)
class Occasion:
    """One reason for a notice. `of` is the same for as long as it is the same reason; `address` is where to read it.

    `reference` tells several apart in the list: a number that both sides know, never a person's code or name.
    """

    about: About
    of: object
    address: str
    reference: str = ""

    @property
    def key(self) -> str:
        """By what it is told only once."""
        return f"{self.about}:{self.of}"

"""Clocks of services to persons: referral, plan, sessions, review, transfer, release, supervision."""

from django.utils.translation import gettext_lazy as _

from concordat.people.roles import Role

from .kinds import Clock, Ground, Step, Unit

WD, H, D, W, M = Unit.WORKING_DAYS, Unit.HOURS, Unit.DAYS, Unit.WEEKS, Unit.MONTHS
TEAM, HEADS = (Role.COORDINATOR, Role.PROGRAMME_MANAGER), (Role.DIRECTOR, Role.PROGRAMME_MANAGER)

SERVICES = (
    Clock(
        "CLK-12", _("Referral"), _("A referral is sent"), _("Provider; for the safety briefing the authority"),
        _("The coordinator is told. Silence is no yes. Without a safety briefing nobody meets the person."),
        (
            Step("acknowledge", _("Acknowledge the referral"), 3, WD, "referrals", told=TEAM, above=HEADS),
            Step("answer", _("Answer the referral"), 10, WD, "referrals", told=TEAM, above=HEADS),
            Step("contact", _("First contact"), 15, WD, "referrals", told=TEAM, above=HEADS),
            Step("briefing", _("Safety briefing"), None, D),
        ),
    ),
    Clock(
        "CLK-13", _("Word of the referrer on goals"), _("Goals are handed in"), _("Referrer"),
        _("The goals count as agreed for the start. What is mandated waits for the signature."),
        (Step("sign", _("Signature of the referrer"), 5, WD),),
    ),
    Clock(
        "CLK-14", _("Record of a session"), _("A session was held"), _("Provider"),
        _("The worker is reminded. Payment is not touched for 10 working days."),
        (Step("attendance", _("Attendance"), 1, WD), Step("concern", _("A concern, on the same day"), None, D)),
    ),
    Clock(
        "CLK-15", _("Review and end report"), _("A service begins, or ends"), _("Provider"),
        _("If it does not come, the coordinator is told."),
        (
            Step("review", _("Review with the person"), 12, W, "referrals", told=TEAM, above=HEADS),
            Step("report", _("End report"), 10, WD, "referrals", told=TEAM, above=HEADS),
        ),
    ),
    Clock(
        "CLK-16", _("Transfer"), _("A transfer is decided, or the person arrives"), _("Sending and receiving prison"),
        _("The next level is told, and costs of visits that were lost are paid back."),
        (
            Step("before", _("Notice before an ordinary transfer"), 5, WD),
            Step("after", _("Notice after a security transfer"), 24, H),
            Step("family", _("News to the family, on the same day"), None, D),
        ),
        always=True,
    ),
    Clock(
        "CLK-17", _("Date of release"), _("A date is known, or changes"), _("Prison"),
        _("The governor is told, and the delay is counted."),
        (
            Step("likely", _("Likely date, before release"), 90, D),
            Step("confirmed", _("Confirmed date, before release"), 28, D),
            Step("again", _("Confirmation again"), 5, WD), Step("change", _("Notice of a change"), 1, WD),
        ),
    ),
    Clock(
        "CLK-18", _("Steps of return"), _("The person arrives in prison"), _("Lead coordinator"),
        _("The manager is told."),
        (
            Step("initial", _("First plan"), 30, D), Step("planning", _("Planning, before release"), 12, M),
            Step("conferences", _("Conferences, 6, 3 and 1 months before release"), 6, M),
            Step("first", _("First contact after release"), 72, H), Step("week", _("Contact after a week"), 7, D),
            Step("month", _("Contact after four weeks"), 28, D),
        ),
    ),
    Clock(
        "CLK-19", _("Licence conditions"), _("A condition is proposed"), _("Supervising officer"),
        _("A decision is required. A condition cannot go on in silence: the manager decides within 5 working days."),
        (
            Step("comments", _("Comments"), 10, WD), Step("review", _("First review"), 3, M),
            Step("sunset", _("End, unless renewed"), 6, M), Step("manager", _("Decision of the manager"), 5, WD),
        ),
    ),
    Clock(
        "CLK-20", _("Context of a breach"), _("A breach is noted"), _("Supervising officer"),
        _("The manager is told."),
        (
            Step("context", _("Words of the person and the provider"), 1, WD), Step("decide", _("Decision"), 1, WD),
            Step("review", _("Review of an emergency measure"), 3, WD),
        ),
    ),
    Clock(
        "CLK-21", _("Request for information"), _("A request arrives"), _("Civil-society organisation"),
        _("It counts as not answered. Nothing follows from that."),
        (Step("answer", _("Answer"), 5, WD), Step("urgent", _("Answer to an urgent request"), 24, H)),
        (Ground.INFORMATION,),
    ),
)  # fmt: skip

"""The clauses of activity terms: what makes a service possible at a place, in our own plain words.

Places, what workers need, and payments are rows of their own; TRM-2, TRM-8 and TRM-13 point at them.
"""

from django.utils.translation import gettext_lazy as _

from concordat.agreements.models import MAX_SUSPENSION_DAYS, Ground

from .entry import Entry, choice, lines, many, number, text, yesno
from .framework import DAYS, EVALUATORS, HOURS, WORKING_DAYS

# Target of a service; `referrals` uses the same codes for services and goals.
TARGETS = {
    "attitudes": _("Attitudes"),
    "behaviour": _("Behaviour"),
    "both": _("Attitudes and behaviour"),
    "skills": _("Skills"),
    "wellbeing": _("Wellbeing"),
    "ties": _("Ties"),
}
# Nothing else is on offer: no listening, no recording, no questioning afterwards, no reading of notes.
WATCHING = {
    "line_of_sight": _("in line of sight"),
    "cctv_without_sound": _("by camera without sound"),
    "random_presence": _("by somebody looking in now and then"),
    "none": _("not at all"),
}
SUPPORTS = {
    "contact": _("a named contact at the place"),
    "room": _("a room where nobody listens"),
    "escort": _("an escort to and from the room"),
    "alarm": _("an alarm at hand"),
    "leaflets": _("leaflets where people can see them"),
}

TERMS = (
    Entry(
        "TRM-1",
        _("The service and how it works"),
        _("The provider chooses its method and says why it expects it to help. Nobody else changes that text."),
        (
            text("method", _("What happens"), needed=True),
            text("theory", _("Why it should help"), needed=True),
        ),
    ),
    Entry(
        "TRM-2",
        _("Places and times"),
        _(
            "The service takes place where these terms name it, at the times agreed with each place. A session "
            "that the place calls off is counted to the place."
        ),
        (text("times", _("Usual times")),),
    ),
    Entry(
        "TRM-3",
        _("Who can take part, and how they are referred"),
        _(
            "The service is open to the people described beside this clause. A referral is confirmed and "
            "answered in the time stated. The provider may say no without a reason."
        ),
        (
            text("eligible", _("Who can take part"), needed=True),
            number("confirm_days", _("Referral confirmed within"), 3, 1, 10, WORKING_DAYS),
            number("answer_days", _("Referral answered within"), 10, 1, 20, WORKING_DAYS),
        ),
    ),
    Entry(
        "TRM-4",
        _("What it aims at"),
        _(
            "The service aims at what is named, and is judged by that alone. What somebody believes is no "
            "condition for anything."
        ),
        (choice("target", _("Target"), "behaviour", TARGETS),),
    ),
    Entry(
        "TRM-5",
        _("How sessions are watched over"),
        _(
            "Sessions are watched over only in the forms named. Nobody listens, nobody records, nobody asks the "
            "worker afterwards what was "
            "said, and nobody reads the worker's notes."
        ),
        (many("forms", _("Forms allowed"), (), WATCHING),),
    ),
    Entry(
        "TRM-6",
        _("What stays between the person and the worker"),
        _(
            "What is said stays with the provider. The exceptions are those of the protocol, and the person "
            "hears them before the first session."
        ),
    ),
    Entry(
        "TRM-7",
        _("Time to reflect"),
        _("Each worker talks with a supervisor from outside about the work, as often as stated, in paid time."),
        (number("each_days", _("At least every"), 30, 7, 45, DAYS),),
    ),
    Entry(
        "TRM-8",
        _("Workers"),
        _(
            "Only workers who hold the clearance and the courses asked for are assigned. Both are listed with "
            "these terms."
        ),
        (yesno("working_names", _("Workers may use a working name"), default=True),),
    ),
    Entry(
        "TRM-9",
        _("What the place does for it"),
        _("The place gives what is ticked beside this clause, for every session."),
        (
            many("supports", _("The place gives"), ("contact", "room"), SUPPORTS),
            text("contact", _("Contact at the place"), needed=True),
        ),
    ),
    Entry(
        "TRM-10",
        _("Incidents"),
        _(
            "Danger comes first, then the telephone, then paper. Each party tells the other in the time stated. "
            "A worker may stop a session at any moment."
        ),
        (number("tell_hours", _("Telling the other party"), 24, 1, 72, HOURS),),
    ),
    Entry(
        "TRM-11",
        _("When a worker drops out"),
        _("The provider finds somebody else in the time stated, or says that it cannot. The person is told first."),
        (number("days", _("Somebody else within"), 15, 1, 60, WORKING_DAYS),),
    ),
    Entry(
        "TRM-12",
        _("Suspending and ending"),
        _(
            "A party may suspend the activity on a listed ground, for no longer than stated. A suspension ends "
            "by itself. Either party may end "
            "these terms with the notice stated, or at once on a listed ground. End reports may still be "
            "written for 30 days."
        ),
        (
            many("grounds", _("Grounds for suspending"), tuple(Ground.values), dict(Ground.choices)),
            number("max_days", _("Longest suspension"), MAX_SUSPENSION_DAYS, 1, MAX_SUSPENSION_DAYS, DAYS),
            number("notice_days", _("Notice before ending"), 30, 0, 180, DAYS),
        ),
    ),
    Entry(
        "TRM-13",
        _("Payments"),
        _("What is paid, for what and when stands in the schedule. If nothing is paid, the schedule says so, and why."),
    ),
    Entry(
        "TRM-14",
        _("In kind"),
        _("Besides money, each party gives the rooms, time and things listed."),
        (
            lines(
                "gives",
                _("Rooms, time and things, one a line"),
                needed=True,
                hint=_("Write “nothing” if there is nothing."),
            ),
        ),
    ),
    Entry(
        "TRM-15",
        _("When payments are due"),
        _("An invoice is paid in the time stated. Both signatories can see what is overdue."),
        (number("days", _("Paid within"), 30, 1, 60, DAYS),),
    ),
    Entry(
        "TRM-16",
        _("Sessions called off"),
        _("If the place calls off a session later than stated, it pays the part stated."),
        (
            number("hours", _("Called off later than this before it begins"), 24, 0, 168, HOURS),
            number("percent", _("Part of the cost that is paid"), 100, 0, 100, "%"),
        ),
    ),
    Entry(
        "TRM-17",
        _("Who evaluates"),
        _("Whether it helped is judged by somebody who does not deliver it, and who is named beside this clause."),
        (
            choice("evaluator", _("Evaluated by"), "independent", EVALUATORS),
            text("name", _("Name, if it is known")),
        ),
    ),
)

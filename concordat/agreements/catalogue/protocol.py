"""The 25 clauses of an information-sharing protocol, in our own plain words. ISP-4 is the table of rules."""

from django.utils.translation import gettext_lazy as _

from concordat.core.codes import ABOUT_PERSONS, Purpose

from .entry import Entry, choice, lines, many, number, text, yesno
from .framework import DAYS, HOURS, MONTHS, WORKING_DAYS

SHARED_PURPOSES = {value: label for value, label in Purpose.choices if value != Purpose.ADMINISTRATION}
SHAREABLE = {str(int(one)): one.label for one in ABOUT_PERSONS}
EXCLUDED = {
    "intelligence": _("gathering intelligence"),
    "punishment": _("discipline or regime in prison"),
    "immigration": _("immigration decisions"),
    "relatives": _("judging relatives"),
    "media": _("the media"),
    "scoring": _("scoring or ranking persons"),
}
TRIGGERS = {
    "standing": _("always, while the rule is in force"),
    "event": _("when something happens"),
    "request": _("on a request in writing"),
    "threshold": _("when the threshold is reached"),
    "conference": _("at a case conference"),
}
WARNINGS = {
    "harm": _("serious and imminent harm to somebody"),
    "safeguarding": _("a child or an adult at risk"),
    "statute": _("a crime that the law names"),
}
# Only these purposes can rest on an order instead of a free decision, and then the attendance is called mandated.
MANDATED = {str(one): one.label for one in (Purpose.SUPERVISION, Purpose.REINTEGRATION)}

PROTOCOL = (
    Entry(
        "ISP-1",
        _("Who is responsible for which data"),
        _(
            "Each party is responsible for what it records, and alone decides about it. Questions go to the "
            "contacts named."
        ),
        (
            choice(
                "responsibility",
                _("Responsibility"),
                "separate",
                {
                    "separate": _("each for its own records"),
                    "joint": _("jointly, for the records named in the wording"),
                },
            ),
            text("contact_a", _("Data protection contact of the first party"), needed=True),
            text("contact_b", _("Data protection contact of the second party"), needed=True),
            many("joint", _("Both parties are responsible together for"), (), SHAREABLE, needed=False),
            many("first", _("The first party is responsible, whoever records it, for"), (), SHAREABLE, needed=False),
            many("second", _("The second party is responsible, whoever records it, for"), (), SHAREABLE, needed=False),
        ),
    ),
    Entry(
        "ISP-2",
        _("What the information is for, and what not"),
        _(
            "Information is used for the purposes named beside this clause, and never for those that are "
            "excluded. Every rule names its purpose."
        ),
        (
            many("purposes", _("Purposes"), (), SHARED_PURPOSES),
            many("excluded", _("Excluded"), tuple(EXCLUDED), EXCLUDED, all_of=("intelligence", "scoring")),
        ),
    ),
    Entry(
        "ISP-3",
        _("Legal basis"),
        _(
            "Each rule names the law that allows it. Data about health, belief or origin and about offences "
            "have a basis of their own."
        ),
        (
            text("sensitive", _("Basis for health, belief and origin"), hint=_("Leave it empty if none is given.")),
            text("offences", _("Basis for data about offences"), hint=_("Leave it empty if none is given.")),
        ),
    ),
    Entry(
        "ISP-4",
        _("Who gives what to whom"),
        _("The table of rules is the whole of what passes: what it does not name is not given."),
    ),
    Entry(
        "ISP-5",
        _("When information passes"),
        _("Information passes only on the occasions named."),
        (many("triggers", _("Occasions"), ("standing", "event", "threshold"), TRIGGERS),),
        mandatory=False,
    ),
    Entry(
        "ISP-6",
        _("Case by case"),
        _("Whoever passes on something that no rule gives writes down why it is needed and why less would not do."),
        mandatory=False,
    ),
    Entry(
        "ISP-7",
        _("The person's own decision"),
        _(
            "Where a rule says so, nothing passes unless the person agrees at that moment. Taking part is free. "
            "Outside the provider "
            "nobody can tell a no from a withdrawal or from an offer that was never made. Where attendance is "
            "ordered by law, it is "
            "called that, and not agreement."
        ),
        (many("mandated", _("Services with ordered attendance"), (), MANDATED, needed=False),),
    ),
    Entry(
        "ISP-8",
        _("Telling the person"),
        _(
            "Each person is told in plain words who sees what about them. Where that has to wait, somebody "
            "named decides it and looks again in the time stated."
        ),
        (number("again_days", _("Looked at again after"), 90, 1, 180, DAYS),),
    ),
    Entry(
        "ISP-9",
        _("Where confidentiality ends"),
        _(
            "Civil society passes on without the person's agreement only what reaches one of the thresholds "
            "named, and no more than "
            "is needed to avert it. The person is told, before or afterwards."
        ),
        (
            many("warnings", _("Thresholds"), ("harm", "safeguarding"), WARNINGS, all_of=("harm",)),
            lines("crimes", _("Crimes that the law orders to be reported, one a line")),
        ),
    ),
    Entry(
        "ISP-10",
        _("What never passes"),
        _(
            "What is said in sessions, what comes from intelligence, interviews with independent monitors, the "
            "content of vetting, and "
            "data about victims do not pass under any agreement."
        ),
    ),
    Entry(
        "ISP-11",
        _("Facts and opinions"),
        _(
            "What passes says whether it is a fact or an opinion, from whom and of which day. A correction "
            "reaches everybody who had the first version."
        ),
        mandatory=False,
    ),
    Entry(
        "ISP-12",
        _("What it may be used for"),
        _("Whoever receives something uses it for the purpose of its rule and for nothing else."),
        (many("never", _("Never used for"), tuple(EXCLUDED), EXCLUDED, all_of=("punishment",)),),
    ),
    Entry(
        "ISP-13",
        _("Passing it on"),
        _(
            "What was received is passed on only if its author says yes to that case, and to somebody who signs "
            "what may be done with it."
        ),
        (yesno("undertaking", _("A third party signs first"), default=True, needed=True),),
    ),
    Entry(
        "ISP-14",
        _("Asking for information"),
        _(
            "A request is made in writing, one person and one question at a time, with its ground. Nobody is "
            "asked to watch, question or "
            "report on others. The party asked may say no; a no has no consequence. Requests and refusals are "
            "counted and published."
        ),
        (
            number("answer_days", _("Answered within"), 5, 1, 20, WORKING_DAYS),
            number("urgent_hours", _("Urgent requests within"), 24, 1, 72, HOURS),
        ),
    ),
    Entry(
        "ISP-15",
        _("Security"),
        _(
            "Everybody signs in for themselves with a second factor. Paper carries a number and is destroyed "
            "after use. Whoever runs the server is named to all."
        ),
    ),
    Entry(
        "ISP-16",
        _("How long it is kept"),
        _(
            "What was received is destroyed in the time stated after the service ends; one's own records follow "
            "one's own law."
        ),
        (number("months", _("Kept after the service for"), 12, 0, 120, MONTHS),),
    ),
    Entry(
        "ISP-17",
        _("If data get out"),
        _(
            "A party that loses data tells the other, the supervisory authority and the persons, each in the "
            "time stated."
        ),
        (
            number("tell_hours", _("Telling the other party"), 24, 1, 24, HOURS),
            number("authority_hours", _("Telling the supervisory authority"), 72, 1, 72, HOURS),
        ),
    ),
    Entry(
        "ISP-18",
        _("Rights of the person"),
        _("A person asks one place for everything, and gets an answer from each party in the time stated."),
        (
            text("contact", _("Where a person asks"), needed=True),
            number("answer_days", _("Answered within"), 30, 1, 30, DAYS),
        ),
    ),
    Entry(
        "ISP-19",
        _("Who may look"),
        _(
            "Only people who are cleared, trained, without a conflict and assigned to the case look at it. Who "
            "leaves is out the same day."
        ),
    ),
    Entry(
        "ISP-20",
        _("Case conferences"),
        _(
            "What may be brought to a conference, and who hears which part, is said beforehand. Minutes go to "
            "those who heard it."
        ),
        mandatory=False,
    ),
    Entry(
        "ISP-21",
        _("Research and statistics"),
        _("Figures are published only where the group is large enough. Research uses codes instead of names."),
        (number("smallest", _("Smallest group that is shown"), 10, 10, 100),),
        mandatory=False,
    ),
    Entry(
        "ISP-22",
        _("The log"),
        _(
            "Every look at another party's records is written down, and the party that owns them can see it. A "
            "person gets a list on paper."
        ),
    ),
    Entry(
        "ISP-23",
        _("Checking the effect on rights"),
        _(
            "The effect on the rights of the persons was assessed before signing. The parties look at it again "
            "at the intervals stated and before every change."
        ),
        (
            text(
                "dpia",
                _("Number of the data protection impact assessment"),
                needed=True,
                hint=_("One that is kept here begins with IA; any other number can be named as well."),
            ),
            text("dpia_place", _("Where it is kept, if not here, and who shows it")),
            number("review_months", _("Looked at every"), 12, 1, 12, MONTHS),
        ),
    ),
    Entry(
        "ISP-24",
        _("When it ends"),
        _(
            "Access ends in the second in which this protocol ends. What was received is returned or destroyed, "
            "and that is confirmed in writing. Confidentiality goes on."
        ),
        (
            number("destroy_days", _("Returned or destroyed within"), 30, 1, 90, DAYS),
            number("notice_days", _("Notice before ending"), 30, 0, 180, DAYS),
        ),
    ),
    Entry(
        "ISP-25",
        _("Across borders"),
        _("Information leaves the country only where this is stated, and only to the places named."),
        (
            choice("transfer", _("Transfer"), "none", {"none": _("None"), "listed": _("Only to the countries listed")}),
            lines("countries", _("Countries and safeguards, one a line")),
        ),
    ),
)

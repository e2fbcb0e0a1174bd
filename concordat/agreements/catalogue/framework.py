"""The 27 clauses of a framework agreement, in our own plain words. They give no access to anybody's data."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from concordat.agreements.models import MAX_SUSPENSION_DAYS, Ground
from concordat.core.codes import Activity

from .entry import Entry, Parameter, choice, lines, many, number, text, yesno

DAYS, WORKING_DAYS, HOURS, MONTHS, YEARS = _("days"), _("working days"), _("hours"), _("months"), _("years")

# Work in which somebody from outside meets persons, or speaks about them in public, needs protection.
EXPOSED = frozenset(
    {
        Activity.MONITORING,
        Activity.CUSTODY,
        Activity.FAMILIES,
        Activity.REINTEGRATION,
        Activity.SUPERVISION,
        Activity.STIGMA,
    }
)
INSIDE = frozenset({Activity.MONITORING, Activity.CUSTODY})
WITH_PERSONS = frozenset({Activity.CUSTODY, Activity.FAMILIES, Activity.REINTEGRATION, Activity.SUPERVISION})

NOT_FOR = {
    "intelligence": _("gathering intelligence"),
    "duties": _("taking over what the authority owes by law"),
    "punishment": _("preparing measures against a person"),
}
PUBLISHING = {
    "free": _("Publishing is free, and no notice is given"),
    "courtesy": _("Publishing is free, after a short notice as a courtesy"),
}
INDEMNITY = {
    "none": _("Neither party holds the other harmless"),
    "mutual": _("Each party holds the other harmless for what it did itself"),
    "a": _("Only the first party holds the other harmless"),
    "b": _("Only the second party holds the other harmless"),
}
EVALUATORS = {
    "independent": _("somebody from outside both parties"),
    "research": _("a research institute"),
    "oversight": _("an oversight panel"),
    "none": _("nobody; the work is not evaluated"),
}

FRAMEWORK = (
    Entry(
        "MOU-1",
        _("The parties"),
        _(
            "Each party says what it is in law, who appoints or controls it, how much of its income comes from public "
            "authorities, and who may sign for it. These facts stand beside its name. A party tells the other when one "
            "of them changes."
        ),
        (text("relation", _("Money or control between the parties"), hint=_("Leave it empty if there is none.")),),
    ),
    Entry(
        "MOU-2",
        _("What we do together, and what not"),
        _(
            "The parties work together on the objectives named beside this clause, with the people and at the "
            "places that "
            "activity terms name. This agreement is not there for the purposes that are listed as excluded."
        ),
        (
            many("objectives", _("Objectives"), (), dict(Activity.choices)),
            many("not_for", _("What it is not for"), tuple(NOT_FOR), NOT_FOR, all_of=("intelligence", "duties")),
        ),
    ),
    Entry(
        "MOU-3",
        _("Principles"),
        _(
            "Both parties respect human rights, choose the least restriction that serves, treat people equally, "
            "do no harm, "
            "and leave it to each person whether to take part. Neither lets a machine judge a person by a score."
        ),
        (yesno("accepted", _("Both parties accept these principles"), default=True, needed=True),),
    ),
    Entry(
        "MOU-4",
        _("Legal basis"),
        _("The law, rule or policy named beside this clause allows the parties to work together."),
        (text("citation", _("Law, rule or policy, with its section"), needed=True),),
    ),
    Entry(
        "MOU-5",
        _("Who answers for what"),
        _(
            "Every measure, restriction, release decision, condition and sanction is answered for by one named public "
            "officer. The civil-society party answers for its own work. What it gives comes on top of what the "
            "authority "
            "already owes, and takes nothing off it."
        ),
        (
            Parameter("officer", _("Accountable public officer"), "officer", needed=True),
            text("on_top", _("What civil society adds to what the authority owes"), needed=True),
        ),
    ),
    Entry(
        "MOU-6",
        _("Independence, and speaking freely"),
        _(
            "The civil-society party governs itself, chooses its methods, and writes, publishes and criticises "
            "as it thinks "
            "right. A short notice before it publishes is a courtesy; nobody can extend it or answer it with a "
            "no. Neither "
            "party uses the other's name or sign as its own."
        ),
        (
            choice("publication", _("Publishing"), "courtesy", PUBLISHING),
            number("courtesy_hours", _("Courtesy notice"), 48, 0, 240, HOURS),
        ),
    ),
    Entry(
        "MOU-7",
        _("Getting in"),
        _(
            "Visits are announced as many working days ahead as stated. A visit is refused only on a listed ground, in "
            "writing, and a pass holds for all places that the activity terms name."
        ),
        (
            number("notice_days", _("Notice of a visit"), 2, 0, 10, WORKING_DAYS),
            many(
                "refusal_grounds",
                _("Grounds on which a visit may be refused"),
                ("danger", "closed"),
                {
                    "danger": _("present danger"),
                    "closed": _("the place cannot be used"),
                    "conduct": _("earlier misconduct, decided in writing"),
                },
            ),
        ),
        mandatory=False,
        when=INSIDE,
    ),
    Entry(
        "MOU-8",
        _("Vetting"),
        _(
            "The authority says which level of clearance each kind of work needs, decides within the time "
            "stated, gives its "
            "ground for a no, and lets it be appealed. The content of vetting stays with whoever vets. A past "
            "offence is "
            "looked at on its merits and is no bar by itself."
        ),
        (
            number("target_days", _("Decision on a complete application"), 60, 1, 90, DAYS),
            yesno("appeal", _("A no can be appealed"), default=True, needed=True),
        ),
        mandatory=False,
        when=INSIDE | WITH_PERSONS,
    ),
    Entry(
        "MOU-9",
        _("Learning from each other"),
        _(
            "Workers from outside learn how the place works before they start; staff of the place learn what "
            "they come for."
        ),
        (yesno("mutual", _("Both sides take part in the induction"), default=True),),
        mandatory=False,
        when=INSIDE | frozenset({Activity.STAFF}),
    ),
    Entry(
        "MOU-10",
        _("Safety and protection"),
        _(
            "The authority can be reached day and night when somebody who works under this agreement is "
            "threatened. It answers, "
            "protects at once, and makes a plan, each within the time stated, and bears the cost. It protects as well "
            "against harassment by its own people."
        ),
        (
            text("duty_contact", _("Contact, day and night"), needed=True),
            number("answer_hours", _("Answer"), 1, 1, 4, HOURS),
            number("protect_hours", _("First protection"), 24, 1, 48, HOURS),
            number("plan_hours", _("Protection plan"), 72, 1, 168, HOURS),
        ),
        mandatory=False,
        when=EXPOSED,
    ),
    Entry(
        "MOU-11",
        _("Money and means"),
        _(
            "Work that is asked for is paid at its full cost and in the time stated. How much, for what and "
            "when stands in the "
            "activity terms. Each party says early when money will end. Equipment stays with whoever bought it."
        ),
        (
            number("payment_days", _("Payment after an invoice"), 30, 1, 60, DAYS),
            number("warning_months", _("Warning before money ends"), 6, 1, 24, MONTHS),
        ),
    ),
    Entry(
        "MOU-12",
        _("Insurance and liability"),
        _(
            "Each party is insured for what it does. Neither answers for what a third party does. Whether one "
            "holds the other harmless is stated."
        ),
        (
            choice("indemnity", _("Holding harmless"), "mutual", INDEMNITY),
            lines("insurances", _("Insurances, one a line")),
        ),
        mandatory=False,
        when=INSIDE | WITH_PERSONS,
    ),
    Entry(
        "MOU-13",
        _("Confidentiality"),
        _(
            "What one party learns about persons through this agreement it keeps to itself, except where the "
            "information-sharing protocol says otherwise. A promise to a person always names the exceptions "
            "that the law makes."
        ),
    ),
    Entry(
        "MOU-14",
        _("Speaking to the public"),
        _(
            "Each party speaks with its own voice. Before a statement about the other it says so in time, so "
            "that nobody is "
            "surprised, and hears no more than facts in return. Nobody names a person who has not agreed to it."
        ),
        (
            choice("voices", _("Voices"), "separate", {"separate": _("Each party speaks for itself")}),
            number("notice_hours", _("Notice before a statement about the other"), 24, 0, 48, HOURS),
        ),
    ),
    Entry(
        "MOU-15",
        _("When something goes wrong"),
        _(
            "Each party tells the other of an incident in the time stated. What happened is put together by "
            "both, each can answer "
            "what is said about it, and nobody is blamed for what could not be known at the time."
        ),
        (
            number("tell_hours", _("Telling the other party"), 24, 1, 72, HOURS),
            yesno("answer", _("Each party may answer what is said about it"), default=True, needed=True),
        ),
        mandatory=False,
        when=WITH_PERSONS,
    ),
    Entry(
        "MOU-16",
        _("Complaints"),
        _(
            "Anybody can complain about either party, and to somebody outside both. A complaint is confirmed "
            "and answered in the time stated."
        ),
        (
            number("confirm_days", _("Confirmed within"), 5, 1, 10, WORKING_DAYS),
            number("answer_days", _("Answered within"), 20, 5, 40, WORKING_DAYS),
            text("outside", _("Where to complain outside both parties"), needed=True),
        ),
    ),
    Entry(
        "MOU-17",
        _("Looking back"),
        _(
            "What is measured is agreed before the work begins, is as little as will do, and is judged by "
            "somebody who did not deliver it."
        ),
        (choice("evaluator", _("Who evaluates"), "independent", EVALUATORS),),
        mandatory=False,
        when=WITH_PERSONS,
    ),
    Entry(
        "MOU-18",
        _("Safeguarding"),
        _(
            "Both parties protect children and adults at risk, and accept no sexual exploitation or abuse. "
            "Whoever speaks up in good "
            "faith is protected. Each names a person to turn to."
        ),
        (
            text("contact_a", _("Whom to turn to at the first party"), needed=True),
            text("contact_b", _("Whom to turn to at the second party"), needed=True),
        ),
    ),
    Entry(
        "MOU-19",
        _("Equal treatment"),
        _(
            "Women, young people, minorities and people with disabilities are served as well as others, and "
            "people of this group as well as everybody else. Both parties keep count."
        ),
        mandatory=False,
        when=WITH_PERSONS,
    ),
    Entry(
        "MOU-20",
        _("Materials"),
        _("What a party writes or makes stays its own. The other may use it for this work, and says whose it is."),
        mandatory=False,
    ),
    Entry(
        "MOU-21",
        _("Conflicts of interest"),
        _(
            "Workers declare what ties them to a case or to the other party. Nobody accepts gifts, and nobody "
            "judges what they delivered themselves."
        ),
    ),
    Entry(
        "MOU-22",
        _("Disagreements"),
        _(
            "A disagreement is first talked over by those who work together, then by the directors, then by the "
            "person or body named "
            "beside this clause, each in the time stated. Meanwhile everything stays as it is. Nobody suspends "
            "because of it, unless "
            "somebody's safety is at stake."
        ),
        (
            number("first_days", _("Between those who work together"), 10, 1, 20, WORKING_DAYS),
            number("second_days", _("Between the directors"), 10, 1, 20, WORKING_DAYS),
            number("arbiter_days", _("Before the arbiter"), 20, 1, 40, WORKING_DAYS),
            text("arbiter", _("Arbiter, or two people, one named by each party"), needed=True),
        ),
    ),
    Entry(
        "MOU-23",
        _("No reprisals"),
        _(
            "Nobody loses money, access, work or rights because of criticism, a refused request for "
            "information, a complaint, or a no. "
            "What happens to them in the time stated is looked at again by somebody else."
        ),
        (number("watch_months", _("Looked at for"), 12, 6, 36, MONTHS),),
    ),
    Entry(
        "MOU-24",
        _("How long, and when we look again"),
        _(
            "This agreement ends with its last day. The parties look at it together at the intervals stated, "
            "and when the law "
            "changes or something serious has happened. A new version has to be signed again."
        ),
        (
            number("review_months", _("Looked at every"), 12, 1, 12, MONTHS),
            yesno("renews", _("It is renewed without a new signature"), default=False),
            number("renewal_years", _("If so, for"), 0, 0, 3, YEARS),
        ),
    ),
    Entry(
        "MOU-25",
        _("Suspending and ending"),
        _(
            "A party may suspend on a listed ground, for no longer than stated. A suspension ends by itself. "
            "Either party may end the "
            "agreement with the notice stated, or at once on a listed ground. For 30 days after the end what is "
            "owed may still be written "
            "and warnings still arrive. The authority's own duties to the people served go on."
        ),
        (
            many("grounds", _("Grounds for suspending"), tuple(Ground.values), dict(Ground.choices)),
            number("max_days", _("Longest suspension"), MAX_SUSPENSION_DAYS, 1, MAX_SUSPENSION_DAYS, DAYS),
            number("notice_days", _("Notice before ending"), 30, 0, 180, DAYS),
        ),
    ),
    Entry(
        "MOU-26",
        _("Open to the public"),
        _(
            "The text of this agreement is public. A clause is kept back in the annex only on the ground stated "
            "with it."
        ),
        (
            yesno(
                "published",
                _("The open part of this agreement, and of those below it, is published"),
                default=True,
                hint=_("With the last signature, for everybody to read. Each clause says whether it is in it."),
            ),
        ),
        mandatory=False,
    ),
    Entry(
        "MOU-27",
        _("Language, signature and changes"),
        _(
            "The text in the language stated is the one that counts. It is signed by the authorised signatory "
            "of each party with a "
            "second factor; what is signed is this text and its check number. Nothing is changed by word of mouth."
        ),
        (choice("language", _("Language that counts"), "en", dict(settings.LANGUAGES)),),
    ),
)

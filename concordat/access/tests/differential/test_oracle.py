"""Cases from the practitioners' specification, each a sentence; no database. They show how the oracle reads it."""

from dataclasses import replace
from typing import NamedTuple

import pytest

from concordat.access.tests.differential.facts import (
    Agreement,
    AllowList,
    Ask,
    Assignment,
    Case,
    Conflict,
    Ending,
    Mandate,
    MandateCell,
    MandatePlace,
    Membership,
    Organisation,
    Participation,
    Placement,
    Prohibition,
    Record,
    RelativeAgreement,
    Restriction,
    RoleMask,
    Suspension,
    TermsPlace,
    Version,
    World,
)
from concordat.access.tests.differential.oracle import first_missing, may_read
from concordat.access.tests.differential.story import (
    ASK,
    ASSIGNED,
    AT_MENTORS,
    AT_PRISON,
    CLEARED,
    COORDINATOR,
    FACILITATOR,
    FRAMEWORK,
    FRAMEWORK_1,
    GOVERNOR,
    INQUIRER,
    INQUIRY,
    LIAISON,
    LINK,
    MANDATE,
    MENTOR,
    MENTOR_ACTS,
    MENTORS,
    MONITOR,
    MONITORS,
    NEEDS,
    NOW,
    OFFICER,
    OMBUDSMAN,
    P09,
    P16,
    PLACEMENT,
    PRISON,
    PROTOCOL_1,
    REQUIRED,
    RULE,
    STORY,
    TERMS,
    TERMS_1,
    TERMS_AT_1,
    TICK,
    TRAINED,
    UNDER_MANDATE,
    VICTIM_LIAISON,
    back,
    day,
    given_in,
    of_category,
    rule,
    signed,
)


class Example(NamedTuple):
    sentence: str
    world: World
    expected: str
    ask: Ask = ASK


OFFICER_ASKS = replace(ASK, membership=OFFICER)
GOVERNOR_ASKS = replace(ASK, membership=GOVERNOR)
COORDINATOR_ASKS = replace(ASK, membership=COORDINATOR)
ASKS_FOR_PARTICIPATION = STORY.swap(RULE, rule(condition="participation"))
FOR_THE_OFFICER = AllowList(AT_PRISON, frozenset({OFFICER}), None)
RELATIVES = back(P16, "relative")

STACK = [
    Example("All seven conditions hold: the mentor reads.", STORY, "yes"),
    Example("A framework alone gives no personal data.", STORY.without(RULE), "rule"),
    Example(
        "Without a framework, the protocol and terms that rest on it stand on air.",
        STORY.without(FRAMEWORK_1),
        "framework",
    ),
    Example("What only one side has signed is no agreement.", signed(FRAMEWORK_1, signed_b=None), "framework"),
    Example("An agreement holds from the later signature.", signed(FRAMEWORK_1, signed_b=NOW), "yes"),
    Example(
        "A microsecond before the later signature it does not hold.",
        signed(FRAMEWORK_1, signed_b=NOW + TICK),
        "framework",
    ),
    Example("A signature before the start opens nothing early.", signed(FRAMEWORK_1, start=NOW + TICK), "framework"),
    Example("The last day is over the moment the end comes.", signed(FRAMEWORK_1, end=NOW), "framework"),
    Example("A microsecond before its end it still holds.", signed(FRAMEWORK_1, end=NOW + TICK), "yes"),
    Example("An agreement may have no end.", signed(FRAMEWORK_1, end=None), "yes"),
    Example(
        "A suspended framework closes everything on it.",
        STORY.plus(Suspension(100, day(9), day(12), None)),
        "framework",
    ),
    Example("A suspension lapses by itself.", STORY.plus(Suspension(100, day(8), NOW, None)), "yes"),
    Example("A suspension that was lifted is over.", STORY.plus(Suspension(100, day(8), day(12), NOW)), "yes"),
    Example(
        "A suspension to be lifted later still holds.",
        STORY.plus(Suspension(100, day(8), day(12), day(11))),
        "framework",
    ),
    Example("An agreement that was ended is over.", STORY.plus(Ending(100, NOW)), "framework"),
    Example("An ending that is still to come closes nothing yet.", STORY.plus(Ending(100, NOW + TICK)), "yes"),
    Example("A suspended protocol gives no rule.", STORY.plus(Suspension(200, day(9), day(12), None)), "rule"),
    Example(
        "Suspended terms give no right to run the activity.",
        STORY.plus(Suspension(300, day(9), day(12), None)),
        "terms",
    ),
    Example(
        "A framework between other parties says nothing.",
        STORY.swap(FRAMEWORK, replace(FRAMEWORK, party_b=MONITORS)),
        "framework",
    ),
    Example(
        "A protocol whose own framework has lapsed is not saved by another framework.",
        signed(FRAMEWORK_1, end=day(9)).plus(
            Agreement(101, "framework", PRISON, MENTORS, None, None), Version(1001, 101, day(0), None, day(0), day(0))
        ),
        "rule",
    ),
    Example(
        "Terms whose own framework is not in force do not hold, though the protocol's is.",
        STORY.plus(Agreement(101, "framework", PRISON, MENTORS, None, None)).swap(TERMS, replace(TERMS, framework=101)),
        "terms",
    ),
]

VERSIONS = [
    Example(
        "A newer version in force replaces the older, and what it does not repeat is gone.",
        STORY.plus(Version(2001, 200, day(5), day(30), day(4), day(4))),
        "rule",
    ),
    Example(
        "A newer version that only one side has signed replaces nothing.",
        STORY.plus(Version(2001, 200, day(5), day(30), day(4), None)),
        "yes",
    ),
    Example(
        "A newer version replaces the older only from its own start of force.",
        STORY.plus(Version(2001, 200, NOW + TICK, day(30), day(4), day(4))),
        "yes",
    ),
    Example(
        "The older version does not come back when the newer has run out.",
        STORY.plus(Version(2001, 200, day(5), day(7), day(4), day(4))),
        "rule",
    ),
    Example(
        "A newer version that was signed after its own end never came into force and replaces nothing.",
        STORY.plus(Version(2001, 200, day(5), day(7), day(8), day(8))),
        "yes",
    ),
    Example(
        "A rule of the newer version holds.",
        STORY.plus(Version(2001, 200, day(5), day(30), day(4), day(4)), rule(version=2001)),
        "yes",
    ),
]

RULES = [
    Example("A rule names the direction.", STORY.swap(RULE, rule(owner=MENTORS, recipient=PRISON)), "rule"),
    Example("A rule names the category.", STORY.swap(RULE, rule(category=8)), "rule"),
    Example("A rule names the purpose.", STORY.swap(RULE, rule(purpose="supervision")), "rule"),
    Example("A rule names the role.", STORY.swap(RULE, rule(role="case_officer")), "rule"),
    Example(
        "One of several roles is enough.",
        STORY.swap(MENTOR_ACTS, replace(MENTOR_ACTS, roles=frozenset({"teacher", "facilitator"}))),
        "yes",
    ),
    Example("A rule may begin later than its protocol.", STORY.swap(RULE, rule(start=NOW + TICK)), "rule"),
    Example("A rule may end earlier than its protocol.", STORY.swap(RULE, rule(end=NOW)), "rule"),
    Example("Full gives the summary.", given_in("full", "summary"), "yes"),
    Example("A summary gives the date.", given_in("summary", "date"), "yes"),
    Example("A date gives the existence.", given_in("date", "existence"), "yes"),
    Example("A summary does not give the full record.", given_in("summary", "full"), "rule"),
    Example("Existence does not give the date.", given_in("existence", "date"), "rule"),
    Example("A threshold rule gives a threshold record.", given_in("threshold", "threshold"), "yes"),
    Example("A threshold rule gives nothing else.", given_in("threshold", "existence"), "rule"),
    Example("A full rule gives no threshold record.", given_in("full", "threshold"), "rule"),
]

MOVED = STORY.swap(PLACEMENT, Placement(AT_PRISON, 1, day(0), NOW)).plus(Placement(AT_PRISON, 2, NOW, None))
AT_PLACES = [
    Example("Terms name places, and the person was moved to another.", MOVED, "terms"),
    Example("Terms at both places follow the person.", MOVED.plus(TermsPlace(3000, 2)), "yes"),
    Example("A microsecond before the move the old place counts.", MOVED, "yes", replace(ASK, at=NOW - TICK)),
    Example("Terms without a place hold nowhere.", STORY.without(TERMS_AT_1), "terms"),
    Example("A case without a place is at none.", STORY.without(PLACEMENT), "terms"),
    Example("Terms are for one activity.", STORY.swap(TERMS, replace(TERMS, activity="custody")), "terms"),
    Example("Without a link the terms at the authority's place are looked at first.", MOVED.without(LINK), "terms"),
]

WORKERS = [
    Example("A clearance that has run out is none.", STORY.swap(CLEARED, replace(CLEARED, end=NOW)), "worker"),
    Example("Enhanced serves where basic is asked.", STORY.swap(CLEARED, replace(CLEARED, level="enhanced")), "yes"),
    Example(
        "Basic does not serve where enhanced is asked.",
        STORY.swap(REQUIRED, replace(REQUIRED, clearance="enhanced")),
        "worker",
    ),
    Example(
        "Where no clearance is asked none is needed.",
        STORY.without(CLEARED).swap(REQUIRED, replace(REQUIRED, clearance=None)),
        "yes",
    ),
    Example(
        "Every required training must be live.",
        STORY.swap(REQUIRED, replace(REQUIRED, trainings=frozenset({"safeguarding", "conduct"}))),
        "worker",
    ),
    Example(
        "What is asked of the other party is not asked of this one.",
        STORY.without(CLEARED).swap(REQUIRED, replace(REQUIRED, organisation=PRISON)),
        "yes",
    ),
    Example("A conflict with the own case bars.", STORY.plus(Conflict(MENTOR, AT_MENTORS)), "worker"),
    Example(
        "A conflict with the other organisation's linked case bars.", STORY.plus(Conflict(MENTOR, AT_PRISON)), "worker"
    ),
    Example("A colleague's conflict does not.", STORY.plus(Conflict(COORDINATOR, AT_PRISON)), "yes"),
    Example(
        "A membership that has ended reads nothing.", STORY.swap(MENTOR_ACTS, replace(MENTOR_ACTS, end=NOW)), "worker"
    ),
    Example(
        "A role that may not read the category at all is not helped by a rule.",
        STORY.swap(FACILITATOR, RoleMask("facilitator", frozenset({7}), whole=False)),
        "worker",
    ),
]

OTHER_ACTIVITY = Assignment(MENTOR, AT_MENTORS, "custody", day(0), None)
THE_TEAM = STORY.without(ASSIGNED).swap(TERMS_1, replace(TERMS_1, whole_team_of=frozenset({MENTORS})))
ASSIGNMENTS = [
    Example("Who is not assigned does not read.", STORY.without(ASSIGNED), "assignment"),
    Example("An assignment that has ended is none.", STORY.swap(ASSIGNED, replace(ASSIGNED, end=NOW)), "assignment"),
    Example("An assignment is for one activity.", STORY.swap(ASSIGNED, OTHER_ACTIVITY), "assignment"),
    Example("Where the terms say so the whole team is assigned.", THE_TEAM, "yes"),
    Example(
        "The whole team of one party is not that of the other.",
        STORY.without(ASSIGNED).swap(TERMS_1, replace(TERMS_1, whole_team_of=frozenset({PRISON}))),
        "assignment",
    ),
    Example("Even a whole team needs the link.", THE_TEAM.without(LINK), "assignment"),
    Example("A link that is over joins nothing.", STORY.swap(LINK, replace(LINK, end=NOW)), "assignment"),
    Example(
        "A link for another activity does not serve this purpose.",
        STORY.swap(LINK, replace(LINK, activity="custody")).plus(OTHER_ACTIVITY),
        "assignment",
    ),
    Example(
        "Seeing every own case opens no other organisation's.",
        STORY.swap(RULE, rule(role="coordinator")).swap(REQUIRED, replace(REQUIRED, organisation=PRISON)),
        "assignment",
        COORDINATOR_ASKS,
    ),
]

PERSONS = [
    Example("The rule asks for participation and there is none.", ASKS_FOR_PARTICIPATION, "not_currently"),
    Example(
        "A live participation opens.", ASKS_FOR_PARTICIPATION.plus(Participation(AT_MENTORS, day(0), None, None)), "yes"
    ),
    Example(
        "It has run out: the same answer as none.",
        ASKS_FOR_PARTICIPATION.plus(Participation(AT_MENTORS, day(0), NOW, None)),
        "not_currently",
    ),
    Example(
        "Withdrawn this instant: the same answer as none.",
        ASKS_FOR_PARTICIPATION.plus(Participation(AT_MENTORS, day(0), None, NOW)),
        "not_currently",
    ),
    Example(
        "A microsecond before the withdrawal it is live.",
        ASKS_FOR_PARTICIPATION.plus(Participation(AT_MENTORS, day(0), None, NOW + TICK)),
        "yes",
    ),
    Example(
        "The participation must be that of the linked civil case.",
        ASKS_FOR_PARTICIPATION.plus(Participation(AT_PRISON, day(0), None, None)),
        "not_currently",
    ),
    Example("A second rule without the condition is nearer to a yes.", ASKS_FOR_PARTICIPATION.plus(RULE), "yes"),
    Example(
        "A restriction that names the worker: the same answer again.",
        STORY.plus(Restriction(AT_PRISON, MENTOR, None, day(0), None)),
        "not_currently",
    ),
    Example(
        "A restriction that names the worker's organisation.",
        STORY.plus(Restriction(AT_PRISON, None, MENTORS, day(0), None)),
        "not_currently",
    ),
    Example(
        "A restriction that names a colleague.",
        STORY.plus(Restriction(AT_PRISON, COORDINATOR, None, day(0), None)),
        "yes",
    ),
    Example(
        "A restriction of the linked case does not reach over.",
        STORY.plus(Restriction(AT_MENTORS, MENTOR, None, day(0), None)),
        "yes",
    ),
    Example(
        "Not named where named people only may see.",
        STORY.plus(FOR_THE_OFFICER),
        "not_currently",
    ),
    Example("Named there.", STORY.plus(replace(FOR_THE_OFFICER, named=frozenset({MENTOR}))), "yes"),
    Example("The list is lifted.", STORY.plus(replace(FOR_THE_OFFICER, end=NOW)), "yes"),
    Example(
        "Who is not named for the own case reaches nothing along its link.",
        STORY.plus(AllowList(AT_MENTORS, frozenset({COORDINATOR}), None)),
        "assignment",
    ),
    Example("A restriction ends.", STORY.plus(Restriction(AT_PRISON, MENTOR, None, day(0), NOW)), "yes"),
]

NEVER = Prohibition(2000, PRISON, MENTORS, P09)
PROHIBITIONS = [
    Example("An agreement may say: never this category.", STORY.plus(NEVER), "prohibition"),
    Example("A prohibition has a direction.", STORY.plus(replace(NEVER, owner=MENTORS, recipient=PRISON)), "yes"),
    Example("A prohibition names a category.", STORY.plus(replace(NEVER, category=8)), "yes"),
    Example(
        "A prohibition of another protocol of the two takes the cell away as well.",
        STORY.plus(
            Agreement(201, "protocol", MENTORS, PRISON, 100, None),
            Version(2010, 201, day(0), None, day(0), day(0)),
            replace(NEVER, version=2010),
        ),
        "prohibition",
    ),
    Example(
        "A prohibition ends with the version that holds it.",
        STORY.plus(
            Agreement(201, "protocol", MENTORS, PRISON, 100, None),
            Version(2010, 201, day(0), NOW, day(0), day(0)),
            replace(NEVER, version=2010),
        ),
        "yes",
    ),
    Example(
        "What depends on the person is not told apart by a prohibition.",
        ASKS_FOR_PARTICIPATION.plus(NEVER),
        "not_currently",
    ),
]

CEILINGS = [
    Example("Session content (P20) is nobody's.", of_category(20), "ceiling"),
    Example("Not even its owner's.", of_category(20), "ceiling", GOVERNOR_ASKS),
    Example("Intelligence (P33) is nobody's.", of_category(33), "ceiling", GOVERNOR_ASKS),
    Example("Complaints (P25) stay with their owner.", of_category(25), "ceiling"),
    Example("Victims' data (P29) stay with their owner.", of_category(29), "ceiling"),
    Example("A threat and protection file (S04) stays with its owner.", of_category(40, "existence"), "ceiling"),
    Example("Its owner reads it.", of_category(40), "yes", GOVERNOR_ASKS),
    Example("Of vetting (S02) others learn no content.", of_category(38, "summary"), "ceiling"),
    Example("Of vetting others learn the outcome.", of_category(38, "date"), "yes"),
    Example("Interview material (P26) is not passed on.", of_category(26), "ceiling"),
    Example(
        "An organisation that does not monitor has no interview material to read.",
        of_category(26),
        "ceiling",
        GOVERNOR_ASKS,
    ),
    Example("The assessment (P08) has no ceiling.", of_category(8), "yes"),
]

MONITORED = STORY.plus(Record(2, 30, MONITORS, 26, "full"), Case(30, MONITORS, child=False))
OWN = [
    Example(
        "The monitoring organisation reads its own interviews.",
        MONITORED.plus(Assignment(MONITOR, 30, "monitoring", day(0), None)),
        "yes",
        Ask(MONITOR, "monitoring", 2, NOW),
    ),
    Example(
        "An organisation reads its own records through an assigned worker.",
        STORY.plus(Assignment(OFFICER, AT_PRISON, "custody", day(0), None)),
        "yes",
        OFFICER_ASKS,
    ),
    Example("Not everybody in an organisation reads its records.", STORY, "assignment", OFFICER_ASKS),
    Example("A role that sees every case needs no assignment.", STORY, "yes", GOVERNOR_ASKS),
    Example(
        "A restriction binds inside the organisation too.",
        STORY.plus(Restriction(AT_PRISON, GOVERNOR, None, day(0), None)),
        "not_currently",
        GOVERNOR_ASKS,
    ),
    Example(
        "A manager who is not named does not see it either.",
        STORY.plus(FOR_THE_OFFICER),
        "not_currently",
        GOVERNOR_ASKS,
    ),
    Example(
        "Managing users gives no content.",
        STORY.plus(Membership(13, PRISON, frozenset({"administrator"}), day(0), None)),
        "worker",
        replace(ASK, membership=13),
    ),
    Example(
        "Own records need no purpose of an activity.", STORY, "yes", replace(GOVERNOR_ASKS, purpose="administration")
    ),
    Example(
        "The victim liaison reads the victims' data it owns.",
        STORY.plus(Case(50, VICTIM_LIAISON, child=False), Record(2, 50, VICTIM_LIAISON, 29, "full")),
        "yes",
        Ask(LIAISON, "supervision", 2, NOW),
    ),
]

DIRECTION = [
    Example("The authority reads what the provider shares, where its own case is.", back(), "yes", OFFICER_ASKS),
    Example(
        "The place is still where the authority's case is.",
        back().swap(PLACEMENT, Placement(AT_PRISON, 2, day(0), None)),
        "terms",
        OFFICER_ASKS,
    ),
    Example(
        "Of a civil case that nobody linked the referral is what is missing.",
        back().without(LINK),
        "assignment",
        OFFICER_ASKS,
    ),
    Example("A provider's records of relatives (P16) are not opened by a plain rule.", back(P16), "rule", OFFICER_ASKS),
    Example(
        "Nor by the person's own participation.",
        back(P16, "participation").plus(Participation(AT_MENTORS, day(0), None, None)),
        "rule",
        OFFICER_ASKS,
    ),
    Example("Nor by a rule alone that waits for the relative.", RELATIVES, "not_currently", OFFICER_ASKS),
    Example(
        "The relative's own agreement opens them.",
        RELATIVES.plus(RelativeAgreement(AT_MENTORS, day(0), None, None)),
        "yes",
        OFFICER_ASKS,
    ),
    Example(
        "Until the relative withdraws.",
        RELATIVES.plus(RelativeAgreement(AT_MENTORS, day(0), None, NOW)),
        "not_currently",
        OFFICER_ASKS,
    ),
    Example("An authority's records of the family need no such agreement.", of_category(P16), "yes"),
]

BY_LINK = STORY.swap(LINK, replace(LINK, activity="monitoring")).plus(
    Mandate(2, MENTORS, PRISON, "monitoring", day(0), None, whole_team=False),
    MandateCell(2, P09, "summary", "monitoring"),
)
VISITS = replace(ASK, purpose="monitoring")
VISITOR = Assignment(MENTOR, AT_MENTORS, "monitoring", day(0), None)
MANDATES = [
    Example("A body that acts by statute needs no agreement.", UNDER_MANDATE, "yes", INQUIRY),
    Example(
        "Before its mandate begins it does.",
        UNDER_MANDATE.swap(MANDATE, replace(MANDATE, start=NOW + TICK)),
        "framework",
        INQUIRY,
    ),
    Example(
        "A mandate has cells: not this category.",
        UNDER_MANDATE.swap(NEEDS, replace(NEEDS, category=8)),
        "rule",
        INQUIRY,
    ),
    Example("A mandate has cells: not this purpose.", UNDER_MANDATE, "rule", replace(INQUIRY, purpose="monitoring")),
    Example(
        "A mandate has cells: a summary gives no full record.",
        UNDER_MANDATE.swap(MandateCell(1, P09, "full", "oversight"), MandateCell(1, P09, "existence", "oversight")),
        "rule",
        INQUIRY,
    ),
    Example(
        "A mandate for one place does not reach another.", UNDER_MANDATE.plus(MandatePlace(1, 2)), "terms", INQUIRY
    ),
    Example(
        "A mandate for the place where the person is reaches.", UNDER_MANDATE.plus(MandatePlace(1, 1)), "yes", INQUIRY
    ),
    Example(
        "A conflict of interest bars under a mandate too.",
        UNDER_MANDATE.plus(Conflict(INQUIRER, AT_PRISON)),
        "worker",
        INQUIRY,
    ),
    Example(
        "A restriction binds a mandate.",
        UNDER_MANDATE.plus(Restriction(AT_PRISON, None, OMBUDSMAN, day(0), None)),
        "not_currently",
        INQUIRY,
    ),
    Example(
        "A list does not blind a body that monitors by statute.",
        UNDER_MANDATE.plus(FOR_THE_OFFICER),
        "yes",
        INQUIRY,
    ),
    Example(
        "It binds every other body with a mandate.",
        UNDER_MANDATE.swap(
            Organisation(OMBUDSMAN, "authority", monitoring=True),
            Organisation(OMBUDSMAN, "authority", monitoring=False),
        ).plus(FOR_THE_OFFICER),
        "not_currently",
        INQUIRY,
    ),
    Example(
        "A ceiling binds a mandate.",
        UNDER_MANDATE.swap(NEEDS, replace(NEEDS, category=29)).plus(MandateCell(1, 29, "full", "oversight")),
        "ceiling",
        INQUIRY,
    ),
    Example(
        "A mandate without the whole team needs an assignment.",
        UNDER_MANDATE.swap(MANDATE, replace(MANDATE, whole_team=False)),
        "assignment",
        INQUIRY,
    ),
    Example(
        "An assignment through a link serves it, without clearance or participation.",
        BY_LINK.without(CLEARED).plus(VISITOR),
        "yes",
        VISITS,
    ),
    Example("No assignment for this activity.", BY_LINK, "assignment", VISITS),
    Example("What two parties prohibit does not bind a mandate.", BY_LINK.plus(VISITOR, NEVER), "yes", VISITS),
    Example("No party can suspend it.", BY_LINK.plus(VISITOR, Suspension(100, day(0), day(20), None)), "yes", VISITS),
    Example(
        "An authority's mandate opens no records of relatives.",
        back(P16).without(FRAMEWORK_1).plus(replace(MANDATE, over=MENTORS), MandateCell(1, P16, "full", "oversight")),
        "rule",
        INQUIRY,
    ),
]

EXAMPLES = [
    *(*STACK, *VERSIONS, *RULES, *AT_PLACES, *WORKERS, *ASSIGNMENTS),
    *(*PERSONS, *PROHIBITIONS, *CEILINGS, *OWN, *DIRECTION, *MANDATES),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.sentence for example in EXAMPLES])
def test_the_rule_says(example: Example) -> None:
    assert first_missing(example.world, example.ask) == example.expected
    assert may_read(example.world, example.ask) == (example.expected == "yes")


def test_what_is_missing_moves_along_the_stack() -> None:
    """Start with nothing but the record, supply one element at a time, and the answer names the next (13.1)."""
    world = ASKS_FOR_PARTICIPATION.plus(NEVER, Restriction(AT_PRISON, MENTOR, None, day(0), None))
    stages = (FRAMEWORK_1, PROTOCOL_1, TERMS_AT_1, CLEARED, TRAINED, ASSIGNED)
    world = world.without(*stages)
    answers = [first_missing(world, ASK)]
    for fact in (*stages, Participation(AT_MENTORS, day(0), None, None)):
        world = world.plus(fact)
        answers.append(first_missing(world, ASK))
    world = world.without(Restriction(AT_PRISON, MENTOR, None, day(0), None))
    answers += [first_missing(world, ASK), first_missing(world.without(NEVER), ASK)]
    expected = ["framework", "rule", "terms", "worker", "worker", "assignment", "not_currently", "not_currently"]
    assert answers == [*expected, "prohibition", "yes"]

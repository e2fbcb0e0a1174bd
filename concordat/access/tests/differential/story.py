"""The story that the hand-written cases tell, and the ways in which they bend it.

A prison (its case is at place 1) referred a person to a mentoring organisation, which has a case of its own. A
framework, a protocol and terms are in force, the mentor is cleared, trained and assigned: the mentor reads.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from concordat.access.tests.differential.facts import (
    Agreement,
    Ask,
    Assignment,
    Case,
    Clearance,
    Link,
    Mandate,
    MandateCell,
    Membership,
    Organisation,
    Place,
    Placement,
    Record,
    RoleMask,
    SharingRule,
    TermsPlace,
    TermsRequirement,
    Training,
    Version,
    World,
)


def day(number: int) -> datetime:
    return datetime(2030, 1, 1, tzinfo=UTC) + timedelta(days=number)


NOW = day(10)
TICK = timedelta(microseconds=1)
PRISON, MENTORS, MONITORS, OMBUDSMAN, VICTIM_LIAISON = 1, 2, 3, 4, 5
OFFICER, GOVERNOR, MENTOR, COORDINATOR, MONITOR, INQUIRER, LIAISON = 11, 12, 21, 22, 31, 41, 51
AT_PRISON, AT_MENTORS = 10, 20  # the two organisations' cases of one person
EVERYTHING = frozenset(range(1, 56))
REINTEGRATION, P09, P16 = "reintegration", 9, 16

LINK = Link(AT_PRISON, AT_MENTORS, REINTEGRATION, day(0), None)
PLACEMENT = Placement(AT_PRISON, 1, day(0), None)
MENTOR_ACTS = Membership(MENTOR, MENTORS, frozenset({"facilitator"}), day(0), None)
FACILITATOR = RoleMask("facilitator", EVERYTHING, whole=False)
ASSIGNED = Assignment(MENTOR, AT_MENTORS, REINTEGRATION, day(0), None)
CLEARED = Clearance(MENTOR, "basic", day(0), day(30))
TRAINED = Training(MENTOR, "safeguarding", day(0), day(30))
FRAMEWORK = Agreement(100, "framework", PRISON, MENTORS, None, None)
PROTOCOL = Agreement(200, "protocol", PRISON, MENTORS, 100, None)
TERMS = Agreement(300, "terms", MENTORS, PRISON, 100, REINTEGRATION)
FRAMEWORK_1 = Version(1000, 100, day(0), day(30), day(0), day(0))
PROTOCOL_1 = Version(2000, 200, day(0), day(30), day(0), day(0))
TERMS_1 = Version(3000, 300, day(0), day(30), day(0), day(0))
TERMS_AT_1 = TermsPlace(3000, 1)
REQUIRED = TermsRequirement(3000, MENTORS, "basic", frozenset({"safeguarding"}))
NEEDS = Record(1, AT_PRISON, PRISON, P09, "summary")
ASK = Ask(MENTOR, REINTEGRATION, NEEDS.id, NOW)


def rule(**changes: object) -> SharingRule:
    plain = SharingRule(2000, PRISON, MENTORS, P09, "full", REINTEGRATION, "facilitator", "none", None, None)
    return replace(plain, **changes)  # type: ignore[arg-type]


RULE = rule()
STORY = World().plus(
    Organisation(PRISON, "authority", monitoring=False),
    Organisation(MENTORS, "civil", monitoring=False),
    Organisation(MONITORS, "civil", monitoring=True),
    Organisation(OMBUDSMAN, "authority", monitoring=True),
    Organisation(VICTIM_LIAISON, "authority", monitoring=False, victim_liaison=True),
    FACILITATOR,
    RoleMask("case_officer", EVERYTHING, whole=False),
    RoleMask("coordinator", EVERYTHING, whole=True),
    RoleMask("teacher", frozenset({13}), whole=True),
    RoleMask("administrator", frozenset(), whole=True),
    MENTOR_ACTS,
    Membership(COORDINATOR, MENTORS, frozenset({"coordinator"}), day(0), None),
    Membership(OFFICER, PRISON, frozenset({"case_officer"}), day(0), None),
    Membership(GOVERNOR, PRISON, frozenset({"coordinator"}), day(0), None),
    Membership(MONITOR, MONITORS, frozenset({"case_officer"}), day(0), None),
    Membership(INQUIRER, OMBUDSMAN, frozenset({"case_officer"}), day(0), None),
    Membership(LIAISON, VICTIM_LIAISON, frozenset({"coordinator"}), day(0), None),
    *(Place(1, PRISON), Place(2, PRISON), Case(AT_PRISON, PRISON, child=False), Case(AT_MENTORS, MENTORS, child=False)),
    *(PLACEMENT, LINK, NEEDS, FRAMEWORK, PROTOCOL, TERMS, FRAMEWORK_1, PROTOCOL_1, TERMS_1, RULE),
    *(TERMS_AT_1, REQUIRED, CLEARED, TRAINED, ASSIGNED),
)
MANDATE = Mandate(1, OMBUDSMAN, PRISON, "oversight", day(0), None, whole_team=True)
UNDER_MANDATE = STORY.without(FRAMEWORK_1).plus(MANDATE, MandateCell(1, P09, "full", "oversight"))
INQUIRY = Ask(INQUIRER, "oversight", NEEDS.id, NOW)


def of_category(category: int, form: str = "summary") -> World:
    """Make the one record and the one rule of the story about another category."""
    return STORY.swap(NEEDS, replace(NEEDS, category=category, form=form)).swap(RULE, rule(category=category))


def given_in(form: str, record_form: str) -> World:
    """Let the rule give this form and the record lie in that one."""
    return STORY.swap(RULE, rule(form=form)).swap(NEEDS, replace(NEEDS, form=record_form))


def back(category: int = P09, condition: str = "none") -> World:
    """Turn the direction round: the record is the mentors', its case theirs, the prison's officer reads."""
    return (
        STORY.swap(NEEDS, Record(1, AT_MENTORS, MENTORS, category, "summary"))
        .swap(RULE, rule(owner=MENTORS, recipient=PRISON, role="case_officer", category=category, condition=condition))
        .plus(Assignment(OFFICER, AT_PRISON, REINTEGRATION, day(0), None))
    )


def signed(version: Version, **changes: object) -> World:
    return STORY.swap(version, replace(version, **changes))  # type: ignore[arg-type]

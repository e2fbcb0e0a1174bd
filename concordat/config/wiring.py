"""The one list that wires the rooms together: what each gives to Today, to the case and to the words of refusals.

What goes up without an import going up is written here, line by line; nothing finds itself. A door reads its list by
name (`core.wiring.wired`). The shapes of the functions stand in `core/feeds.py`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise

from concordat.access.embargo import end_embargoes
from concordat.access.simulation import simulate
from concordat.agreements import feeds as agreements
from concordat.agreements.rules import CONSTRAINT_SENTENCES as AGREEMENTS
from concordat.api.once import forget_old as forget_keys
from concordat.breaches import feeds as breaches
from concordat.breaches.rules import CONSTRAINT_SENTENCES as BREACHES
from concordat.casefile import feeds as casefile
from concordat.cases import feeds as cases
from concordat.cases.asked import Asked
from concordat.cases.rules import CONSTRAINT_SENTENCES as CASES
from concordat.clocks import feeds as clocks
from concordat.clocks.lapsing import Consequence, record_lapses, tell, tell_and_begin
from concordat.clocks.rules import CONSTRAINT_SENTENCES as CLOCKS
from concordat.controllers.rules import CONSTRAINT_SENTENCES as CONTROLLERS
from concordat.core.feeds import Notice
from concordat.core.parts import Action, Appointment, Card, Clock, Event, Later, News
from concordat.disclosures import feeds as disclosures
from concordat.disclosures.attached import UNDERTAKING
from concordat.disclosures.rules import CONSTRAINT_SENTENCES as DISCLOSURES
from concordat.emergency import feeds as emergency
from concordat.emergency.rules import CONSTRAINT_SENTENCES as EMERGENCY
from concordat.exports import feeds as exports
from concordat.exports.rules import CONSTRAINT_SENTENCES as EXPORTS
from concordat.exports.work import make_waiting
from concordat.files import work as files
from concordat.files.kinds import AGREEMENT, PARTICIPATION, Kind
from concordat.files.listed import files_on
from concordat.files.rules import CONSTRAINT_SENTENCES as FILES
from concordat.impact import feeds as impact
from concordat.impact.found import judge, section
from concordat.impact.rules import CONSTRAINT_SENTENCES as IMPACT
from concordat.imports import feeds as imports
from concordat.imports.actions import forget_old
from concordat.imports.reading.workbook import read_workbook
from concordat.imports.work import load_some
from concordat.leaving import feeds as leaving
from concordat.leaving.rules import CONSTRAINT_SENTENCES as LEAVING
from concordat.leaving.work import carry_out
from concordat.ledger.pulse import lines_without_place
from concordat.merging.rules import CONSTRAINT_SENTENCES as MERGING
from concordat.notices import feeds as notices
from concordat.notices.about import Occasion
from concordat.notices.looking import look
from concordat.notices.sending import send_waiting
from concordat.objectives.custody import feeds as custody
from concordat.objectives.custody.gate import feeds as gate
from concordat.objectives.custody.gate.rules import CONSTRAINT_SENTENCES as GATE
from concordat.objectives.custody.rules import CONSTRAINT_SENTENCES as CUSTODY
from concordat.people import drafts, kept
from concordat.people.changed import changed_by
from concordat.people.models import Membership
from concordat.people.rules import CONSTRAINT_SENTENCES as PEOPLE
from concordat.quoting.kinds import PARTICIPATION_FILES, SHELVES, FileKind
from concordat.quoting.kinds import Kind as Quotable
from concordat.quoting.rules import CONSTRAINT_SENTENCES as QUOTING
from concordat.referrals import quoted as services
from concordat.referrals.asking import feeds as asking
from concordat.referrals.asking.sentences import SENTENCES as ASKING
from concordat.referrals.delivery import feeds as delivery
from concordat.referrals.delivery.attached import END_REPORT
from concordat.referrals.delivery.rules import CONSTRAINT_SENTENCES as DELIVERY
from concordat.retention import feeds as retention
from concordat.retention.rules import CONSTRAINT_SENTENCES as RETENTION
from concordat.retention.work import keep_house
from concordat.safety import feeds as protection
from concordat.safety.housekeeping import forget_old as forget_protection
from concordat.safety.rules import CONSTRAINT_SENTENCES as SAFETY
from concordat.safety.rules import refuse_more
from concordat.sharing import feeds as sharing
from concordat.sharing import quoted as safety
from concordat.sharing.rules import CONSTRAINT_SENTENCES as SHARING
from concordat.teams import feeds as teams
from concordat.teams.rules import CONSTRAINT_SENTENCES as TEAMS

# ---- Today ---------------------------------------------------------------------------------------------------------

TODAY_CARDS: tuple[Callable[[Membership], Iterable[Card | Later]], ...] = (
    sharing.cards,
    asking.cards,
    delivery.cards,
    custody.cards,
    gate.cards,
    agreements.cards,
    imports.cards,
    exports.cards,
    leaving.cards,
    breaches.cards,
    impact.cards,
    protection.cards,
    notices.cards,
)
TODAY_CLOCKS: tuple[Callable[[Membership], Iterable[Clock]], ...] = (
    cases.clocks,
    retention.clocks,
    emergency.clocks,
    teams.clocks,
    disclosures.clocks,
    asking.clocks,
    agreements.clocks,
    clocks.clocks,
)
TODAY_NEWS: tuple[Callable[[Membership, datetime], Iterable[News]], ...] = (
    sharing.news,
    asking.news,
    delivery.news,
    agreements.news,
    casefile.news,
    teams.news,
    impact.news,
)

# ---- notices -------------------------------------------------------------------------------------------------------

NOTICE_OCCASIONS: tuple[Callable[[Membership], Iterable[Occasion]], ...] = (
    sharing.occasions,
    asking.occasions,
    custody.occasions,
    gate.occasions,
    agreements.occasions,
    imports.occasions,
    exports.occasions,
    leaving.occasions,
    breaches.occasions,
    protection.occasions,
    notices.occasions,
    retention.occasions,
    emergency.occasions,
    clocks.occasions,
)

# ---- a case --------------------------------------------------------------------------------------------------------

CASE_EVENTS: tuple[Callable[[Asked], Iterable[Event]], ...] = (
    cases.events,
    sharing.events,
    asking.events,
    delivery.events,
)
CASE_DATES: tuple[Callable[[Asked], Iterable[Appointment]], ...] = (
    cases.dates,
    asking.dates,
    delivery.dates,
)
CASE_NOTICES: tuple[Callable[[Asked], Iterable[Notice]], ...] = (
    emergency.notices,
    sharing.notices,
    asking.notices,
    cases.notices,
    retention.notices,
)
CASE_ACTIONS: tuple[Callable[[Asked], Iterable[Action]], ...] = (
    delivery.actions,
    asking.actions,
    sharing.actions,
    cases.actions,
    disclosures.actions,
    retention.actions,
)

# ---- clocks: how rooms name what their clocks are about, to whoever sees it ------------------------------------------

CLOCK_NAMES: Mapping[str, Callable[[Collection[UUID]], Iterable[tuple[UUID, str]]]] = {
    "cases_participation": cases.named_participations,
    "cases_rightsrequest": cases.named_requests,
}

# ---- clocks: what follows by itself when a step lapses, by code and step ---------------------------------------------

CLOCK_CONSEQUENCES: Mapping[str, Consequence] = {
    "CLK-12/acknowledge": tell,
    "CLK-12/answer": tell,
    "CLK-12/contact": tell,
    "CLK-15/review": tell,
    "CLK-15/report": tell,
    "CLK-23/renew": tell,
    "CLK-25/answer": tell,
    "CLK-27/expiry": tell,
    "CLK-28/workers": tell_and_begin("directors"),
    "CLK-28/directors": tell_and_begin("arbiter"),
    "CLK-28/arbiter": tell,
}
# ---- assignments: what stands against giving a worker one more case, by worker ---------------------------------------

ASSIGNMENT_LIMITS: Callable[..., Mapping[UUID, str]] = refuse_more

# ---- forms ---------------------------------------------------------------------------------------------------------

DRAFTS = drafts  # keeping what is typed, for the one who types it
CHANGED_BY: Callable[[object, datetime], tuple[str, datetime | None]] = changed_by

# ---- agreements: what a version would open, tried out before it is signed -------------------------------------------

SIMULATE = simulate

# ---- agreements: what assessments of the effect on rights say of a version, for its check and its page --------------

JUDGE_ASSESSMENT = judge
ASSESSMENTS = section

# ---- agreements: a filled workbook, read as carefully as a list of people -------------------------------------------

READ_WORKBOOK = read_workbook

# ---- files: on which records they hang, and how the page of such a record shows them --------------------------------

FILE_KINDS: tuple[Kind, ...] = (PARTICIPATION, AGREEMENT, END_REPORT, UNDERTAKING)
RECORD_FILES = files_on

# ---- quoting: which records and files may be quoted, and beneath which others may be ---------------------------------

QUOTABLE: tuple[Quotable, ...] = (*SHELVES, *safety.KINDS, *services.KINDS)
QUOTABLE_FILES: tuple[FileKind, ...] = (PARTICIPATION_FILES, services.FILES)

# ---- what the worker does every few seconds, and at once again where one of them returns True ------------------------

WORK: tuple[Callable[[], object], ...] = (
    forget_old,
    forget_keys,
    kept.forget_old,
    end_embargoes,
    record_lapses,
    forget_protection,
    keep_house,
    load_some,
    look,
    send_waiting,
    make_waiting,
    carry_out,
    files.scan_waiting,
)

# ---- what waits for the worker, counted for /metrics ----------------------------------------------------------------

WAITING: Mapping[str, Callable[[], int]] = {"log": lines_without_place, "files": files.count_waiting}

# ---- what the database refuses, in words: by the name of the constraint ----------------------------------------------

CONSTRAINT_SENTENCES: Mapping[str, str | Promise] = {
    **AGREEMENTS,
    **ASKING,
    **BREACHES,
    **CASES,
    **CUSTODY,
    **GATE,
    **CONTROLLERS,
    **CLOCKS,
    **DELIVERY,
    **EXPORTS,
    **EMERGENCY,
    **DISCLOSURES,
    **FILES,
    **IMPACT,
    **MERGING,
    **LEAVING,
    **PEOPLE,
    **QUOTING,
    **RETENTION,
    **SAFETY,
    **SHARING,
    **TEAMS,
}

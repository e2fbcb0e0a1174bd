"""Every route, asked for by everybody of the world: what each of them gets stands in routes.txt beside this file.

After a change that is meant, write the file anew, then read the difference:

    GOLDEN=1 .venv/bin/python -m pytest concordat/demo/tests/test_routes.py
"""

import fcntl
import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils.timezone import localdate, now

from concordat.agreements.actions import dispute as raise_dispute
from concordat.agreements.actions import suggest
from concordat.agreements.models import Dispute, Suggestion, Version
from concordat.agreements.tests import ready as agreements
from concordat.breaches import actions as breaches
from concordat.breaches.models import Telling
from concordat.cases.actions import answer_request, record_request
from concordat.cases.models import (
    Absence,
    Assignment,
    Case,
    FullRecord,
    Link,
    Restriction,
    RightsRequest,
    SummaryRecord,
    UseStop,
)
from concordat.clocks import actions as clocks
from concordat.clocks.models import Running
from concordat.core import age
from concordat.core.codes import Category
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import LANTERN, PEOPLE, PRISON, acting, named
from concordat.disclosures.models import Disclosure, Item
from concordat.disclosures.tests import ready as disclosures
from concordat.emergency.actions import ask
from concordat.emergency.models import Request
from concordat.exports import actions as exports
from concordat.exports.models import Export
from concordat.files.tests import ready as files
from concordat.impact import actions as impact
from concordat.imports import directory
from concordat.imports.tests import making as imports
from concordat.leaving import actions as leaving
from concordat.leaving.models import Departure
from concordat.ledger import checkpoints
from concordat.ledger.models import Checkpoint, Countersignature, Witness
from concordat.ledger.pulse import beat
from concordat.merging import actions as merging
from concordat.merging.models import Merge
from concordat.notices.about import About
from concordat.notices.messages import Letter, To, put
from concordat.notices.models import Kind, Message, Notice, Way
from concordat.objectives.custody.tests.making import asked_pass
from concordat.objectives.custody.tests.making import reported as interfered
from concordat.organisations.models import Organisation
from concordat.people.actions import make_token
from concordat.people.models import FactorReset, Membership, Token, User
from concordat.referrals.asking.tests import making
from concordat.referrals.delivery.actions import write_end_report
from concordat.referrals.delivery.tests import ready as delivery
from concordat.referrals.hsds.tests.test_reading import EXAMPLE, written
from concordat.referrals.models import EndReport
from concordat.retention.actions import place_hold
from concordat.retention.models import Hold
from concordat.safety.actions import boundary, incidents, threats, wellbeing
from concordat.sharing.actions import send_notice
from concordat.sharing.models import SafetyNotice
from concordat.teams import actions as teams
from concordat.watch import pulse

pytestmark = pytest.mark.django_db

GOLDEN = Path(__file__).with_name("routes.txt")
ANONYMOUS = "anonymous"
EVERYBODY = [*sorted(PEOPLE), ANONYMOUS]
NOTHING = named("what nobody has")
NOT_FOUND, FORBIDDEN = 404, 403

OF_THE_WORLD = (
    "case", "civil_case", "link", "referral", "service", "participation", "goals", "briefing", "protocol", "nadia",
    "pat", "max", "mandate",
)  # fmt: skip

OF_A_PASS = ("gate_pass", "decide_pass", "appeal_pass", "settle_pass", "end_pass", "pass_on_paper")
OF_AN_INCIDENT = ("incident", "fact", "start", "party", "write", "reply", "finish")

# Which things of the world stand in for the parameters of an address: by route, or else by its namespace.
PARAMETERS: dict[tuple[str, str], tuple[str, ...]] = {
    ("account_reset_password_from_key", "uidb36"): ("uidb36",),
    ("account_reset_password_from_key", "key"): ("key",),
    ("people:invitation_link", "code"): ("code",),
    ("people", "pk"): ("nadia", "pat"),
    ("people:remove_passkey", "pk"): ("passkey",),
    ("people", "slug"): ("ps",),
    ("notices:invite_again", "pk"): ("nadia",),
    ("notices:lost_factor", "pk"): ("pat", "nadia"),
    ("notices:confirm_factor", "pk"): ("reset",),
    ("notices:withdraw_factor", "pk"): ("reset",),
    ("notices:read", "pk"): ("notice_of_nadia",),
    ("notices", "pk"): ("message",),
    ("referrals:end_absence", "pk"): ("absence",),
    ("agreements", "pk"): ("protocol", "draft"),
    ("agreements", "number"): ("first",),
    ("agreements:talks", "pk"): ("protocol", "draft", "talked"),
    ("agreements:reply", "pk"): ("talked",),
    ("agreements:settle", "pk"): ("protocol",),
    ("agreements", "suggestion"): ("suggestion",),
    ("agreements", "dispute"): ("dispute",),
    ("agreements", "organisation"): ("lantern",),
    ("agreements", "code"): ("clause",),
    ("agreements", "version"): ("open_version",),
    ("agreements", "mandate"): ("mandate",),
    ("agreements", "kind"): ("framework",),
    ("agreements", "rule"): ("rule",),
    ("agreements", "thread"): ("thread",),
    ("agreements", "part"): ("rule",),
    ("cases", "pk"): ("case", "civil_case"),
    ("cases:answer", "pk"): ("asked",),
    ("cases:end_stop", "pk"): ("end_stop",),
    ("cases:end_restriction", "pk"): ("end_restriction",),
    ("cases:disagree", "kind"): ("carrier",),
    ("cases:disagree", "record"): ("summary",),
    ("cases:prolong", "pk"): ("asked",),
    ("cases:lift_hold", "pk"): ("held",),
    ("cases:merge", "other"): ("case",),
    ("cases:undo_merge", "pk"): ("merged",),
    ("breaches", "pk"): ("breach",),
    ("breaches:tell", "pk"): ("telling",),
    ("breaches:told", "pk"): ("told",),
    ("custody", "pk"): ("interference",),
    **{(f"custody:{name}", "pk"): ("gate_pass",) for name in OF_A_PASS},
    ("custody", "kind"): ("pdf",),
    ("impact", "pk"): ("assessment",),
    ("impact", "version"): ("protocol_1",),
    ("impact:change_risk", "pk"): ("risk",),
    ("impact:remove_risk", "pk"): ("risk",),
    ("impact:told", "pk"): ("outcome",),
    ("clocks", "pk"): ("clock",),
    ("clocks", "key"): ("calendar_key",),
    ("clocks:take_back", "pk"): ("holiday",),
    ("exports", "pk"): ("export",),
    ("safety", "pk"): ("threat",),
    ("safety:boundary", "pk"): ("boundary",),
    ("safety:look", "pk"): ("boundary",),
    ("safety:pass_on", "pk"): ("boundary",),
    ("safety:passed", "pk"): ("passed_on",),
    ("safety:pairings", "pk"): ("nadia",),
    ("safety:supervisor", "pk"): ("nadia",),
    ("safety:attended", "pk"): ("nadia",),
    ("safety:reason", "pk"): ("nadia",),
    ("safety:support", "pk"): ("support",),
    ("safety:talk", "pk"): ("support",),
    ("safety:other", "pk"): ("pause",),
    ("safety:resume", "pk"): ("pause",),
    ("safety:take_back", "pk"): ("rule",),
    **{(f"safety:{name}", "pk"): ("incident",) for name in OF_AN_INCIDENT},
    ("safety:write", "subject"): ("finding_of",),
    ("safety:done", "pk"): ("recommendation",),
    ("leaving", "pk"): ("departure",),
    ("leaving", "kind"): ("pdf",),
    ("emergency", "pk"): ("emergency",),
    ("teams", "pk"): ("team",),
    ("teams:leave", "pk"): ("team_member",),
    ("teams:take_away", "pk"): ("team_case",),
    ("disclosures", "case"): ("civil_case",),
    ("disclosures", "pk"): ("disclosure",),
    ("disclosures:answer", "pk"): ("disclosure_item",),
    ("quoting", "kind"): ("carrier",),
    ("quoting", "record"): ("summary",),
    ("quoting:quote", "source_kind"): ("quoted_kind",),
    ("quoting:quote", "source"): ("full_record",),
    ("retention", "year"): ("year",),
    ("retention", "month"): ("month",),
    ("retention", "kind"): ("pdf",),
    ("api", "case"): ("case", "civil_case"),
    ("api", "link"): ("link",),
    ("api", "referral"): ("referral", "referral_draft"),
    ("api", "service"): ("service",),
    ("api", "agreement"): ("protocol", "draft"),
    ("api", "participation"): ("participation",),
    ("api", "goals"): ("goals",),
    ("api", "briefing"): ("briefing",),
    ("api", "review"): ("review",),
    ("api", "session"): ("session",),
    ("api", "report"): ("end_report",),
    ("api", "upload"): ("upload",),
    ("people", "token"): ("token",),
    ("countersigning:program", "name"): ("program",),
    ("api", "countersignature"): ("countersignature",),
    ("sharing", "case"): ("case", "civil_case"),
    ("sharing:briefing", "pk"): ("briefing",),
    ("sharing:acknowledge", "pk"): ("briefing",),
    ("sharing:translate_briefing", "pk"): ("briefing",),
    ("sharing:notice", "pk"): ("notice",),
    ("referrals", "pk"): ("referral", "referral_draft"),
    ("referrals", "case"): ("case",),
    ("referrals", "link"): ("link",),
    ("referrals", "worker"): ("max",),
    ("referrals", "service"): ("service",),
    ("referrals:service", "pk"): ("service",),
    ("referrals:edit_service", "pk"): ("service",),
    ("referrals:close_service", "pk"): ("service",),
    ("referrals:end_assignment", "pk"): ("assignment",),
    ("referrals:withdraw", "pk"): ("participation",),
    ("referrals:agreed_pdf", "pk"): ("participation",),
    ("referrals:agreed_docx", "pk"): ("participation",),
    ("referrals:persons_word", "pk"): ("goals",),
    ("referrals:sign_goals", "pk"): ("goals",),
    ("imports", "pk"): ("upload",),
    ("imports:offer", "pk"): ("offer",),
    ("imports:discard_offer", "pk"): ("offer",),
    ("delivery", "link"): ("link",),
    ("delivery:review", "pk"): ("review",),
    ("delivery:add_position", "pk"): ("review",),
    ("delivery:end_report", "pk"): ("end_report",),
    ("files", "kind"): ("of_participation", "of_agreement"),
    ("files:record", "pk"): ("participation", "protocol_1"),
    ("files", "pk"): ("scan", "paper"),
    ("delivery:translate_end_report", "pk"): ("end_report",),
}

# What somebody who has not signed in may open, and why.
OPEN = {
    "account_login": "the page to sign in on",
    "account_inactive": "says that an account is closed, to somebody who cannot sign in",
    "account_reset_password": "somebody who cannot sign in asks for a new password",
    "account_reset_password_done": "says that a message was sent",
    "account_reset_password_from_key": "the link in that message",
    "account_reset_password_from_key_done": "says that the password is changed",
    "people:through": "the way to an organisation's own sign-in",
    "people:through_organisation": "the same, for one organisation",
    "people:go_through": "the same",
    "people:invitation": "somebody who is invited has no account yet",
    "people:invitation_link": "the link in an invitation",
    "people:join": "taking up an invitation",
    "people:door": "the demonstration's door, which has tests of its own",
    "agreements:public": "what authorities and civil society have agreed is public, as far as they publish it",
    "agreements:published": "the same",
    "agreements:published_text": "the same",
    "agreements:published_pdf": "the same",
    "about:confidential": "somebody who is invited may read what is promised before they join",
    "about:paper": "the same",
    "about:accessibility": "whoever cannot use the sign-in page has to be able to say so",
    "set_language": "the language of the sign-in page",
    "clocks:feed": "a calendar program shows no password; the secret in the address has tests of its own",
    "api:elsewhere": "says that there is nothing, with the same bytes for everybody",
    "watch:health": "whoever runs the server has no account in it; strangers learn one word",
    "watch:live": "the same",
    "watch:metrics": "as above; only from this machine or with the token, which has tests of its own",
}


# What answers a POST without the token of a form, and why: the pages of the operator take none at all, nor do the
# addresses of the interface for machines that only hand something out; one that there is not is not found.
OF_THE_OPERATOR = ("watch:health", "watch:live", "watch:metrics")
OF_MACHINES = {
    *("me", "agreements", "agreement", "services", "service", "waiting", "notices", "cases", "case", "records", "why"),
    *("read_by", "referrals", "referral", "link", "links", "newest_briefings", "briefing", "session", "reviews"),
    *("review", "end_reports", "end_report", "upload", "hsds", "hsds_services", "hsds_service"),
    *("checkpoint", "countersignature"),
}
WITHOUT_TOKEN = {
    **dict.fromkeys((*OF_THE_OPERATOR, *(f"api:{name}" for name in OF_MACHINES)), "405"), "api:elsewhere": "404",
}  # fmt: skip


# What asks for the second factor once more when it was not confirmed within the last ten minutes.
WEIGHTY = {
    "cases:lift", "cases:lift_hold", "cases:name", "retention:period", "emergency:open",
    "agreements:end", "agreements:lift", "agreements:reopen", "agreements:sign", "agreements:sign_on_paper",
    "agreements:suspend",
    "agreements:suspend_check", "agreements:suspend_consequences", "agreements:suspend_length", "notices:invite",
    "notices:invite_again", "people:change_roles", "people:end", "people:recovery_codes",
    "notices:confirm_factor", "notices:lost_factor", "people:provider", "people:remove_passkey", "people:new_token",
    "people:permit_tokens", "countersigning:record_key", "exports:ask", "exports:agree",
    "leaving:declare", "leaving:confirm", "disclosures:decide",
}  # fmt: skip


@dataclass(frozen=True)
class Route:
    """One route with one thing for each of its parameters."""

    name: str
    things: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return " ".join([self.name, *(f"{parameter}={thing}" for parameter, thing in self.things)])

    def address(self, ids: dict[str, Any], **instead: object) -> str:
        return reverse(self.name, kwargs={name: instead.get(name, ids[thing]) for name, thing in self.things})


def patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern, list[str]]]:
    """Walk through every route: its name, and the names of its parameters in the order of the address."""
    for one in resolver.url_patterns:
        namespace = getattr(one, "namespace", None)
        path = [*one.pattern.regex.groupindex]
        if isinstance(one, URLPattern):
            yield before + (one.name or one.lookup_str), one, path
        else:
            for name, found, further in patterns(one, before + (f"{namespace}:" if namespace else "")):
                yield name, found, path + further


def things_for(name: str, parameter: str) -> tuple[str, ...]:
    """Return what stands in for a parameter of a route."""
    found = PARAMETERS.get((name, parameter)) or PARAMETERS.get((name.partition(":")[0], parameter))
    assert found, (
        f"The route {name} has a parameter {parameter!r} that nothing of the world stands in for. "
        f"Add ({name!r}, {parameter!r}) to PARAMETERS in {Path(__file__).name}, and a new kind of thing to `ids`."
    )
    return found


def routes() -> list[Route]:
    """Return every route with everything that stands in for its parameters."""
    found = []
    for name, _pattern, parameters in patterns(get_resolver()):
        choices = [[(parameter, thing) for thing in things_for(name, parameter)] for parameter in parameters]
        found += [Route(name, tuple(chosen)) for chosen in product(*choices)]
    return sorted(set(found), key=str)


@pytest.fixture(autouse=True)
def asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the state of the server asked for in each test."""
    monkeypatch.setattr(pulse, "AGAIN", -1.0)
    monkeypatch.setattr(pulse, "LATE", 3600.0)  # the worker's last round: on a busy machine a test takes minutes


@pytest.fixture
def ids() -> dict[str, Any]:
    """Return the things that stand in for parameters; what the world lacks is made here."""
    with acting("helen") as by:
        draft = agreements.framework(by, other=LANTERN)
        row = agreements.agreed("protocol").versions.get(number=1).sharingrules.first()
        assert row
        beat()  # the worker works
    suggestion, dispute = disagreed()
    with imports.officer() as by:
        upload = imports.confirmed(imports.stage(imports.person(), by=by), by=by)
    with acting("cora") as by:
        (offer,) = directory.stage_directory(written(EXAMPLE), by=by)
    delivery.assigned_long_ago()
    with acting("cora"):
        assignment = Assignment.objects.get(membership_id=named("nadia"), ends_at=None)
    told = disclosures.proposed()
    stop, restriction = effects()
    return {
        **{thing: named(thing) for thing in OF_THE_WORLD},
        "draft": draft.agreement_id, "first": 1, "lantern": LANTERN, "clause": "MOU-4", "kind": "framework",
        "framework": "framework", "rule": NOTHING, "thread": row.pk, "assignment": assignment.pk,
        "review": delivery.review().pk,
        "referral_draft": making.make_draft(making.make_case()).pk, "end_report": end_report().pk,
        "notice": notice().pk, "notice_of_nadia": notice_of_nadia().pk, "message": message().pk, "reset": reset().pk,
        "program": "verify_log.py", "countersignature": countersignature().pk,
        "absence": absence().pk, "passkey": 1, "ps": "ps", "upload": upload.pk, "offer": offer.pk,
        "of_participation": "participation", "of_agreement": "agreement", "protocol_1": named("protocol:1"),
        "scan": files.on_participation().pk, "paper": files.on_version(named("protocol:1"), "ruth").pk,
        "talked": suggestion.version.agreement_id, "suggestion": suggestion.pk, "dispute": dispute.pk,
        "asked": asked().pk, "carrier": "summaryrecord", "summary": summary(),
        "quoted_kind": "fullrecord", "full_record": full_record(), "open_version": open_version(),
        "disclosure": told.pk, "disclosure_item": about_the_prison(told).pk,
        "end_stop": stop, "end_restriction": restriction, "token": token().pk, "session": delivery.record().pk,
        "merged": merged().pk, **got_out(), **assessed(), "export": exported().pk, "departure": departing().pk,
        "interference": interfered().pk, "gate_pass": asked_pass().pk, **counted(dispute),
        **threatened(), **team(), "emergency": emergency().pk,
        "held": held().pk, "year": 2026, "month": 1, "pdf": "pdf",
        "uidb36": "a1", "key": "set-password", "code": "abcd-efgh",
    }  # fmt: skip


def counted(dispute: Dispute) -> dict[str, Any]:
    """Have the prison service count by a calendar with a holiday, and find the clock of the disagreement."""
    with acting("pat") as by:
        calendar = clocks.set_calendar(
            name="The north", rest_days=[5, 6], opens=time(8), closes=time(15), time_zone="UTC", by=by
        )
        holiday = clocks.declare_holiday(calendar, day=localdate() + timedelta(days=9), name="Founding day", by=by)
    with acting("ruth"):
        clock = Running.objects.get(about_id=dispute.pk)
    return {"holiday": holiday.pk, "clock": clock.pk, "calendar_key": "a-secret-that-nobody-has"}


def disagreed() -> tuple[Suggestion, Dispute]:
    """Have Lantern propose other words for a clause, and raise a disagreement about the protocol."""
    version = agreements.proposed_framework()
    with acting("ruth") as by:
        suggestion = suggest(version, code="MOU-9", wording="Twice a year.", parameters={}, comment="Why", by=by)
        return suggestion, raise_dispute(agreements.agreed("protocol"), about="A room", by=by)


def effects() -> tuple[UUID, UUID]:
    """Grant a request: something is no longer used, and somebody is shut out."""
    with acting("pat") as by:
        about = Case.objects.get(pk=named("case"))
        said = record_request(about, right="restrict", words="x", route="x", asked_on=localdate(), by=by)
        answer_request(
            said, outcome="granted", answer="x", told="x", complain_to="x", stopped=["5"],
            shut_out=[str(named("cass"))], by=by,
        )  # fmt: skip
        return UseStop.objects.get().pk, Restriction.objects.get().pk


def open_version() -> UUID:
    """Have an agreement with an open part that both parties have signed."""
    version = agreements.proposed_framework()
    agreements.sign(version, "helen", "ruth")
    return version.pk


def about_the_prison(told: Disclosure) -> Item:
    """Have the prison asked whether something of its own may be told outside."""
    return disclosures.item(told, of=PRISON, category=9, words="Would like somebody to talk to.")


def full_record() -> UUID:
    """Return what the summary of needs was written from."""
    with acting("pat"):
        return FullRecord.objects.get(case=named("case"), category=Category.P09).pk


def summary() -> UUID:
    """Return a summary that both sides read."""
    with acting("pat"):
        return SummaryRecord.objects.get(category=Category.P09).pk


def notice_of_nadia() -> Notice:
    """Tell the mentor of a briefing."""
    with acting("nadia") as by:
        return Notice.objects.create(
            membership=by, key="briefing:1", about=About.BRIEFING, address="/", purpose="intervention"
        )


def message() -> Message:
    """Have a letter wait for the programme manager."""
    letter = Letter("notices/waiting.txt", "/", {"urgent": False, "preferences": "/"})
    to = To("pat@example.org", "en", named("user:pat"), named("pat"), PRISON)
    return put(to, letter, kind=Kind.NOTICES, way=Way.LETTER)


def asked() -> RightsRequest:
    """Have the person of the prison's case ask to see what is kept about them."""
    with acting("dora") as by:
        return record_request(
            Case.objects.get(pk=named("case")), right="access", words="Show me.", route="By letter",
            asked_on=localdate(), by=by,
        )  # fmt: skip


def merged() -> Merge:
    """Have the prison service say that two of its cases are about the same person."""
    folded = making.make_case()
    with acting("pat") as by:
        return merging.merge(Case.objects.get(pk=named("case")), folded, why="The same number.", by=by)


def got_out() -> dict[str, UUID]:
    """Have data got out at the prison service, of which one partner is told, and is to be told of more."""
    found: dict[str, UUID] = {}
    for thing in ("telling", "told"):
        with acting("dora") as by:
            breach = breaches.report(words="A list lay open.", known_at=now(), by=by)
            breaches.assess(
                breach, categories=[1], persons=2, harm="possible", measures="It was taken away.",
                partners=[Organisation.objects.get(pk=LANTERN)], by=by,
            )  # fmt: skip
            telling = Telling.objects.select_related("breach").get(breach=breach)
            found |= {"breach": breach.pk, thing: telling.pk}
            if thing == "told":
                breaches.tell(telling, text="A list lay open.", by=by)
    return found


def assessed() -> dict[str, UUID]:
    """Have the prison service assess its protocol twice: one is begun, of the other Lantern is told the outcome."""
    found: dict[str, UUID] = {}
    texts = dict.fromkeys(impact.TEXTS, "x")
    risk = {"what": "x", "expected": "possible", "lasting": "lasts", "measure": "x", "post": "programme_manager"}
    for thing in ("assessment", "outcome"):
        with acting("pat") as by:
            made = impact.begin(Version.objects.get(pk=named("protocol:1")), by=by, **texts)
            impact.state_risk(made, by=by, **risk)
            found |= {thing: made.pk, "risk": found.get("risk") or made.risks.get().pk}
    with acting("dora") as by:
        impact.advise(made, speaker="officer", words="x", by=by)
    with acting("helen") as by:
        day = localdate() + timedelta(days=30)
        impact.decide(made, decision="go", reasons="x", review_on=day, by=by)
        impact.tell(made, by=by)
    return found


def exported() -> Export:
    """Have an export asked for by the prison service."""
    with acting("pat", level=2) as by:
        return exports.ask(public_key=age.new_key()[1], by=by)


def threatened() -> dict[str, Any]:
    """Have a mentor report pressure and a threat, pause a case and ask for support; the director is the lead there."""
    with acting("nadia") as by:
        report = boundary.report(kind="contraband", words="A letter.", happened_on=localdate(), by=by)
        threat = threats.report(worker=by, triage="online", authority=None, facts={"what": "A call."}, by=by)
        support = wellbeing.begin_support(by, known_at=now(), by=by)
        pause = wellbeing.pause(Case.objects.get(pk=named("civil_case")), by=by)
    with acting("ruth") as by:
        prison = Organisation.objects.get(pk=PRISON)
        passed = boundary.pass_on(report, to=prison, ground="contraband", text="Letters.", by=by)
        incident = incidents.record(kind="media", known_on=localdate(), safeguard="No names.", by=by)
        incidents.involve(incident, party=prison, by=by)
        recommendation = incidents.write(
            incident, subject="recommendation", words="A list of numbers.", due_on=localdate(), by=by
        )
    return {
        "incident": incident.pk, "recommendation": recommendation.pk, "finding_of": "finding", "boundary": report.pk,
        "threat": threat.pk, "support": support.pk, "pause": pause.pk, "passed_on": passed.pk
    }  # fmt: skip


def departing() -> Departure:
    """Have Lantern declare that it leaves."""
    with acting("ruth", level=2) as by:
        return leaving.declare(reason="The grant ends.", by=by)


def held() -> Hold:
    """Keep requests of the person under a legal hold."""
    with acting("dora") as by:
        return place_hold(
            Case.objects.get(pk=named("case")), category=36, ground="court", words="An order",
            review_on=localdate() + timedelta(days=30), by=by,
        )  # fmt: skip


def emergency() -> Request:
    """Have a mentor who does not work on Lantern's case ask for it in an emergency."""
    with acting("max") as by:
        return ask(reference="LM-0147", ground="danger", words="x", hours=4, by=by)


def team() -> dict[str, UUID]:
    """Have a team of Lantern with a mentor and the case."""
    with acting("cora") as by:
        made = teams.make(name="Wing B", by=by)
        member = teams.join(made, worker=Membership.objects.get(pk=named("nadia")), leads=True, by=by)
        given = teams.give(made, case=Case.objects.get(pk=named("civil_case")), activity="custody", by=by)
        return {"team": made.pk, "team_member": member.pk, "team_case": given.pk}


def token() -> Token:
    """Make a token for the programme manager."""
    user, _made = User.objects.get_or_create(id=named("user:pat"), defaults={"email": "pat@example.org"})
    with acting("pat", level=2) as by:
        return make_token(
            name="Calendar", purpose="intervention", scopes=["cases"], days=30, user=user, level=2, by=by
        ).token


def reset() -> FactorReset:
    """Have the administrator ask for the second factor of the programme manager to be taken off."""
    with acting("adam", level=2) as by:
        return FactorReset.objects.create(
            organisation_id=PRISON, membership_id=named("pat"), checked="call", statement="By telephone", asked_by=by
        )


def absence() -> Absence:
    """Have the mentor away for a day."""
    with acting("cora") as by:
        at = now()
        return Absence.objects.create(
            owner_id=LANTERN, membership_id=named("nadia"), cover_id=named("max"), starts_at=at,
            ends_at=at + timedelta(days=1), created_by=by,
        )  # fmt: skip


def countersignature() -> Countersignature:
    """Let an organisation have countersigned the log."""
    checkpoints.place_lines()
    checkpoints.make()
    with acting("ruth", level=2) as by:
        own = {"organisation": by.organisation_id, "membership": by.id}
        key = Witness.objects.create(name="lantern.example.org", public_key=bytes(32), **own)
        checkpoint = Checkpoint.objects.all()[0]
        return Countersignature.objects.create(checkpoint=checkpoint, witness=key, signature=bytes(64), **own)


def end_report() -> EndReport:
    """End a second service with its report; the one of the world runs on."""
    link = making.make_link()
    making.assigned(link)
    making.make_participation(link)
    with acting("nadia") as by:
        own = Link.objects.select_related("civil_case", "civil", "authority").get(pk=link.pk)
        return write_end_report(own, summary="Twelve meetings.", outcomes=delivery.OUTCOMES, by=by)


def notice() -> SafetyNotice:
    """Warn Lantern about the person of the world."""
    with acting("pat") as by:
        case, lantern = Case.objects.get(pk=named("case")), Organisation.objects.get(pk=LANTERN)
        return send_notice(case, to=lantern, text="A person is on the wing from today.", by=by)


class Visitor:
    """Somebody who opens pages one by one, each time as if for the first time."""

    def __init__(self, name: str, level: int = 2) -> None:
        self.client = Client() if name == ANONYMOUS else signed_in(name, level=level)
        self.client.raise_request_exception = False
        self.cookies = {key: morsel.value for key, morsel in self.client.cookies.items()}

    def open(self, address: str, *, post: bool = False) -> Any:  # noqa: ANN401 - the test client's response
        self.client.cookies.clear()
        self.client.cookies.load(self.cookies)
        with transaction.atomic(), transaction.atomic(using="signin"):
            page = (self.client.post if post else self.client.get)(address, headers={"host": "localhost"})
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="signin")
        return page


def outcome(page: Any) -> str:  # noqa: ANN401 - the test client's response
    """Return what somebody got: the status, and for a redirect the name of the route it leads to."""
    if not 300 <= page.status_code < 400:
        return str(page.status_code)
    path = urlsplit(page.headers["Location"]).path
    try:
        return f"{page.status_code} {resolve(path).view_name}"
    except Resolver404:
        return f"{page.status_code} {path}"


def without_tokens(page: Any, address: str) -> str:  # noqa: ANN401 - the test client's response
    """Return a page without what differs at each answer: the token of its forms, and its own address."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode()).replace(address, "")


def comparable(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers of an answer without the moment at which it was given, and without its own number."""
    return {name: value for name, value in headers.items() if name not in {"Expires", "X-Request-Id"}}


# ---- the golden file -------------------------------------------------------------------------------------------------

Book = dict[str, dict[str, str]]


def read_golden() -> Book:
    """Read the golden file: route, persona, what they get."""
    book: Book = defaultdict(dict)
    route = ""
    for line in GOLDEN.read_text().splitlines():
        if line.startswith(" "):
            got, _, names = line.strip().partition(":  ")
            book[route] |= dict.fromkeys(EVERYBODY if names == "everybody" else names.split(), got)
        elif not line.startswith("#"):
            route = line
    return book


def write_golden(book: Book) -> None:
    """Write the golden file: for each route, who gets what."""
    lines = ["# What each route answers to whom. Written by test_routes.py; read each difference before you keep it."]
    for route in sorted(book):
        lines += ["", route]
        for got in sorted(set(book[route].values())):
            names = [name for name in EVERYBODY if book[route].get(name) == got]
            lines.append(f"    {got}:  {'everybody' if names == EVERYBODY else ' '.join(names)}")
    GOLDEN.write_text("\n".join(lines) + "\n")


def remember(persona: str, answers: dict[str, str]) -> None:
    """Write what one persona got into the golden file; several processes may do so at once."""
    with GOLDEN.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = read_golden()
        write_golden({route: {**known[route], persona: got} for route, got in answers.items()})


# ---- the tests -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("persona", EVERYBODY)
def test_every_route_answers_as_the_golden_file_says(persona: str, ids: dict[str, Any]) -> None:
    visitor = Visitor(persona)
    answers = {}
    for route in routes():
        page = visitor.open(route.address(ids))
        answers[str(route)] = outcome(page)
        if page.status_code == NOT_FOUND:
            looks_like_nothing(visitor, route, page, ids)
    if os.environ.get("GOLDEN"):
        remember(persona, answers)
    known = {route: of.get(persona) for route, of in read_golden().items()}
    wrong = [
        f"{route}: {persona} gets {answers.get(route)}, routes.txt says {known.get(route)}"
        for route in sorted(answers.keys() | known.keys())
        if answers.get(route) != known.get(route)
    ]
    assert not wrong, "\n".join([*wrong, "If that is meant: GOLDEN=1, see the top of test_routes.py"])
    assert [route for route, got in answers.items() if got.startswith("5")] == []


def looks_like_nothing(visitor: Visitor, route: Route, page: Any, ids: dict[str, Any]) -> None:  # noqa: ANN401 - as above
    """Check that what is hidden answers byte for byte as what does not exist."""
    of_nothing = {thing: NOTHING if isinstance(value, UUID) else value for thing, value in ids.items()}
    there, nowhere = route.address(ids), route.address(of_nothing)
    missing = visitor.open(nowhere)
    assert missing.status_code == NOT_FOUND, str(route)
    assert without_tokens(page, there) == without_tokens(missing, nowhere), str(route)
    assert comparable(page.headers) == comparable(missing.headers), str(route)


def test_whoever_has_not_signed_in_comes_no_further_than_the_listed_pages(ids: dict[str, Any]) -> None:
    visitor = Visitor(ANONYMOUS)
    answers = {route.name: outcome(visitor.open(route.address(ids))) for route in routes()}
    refused = {name for name, got in answers.items() if got in {"302 account_login", "401"}}
    assert answers.keys() - refused == OPEN.keys()


def test_every_route_refuses_what_does_not_come_from_its_own_form(ids: dict[str, Any]) -> None:
    visitor = Visitor("pat")
    visitor.client.handler.enforce_csrf_checks = True
    answers = {route.name: outcome(visitor.open(route.address(ids), post=True)) for route in routes()}
    assert {name: got for name, got in answers.items() if got != str(FORBIDDEN)} == WITHOUT_TOKEN


@pytest.mark.parametrize("persona", ["helen", "adam"])
def test_weighty_pages_ask_for_the_second_factor_again(persona: str, ids: dict[str, Any]) -> None:
    before, after = Visitor(persona, level=1), Visitor(persona, level=2)
    asked = set()
    for route in routes():
        if outcome(before.open(route.address(ids))) == "302 people:confirm":
            asked.add(route.name)
            assert outcome(after.open(route.address(ids))) != "302 people:confirm", str(route)
    assert asked == WEIGHTY


def test_a_new_kind_of_address_asks_for_an_example() -> None:
    with pytest.raises(AssertionError, match=r"Add .'cases:pardon', 'reason'. to PARAMETERS in test_routes.py"):
        things_for("cases:pardon", "reason")

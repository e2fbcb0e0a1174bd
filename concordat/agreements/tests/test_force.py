"""What is in force: the words of `status` are compared with what the database compiled, read as its owner."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.utils.timezone import now

from concordat.agreements import actions
from concordat.agreements.document import check_number
from concordat.agreements.models import Agreement, Ending, Kind, Signature, Suspension, Version
from concordat.agreements.status import Standing, status, with_everything
from concordat.core.errors import Refused
from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.organisations.models import Organisation

from . import ready

DAY = timedelta(days=1)
SIGNATORIES = {PRISON: "helen", LANTERN: "ruth"}

COMPILED: dict[str, str] = {
    Kind.FRAMEWORK: "SELECT valid FROM access_framework WHERE agreement = %s AND recipient = 1",
    Kind.TERMS: "SELECT t.valid FROM access_terms t JOIN agreements_version v ON v.id = t.version "
    "WHERE v.agreement_id = %s AND t.recipient = 1",
    Kind.PROTOCOL: "SELECT g.valid FROM access_grant g JOIN agreements_sharingrule r ON r.id = g.rule "
    "JOIN agreements_version v ON v.id = r.version_id WHERE v.agreement_id = %s AND g.recipient = 1",
}


@dataclass(frozen=True)
class Step:
    """Something that happens to an agreement, in days before (negative) or after now."""

    what: str
    start: float = 0
    end: float = 0
    number: int = 1


def version(agreement: Agreement, step: Step, at: datetime) -> None:
    """Write, propose and sign a version that holds from step.start to step.end."""
    with acting("helen") as by:
        found = Version.objects.filter(agreement=agreement).first()
        made = Version.objects.create(
            agreement=agreement,
            number=step.number,
            first_day=at.date(),
            last_day=at.date(),
            starts_at=at + step.start * DAY,
            ends_at=at + step.end * DAY,
            drafted_by=by,
            drafted_for_id=PRISON,
        )
        if found:
            for part in (*found.sharingrules.all(), *found.termsplaces.all()):
                part.pk, part.version = UUID(int=part.pk.int ^ made.pk.int), made
                part.save(force_insert=True)
        made.document, made.proposed_at, made.proposed_by = str(made.pk), at, by
        made.hash = check_number(made.document)
        made.save(update_fields=["document", "hash", "proposed_at", "proposed_by"])
    if step.what != "proposed":
        for organisation, name in SIGNATORIES.items():
            if step.what == "half" and organisation == LANTERN:
                continue
            with acting(name, level=2) as by:
                Signature.objects.create(
                    version=made,
                    organisation_id=organisation,
                    membership=by,
                    hash=made.hash,
                    signed_at=at + step.start * DAY,
                )


def happen(agreement: Agreement, step: Step, at: datetime) -> None:
    if step.what in ("signed", "half", "proposed"):
        version(agreement, step, at)
        return
    with acting("helen", level=2) as by:
        about: dict[str, Any] = {"agreement": agreement, "organisation_id": PRISON, "created_by": by}
        if step.what == "ended":
            Ending.objects.create(**about, reason="Over", at=at + step.start * DAY)
            return
        made = Suspension.objects.create(
            **about, ground="safety", explanation="Danger", starts_at=at + step.start * DAY, ends_at=at + step.end * DAY
        )
        if step.what == "lifted":
            made.lifted_at, made.lifted_by = at - DAY / 2, by
            made.save(update_fields=["lifted_at", "lifted_by"])


STORIES: dict[str, tuple[list[Step], Standing]] = {
    "as it is": ([], Standing.FORCE),
    "suspended": ([Step("suspended", -1, 3)], Standing.SUSPENDED),
    "suspension lapsed by itself": ([Step("suspended", -9, -1)], Standing.FORCE),
    "suspension to come": ([Step("suspended", 1, 3)], Standing.FORCE),
    "suspension lifted": ([Step("lifted", -2, 3)], Standing.FORCE),
    "one lapsed, one running": ([Step("suspended", -9, -5), Step("suspended", -1, 3)], Standing.SUSPENDED),
    "ended": ([Step("ended", -1)], Standing.ENDED),
    "to be ended": ([Step("ended", 5)], Standing.FORCE),
    "suspended and ended": ([Step("suspended", -1, 3), Step("ended", -0.5)], Standing.ENDED),
    "newer version": ([Step("signed", -1, 30, 2)], Standing.FORCE),
    "newer version is over": ([Step("signed", -9, -1, 2)], Standing.LAPSED),
    "newer version to come": ([Step("signed", 2, 30, 2)], Standing.FORCE),
    "newer version signed by one": ([Step("half", -1, 30, 2)], Standing.FORCE),
    "newer version proposed": ([Step("proposed", -1, 30, 2)], Standing.FORCE),
    "newer version, suspended": ([Step("signed", -3, 30, 2), Step("suspended", -1, 1)], Standing.SUSPENDED),
    "older version signed late": ([Step("signed", -3, 30, 9), Step("signed", -1, 30, 5)], Standing.FORCE),
}


def compiled(owner_dsn: str, agreement: Agreement, at: datetime) -> bool:
    """Say whether the database holds the agreement to be in force at that moment."""
    with psycopg.connect(owner_dsn) as owner:
        pieces = [row[0] for row in owner.execute(COMPILED[agreement.kind].encode(), [agreement.pk])]
    return any(at in piece for piece in pieces)


@pytest.mark.requirement("MOU-25", "ISP-24")
@pytest.mark.parametrize("story", STORIES)
def test_words_and_database_agree(own_database: str, owner_dsn: str, story: str) -> None:
    """For each of the three instruments, now and at moments around now."""
    at = now()
    steps, expected = STORIES[story]
    for kind in ("terms", "protocol", "framework"):
        with acting("helen"):
            agreement = Agreement.objects.get(pk=named(kind))
        for step in steps:
            happen(agreement, step, at)
        with acting("helen"):
            found = with_everything().get(pk=agreement.pk)
            assert status(found, at + timedelta(seconds=1)).standing == expected
            moments = [at + hours * timedelta(hours=1) for hours in (-300, -200, -50, -13, -11, 1, 25, 60, 140, 1000)]
            said = [status(found, moment).in_force for moment in moments]
        assert said == [compiled(owner_dsn, agreement, moment) for moment in moments]
        assert compiled(owner_dsn, agreement, at + timedelta(seconds=1)) is (expected == Standing.FORCE)


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (Step("suspended", -1, 3), Standing.SUSPENDED),
        (Step("ended", -1), Standing.ENDED),
        (Step("signed", -9, -1, 2), Standing.LAPSED),
        (Step("signed", -9, 9, 2), Standing.FORCE),
    ],
)
def test_what_stands_below_falls_with_its_framework(
    own_database: str, owner_dsn: str, step: Step, expected: Standing
) -> None:
    at = now()
    with acting("helen"):
        framework = Agreement.objects.get(pk=named("framework"))
    happen(framework, step, at)
    for kind in ("terms", "protocol"):
        with acting("ruth"):
            found = with_everything().get(pk=named(kind))
            assert status(found).standing == expected
        assert compiled(owner_dsn, found, now()) is (expected == Standing.FORCE)


def test_below_a_framework_that_was_never_signed_nothing_is_in_force(own_database: str, owner_dsn: str) -> None:
    """Terms signed by both wait for their framework."""
    with acting("helen") as by:
        frame = actions.propose(ready.framework(by, other=LANTERN), by=by)
        actions.propose(ready.protocol(by, frame.agreement), by=by)
        terms = actions.propose(ready.terms(by, frame.agreement), by=by)
    ready.sign(terms, "helen", "ruth")
    with acting("helen"):
        found = with_everything().get(pk=terms.agreement_id)
        assert status(found).standing == Standing.WAITING
    assert not compiled(owner_dsn, found, now())
    ready.sign(frame, "ruth", "helen")
    with acting("helen"):
        found = with_everything().get(pk=terms.agreement_id)
        assert status(found).standing == Standing.FORCE
    assert compiled(owner_dsn, found, now())


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (ready.framework, Standing.DRAFT),
        (lambda by: actions.propose(ready.framework(by), by=by), Standing.PROPOSED),
    ],
)
def test_what_nobody_signed(own_database: str, make: Callable[[Any], Version], expected: Standing) -> None:
    with acting("helen") as by:
        made = make(by)
        assert status(with_everything().get(pk=made.agreement_id)).standing == expected


def test_the_last_day_ends_in_the_time_zone_of_the_agreement(own_database: str) -> None:
    with acting("helen") as by:
        made = actions.draft(
            kind=Kind.FRAMEWORK,
            title="Far away",
            other=Organisation.objects.get(pk=LANTERN),
            time_zone="Pacific/Auckland",
            by=by,
            first_day=datetime(2026, 7, 1, tzinfo=UTC).date(),
            last_day=datetime(2026, 7, 31, tzinfo=UTC).date(),
        )
    assert made.starts_at == datetime(2026, 6, 30, 12, tzinfo=UTC)
    assert made.ends_at == datetime(2026, 7, 31, 12, tzinfo=UTC)


# ---- what the owner of the database changes ------------------------------------------------------------------------


def test_a_text_whose_facts_have_changed_is_not_signed(own_database: str, owner_dsn: str) -> None:
    """What a text says of a party is signed with it: when it has changed since, a new version is needed."""
    proposed = ready.proposed_framework()
    with psycopg.connect(owner_dsn) as owner:
        owner.execute("UPDATE organisations_organisation SET controlled_by = 'The ministry' WHERE id = %s", [LANTERN])
    with acting("helen", level=2) as by, pytest.raises(Refused, match="has changed since it was proposed"):
        actions.sign(Version.objects.get(pk=proposed.pk), hash=proposed.hash, by=by)


def test_which_side_a_party_stands_on_is_fixed_by_its_signature(own_database: str, owner_dsn: str) -> None:
    with (
        psycopg.connect(owner_dsn) as owner,
        pytest.raises(psycopg.errors.CheckViolation, match="does not change sides"),
    ):
        owner.execute("UPDATE organisations_organisation SET side = 'authority' WHERE id = %s", [LANTERN])
    with acting("helen"):
        assert not Organisation.objects.get(pk=LANTERN).is_authority

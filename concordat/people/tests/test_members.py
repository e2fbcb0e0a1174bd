from collections.abc import Callable
from itertools import product
from uuid import UUID, uuid4

import psycopg
import pytest
from django.apps import apps
from django.db import IntegrityError, ProgrammingError, connection
from django.test.utils import CaptureQueriesContext

from concordat.cases.models import Assignment
from concordat.core.codes import Purpose
from concordat.core.errors import Refused
from concordat.core.testing.filling import send
from concordat.demo.world import PRISON, acting, named
from concordat.ledger.models import Record
from concordat.organisations.models import Organisation
from concordat.people import actions
from concordat.people.models import Invitation, Membership
from concordat.people.tests.conftest import Browser

MOVE = {"roles": ["case_officer"], "title": "Officer", "unit": "East wing", "keeps_work": "end"}


def address(what: str, who: str = "pat") -> str:
    return f"/people/{named(who)}/{what}/"


def lines_of(owner_dsn: str) -> list[tuple[str, UUID]]:
    with psycopg.connect(owner_dsn) as owner:
        return owner.execute(
            "SELECT what, membership FROM ledger_entry WHERE kind = 'change' AND what LIKE 'membership.%' ORDER BY at"
        ).fetchall()


def test_the_members_of_an_organisation(adam: Browser) -> None:
    page = adam.client.get("/people/").content.decode()
    assert "Pat Vell" in page
    assert "Ruth Okar" not in page  # of a partner
    assert "Nobody changes their own membership." in page


def test_only_an_administrator_is_offered_changes(pat: Browser) -> None:
    page = pat.client.get("/people/").content.decode()
    assert "Only an administrator of Prison Service can do this." in page
    assert "Change roles" not in page
    refused = pat.client.post(address("end", "cass"))
    assert refused.status_code == 422
    assert "Only an administrator of Prison Service can do this." in refused.content.decode()


def test_a_leaver_is_out_the_same_second(pat: Browser, adam: Browser, owner_dsn: str) -> None:
    assert pat.client.get("/people/").status_code == 200
    assert "At once nothing of Prison Service" in adam.client.get(address("end")).content.decode()
    assert adam.client.post(address("end")).status_code == 302

    assert pat.client.get("/people/").status_code == 403
    assert lines_of(owner_dsn)[-1] == ("membership.ended", named("adam"))


def test_other_roles_hold_from_the_next_request_on(adam: Browser, owner_dsn: str) -> None:
    asked = send(adam.client, address("roles"), MOVE)
    assert asked.status_code == 200
    page = asked.content.decode()
    for words in ("Programme manager", "Case officer", "East wing", "All their cases end in the same second"):
        assert words in page
    assert Membership.objects.using("signin").get(id=named("pat")).roles == [
        "programme_manager"
    ]  # one step is not enough
    assert send(adam.client, address("roles"), MOVE | {"checked": "1"}).status_code == 302
    moved = Membership.objects.using("signin").get(id=named("pat"))
    assert (moved.roles, moved.title, moved.unit) == (["case_officer"], "Officer", "East wing")
    assert lines_of(owner_dsn)[-1] == ("membership.moved", named("adam"))


@pytest.mark.requirement("ISP-19")
def test_a_mover_leaves_the_cases_behind_unless_it_is_said_otherwise(adam: Browser) -> None:
    for keeps, left in (("keep", 1), ("end", 0)):
        send(adam.client, address("roles"), MOVE | {"keeps_work": keeps, "unit": keeps, "checked": "1"})
        with acting("pat"):
            assert Assignment.objects.filter(membership_id=named("pat"), ends_at=None).count() == left


def test_a_move_that_changes_nothing_is_refused(adam: Browser) -> None:
    same = {"roles": ["programme_manager"], "title": "Programme manager", "unit": "", "keeps_work": "end"}
    for step in ({}, {"checked": "1"}):
        page = send(adam.client, address("roles"), same | step)
        assert "Nothing would change" in page.content.decode()


@pytest.mark.parametrize(("who", "level"), [("adam", 1), ("cora", 2), ("cass", 2)])
def test_nobody_else_ends_the_work_of_a_member(own_database: str, who: str, level: int) -> None:
    with acting(who, level=level), connection.cursor() as cursor:
        cursor.execute("SELECT access.end_work_of(%s)", [named("pat")])
        assert cursor.fetchone() == (0,)
    with acting("adam", level=2), connection.cursor() as cursor:
        cursor.execute("SELECT access.end_work_of(%s)", [named("pat")])
        assert cursor.fetchone() == (1,)


@pytest.mark.requirement("PP-22")
def test_an_administrator_reads_no_record(own_database: str) -> None:
    records = [model for model in apps.get_models() if issubclass(model, Record)]
    seen = {name: set[str]() for name in ("adam", "pat")}
    for name, purpose in product(seen, Purpose):
        with acting(name, purpose=purpose, level=2):
            seen[name] |= {model.__name__ for model in records if is_seen(model)}
    assert seen["adam"] == set()
    assert {"Case", "Identity"} <= seen["pat"]  # there is something to read


def is_seen(model: type[Record]) -> bool:
    manager = model._meta.default_manager
    assert manager
    return manager.exists()


@pytest.mark.requirement("PP-22")
def test_an_administrator_gets_no_content_role_beside(adam: Browser) -> None:
    page = send(adam.client, address("roles"), MOVE | {"roles": ["administrator", "case_officer"], "checked": "1"})
    assert "An administrator sees no content" in page.content.decode()
    assert Membership.objects.using("signin").get(id=named("pat")).roles == ["programme_manager"]


@pytest.mark.requirement("PP-22")
def test_an_administrator_does_not_change_their_own_membership(own_database: str) -> None:
    with acting("adam", level=2) as adam:
        with pytest.raises(Refused, match="Nobody changes their own membership"):
            actions.move(adam, roles=["case_officer"], title="A", unit="", keeps_work=True, by=adam)
        with pytest.raises(Refused, match="Nobody changes their own membership"):
            actions.end(adam, by=adam)


@pytest.mark.requirement("PP-22")
def test_the_database_refuses_it_too(own_database: str) -> None:
    """Whatever the program thinks: as the application role, under the context of an administrator."""
    me = named("user:adam")
    own = Membership(id=uuid4(), user_id=me, organisation_id=PRISON, shown_name="A", title="A", roles=["case_officer"])
    for change in (
        lambda: Membership.objects.filter(id=named("adam")).update(roles=["case_officer"]),
        lambda: own.save(force_insert=True),
    ):
        with pytest.raises(IntegrityError, match="nobody changes their own membership"), acting("adam", level=2):
            change()
    with pytest.raises(ProgrammingError, match="permission denied"), acting("adam", level=2):
        Membership.objects.filter(id=named("pat")).update(user_id=me)


def test_an_administrator_reaches_no_other_organisation(own_database: str) -> None:
    with acting("adam", level=2) as adam:
        ruth = Membership.objects.get(id=named("ruth"))
        with pytest.raises(Refused, match="Only an administrator of Lantern"):
            actions.end(ruth, by=adam)
        assert Membership.objects.filter(id=ruth.id).update(title="Changed") == 0
        with pytest.raises(Refused, match="Only an administrator of Lantern"):
            invite(adam, Organisation.objects.get(slug="lm"))


def invite(by: Membership, organisation: Organisation) -> actions.Invited:
    return actions.invite(
        organisation, shown_name="Ann", title="Officer", roles=["case_officer"], email="ann@example.org", by=by
    )


def test_inviting_needs_the_second_factor_in_the_database_as_well(own_database: str) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), acting("adam", level=1) as adam:
        invite(adam, adam.organisation)


def test_an_ended_membership_stays_ended(own_database: str) -> None:
    with acting("adam", level=2) as adam:
        pat = actions.end(Membership.objects.get(id=named("pat")), by=adam)
        with pytest.raises(Refused, match="has ended"):
            actions.move(pat, roles=["case_officer"], title="A", unit="", keeps_work=True, by=adam)


def test_the_invitation_of_an_ended_membership_is_worth_nothing(own_database: str) -> None:
    with acting("adam", level=2) as adam:
        invited = invite(adam, adam.organisation)
        assert actions.find_invitation(invited.code)
        actions.end(invited.membership, by=adam)
    assert actions.find_invitation(invited.code) is None


def test_the_code_of_an_invitation_is_nowhere_in_the_database(own_database: str) -> None:
    with acting("adam", level=2) as adam:
        invited = invite(adam, adam.organisation)
    row = Invitation.objects.values().get()
    assert invited.code not in str(row)
    assert invited.code.replace("-", "") not in str(row)


def test_the_number_of_questions_does_not_grow_with_the_members(adam: Browser, as_owner: Callable[..., None]) -> None:
    counts = []
    adam.client.get("/people/")
    for _twice in range(2):
        with CaptureQueriesContext(connection) as asked:
            adam.client.get("/people/")
        counts.append(len(asked))
        as_owner(
            "INSERT INTO people_membership (id, user_id, organisation_id, shown_name, title, roles, valid_from) "
            "SELECT gen_random_uuid(), gen_random_uuid(), organisation_id, shown_name, title, roles, valid_from "
            "FROM people_membership WHERE organisation_id = %s", PRISON,
        )  # fmt: skip
    assert counts[0] == counts[1]

"""What each role of the database reaches, tried in SQL."""

from collections.abc import Callable

import psycopg
import pytest
from django.apps import apps
from psycopg import errors

from concordat.people.router import SIGNIN, alias_of

SECRET = [
    "people_hold", "people_user", "people_session", "people_invitation", "people_keptpost", "people_persona",
    "people_cache", "notices_message", "notices_watch", "mfa_authenticator", "account_emailaddress",
    "account_emailconfirmation", "auth_group", "auth_permission", "auth_group_permissions",
    "django_content_type", "django_migrations", "people_subject", "people_token",
]  # fmt: skip


@pytest.mark.parametrize("table", SECRET)
@pytest.mark.parametrize(
    "statement", ["SELECT 1 FROM {}", "DELETE FROM {}", "INSERT INTO {} DEFAULT VALUES", "TRUNCATE {}"]
)
def test_the_application_does_not_reach_what_signs_people_in(
    dsn: Callable[[str], str], table: str, statement: str
) -> None:
    with psycopg.connect(dsn("concordat_app")) as app, pytest.raises(errors.InsufficientPrivilege):
        app.execute(statement.format(table).encode())


def test_every_model_of_the_sign_in_role_is_among_them() -> None:
    models = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if alias_of(model) == SIGNIN}
    assert models <= set(SECRET)


def test_the_sign_in_role_reaches_exactly_its_tables(owner_dsn: str) -> None:
    with psycopg.connect(owner_dsn) as owner:
        found = owner.execute(
            "SELECT table_name, string_agg(left(privilege_type, 1), '' ORDER BY privilege_type) "
            "FROM information_schema.role_table_grants WHERE grantee = 'concordat_signin' GROUP BY table_name"
        ).fetchall()
    assert dict(found) == {
        "account_emailaddress": "S",
        "mfa_authenticator": "DISU",
        "notices_message": "DISU",
        "notices_watch": "ISU",
        "organisations_organisation": "S",
        "people_cache": "DISU",
        "people_hold": "S",
        "people_invitation": "ISU",
        "people_keptpost": "DISU",
        "people_membership": "S",
        "people_persona": "IS",
        "people_provider": "S",
        "people_session": "DISU",
        "people_subject": "IS",
        "people_token": "IS",
        "people_tokenpermit": "S",
        "people_user": "ISU",
    }


def test_the_sign_in_role_changes_no_membership(dsn: Callable[[str], str]) -> None:
    for statement in ("UPDATE people_membership SET roles = '{}'", "DELETE FROM people_membership"):
        with psycopg.connect(dsn("concordat_signin")) as signin, pytest.raises(errors.InsufficientPrivilege):
            signin.execute(statement.encode())


def test_the_application_takes_up_no_invitation(dsn: Callable[[str], str]) -> None:
    with psycopg.connect(dsn("concordat_app")) as app, pytest.raises(errors.InsufficientPrivilege):
        app.execute("SELECT people.take_up('', gen_random_uuid())")

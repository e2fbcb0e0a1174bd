"""The real server keeps to its description: schemathesis sends what fits it and what does not, to every operation."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from pytest_django import DjangoDbBlocker

from concordat.api.api import api
from concordat.api.document import whole
from concordat.api.shapes.common import Sent
from concordat.core.testing import throwaway
from concordat.core.testing.browser import external, served
from concordat.core.testing.machines import token_of
from concordat.core.testing.plugin import connected_to
from concordat.demo.world import named
from concordat.people.models import Scope

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed; it comes with make test")
CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance",
    "response_headers_conformance", "negative_data_rejection",
)  # fmt: skip
EXAMPLES = 10  # of each kind, for each operation
DOCUMENT = whole(api)
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
schemathesis.checks.load_all_checks()
OPERATIONS = {
    operation["operationId"]: (path, method)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}
# What stands in for the parameters of an address in half of the cases; the others are of nothing.
THERE = {
    "link": "link", "referral": "referral", "service": "service", "goals": "goals",
    "briefing": "briefing", "agreement": "protocol", "participation": "participation",
}  # fmt: skip
OFFICE = {"agreements", "agreement", "read_by", "checkpoint", "countersign", "countersignature", "record_key"}
OF_PAT = {"draft_referral", "send_referral"}
OF_NADIA = {"newest_briefings", "briefing", "acknowledge_briefing", "record_session"}
OF_INES = {"uploads", "upload", "stage", "confirm_upload", "load_upload"}


class Server:
    """The server, and the keys with which it is asked."""

    def __init__(self, address: str, keys: dict[str, str]) -> None:
        self.address, self.keys = address, keys

    def headers_for(self, operation: str) -> dict[str, str]:
        """Return the token with which an operation leads somewhere."""
        of = {"office": OFFICE, "pat": OF_PAT, "nadia": OF_NADIA, "ines": OF_INES}
        who = next((who for who, operations in of.items() if operation in operations), "cora")
        return {"Authorization": f"Bearer {self.keys[who]}"}


@pytest.fixture(scope="module")
def server(template_database: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Server]:
    """Serve a copy of the world, with tokens of some of its people."""
    with throwaway.copy_of_template(template_database, "schema") as database:
        with django_db_blocker.unblock(), connected_to(database):
            keys = {
                "cora": token_of("cora").key,
                "pat": token_of("pat").key,
                "nadia": token_of("nadia").key,
                "office": token_of("cora", purpose="administration").key,
                "ines": token_of("ines", purpose="administration").key,
            }
        others = {"CONCORDAT_DEMO": "0", "CONCORDAT_API_RATE": "100000"}
        with served(external(template_database, database) | others) as (address, _child):
            yield Server(address, keys)


def there(parameters: dict[str, Any], *, case_of: str) -> dict[str, Any]:
    """Let half of the numbers be those of things that are there."""
    known = {**THERE, "case": case_of}
    return {
        name: str(named(known[name])) if name in known and is_even(value) else value
        for name, value in parameters.items()
    }


def is_even(value: object) -> bool:
    try:
        return UUID(str(value)).int % 2 == 0
    except ValueError:
        return False


@pytest.mark.parametrize("mode", schemathesis.GenerationMode, ids=lambda mode: mode.value)
@pytest.mark.parametrize("name", OPERATIONS)
def test_the_server_keeps_to_its_description(name: str, mode: Any, server: Server) -> None:  # noqa: ANN401 - untyped
    path, method = OPERATIONS[name]
    operation = SCHEMA[path][method]

    @settings(
        max_examples=EXAMPLES, derandomize=True, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:  # noqa: ANN401 - untyped
        case.path_parameters = there(case.path_parameters or {}, case_of="case" if name in OF_PAT else "civil_case")
        more = ["ignored_auth"] if mode.is_positive else []
        checks = schemathesis.checks.CHECKS.get_by_names([*CHECKS, *more])
        case.call_and_validate(base_url=server.address, headers=server.headers_for(name), checks=checks, timeout=30)

    ask()


def test_every_operation_has_its_words_and_every_refusal() -> None:
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            about = f"{method} {path}"
            assert operation["summary"], about
            assert operation["description"], about
            assert {"400", "401", "403", "404", "422", "429", "503"} <= operation["responses"].keys(), about
            assert ("409" in operation["responses"]) == (method == "post"), about
            assert len(operation["security"]) == 2, about
    assert DOCUMENT["openapi"].startswith("3.1")


@pytest.mark.parametrize("shape", Sent.__subclasses__(), ids=lambda shape: shape.__name__)
def test_each_example_fits_its_own_shape(shape: type[Sent]) -> None:
    examples = shape.model_json_schema().get("examples", [])
    assert examples or shape.__name__ in {"NewNote", "NewGoal", "NewOutcome"}, "a part of others needs none"
    for one in examples:
        assert shape.model_validate(one).model_dump()


@pytest.mark.parametrize("scope", Scope)
def test_each_scope_opens_something(scope: Scope) -> None:
    asked = [one["security"][0]["Token"] for path in DOCUMENT["paths"].values() for one in path.values()]
    assert [scope] in asked

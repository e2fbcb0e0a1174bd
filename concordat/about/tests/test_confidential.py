"""The word "confidential" never stands alone: what is excepted is computed from what was agreed."""

import re

import pytest
from django.test import Client

from concordat.agreements import actions
from concordat.agreements.tests import ready
from concordat.core.testing.visitor import signed_in
from concordat.core.translations import PACKAGE
from concordat.demo.world import LANTERN, acting, named

pytestmark = pytest.mark.django_db

CRIME = "Planning an attack, Criminal Code s. 138"
COURT = "A court orders it, or a lawful search finds it"


def page_of(client: Client) -> str:
    answer = client.get("/about/confidential")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def agree_on(**limits: object) -> None:
    """Bring a protocol with these limits of confidentiality into force between prison service and mentors."""
    with acting("helen") as by:
        frame = ready.framework(by, other=LANTERN)
        actions.propose(frame, by=by)
        protocol = ready.protocol(by, frame.agreement)
        ready.answer(protocol, "ISP-9", by, **limits)
        actions.propose(protocol, by=by)
    ready.sign(frame, "helen", "ruth")
    ready.sign(protocol, "helen", "ruth")


@pytest.mark.requirement("PP-9", "MOU-13", "ISP-9")
@pytest.mark.parametrize(
    ("agreed", "told", "untold"),
    [
        ({"warnings": ["harm"]}, ["serious harm soon"], ["child or an adult is at risk", "The law orders"]),
        ({"warnings": ["harm", "safeguarding"]}, ["serious harm soon", "adult is at risk"], ["The law orders"]),
        ({"warnings": ["harm", "statute"], "crimes": [CRIME]}, ["serious harm soon", CRIME], ["adult is at risk"]),
        ({"warnings": ["harm", "statute"]}, ["The law orders that a crime is reported"], [CRIME]),
    ],
)
def test_the_exceptions_are_those_of_the_protocol(
    agreed: dict[str, object], told: list[str], untold: list[str]
) -> None:
    agree_on(**agreed)
    shown = page_of(signed_in("nadia"))
    assert all(words in shown for words in (*told, COURT, "could read what is not sealed"))
    assert not any(words in shown for words in untold)


@pytest.mark.requirement("ISP-1")
@pytest.mark.parametrize(
    ("reader", "partner", "contact"), [("nadia", "Prison", "Dora Quill"), ("pat", "Lantern", "Faye Holt")]
)
def test_each_party_reads_whom_to_ask_at_the_other(reader: str, partner: str, contact: str) -> None:
    agree_on(warnings=["harm"])
    shown = page_of(signed_in(reader))
    assert partner in shown
    assert f"Who answers for data protection there: {contact}." in shown


def test_without_signing_in_only_what_always_holds_is_said() -> None:
    agree_on(warnings=["harm", "statute"], crimes=[CRIME])
    for client in (Client(), signed_in("otto")):
        shown = page_of(client)
        assert COURT in shown
        assert CRIME not in shown


@pytest.mark.requirement("PP-9")
def test_the_record_of_a_session_says_when_it_is_told_all_the_same() -> None:
    agree_on(warnings=["harm", "statute"], crimes=[CRIME])
    shown = signed_in("nadia").get(f"/delivery/{named('link')}/sessions/record/").content.decode()
    assert CRIME in shown


@pytest.mark.requirement("PP-9")
def test_no_page_calls_anything_confidential_by_itself() -> None:
    pages = [path for path in PACKAGE.rglob("templates/**/*.html") if "node_modules" not in path.parts]
    alone = [path.name for path in pages if re.search(r"\bconfidential", path.read_text(), re.IGNORECASE)]
    assert len(pages) > 100
    assert alone == ["confidential.html"]

"""The examples of the guide, carried out as they stand by the shell, against the real server."""

import json
import re
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils.timezone import now

from concordat.core.testing.browser import external, served
from concordat.core.testing.machines import token_of
from concordat.demo.world import named
from concordat.people.models import Scope

GUIDE = Path(__file__).parents[3] / "docs" / "guide" / "api.md"
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture
def ran(own_database: str, template_database: Path) -> list[str]:
    """Carry out every block of the guide, each with the address, a key and the numbers of the world."""
    if shutil.which("curl") is None:
        pytest.skip("There is no curl on this machine. It comes with: apt install curl")
    key, began = token_of("nadia").key, (now() - timedelta(seconds=30)).isoformat()
    with served(external(template_database, own_database) | {"CONCORDAT_DEMO": "0"}) as (address, _child):
        known = {"CONCORDAT": address, "TOKEN": key, "CASE": named("civil_case"), "LINK": named("link"), "BEGAN": began}
        environment = {"PATH": "/usr/bin:/bin", **{name: str(value) for name, value in known.items()}}
        return [run(block, environment) for block in BLOCKS]


def run(block: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        ["/bin/sh", "-ec", block], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_the_examples_do_what_the_guide_says(ran: list[str]) -> None:
    me, lists, session, briefing, described, refused = ran
    assert json.loads(me)["name"] == "Nadia Brandt"
    assert '"reference": "A-1001"' in lists
    assert '"cause": "transport"' in session
    assert "Room 4, escort to the door." in briefing
    assert json.loads(described)["openapi"].startswith("3.1")
    problem = json.loads(refused)
    assert problem["status"] == 422
    assert problem["errors"][0]["field"] == "minutes"


def test_the_guide_names_every_scope() -> None:

    text = GUIDE.read_text(encoding="utf-8")
    assert [scope for scope in Scope if f"`{scope}`" not in text] == []

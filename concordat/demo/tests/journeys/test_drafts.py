"""Begin a long text, leave, come back and go on with it: with a script that keeps it by itself, and without any."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from concordat.demo.tests.journeys.seat import Manner, Seat
from concordat.demo.world import named
from concordat.people import actions, drafts

WORDS = "Twelve meetings, and then the library"
KEEP = "button[name=draft-keep]"


@pytest.mark.parametrize(
    "manner",
    [Manner(scripts=True, language="en", width=1280), Manner(scripts=False, language="ar", width=375)],
    ids=["with scripts", "without scripts, in Arabic, on a telephone"],
)
def test_a_report_is_begun_and_gone_on_with(own_database: str, seat: Callable[[str], Seat], manner: Manner) -> None:
    user = named("user:cora")
    actions.make_persona(user, email="cora@example.org", order=1, story="Coordinator", language=manner.language)
    cora = seat("cora")
    cora.open("delivery:write_end_report", named("link"))
    cora.page.fill("[name=summary]", WORDS)
    if manner.scripts:
        expect(cora.page.locator("[data-draft-url]")).to_contain_text("Kept as a draft", timeout=15_000)
        cora.open("today:today")  # she simply leaves
    else:
        cora.go(cora.page.locator(KEEP).click)
    (draft,) = drafts.own(user)

    cora.go(cora.page.locator(f'main a[href="{drafts.address_of(draft)}"]').click)
    expect(cora.page.locator("[name=summary]")).to_have_value(WORDS)
    cora.send(achieved_1="partly", comment_1="Most weeks")
    assert not drafts.own(user)
    assert not cora.complaints

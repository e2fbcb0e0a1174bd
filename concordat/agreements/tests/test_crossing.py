"""Rules that take something from each other: said with the clause, and so as the compiler does it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from concordat.access.simulation import simulate
from concordat.agreements import actions, onward, validator
from concordat.agreements.models import SharingRule, Version
from concordat.core.codes import Category, Condition, Form, Purpose
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import LANTERN, PRISON, STRANGER, acting
from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.people.roles import Role

from . import ready

pytestmark = pytest.mark.django_db

GIVEN: dict[str, Any] = {
    "category": Category.P15,
    "form": Form.SUMMARY,
    "purpose": Purpose.INTERVENTION,
    "role": Role.FACILITATOR,
    "condition": Condition.PARTICIPATION,
    "basis": "Act, s. 7",
}


def give(version: Version, by: Membership, owner: int = PRISON, **changes: object) -> SharingRule:
    return actions.add_rule(version, owner=Organisation.objects.get(pk=owner), by=by, **{**GIVEN, **changes})


def forbid(version: Version, by: Membership, owner: int = PRISON, category: Category = Category.P15) -> None:
    actions.add_prohibition(version, owner=Organisation.objects.get(pk=owner), category=category, by=by)


def said(version: Version) -> list[tuple[str, str]]:
    return [(one.clause, one.problem) for one in validator.crossing(version)]


def newer(by: Membership) -> Version:
    """Return a new version of the world's protocol, without the rules of the old one."""
    version = actions.new_version(ready.agreed("protocol"), by=by)
    version.sharingrules.all().delete()
    return version


def test_a_rule_that_the_same_text_forbids_gives_nothing() -> None:
    with acting("helen") as by:
        version = newer(by)
        give(version, by)
        assert said(version) == []
        forbid(version, by)
        ((clause, problem),) = said(version)
        assert clause == "ISP-4"
        assert "the same text forbids it, so this rule gives nothing" in problem
        assert not any(one.opens for one in simulate(version, by=by).cells)


def test_what_several_roles_lose_is_said_once() -> None:
    with acting("helen") as by:
        version = newer(by)
        give(version, by)
        give(version, by, role=Role.COORDINATOR)
        forbid(version, by)
        assert len(said(version)) == 1


def test_a_prohibition_in_the_other_direction_takes_nothing() -> None:
    with acting("helen") as by:
        version = newer(by)
        give(version, by)
        forbid(version, by, owner=LANTERN)
        assert said(version) == []


def test_a_rule_outside_the_days_of_its_version_gives_nothing() -> None:
    with acting("helen") as by:
        version = newer(by)
        give(version, by, last_day=version.first_day - timedelta(days=1))
        assert "its days lie outside those of the agreement" in said(version)[0][1]


@pytest.mark.parametrize(
    ("changes", "shadowed"),
    [
        ({}, True),
        ({"form": Form.DATE}, True),
        ({"first_day": localdate(), "last_day": localdate() + timedelta(days=9)}, True),
        ({"form": Form.FULL}, True),  # then the first one stands in the shadow
        ({"condition": Condition.NONE}, True),
        ({"condition": Condition.RELATIVE}, False),
        ({"role": Role.COORDINATOR}, False),
        ({"purpose": Purpose.REINTEGRATION}, False),
        ({"form": Form.THRESHOLD}, False),
        ({"form": Form.FULL, "last_day": localdate() + timedelta(days=9)}, False),
    ],
)
def test_a_rule_inside_another_one_adds_nothing(changes: dict[str, Any], *, shadowed: bool) -> None:
    with acting("helen") as by:
        version = newer(by)
        give(version, by)
        give(version, by, **changes)
        found = said(version)
        assert len(found) == int(shadowed), "one of two is named, never both"
        assert all("adds nothing" in problem for _clause, problem in found)


@pytest.mark.parametrize("alone", [0, 1])
def test_what_stands_in_the_shadow_can_be_taken_out_without_a_change(alone: int) -> None:
    """What the words say is what the database does: the cells are the same with and without the narrower rule."""
    with acting("helen") as by:
        version = newer(by)
        give(version, by, form=Form.FULL)
        narrow = give(version, by)
        both = {(one.category, one.form) for one in simulate(version, by=by).cells if one.opens}
        actions.remove_part(narrow if alone else version.sharingrules.get(form=Form.FULL), by=by)
        left = {(one.category, one.form) for one in simulate(version, by=by).cells if one.opens}
        assert (both == left) is bool(alone)


def second_protocol(by: Membership) -> Version:
    frame = ready.agreed("framework")
    version = actions.draft(kind="protocol", title="A second protocol", framework=frame, by=by, **ready.days())
    actions.fill_rules(version, template="custody", basis="Prison Act, s. 7", by=by)
    ready.fill(version, ready.PROTOCOL_ANSWERS, by)
    version.sharingrules.exclude(category=Category.P07).delete()
    return version


def test_one_agreement_gives_what_another_forbids() -> None:
    with acting("helen") as by:
        old = newer(by)
        forbid(old, by, category=Category.P09)
        ready.freeze(old, by)
    ready.sign(old, "helen", "ruth")
    with acting("helen") as by:
        version = second_protocol(by)
        give(version, by, category=Category.P09)
        assert [problem.partition(": ")[2] for _clause, problem in said(version)] == [
            "“Information-sharing protocol on mentoring” (PROTOCOL) forbids it, so this rule gives nothing."
        ]


def test_a_prohibition_takes_away_what_another_agreement_gives() -> None:
    with acting("helen") as by:
        version = second_protocol(by)
        forbid(version, by, category=Category.P09)
        ((clause, problem),) = said(version)
        assert clause == "ISP-10"
        assert "takes it away there too" in problem
        assert any(one.ceases and one.category == Category.P09 for one in simulate(version, by=by).cells)


def test_both_parties_read_it_before_they_sign() -> None:
    with acting("helen") as by:
        version = newer(by)
        give(version, by)
        forbid(version, by)
        ready.freeze(version, by)
    for name in ("helen", "ruth"):
        page = signed_in(name).get(f"/agreements/{version.agreement_id}/versions/{version.number}/opens/")
        assert "the same text forbids it" in page.content.decode()


# ---- where it could travel -----------------------------------------------------------------------------------------


def test_what_one_gives_could_go_on_to_a_body_that_reads_by_law() -> None:
    with acting("helen") as by:
        version = newer(by)
        give(version, by, owner=LANTERN, category=Category.P07, form=Form.FULL, role=Role.PROGRAMME_MANAGER)
        assert onward.ways(version) == [
            "Safety briefing of Lantern Mentoring could reach Ombudsman over Prison Service (Ombudsman Act, s. 12)."
        ]
        version.sharingrules.update(category=Category.P15)
        assert onward.ways(version) == []


def with_a_third(by: str = "helen", *, published: bool = True) -> None:
    """Let Stranger Aid give the prison service what it knows about money, under a protocol that both signed."""
    with acting(by) as helen:
        draft = ready.framework(helen, other=STRANGER)
        ready.answer(draft, "MOU-26", helen, published=published)
        frame = ready.freeze(draft, helen)
    ready.sign(frame, "helen", "otto")
    with acting(by) as helen:
        protocol = ready.protocol(helen, frame.agreement)
        protocol.sharingrules.all().delete()
        give(protocol, helen, owner=STRANGER, role=Role.PROGRAMME_MANAGER)
        ready.freeze(protocol, helen)
    ready.sign(protocol, "helen", "otto")


def test_what_a_third_gives_could_come_through_as_whoever_reads_the_open_part_learns() -> None:
    with acting("helen") as by:
        version = newer(by)
        give(version, by)
        ready.freeze(version, by)
        assert onward.ways(version) == []
    with_a_third()
    with acting("helen"):
        (way,) = onward.ways(version)
        assert way.startswith("Money, identity papers, benefits of Stranger Aid could reach Lantern Mentoring")
        assert way.endswith("over Prison Service (What we tell each other).")
    with acting("ruth"):
        assert onward.ways(version) == [way], "out of the open part, which everybody reads"


def test_what_a_third_does_not_publish_is_nobody_elses() -> None:
    with acting("helen") as by:
        version = newer(by)
        give(version, by)
        ready.freeze(version, by)
    with_a_third(published=False)
    with acting("helen"):
        assert len(onward.ways(version)) == 1
    with acting("ruth"):
        assert onward.ways(version) == []


def test_a_way_round_a_prohibition_is_named_as_one() -> None:
    money = int(Category.P15)
    own, came = onward.Step(PRISON, LANTERN, money, ""), onward.Step(STRANGER, PRISON, money, "A paper")
    (way,) = onward.through(own, [came], {(STRANGER, LANTERN, money)})
    assert (way.path, way.barred) == ((STRANGER, PRISON, LANTERN), True)
    assert onward.in_words(way, {STRANGER: "S", PRISON: "P", LANTERN: "L"}).endswith("although S forbids it (A paper).")


def test_a_circle_is_no_way() -> None:
    there, back = onward.Step(PRISON, LANTERN, 15, ""), onward.Step(LANTERN, PRISON, 15, "A paper")
    assert list(onward.through(there, [back], set())) == []


# ---- two versions, cell by cell ------------------------------------------------------------------------------------


def test_two_versions_are_compared_cell_by_cell() -> None:
    """Also where the widest form stays the same, as with a role that loses what another keeps."""
    with acting("helen") as by:
        version = actions.new_version(ready.agreed("protocol"), by=by)
        version.sharingrules.get(category=Category.P09, role=Role.COORDINATOR).delete()
        forbid(version, by, category=Category.P13)
    page = signed_in("helen").get(f"/agreements/{version.agreement_id}/compare/").content.decode()
    cells = " ".join(page[page.index("Cell by cell") : page.index("The words")].split())
    assert "Needs" in cells
    assert "Coordinator" in cells
    assert "Summary, always</td> <td>Nothing" in cells
    assert "Summary, while the person agrees</td> <td>Nothing" in cells, "what is forbidden is nothing"
    assert cells.count("Mentor or facilitator") == 1

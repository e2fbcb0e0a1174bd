"""Who is responsible for which record, and under which law: as was agreed and stated, shown beside the record."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from concordat.agreements import controllers, paper
from concordat.agreements.models import Agreement, Version
from concordat.agreements.tests import ready
from concordat.agreements.tests.judging import problems, rejected
from concordat.controllers import actions, rules
from concordat.controllers.models import Regime
from concordat.core.codes import Category
from concordat.core.errors import Refused
from concordat.core.testing.visiting import visit
from concordat.demo.world import FAMILIES, LANTERN, PRISON, acting, named
from concordat.organisations.models import Organisation

pytestmark = pytest.mark.django_db
CONTACTS = {"contact_a": "The officer at the service", "contact_b": "The office of Lantern"}


def state(law: str = "general", enforcement: tuple[int, ...] = (4, 7)) -> None:
    with acting("dora") as by:
        actions.state(law=law, enforcement=enforcement, citation="Act 9", by=by)


def known(name: str, other: int) -> controllers.Controllers:
    with acting(name) as by:
        return controllers.controllers(by.organisation, [Organisation.objects.get(pk=other)])


def told(known: controllers.Controllers, owner: int, category: int) -> tuple[list[int], list[str]]:
    found = known.of(owner, category)
    return [one.pk for one in found.organisations], list(found.laws)


def page(name: str, address: str) -> str:
    return str(visit(name, address).content.decode())


def signed(**answers: Any) -> Version:  # noqa: ANN401 - the answers of the clause
    """Have both sign a second protocol of the world, with answers in clause 1."""
    with acting("helen") as by:
        version = ready.protocol(by, Agreement.objects.get(pk=named("framework")))
        ready.answer(version, "ISP-1", by, **CONTACTS, **answers)
        version = ready.freeze(version, by)
    ready.sign(version, "helen", "ruth")
    return version


@pytest.mark.requirement("ISP-1")
def test_whoever_recorded_it_is_responsible_alone_where_nothing_else_was_agreed() -> None:
    for who, other in (("pat", LANTERN), ("cora", PRISON)):
        for owner in (PRISON, LANTERN):
            assert told(known(who, other), owner, Category.P09) == ([owner], [""])


@pytest.mark.requirement("ISP-1")
def test_what_the_protocol_says_of_a_kind_holds_on_both_sides() -> None:
    signed(responsibility="joint", joint=["9"], first=["18"], second=["13"])
    for who, other in (("pat", LANTERN), ("cora", PRISON)):
        found = known(who, other)
        assert told(found, PRISON, Category.P09)[0] == [PRISON, LANTERN]
        assert told(found, LANTERN, Category.P09)[0] == [LANTERN, PRISON]
        assert told(found, LANTERN, Category.P18)[0] == [PRISON]
        assert told(found, PRISON, Category.P13)[0] == [LANTERN]
        assert told(found, PRISON, Category.P07)[0] == [PRISON]
        assert found.contact(PRISON) == CONTACTS["contact_a"]
        assert found.contact(LANTERN) == CONTACTS["contact_b"]


def test_a_protocol_with_somebody_else_says_nothing_here() -> None:
    signed(responsibility="joint", joint=["9"])
    with acting("faye") as by:
        found = controllers.controllers(by.organisation, [])
    assert told(found, FAMILIES, Category.P09)[0] == [FAMILIES]


def test_a_draft_and_a_proposal_make_nobody_responsible() -> None:
    with acting("helen") as by:
        version = ready.protocol(by, Agreement.objects.get(pk=named("framework")))
        ready.answer(version, "ISP-1", by, responsibility="joint", joint=["9"])
        ready.freeze(version, by)
    assert told(known("pat", LANTERN), PRISON, Category.P09)[0] == [PRISON]


@pytest.mark.requirement("ISP-3")
def test_the_law_is_what_the_officer_stated_last_kind_by_kind() -> None:
    state()
    found = known("cora", PRISON)
    assert told(found, PRISON, Category.P07)[1] == ["enforcement"]
    assert told(found, PRISON, Category.P09)[1] == ["general"]
    state(law="enforcement", enforcement=())
    assert told(known("cora", PRISON), PRISON, Category.P09)[1] == ["enforcement"]
    with acting("dora"):
        assert Regime.objects.count() == 2


@pytest.mark.requirement("ISP-3")
def test_the_officer_alone_states_it_and_nobody_changes_it() -> None:
    with acting("pat") as by, pytest.raises(Refused, match="data protection officer"):
        actions.state(law="general", enforcement=[], citation="Act 9", by=by)
    with acting("pat") as by, pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Regime.objects.create(organisation_id=PRISON, law="general", citation="Act 9", stated_by=by)
    state()
    with acting("dora"), pytest.raises(DatabaseError, match="permission"), transaction.atomic():
        connection.cursor().execute("UPDATE controllers_regime SET law = 'general'")
    with acting("otto"):
        assert not Regime.objects.exists()


@pytest.mark.parametrize(
    ("name", "law", "problem"), [("ruth", "enforcement", "no authority"), ("dora", "monitoring", "monitors nothing")]
)
def test_a_law_holds_only_for_those_whose_task_it_is_about(name: str, law: str, problem: str) -> None:
    with acting(name) as by:
        assert rules.refuse_law(by, law, [])
        with pytest.raises(DatabaseError, match=problem), transaction.atomic():
            Regime.objects.create(organisation_id=by.organisation_id, law=law, citation="Act 9", stated_by=by)


# ---- the check -----------------------------------------------------------------------------------------------------


@pytest.mark.requirement("ISP-1")
def test_each_kind_has_one_answer() -> None:
    with acting("helen") as by:
        version = ready.protocol(by, Agreement.objects.get(pk=named("framework")))
        ready.answer(version, "ISP-1", by, responsibility="joint", joint=["9"], first=["9"])
        assert rejected(version) == ["ISP-1"]
        assert "twice" in problems(version)
        ready.answer(version, "ISP-1", by, responsibility="separate", joint=["9"], first=[])
        assert rejected(version) == ["ISP-1"]
        ready.answer(version, "ISP-1", by, responsibility="joint")
        assert rejected(version) == []


# ---- shown ---------------------------------------------------------------------------------------------------------

ALONE = "Responsible: Prison Service (Data protection law for law enforcement), alone."
TOGETHER = (
    "Responsible together: Prison Service (General data protection law), Lantern Mentoring (law not stated here)."
)


@pytest.mark.requirement("ISP-1", "ISP-3")
def test_the_page_of_a_case_says_who_answers_for_what_is_recorded() -> None:
    state()
    signed(responsibility="joint", joint=["9"])
    case = f"/cases/{named('civil_case')}/"
    for address in (case, f"{case}records/"):
        assert ALONE in page("nadia", address)
    own = f"/cases/{named('case')}/"
    for name, address in (("pat", own), ("dora", f"{own}rights/"), ("dora", f"{own}readers/sheet/")):
        shown = page(name, address)
        assert ALONE in shown
        assert TOGETHER in shown


@pytest.mark.requirement("ISP-3")
def test_the_agreement_on_paper_says_under_which_law_each_party_keeps_data() -> None:
    state()
    with acting("cora"):
        version = Version.objects.select_related("agreement").get(pk=named("protocol:1"))
        words = str(paper.document_of(version).blocks)
    assert "Act 9" in words
    assert "Not stated here yet" in words
    assert "Act 9" in page("cora", f"/agreements/{named('protocol')}/versions/1/print/")

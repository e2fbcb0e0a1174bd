"""Broken on purpose: each mutant of the compiler or the policies is noticed by the comparison with the agreements."""

# ruff: noqa: E501 - pieces of SQL, as they stand

from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from concordat.access.tests.differential import load
from concordat.access.tests.differential.test_differential import Database, differences, questions, world_of
from concordat.access.tests.differential.test_differential import settable as settable  # noqa: PLC0414 - a fixture

SQL = Path(__file__).parent.parent.parent / "sql"
FILES = (
    "asker.sql",
    "compile.sql",
    "protect.sql",
    "policies.sql",
    "explain.sql",
    "links.sql",
    "restricted.sql",
    "teams.sql",
    "stops.sql",
)
WORLDS = 400


@dataclass(frozen=True)
class Mutant:
    """What is broken, and how: pairs of (right, wrong) in the SQL."""

    name: str
    changes: tuple[tuple[str, str], ...]


MUTANTS = [
    Mutant("the last instant still counts", (("tstzmultirange(tstzrange(s.begins, s.ends_at))", "tstzmultirange(tstzrange(s.begins, s.ends_at, '[]'))"),)),
    Mutant("a suspension changes nothing", (("WHERE p.agreement_id = s.agreement_id AND p.starts_at < least(p.ends_at, p.lifted_at)", "WHERE false"),)),
    Mutant("a lifted suspension goes on", (("range_agg(tstzrange(p.starts_at, least(p.ends_at, p.lifted_at)))", "range_agg(tstzrange(p.starts_at, p.ends_at))"),)),
    Mutant("an older version revives", (("n.number > s.number", "n.number > s.number + 1000"),)),
    Mutant("an ended agreement goes on", (("WHERE e.agreement_id = s.agreement_id), '{}') AS standing", "WHERE false), '{}') AS standing"),)),
    Mutant("a protocol needs no framework", (("ELSE v.force * coalesce((SELECT range_agg(f.force) FROM access.version_force f\n                                      WHERE f.agreement_id = v.framework_id), '{}') END AS valid", "ELSE v.force END AS valid"),)),
    Mutant("a prohibition forbids nothing", (("tstzmultirange(g.valid) - coalesce(n.standing, '{}')", "tstzmultirange(g.valid)"),)),
    Mutant("one signature is enough", (("greatest(v.starts_at, sa.signed_at, sb.signed_at) AS begins", "greatest(v.starts_at, least(sa.signed_at, sb.signed_at)) AS begins"),)),
    Mutant("every form gives every form", (("ELSE access.width(given) >= access.width(wanted) END", "ELSE true END"),)),
    Mutant("the purpose does not matter", (("AND k.purpose = (m.me).purpose AND k.role", "AND k.role"),)),
    Mutant("the role does not matter", (("AND k.role = ANY ((m.me).roles)\n", "\n"),)),
    Mutant("the place does not matter", ((" AND t.place = p.place\n", "\n"),)),
    Mutant("clearance does not matter", (("SELECT (clearance = '' OR", "SELECT (true OR"),)),
    Mutant("training does not matter", (("WHERE t.membership_id = worker AND t.code = course", "WHERE true"),)),
    Mutant("a conflict does not matter", (("WHERE c.membership_id = me.membership AND c.case_id IN (w.authority_case_id, w.civil_case_id)", "WHERE false"),)),
    Mutant("everybody is assigned", (("WHERE EXISTS (SELECT FROM terms WHERE terms.whole_team) AND me.organisation IN", "WHERE me.organisation IN"), ("(t.whole_team OR CASE WHEN w.from_civil THEN w.civil_case_id ELSE w.authority_case_id END IN (SELECT mine.case_id FROM mine))", "true"))),
    Mutant("a withdrawal changes nothing", (("\n       AND (p.withdrawn_at IS NULL OR (SELECT ledger.clock()) < p.withdrawn_at)", ""),)),
    Mutant("another link's person agrees", (("SELECT other_case FROM reach WHERE civil_case IN (SELECT access.agreeing(array(SELECT civil_case FROM reach)))", "SELECT other_case FROM reach WHERE other_case IN (SELECT authority_case FROM access.agreed_link UNION SELECT civil_case FROM access.agreed_link)"),)),
    Mutant("a restriction changes nothing", (("'USING (%1$I IS NULL OR %1$I NOT IN (SELECT access.my_restrictions()))'", "'USING (%1$I IS NULL OR true)'"),)),
    Mutant("no case is open to named people only", (("IF NOT EXISTS (SELECT FROM public.cases_allowlist) THEN", "IF true THEN"),)),
    Mutant("a list names everybody", (("(me.membership = ANY (a.named)) IS NOT TRUE", "cardinality(a.named) = 0"),)),
    Mutant("a list names nobody", (("(me.membership = ANY (a.named)) IS NOT TRUE", "true"),)),
    Mutant("a list is never lifted", (("WHERE (a.ends_at IS NULL OR now_ < a.ends_at) AND (me.mem", "WHERE (me.mem"),)),
    Mutant("a list binds those who monitor by statute", (("       AND NOT (coalesce(me.monitoring, false) AND a.owner_id IN (SELECT over_id FROM access.my_mandates()))", ""),)),
    Mutant("whoever monitors is bound by no list", (("AND a.owner_id IN (SELECT over_id FROM access.my_mandates())", ""),)),
    Mutant("a list is not among the restrictions", (("\n      UNION ALL SELECT access.closed_to_me() $$", " $$"), ("       WHERE mine.case_id NOT IN (SELECT access.closed_to_me()) $$", "$$"))),
    Mutant("a list on one's own side leaves the link", (("     WHERE l.civil_id = me.organisation\n", "     WHERE false\n"), ("     WHERE l.authority_id = me.organisation;", "     WHERE false;"), ("       AND NOT EXISTS (SELECT FROM closed WHERE closed.case_id IN (w.authority_case_id, w.civil_case_id))", ""), ("\n       AND CASE WHEN l.civil_id = me THEN l.civil_case_id ELSE l.authority_case_id END NOT IN (SELECT access.closed_to_me())", ""), ("       WHERE mine.case_id NOT IN (SELECT access.closed_to_me()) $$", "$$"))),
    Mutant("a stop stops nothing", (("IF NOT EXISTS (SELECT FROM public.cases_usestop) THEN", "IF true THEN"),)),
    Mutant("a category is stopped for what comes later too", (("(s.category = of_category AND made <= s.starts_at)", "(s.category = of_category)"),)),
    Mutant("a stop goes on after its end", (("WHERE s.starts_at <= now_ AND (s.ends_at IS NULL OR now_ < s.ends_at)", "WHERE s.starts_at <= now_"), ("\n                      AND (s.ends_at IS NULL OR (SELECT ledger.clock()) < s.ends_at)", ""))),
    Mutant("a stop binds those who answer for it", (("       AND (s.owner_id = me.organisation AND me.roles && '{data_protection,coordinator,programme_manager}') IS NOT TRUE\n", ""),)),
    Mutant("an emergency does not end", (("AND e.opened_at <= now_ AND now_ < e.ends_at\n", "AND e.opened_at <= now_\n"), ("IF NOT EXISTS (SELECT FROM public.emergency_request WHERE ends_at > now_) THEN", "IF false THEN"))),
    Mutant("an emergency is everybody's", (("WHERE e.asked_by_id = me.membership AND e.owner_id = me.organisation", "WHERE e.owner_id = me.organisation"),)),
    Mutant("an emergency opens no list", (("       AND NOT EXISTS (SELECT FROM opened WHERE opened.case_id = a.case_id AND a.starts_at <= opened.opened_at)\n", ""),)),
    Mutant("an emergency opens a list that is written later", (("opened.case_id = a.case_id AND a.starts_at <= opened.opened_at", "opened.case_id = a.case_id"),)),
    Mutant("an emergency opens the sealed compartments", (("okey & 63 NOT IN (25, 26, 29, 38, 40) OR", "true OR"),)),
    Mutant("a conflict does not end an emergency", (("       AND NOT EXISTS (SELECT FROM public.cases_conflict c WHERE c.membership_id = me.membership AND c.case_id = e.case_id)\n", ""),)),
    Mutant("an emergency reaches no partner", (("        UNION SELECT e.case_id FROM access.my_emergencies() AS e\n", ""),)),
    Mutant("roles read every category", (("'USING (' || format(may, 'read') || ')'", "'USING (true)'"),)),
    Mutant("no ceiling, neither compiled nor stated", (("SELECT category IN (20, 25, 26, 29, 33, 40)", "SELECT category IN (20, 33)"), ("AND ((%1$s) NOT IN (25, 26, 29, 40) OR %2$s)", ""))),
    Mutant("everybody sees their whole organisation", (("near  text := format('((SELECT access.i_see_whole()) OR", "near  text := format('(true OR"),)),
    Mutant("a mandate serves every purpose", (("AND c.purpose = (m.me).purpose AND access.covers(c.form, wanted_form)\n           AND CASE", "AND access.covers(c.form, wanted_form)\n           AND CASE"), ("WHERE c.purpose = me.purpose AND access.covers(c.form, wanted_form)\n", "WHERE access.covers(c.form, wanted_form)\n"))),
    Mutant("a leaver stays", (("AND m.valid_from <= now_ AND (m.valid_until IS NULL OR now_ < m.valid_until)", ""),)),
    Mutant("a rule goes on after its own end", (("unnest(v.valid * tstzmultirange(tstzrange(r.starts_at, r.ends_at)))", "unnest(v.valid)"),)),
    Mutant("terms entrust every team", (("who = ANY (t.whole_team_of)", "true"),)),
    Mutant("a link goes on after its end", (("WHERE link.activity = done AND link.starts_at <= now_ AND (link.ends_at IS NULL OR now_ < link.ends_at)", "WHERE link.activity = done"),)),
    Mutant("an assignment goes on after its end", (("AND a.starts_at <= now_ AND (a.ends_at IS NULL OR now_ < a.ends_at)", ""),)),
    Mutant("any activity will do", (("WHERE link.activity = done AND link.starts_at <= now_", "WHERE link.starts_at <= now_"), ("WHERE a.membership_id = me.membership AND a.activity = done\n", "WHERE a.membership_id = me.membership\n"))),
    Mutant("the place is where the person was", (("WHERE p.case_id = ANY (wanted) AND (p.ends_at IS NULL OR now_ < p.ends_at)\n", "WHERE p.case_id = ANY (wanted)\n"), ("ORDER BY p.case_id, p.starts_at DESC", "ORDER BY p.case_id, p.starts_at"))),
    Mutant("own cases are those of long ago too", (("WHERE a.membership_id = (SELECT id FROM me)\n             AND a.starts_at <= (SELECT now_ FROM me) AND (a.ends_at IS NULL OR (SELECT now_ FROM me) < a.ends_at)", "WHERE a.membership_id = (SELECT id FROM me)"),)),
    Mutant("a lead leads for ever", (("       AND m.starts_at <= at AND (m.ends_at IS NULL OR at < m.ends_at)\n", ""),)),
    Mutant("a team keeps its cases", (("least(m.ends_at, c.ends_at)", "m.ends_at"),)),
    Mutant("a team keeps its members", (("least(m.ends_at, c.ends_at)", "c.ends_at"),)),
    Mutant("an agreement of the person covers relatives", (("SELECT other_case FROM reach WHERE civil_case IN (SELECT access.agreeing_relatives(array(SELECT civil_case FROM reach)))", "SELECT other_case FROM reach WHERE civil_case IN (SELECT access.agreeing(array(SELECT civil_case FROM reach)))"),)),
    Mutant("a mandate reaches every place", (("OR EXISTS (SELECT FROM public.agreements_mandateplace p WHERE p.mandate_id = mandate AND p.place_id = ANY (places))", "OR true"),)),
    Mutant("a mandate never ends", (("WHERE body_id = access.my_organisation()\n       AND starts_at <= (SELECT ledger.clock()) AND (ends_at IS NULL OR (SELECT ledger.clock()) < ends_at)", "WHERE body_id = access.my_organisation()"),)),
]  # fmt: skip


def install(database: Database, mutant: Mutant) -> None:
    """Run the SQL as the owner, with the mutant's changes; each change must fit somewhere."""
    text = {name: (SQL / name).read_text(encoding="utf-8") for name in FILES}
    for right, wrong in mutant.changes:
        assert any(right in part for part in text.values()), f"{mutant.name}: {right!r} is not in the SQL"
        text = {name: part.replace(right, wrong) for name, part in text.items()}
    for part in text.values():
        database.owner.execute(part.encode())


def noticed(database: Database) -> int | None:
    """Return the first world in which the comparison notices something, or None."""
    for seed in range(WORLDS):
        rng = Random(seed)
        world = world_of(rng)
        load.load(database.superuser, world)
        if differences(database, world, questions(world, rng)):
            return seed
    return None


def test_the_unbroken_design_is_not_noticed(settable: Database) -> None:
    install(settable, Mutant("none", ()))
    for seed in range(3):
        rng = Random(seed)
        world = world_of(rng)
        load.load(settable.superuser, world)
        assert differences(settable, world, questions(world, rng)) == []


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name.replace(" ", "-"))
def test_a_broken_design_is_noticed(settable: Database, mutant: Mutant) -> None:
    install(settable, mutant)
    assert noticed(settable) is not None

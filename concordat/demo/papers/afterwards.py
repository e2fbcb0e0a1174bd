"""What became of agreements later: one ended, a better one waits, two reports of what went against one."""

from concordat.agreements import actions
from concordat.agreements.models import Agreement
from concordat.agreements.sides import other
from concordat.core.codes import Category, Condition, Form, Purpose
from concordat.demo.country import LANTERN, PRISON, Country, named
from concordat.objectives.custody import actions as custody
from concordat.objectives.custody.agreed import agreed
from concordat.objectives.custody.gate import actions as gate
from concordat.objectives.custody.models import Ground, Interference, Kind, Pass
from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.people.roles import Role

from .assessed import assess
from .drawing_up import sign


def happen(country: Country, agreements: dict[str, Agreement]) -> None:
    """End one framework, propose a new version of one protocol, and assess the one that holds."""
    with country.acting("helen", 52, "10:40", level=2) as by:
        actions.end(
            agreements["harbour_prison"], reason="The rooms are arranged by the Probation Service from now on.", by=by
        )
    propose_better(country, agreements["lantern_protocol"])
    interfere(country)
    let_in(country)
    assess(country, agreements["lantern_protocol"])


def propose_better(country: Country, protocol: Agreement) -> None:
    """Let Lantern propose to read less about the offence and more about housing, and sign; the prison has not yet."""
    with country.acting("ruth", 8, "09:15") as by:
        version = actions.new_version(protocol, by=by)
        for rule in version.sharingrules.filter(category=Category.P05):
            actions.remove_part(rule, by=by)
        for rule in version.sharingrules.filter(category=Category.P14, owner=PRISON):
            actions.change_rule(
                rule,
                form=Form.FULL,
                purpose=rule.purpose,
                role=rule.role,
                condition=rule.condition,
                basis=rule.basis,
                by=by,
            )
        actions.add_rule(
            version, owner=Organisation.objects.get(pk=LANTERN), category=Category.P14, form=Form.SUMMARY,
            purpose=Purpose.INTERVENTION, role=Role.PROGRAMME_MANAGER, condition=Condition.PARTICIPATION,
            basis="Prison Act, s. 7", by=by,
        )  # fmt: skip
        actions.set_days(version, first_day=country.days.day(-10), last_day=country.days.day(-375), by=by)
        actions.propose(version, by=by)
    sign(country, version, "ruth", 7)


def interfere(country: Country) -> None:
    """Let a mentor report twice: one report waits for an answer, of the other both positions stand."""
    one = reported(
        country, Kind.TURNED_AWAY, "I waited forty minutes at the gate; my pass was not on the list.", lost=1
    )
    reported(country, Kind.LISTENED, "The door stood open and an officer stood in it for most of the hour.", lost=0)
    with country.acting("tomas", 1, "11:20") as by:
        words = "The list was right; the shift had an old copy. The gate prints it each morning from now on."
        custody.answer(Interference.objects.get(pk=one.pk), outcome="will_be", answer=words, by=by)
    with country.acting("cora", 0, "08:40") as by:
        words = "It happened again on Tuesday. We ask for a name that can be called from the gate."
        custody.reply(Interference.objects.get(pk=one.pk), settled=False, reply=words, by=by)


def let_in(country: Country) -> None:
    """Let two passes be asked for: one opens the gate, of the other the refusal is appealed."""
    first, other = (asked(country, worker) for worker in ("nadia", "cora"))
    with country.acting("sef", 0, "09:10") as by:
        row = Pass.objects.get(pk=first.pk)
        gate.decide(row, granted=True, allowed=[*row.items.filter(name="A notebook")], by=by)
        gate.decide(Pass.objects.get(pk=other.pk), granted=False, ground=Ground.ROOM, by=by)
    with country.acting("cora", 0, "10:05") as by:
        words = "Two sessions a month need no escort: the room lies beside the gate."
        gate.appeal(Pass.objects.get(pk=other.pk), appeal=words, by=by)


def asked(country: Country, worker: str) -> Pass:
    """Ask as the coordinator for a pass of half a year, under the first terms that cover a prison."""
    with country.acting("cora", 0, "08:50") as by:
        under = next(one for one in agreed() if other(one.terms, by.organisation_id).pk == PRISON and one.places)
        return gate.ask(
            agreed=under, place=under.places[0], worker=Membership.objects.get(pk=named(worker)),
            from_on=country.days.day(0), until_on=country.days.day(-180), things=["A notebook", "A laptop"], by=by,
        )  # fmt: skip


def reported(country: Country, kind: Kind, words: str, *, lost: int) -> Interference:
    """Report as the mentor, under the first terms that cover a place of the prison service."""
    with country.acting("nadia", 2, "16:50") as by:
        under = next(one for one in agreed() if other(one.terms, by.organisation_id).pk == PRISON and one.places)
        return custody.report(
            agreed=under, place=under.places[0], kind=kind, happened_on=country.days.day(3), words=words,
            sessions_lost=lost, by=by,
        )  # fmt: skip

"""What became of agreements later: one was ended with notice, and a better one waits for a signature."""

from concordat.agreements import actions
from concordat.agreements.models import Agreement
from concordat.core.codes import Category, Condition, Form, Purpose
from concordat.demo.country import LANTERN, PRISON, Country
from concordat.organisations.models import Organisation
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

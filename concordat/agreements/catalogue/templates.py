"""Starting points for the table of rules. They are proposals: the parties widen or narrow them within the ceilings."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from concordat.core.codes import Category, Condition, Form, Purpose
from concordat.people.roles import Role

from .entry import Words

PERSON = Condition.PARTICIPATION


@dataclass(frozen=True)
class Cell:
    """One line of a template: what is given, how much of it, and under which condition."""

    category: Category
    form: Form
    condition: Condition = Condition.NONE


@dataclass(frozen=True)
class Template:
    """Who gives what to whom for one purpose: from the authority to these roles of the provider, and back."""

    title: Words
    purpose: Purpose
    to_provider: tuple[Cell, ...]
    provider_roles: tuple[Role, ...]
    to_authority: tuple[Cell, ...]
    authority_roles: tuple[Role, ...]


CUSTODY = Template(
    _("A provider works with people in custody"),
    Purpose.INTERVENTION,
    (
        Cell(Category.P01, Form.SUMMARY),
        Cell(Category.P02, Form.FULL),
        Cell(Category.P03, Form.FULL),
        Cell(Category.P04, Form.FULL),
        Cell(Category.P05, Form.SUMMARY),
        Cell(Category.P06, Form.SUMMARY),
        Cell(Category.P07, Form.FULL),
        Cell(Category.P09, Form.SUMMARY),
        Cell(Category.P10, Form.SUMMARY, PERSON),
        Cell(Category.P11, Form.SUMMARY, PERSON),
        Cell(Category.P12, Form.SUMMARY, PERSON),
        Cell(Category.P13, Form.SUMMARY, PERSON),
        Cell(Category.P14, Form.SUMMARY, PERSON),
        Cell(Category.P15, Form.SUMMARY, PERSON),
        Cell(Category.P17, Form.DATE, PERSON),
        Cell(Category.P27, Form.THRESHOLD),
        Cell(Category.P28, Form.THRESHOLD),
        Cell(Category.P30, Form.EXISTENCE),
    ),
    (Role.FACILITATOR, Role.COORDINATOR),
    # Practitioners' tables give attendance (P18) back "by date", always. It stands here under the person's agreement,
    # like progress (P19), because of PP-11: attendance that stops coming would tell those who decide on regime, parole
    # and licence that somebody withdrew. With the condition, a service that was refused, withdrawn from or never
    # offered looks the same from outside: nothing is there. Whether the person agrees at all (P31) is told by the one
    # word "agreed" or "not currently", which needs no rule.
    (
        Cell(Category.P13, Form.SUMMARY, PERSON),
        Cell(Category.P18, Form.DATE, PERSON),
        Cell(Category.P19, Form.SUMMARY, PERSON),
        Cell(Category.P10, Form.THRESHOLD),
        Cell(Category.P11, Form.THRESHOLD),
        Cell(Category.P27, Form.THRESHOLD),
        Cell(Category.P28, Form.THRESHOLD),
    ),
    (Role.PROGRAMME_MANAGER,),
)

TEMPLATES = {"custody": CUSTODY}

"""Who reads what is recorded of a delivery, in words: computed from the rules in force, not promised."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from concordat.agreements.confidentiality import exceptions
from concordat.cases.models import Link
from concordat.core.codes import Category, Condition, Form
from concordat.core.parts import Who
from concordat.people.roles import Role
from concordat.referrals.asking.card import papers_between

from . import answers

Given = tuple[int, str, str, str]  # category, form, role, condition


def told_all_the_same(link: Link) -> list[str]:
    """Return when what is recorded here is told in spite of all: what the protocol and the law say."""
    protocol, _terms = papers_between(link)
    return exceptions(protocol)


def readers_of(link: Link) -> list[Who]:
    """Return who reads a session record: one's own team, and the posts of the other side that a rule names."""
    own = _("You, and who coordinates or is assigned to this person")
    given = answers.given_to_the_other_side(link)
    roles = sorted({role for _c, _f, role, _n in given})
    others = [
        Who(link.authority, str(Role(role).label), words_of([one for one in given if one[2] == role])) for role in roles
    ]
    nobody = Who(link.authority, str(link.authority), _("Nothing of it: no rule in force gives it"))
    return [Who(link.civil, own, _("All of it")), *(others or [nobody])]


def words_of(given: Iterable[Given]) -> str:
    """Say what one post of the other side reads."""
    return " ".join(sentence_of(*one) for one in given)


def sentence_of(category: int, form: str, _role: str, condition: str) -> str:
    """Say what one rule gives, in a whole sentence."""
    while_agreed = condition == Condition.PARTICIPATION
    if category == Category.P18 and form == Form.FULL:
        return (
            _("When and how long, and the cause, while the person agrees.")
            if while_agreed
            else _("When and how long, and the cause.")
        )
    if category == Category.P18:
        return (
            _("That it was held or not, and the day, while the person agrees.")
            if while_agreed
            else _("That it was held or not, and the day.")
        )
    return _("The notes, while the person agrees.") if while_agreed else _("The notes.")

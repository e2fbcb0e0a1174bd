"""What must be so for the clauses of any instrument: none missing that is mandatory, answers within limits."""

from django.utils.translation import gettext as _

from concordat.agreements.catalogue import CATALOGUE, ENTRIES, Entry, Parameter, is_mandatory
from concordat.agreements.models import Clause, Version

from .finding import Finding, Findings, reject

# These are judged with a sentence of their own elsewhere.
JUDGED_ELSEWHERE = {
    ("MOU-5", "officer"),
    ("MOU-25", "max_days"),
    ("TRM-12", "max_days"),
    ("MOU-6", "publication"),
    ("MOU-14", "voices"),
}


def check_missing(version: Version, clauses: dict[str, Clause], objectives: set[str]) -> Findings:
    """Report every mandatory clause that is not there, or is there without words."""
    for entry in CATALOGUE[version.agreement.kind]:
        if not is_mandatory(entry, objectives):
            continue
        if entry.code not in clauses:
            yield reject(
                entry.code,
                _("It is missing."),
                _("Add it from the catalogue; for what this agreement is about it cannot be left out."),
            )
        elif not clauses[entry.code].wording.strip():
            yield reject(
                entry.code,
                _("It has no words."),
                _("Write what is agreed, or take the words of the catalogue."),
            )


def check_answers(clauses: dict[str, Clause]) -> Findings:
    """Report every answer that is missing, not on offer, or beyond its limits."""
    for code, clause in clauses.items():
        entry = ENTRIES.get(code)
        if entry is None:
            yield reject(code, _("There is no clause %(code)s in the catalogue.") % {"code": code}, _("Remove it."))
            continue
        for one in entry.parameters:
            if (code, one.name) not in JUDGED_ELSEWHERE:
                yield from check_answer(entry, one, clause.parameters.get(one.name))


def check_answer(entry: Entry, one: Parameter, value: object) -> Findings:
    """Report what is wrong with one answer; at most one thing."""
    empty = value in (None, "", []) or (isinstance(value, str) and not value.strip())
    if empty or (one.shape == "yesno" and value is not True):
        if one.needed:
            yield unanswered(entry, one)
    elif not fits(one, value):
        yield reject(
            entry.code,
            _("The answer to “%(label)s” is not one that can be agreed.") % {"label": one.label},
            limits(one),
        )
    elif left_out := [str(one.choices[name]) for name in one.all_of if not (isinstance(value, list) and name in value)]:
        yield reject(
            entry.code,
            _("Something is left out of “%(label)s” that cannot be: %(what)s.")
            % {"label": one.label, "what": "; ".join(left_out)},
            _("Tick it."),
        )


def unanswered(entry: Entry, one: Parameter) -> Finding:
    if one.shape == "yesno":
        return reject(entry.code, _("It needs a yes to “%(label)s”.") % {"label": one.label}, _("Tick it."))
    return reject(entry.code, _("Nothing is said about “%(label)s”.") % {"label": one.label}, _("Fill it in."))


def fits(one: Parameter, value: object) -> bool:
    """Say whether an answer has the right shape and lies within its limits."""
    if one.shape == "number":
        return isinstance(value, int) and not isinstance(value, bool) and one.least <= value <= one.most
    if one.shape == "choice":
        return isinstance(value, str) and value in one.choices
    if one.shape == "many":
        return isinstance(value, list) and all(isinstance(name, str) and name in one.choices for name in value)
    if one.shape == "lines":
        return isinstance(value, list) and all(isinstance(line, str) for line in value)
    return isinstance(value, bool if one.shape == "yesno" else str)


def limits(one: Parameter) -> str:
    if one.shape == "number":
        return _("Choose a number from %(least)d to %(most)d.") % {"least": one.least, "most": one.most}
    return _("Choose one of what is offered.")

"""The words for each condition that may be missing: what it is, who can supply it, since when, and what follows."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from concordat.agreements.status import Standing
from concordat.cases.models import Conflict
from concordat.core.codes import Activity, Purpose
from concordat.core.wording import plain_day
from concordat.people.courses import course_name
from concordat.people.models import Clearance, Membership, Training
from concordat.people.models.membership import Level
from concordat.people.roles import Role

from .asking import Missing
from .instruments import Words, listed, named, of_paper, parties, signatories
from .models import RoleRight
from .papers import Paper, people_in, requirement_of, rules_of
from .question import Question, covers

NAMES_SHOWN = 4


def of_a_ceiling() -> str:
    return _("This is closed to every agreement: to whoever signs, and whoever asks.")


def of_not_currently() -> str:
    return _(
        "These two words cover everything: nothing there, nothing asked for, or nothing open now. They say no more."
    )


# ---- 1: the framework agreement ----------------------------------------------------------------------------------


def framework(question: Question) -> Words:
    """Say what keeps the framework agreement from being in force."""
    papers = question.papers
    if papers.unconfirmed:
        return Words(
            _("No, because a restored copy is not confirmed yet"),
            _("The records were restored from a backup. Nothing passes until %(who)s has confirmed what holds.")
            % {"who": named(papers.unconfirmed)},
            supplier=signatories(question, papers.unconfirmed),
            otherwise=_("It stays closed."),
        )
    headlines = {
        Standing.SUSPENDED: _("No, because the framework agreement is suspended"),
        Standing.LAPSED: _("No, because the framework agreement has lapsed"),
        Standing.ENDED: _("No, because the framework agreement has ended"),
    }
    return of_paper(
        question, question.framework, headlines, _("No, because there is no framework agreement in force"),
        _("No framework agreement between %(mine)s and %(other)s has been proposed."),
    )  # fmt: skip


# ---- 2: the rule ---------------------------------------------------------------------------------------------------


def rule(question: Question) -> Words:
    """Say why no rule gives it: no protocol in force, or one that gives it not at all, to others, or in less detail."""
    protocol = question.protocol
    if protocol is None or not protocol.in_force:
        headlines = {
            Standing.SUSPENDED: _("No, because the information-sharing protocol is suspended"),
            Standing.LAPSED: _("No, because the information-sharing protocol has lapsed"),
            Standing.ENDED: _("No, because the information-sharing protocol has ended"),
        }
        return of_paper(
            question, protocol, headlines, _("No, because no rule gives it"),
            _("No information-sharing protocol between %(mine)s and %(other)s has been proposed."),
        )  # fmt: skip
    return Words(
        _("No, because no rule gives it"),
        in_protocol(question, protocol),
        supplier=signatories(question, parties(protocol.agreement)),
        otherwise=_("It does not open by silence: both sides would have to sign a new version."),
    )


def in_protocol(question: Question, protocol: Paper) -> str:
    """Say what the protocol in force says of this category."""
    mine = [
        r
        for r in rules_of(protocol, question.giver, question.category)
        if r.recipient_id == question.by.organisation_id
    ]
    values = {
        "protocol": protocol.agreement.title,
        "category": question.category.label,
        "roles": listed({str(one.get_role_display()) for one in mine}),
        "purposes": listed({str(one.get_purpose_display()) for one in mine}),
        "forms": listed({str(one.get_form_display()) for one in mine}),
        "purpose": Purpose(question.purpose).label,
    }
    if not mine:
        return _("%(protocol)s does not give “%(category)s”.") % values
    if not any(one.role in question.by.roles for one in mine):
        return _("%(protocol)s gives “%(category)s” to other posts: %(roles)s.") % values
    if not any(one.purpose == question.purpose for one in mine):
        return _("%(protocol)s gives “%(category)s” for other purposes: %(purposes)s. You act %(purpose)s.") % values
    if not any(covers(one.form, question.form) for one in mine):
        return _("%(protocol)s gives “%(category)s” in less detail: %(forms)s.") % values
    return _("%(protocol)s gives “%(category)s”, but its rule does not hold today.") % values


# ---- 3: the terms --------------------------------------------------------------------------------------------------


def terms(question: Question) -> Words:
    """Say what keeps activity terms from being in force at this place."""
    paper = question.terms
    if paper is not None and paper.in_force and question.place is None:
        # those in force do not cover the place, which one may not see: speak of those that were stopped
        paper = question.papers.stopped(question.activity) or paper
    if paper is not None and paper.in_force:
        return Words(
            _("No, because there are no activity terms for this place"),
            _("%(title)s is in force for other places.") % {"title": paper.agreement.title},
            supplier=signatories(question, parties(paper.agreement)),
            otherwise=_("It does not open by silence: both sides would have to sign terms for this place."),
        )
    headlines = {
        Standing.SUSPENDED: _("No, because the activity terms are suspended"),
        Standing.LAPSED: _("No, because the activity terms have lapsed"),
        Standing.ENDED: _("No, because the activity terms have ended"),
    }
    doing = Activity(question.activity).label if question.activity else Purpose(question.purpose).label
    none = _("No activity terms between %(mine)s and %(other)s have been proposed for this: %(doing)s.")
    return of_paper(
        question, paper, headlines, _("No, because there are no activity terms in force"), none, doing=str(doing)
    )


# ---- 4 and 5: the worker and the assignment --------------------------------------------------------------------------


def worker(question: Question) -> Words:
    """Say what the asker lacks. It is about the asker, or about a colleague of whoever says who works on cases."""
    return Words(
        lacking(question),
        " ".join(lacks(question)) or _("What the activity terms ask of workers is not met."),
        supplier=listed(one.shown_name for one in colleagues(question)),
        otherwise=_("It stays closed; a colleague who meets it can be assigned."),
    )


def lacking(question: Question) -> str:
    """Say on whose side something is missing."""
    if question.for_other:
        return _("No, because something is missing on their side")
    return _("No, because something is missing on your side")


def lacks(question: Question) -> list[str]:
    """List what is missing: post, clearance, courses, independence."""
    said = []
    if not reads_by_post(question):
        said.append(_("This post does not read “%(category)s”.") % {"category": question.category.label})
    asked = requirement_of(question.terms, question.by.organisation) if question.terms else None
    if asked and asked.clearance and not cleared(question, asked.clearance):
        said.append(_("A valid clearance is missing: %(level)s.") % {"level": Level(asked.clearance).label})
    if asked and (courses := [course_name(code) for code in asked.trainings if code not in trained(question)]):
        said.append(_("Courses are missing or no longer valid: %(courses)s.") % {"courses": listed(courses)})
    if Conflict.objects.filter(membership=question.by, case=question.own).exists():
        said.append(_("A conflict of interest with this case was declared."))
    return said


def reads_by_post(question: Question) -> bool:
    masks = RoleRight.objects.filter(role__in=question.by.roles).values_list("readable", flat=True)
    return any(mask >> question.category & 1 for mask in masks)


def cleared(question: Question, level: str) -> Clearance | None:
    """Return the asker's valid clearance that is high enough, the one that lasts longest."""
    at = question.at
    found = Clearance.objects.filter(membership=question.by, valid_from__lte=at, valid_until__gt=at)
    return found.filter(level__in={level, Level.ENHANCED}).order_by("-valid_until").first()


def trained(question: Question) -> dict[str, Training]:
    at = question.at
    found = Training.objects.filter(membership=question.by, valid_from__lte=at, valid_until__gt=at)
    return {training.code: training for training in found}


def fitness(question: Question) -> str:
    """Say by what the asker meets what the terms ask."""
    asked = requirement_of(question.terms, question.by.organisation) if question.terms else None
    if asked is None or not (asked.clearance or asked.trainings):
        return _("The terms ask for nothing more, and no conflict was declared.")
    mine, courses = cleared(question, asked.clearance), trained(question)
    ends = [one.valid_until for one in (mine, *(courses.get(code) for code in asked.trainings)) if one]
    return _("All valid until %(day)s; no conflict was declared.") % {"day": plain_day(min(ends))} if ends else ""


def assignment(question: Question) -> Words:
    """Say that the asker is not assigned, and who can do that."""
    mine, theirs = (
        _("No, because you are not assigned to this case"),
        _("No, because they are not assigned to this case"),
    )
    return Words(
        theirs if question.for_other else mine,
        _("The activity terms open this to assigned workers only."),
        supplier=listed(one.shown_name for one in colleagues(question)),
        otherwise=_("It stays closed. In an emergency two people can open the case for some hours."),
    )


def colleagues(question: Question) -> list[Membership]:
    """Return who assigns workers in the asker's own organisation."""
    roles = (Role.COORDINATOR, Role.PROGRAMME_MANAGER)
    return people_in([question.by.organisation], *roles, at=question.at)[:NAMES_SHOWN]


# ---- 7: a prohibition ------------------------------------------------------------------------------------------------


def prohibition(question: Question) -> Words:
    """Say that the parties agreed on a never."""
    title = question.protocol.agreement.title if question.protocol else ""
    return Words(
        _("No, because the parties agreed that it is never given"),
        _("%(title)s says: never “%(category)s”.") % {"title": title, "category": question.category.label},
        supplier=signatories(question, (question.papers.mine, question.papers.other)),
        otherwise=_("It stays closed, also while the protocol is suspended."),
    )


WORDS: dict[Missing, Callable[[Question], Words]] = {
    "framework": framework,
    "rule": rule,
    "terms": terms,
    "worker": worker,
    "assignment": assignment,
    "prohibition": prohibition,
}

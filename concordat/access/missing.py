"""The words for each condition that may be missing: what is missing, who can supply it, since when, and what else happens."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from concordat.agreements.models import Agreement
from concordat.agreements.status import Standing
from concordat.cases.models import Conflict
from concordat.core.codes import Activity, Purpose
from concordat.core.wording import plain_day
from concordat.organisations.models import Organisation
from concordat.people.models import Clearance, Membership, Training
from concordat.people.models.membership import Level
from concordat.people.roles import Role

from .asking import Missing
from .models import RoleRight
from .papers import Paper, people_in, requirement_of, rules_of
from .question import Question, covers

NAMES_SHOWN = 4


@dataclass(frozen=True)
class Words:
    """What is said of a missing condition; the fields are those of `core.parts.Link`."""

    headline: str
    words: str
    supplier: str = ""
    waiting: str = ""
    otherwise: str = ""


def of_a_ceiling() -> str:
    return _("This is closed to every agreement: to whoever signs, and whoever asks.")


def of_not_currently() -> str:
    return _("These two words cover everything: nothing there, nothing asked for, or nothing open now. They say no more.")


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
    """Say why no rule gives it: the protocol is not in force, or it gives it not at all, to others, or in less detail."""
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
    mine = [r for r in rules_of(protocol, question.giver, question.category) if r.recipient_id == question.by.organisation_id]
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
    """Say what the asker lacks; it is about the asker alone, so it may be said."""
    lacking = lacks(question)
    return Words(
        _("No, because something is missing on your side"),
        " ".join(lacking) or _("What the activity terms ask of workers is not met."),
        supplier=listed(one.shown_name for one in colleagues(question)),
        otherwise=_("It stays closed to you; a colleague who meets it can be assigned."),
    )


def lacks(question: Question) -> list[str]:
    """List what the asker lacks: post, clearance, courses, independence."""
    said = []
    if not reads_by_post(question):
        said.append(_("Your post does not read “%(category)s”.") % {"category": question.category.label})
    asked = requirement_of(question.terms, question.by.organisation) if question.terms else None
    if asked and asked.clearance and not cleared(question, asked.clearance):
        said.append(_("You have no valid clearance of this level: %(level)s.") % {"level": Level(asked.clearance).label})
    if asked and (courses := [code for code in asked.trainings if code not in trained(question)]):
        said.append(_("These courses are missing or no longer valid: %(courses)s.") % {"courses": listed(courses)})
    if Conflict.objects.filter(membership=question.by, case=question.own).exists():
        said.append(_("You declared a conflict of interest with this case."))
    return said


def reads_by_post(question: Question) -> bool:
    masks = RoleRight.objects.filter(role__in=question.by.roles).values_list("readable", flat=True)
    return any(mask >> question.category & 1 for mask in masks)


def cleared(question: Question, level: str) -> Clearance | None:
    """Return the asker's valid clearance that is high enough, the one that lasts longest."""
    at = question.papers.at
    found = Clearance.objects.filter(membership=question.by, valid_from__lte=at, valid_until__gt=at)
    return found.filter(level__in={level, Level.ENHANCED}).order_by("-valid_until").first()


def trained(question: Question) -> dict[str, Training]:
    at = question.papers.at
    found = Training.objects.filter(membership=question.by, valid_from__lte=at, valid_until__gt=at)
    return {training.code: training for training in found}


def fitness(question: Question) -> str:
    """Say by what the asker meets what the terms ask."""
    asked = requirement_of(question.terms, question.by.organisation) if question.terms else None
    if asked is None or not (asked.clearance or asked.trainings):
        return _("The terms ask for nothing more, and you declared no conflict.")
    mine, courses = cleared(question, asked.clearance), trained(question)
    ends = [one.valid_until for one in (mine, *(courses.get(code) for code in asked.trainings)) if one]
    return _("All valid until %(day)s; you declared no conflict.") % {"day": plain_day(min(ends))} if ends else ""


def assignment(question: Question) -> Words:
    """Say that the asker is not assigned, and who can do that."""
    return Words(
        _("No, because you are not assigned to this case"),
        _("The activity terms open this to assigned workers only."),
        supplier=listed(one.shown_name for one in colleagues(question)),
        otherwise=_("It stays closed to you."),
    )


def colleagues(question: Question) -> list[Membership]:
    """Return who assigns workers in the asker's own organisation."""
    roles = (Role.COORDINATOR, Role.PROGRAMME_MANAGER)
    return people_in([question.by.organisation], *roles, at=question.papers.at)[:NAMES_SHOWN]


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


# ---- what an instrument says of itself ---------------------------------------------------------------------------------


def of_paper(
    question: Question, paper: Paper | None, headlines: dict[Standing, str], headline: str, none: str, **more: str
) -> Words:
    """Say where an instrument stands that is not in force, or that there is none."""
    mine, other = question.papers.mine, question.papers.other
    if paper is None or paper.cause_status.standing == Standing.DRAFT:
        supplier = signatories(question, (mine, other))
        said = none % {"mine": mine.name, "other": other.name, **more}
        return Words(headline, said, supplier=supplier, otherwise=_("It does not open by silence."))
    standing = paper.cause_status.standing
    values = {"title": paper.cause.title, "day": plain_day(paper.cause_status.until) if paper.cause_status.until else ""}
    if standing == Standing.PROPOSED:
        return of_unsigned(question, paper)
    if standing == Standing.SUSPENDED:
        return of_suspended(question, paper, headlines[standing])
    if standing == Standing.UPCOMING:
        said = _("%(title)s is signed and begins on %(day)s.") % values
        return Words(headline, said, otherwise=_("It opens on that day by itself."))
    said = {
        Standing.ENDED: _("%(title)s was ended on %(day)s."),
        Standing.LAPSED: _("%(title)s lapsed at the end of its last day; it is closed since %(day)s."),
    }[standing]
    return Words(
        headlines[standing],
        said % values,
        supplier=signatories(question, parties(paper.cause)),
        waiting=values["day"],
        otherwise=_("It stays closed: it opens again when both sides have signed anew."),
    )


def of_unsigned(question: Question, paper: Paper) -> Words:
    """Say whose signature is missing."""
    version = paper.cause_status.version
    assert version is not None
    done = {one.organisation_id: one.signed_at for one in version.signatures.all()}
    absent = [party for party in parties(paper.cause) if party.pk not in done]
    present = [party for party in parties(paper.cause) if party.pk in done]
    values = {"title": paper.cause.title, "absent": named(absent), "present": named(present)}
    if present:
        said = _("%(title)s: signed by %(present)s, not yet by %(absent)s.") % values
        headline = _("No, because one signature is missing")
    else:
        said = _("%(title)s is proposed and not signed yet.") % values
        headline = _("No, because the signatures are missing")
    since = max(done.values(), default=version.proposed_at)
    return Words(
        headline,
        said,
        supplier=signatories(question, absent),
        waiting=plain_day(since) if since else "",
        otherwise=_("It does not open by silence."),
    )


def of_suspended(question: Question, paper: Paper, headline: str) -> Words:
    """Say who suspended, on which ground, and when that lapses by itself."""
    at = question.papers.at
    pause = next(one for one in paper.cause.suspensions.all() if one.starts_at <= at < (one.lifted_at or one.ends_at))
    values = {
        "title": paper.cause.title,
        "who": pause.organisation.name,
        "ground": pause.get_ground_display(),
        "day": plain_day(pause.ends_at),
    }
    return Words(
        headline,
        _("%(title)s is suspended by %(who)s. Ground: %(ground)s.") % values,
        supplier=signatories(question, [pause.organisation]),
        waiting=plain_day(pause.starts_at),
        otherwise=_("The suspension lapses by itself on %(day)s.") % values,
    )


def parties(agreement: Agreement) -> tuple[Organisation, Organisation]:
    return agreement.party_a, agreement.party_b


def signatories(question: Question, organisations: Iterable[Organisation]) -> str:
    """Name who can sign for these organisations; where nobody is known, the organisations themselves."""
    wanted = list(organisations)
    found = people_in(wanted, Role.SIGNATORY, at=question.papers.at)
    known = {one.organisation_id for one in found}
    people = [_("%(name)s, %(organisation)s") % {"name": one.shown_name, "organisation": one.organisation.name} for one in found]
    return "; ".join([*people, *(one.name for one in wanted if one.pk not in known)])


def named(organisations: Iterable[Organisation]) -> str:
    return listed(one.name for one in organisations)


def listed(words: Iterable[str]) -> str:
    """Write several words as one list."""
    return _(", ").join(sorted(set(words)))

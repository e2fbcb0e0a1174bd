"""What is said of an instrument that is not in force: where it stands, since when, and who can mend that."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.translation import gettext as _

from concordat.agreements.models import Agreement
from concordat.agreements.status import Standing, suspension_at
from concordat.core.wording import enumerated, moment, plain_day
from concordat.organisations.models import Organisation
from concordat.people.roles import Role

from .papers import Paper, people_in
from .question import Question


@dataclass(frozen=True)
class Words:
    """What is said of a missing condition; the fields are those of `core.parts.Link`."""

    headline: str
    words: str
    supplier: str = ""
    waiting: str = ""
    otherwise: str = ""


def last_day(paper: Paper) -> str:
    """Name the last day on which an instrument in force holds; an end before that is named with its own day."""
    version, until = paper.status.version, paper.status.until
    assert until is not None
    return plain_day(version.last_day if version and version.ends_at == until else until)


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
    values = {
        "title": paper.cause.title,
        "day": plain_day(paper.cause_status.until) if paper.cause_status.until else "",
    }
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
    pause = suspension_at(paper.cause, question.papers.at)
    assert pause is not None
    values = {"title": paper.cause.title, "who": pause.organisation.name, "ground": pause.get_ground_display()}
    return Words(
        headline,
        _("%(title)s is suspended by %(who)s. Ground: %(ground)s.") % values,
        supplier=signatories(question, [pause.organisation]),
        waiting=moment(pause.starts_at),
        otherwise=format_html(_("The suspension lapses by itself on {day}."), day=moment(pause.ends_at)),
    )


def parties(agreement: Agreement) -> tuple[Organisation, Organisation]:
    return agreement.party_a, agreement.party_b


def signatories(question: Question, organisations: Iterable[Organisation]) -> str:
    """Name who can sign for these organisations; where nobody is known, the organisations themselves."""
    wanted = list(organisations)
    found = people_in(wanted, Role.SIGNATORY, at=question.papers.at)
    known = {one.organisation_id for one in found}
    people = [
        _("%(name)s, %(organisation)s") % {"name": one.shown_name, "organisation": one.organisation.name}
        for one in found
    ]
    return "; ".join([*people, *(one.name for one in wanted if one.pk not in known)])


def named(organisations: Iterable[Organisation]) -> str:
    return listed(one.name for one in organisations)


def listed(words: Iterable[str]) -> str:
    """Write several words as one list."""
    return enumerated(sorted(set(words)))

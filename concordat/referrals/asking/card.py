"""The card that a person keeps: who the provider is, who pays, what is passed on. Made from what is in force.

It carries the provider's name alone: no sign of a government stands on a provider's paper. (C6.13)
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.formats import number_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from concordat.agreements.models import Agreement, Kind, Version
from concordat.agreements.status import status, with_everything
from concordat.cases.models import Heading, Link, Participation
from concordat.cases.rules import INSTANT
from concordat.core.codes import Category, Condition, Form
from concordat.core.parts import Sheet
from concordat.core.wording import enumerated, plain_day
from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.people.roles import Role
from concordat.referrals.models import Service, Target

from .codes import check_code
from .outside import Passed, passed
from .rules.goals import ABOUT_ATTITUDES

ASKING, LIMITS = "ISP-14", "ISP-9"  # clauses: requests for information; duties to speak


@dataclass(frozen=True)
class Row:
    """One row of a sheet: a heading and its paragraphs."""

    heading: str
    lines: list[str]


@dataclass(frozen=True)
class Card:
    """The card and the slip beneath it."""

    sheet: Sheet
    rows: list[Row]
    slip: Sheet
    slip_rows: list[Row]


def card_of(link: Link, service: Service | None, paper: Participation | None, *, by: Membership) -> Card:
    """Put together what the person is told, and told again in writing."""
    protocol, terms = papers_between(link)
    rows = [
        Row(_("Who we are"), who_we_are(link.civil)),
        Row(_("Who pays us"), who_pays(link, terms)),
        *what_we_do(service),
        Row(_("You may say no"), no_has_no_price(link)),
        Row(_("What we pass on"), what_we_pass_on(link, paper)),
        Row(_("What we are told"), sentences_of(passed(link.pk, outward=False)) or [_("Nothing.")]),
        Row(
            _("What nobody gets"),
            [_("What is said in our meetings. Nobody stores it here, and nobody may ask us for it.")],
        ),
        Row(_("When we have to speak"), when_we_speak(protocol)),
        Row(_("Questions about you"), questions_about_you(protocol)),
        Row(_("Who could read it"), [who_could_read()]),
        Row(_("If you disagree"), contest(paper)),
    ]
    code = check_code(link.pk, *(line for row in rows for line in row.lines))
    return Card(card_sheet(link, paper, code, by), rows, slip_sheet(link, code), slip_rows(link))


def papers_between(link: Link) -> tuple[Version | None, Version | None]:
    """Return the versions of protocol and terms that are in force between the two sides."""
    both = {link.civil_id, link.authority_id}
    found = with_everything(Agreement.objects.filter(kind__in=[Kind.PROTOCOL, Kind.TERMS]))
    ours = [one for one in found if {one.party_a_id, one.party_b_id} == both]
    held = {
        one.kind: status(one).version for one in ours if status(one).in_force and one.activity in ("", link.activity)
    }
    return held.get(Kind.PROTOCOL), held.get(Kind.TERMS)


def who_we_are(provider: Organisation) -> list[str]:
    """Say what an organisation is, and the facts from which its independence is judged."""
    named = {"name": provider.name, "form": provider.legal_form}
    facts = [
        (provider.controlled_by, _("Appointed or controlled by: %(fact)s.")),
        (provider.income_share, _("Share of our income from public authorities: %(fact)s.")),
        (provider.secondments, _("Staff seconded to us: %(fact)s.")),
    ]
    first = _("%(name)s, %(form)s.") % named if provider.legal_form else _("%(name)s.") % named
    known = [words % {"fact": fact} for fact, words in facts if fact]
    if not provider.controlled_by and not provider.secondments:
        known.insert(0, _("We are not part of the prison and take no orders from it about you."))
    return [first, *known]


def who_pays(link: Link, terms: Version | None) -> list[str]:
    """Say who pays for the service, from the funding schedule of the terms in force."""
    lines = list(terms.fundinglines.all()) if terms else []
    paid = [one for one in lines if one.amount]
    if not paid:
        return [_("Nobody pays us for this under our agreement with %(authority)s.") % {"authority": link.authority},
                *(one.reason for one in lines)]  # fmt: skip
    said = [
        _("%(authority)s pays us %(amount)s %(currency)s: %(reason)s.")
        % {
            "authority": link.authority,
            "amount": number_format(one.amount, 2, force_grouping=True),
            "currency": one.currency,
            "reason": one.reason,
        }
        for one in paid
    ]
    return [*said, _("These amounts are fixed beforehand. What you say changes nothing of them.")]


def what_we_do(service: Service | None) -> list[Row]:
    """Say what happens and what it is about."""
    if service is None:
        return []
    about = _("It is about: %(target)s.") % {"target": Target(service.target).label}
    free = (
        _("What you believe stays your own affair: nobody may make a change of it a condition for anything.")
        if service.target in ABOUT_ATTITUDES
        else _("It is not about what you believe.")
    )
    return [
        Row(
            _("What we offer"),
            [one for one in (f"{service.name}.", service.description, service.method, about, free) if one],
        )
    ]


def no_has_no_price(link: Link) -> list[str]:
    """Say what a "no" means: nothing, to anybody who decides."""
    return [
        _("You may say no, now or at any time later, to anybody of us. You need no reason."),
        _("%(authority)s sees only “agreed” or “not currently”. Not currently is also written when nobody asked you.")
        % {"authority": link.authority},
        _("Nobody who decides about regime, classification, parole, licence or benefits may take it into account."),
    ]


def what_we_pass_on(link: Link, paper: Participation | None) -> list[str]:
    """Say what goes to the authority under the rules in force, and under which headings the person chose."""
    given = passed(link.pk, outward=True)
    said = sentences_of(one for one in given if one.form != Form.THRESHOLD)
    if not said:
        return [_("Nothing.")]
    chosen = enumerated(str(Heading(one).label) for one in paper.headings) if paper else ""
    if paper and chosen:
        said.append(_("The headings you chose: %(headings)s.") % {"headings": chosen})
    elif paper:
        said.append(_("You chose no heading, so nothing is reported about how it goes."))
    return [*said, _("Nothing else.")]


def sentences_of(given: Iterable[Passed]) -> list[str]:
    """Say what passes, one sentence for each form, condition and receiver."""
    together: dict[tuple[str, str, tuple[str, ...]], list[str]] = defaultdict(list)
    for one in given:
        together[one.form, one.condition, one.roles].append(str(Category(one.category).label).lower())
    return [sentence_of(form, condition, roles, what) for (form, condition, roles), what in together.items()]


def sentence_of(form: str, condition: str, roles: Iterable[str], what: Iterable[str]) -> str:
    """Say in which form something passes, under which condition, and to whom."""
    words = {
        "what": enumerated(what),
        "form": Form(form).label,
        "who": enumerated(str(Role(role).label).lower() for role in roles),
    }
    if condition == Condition.PARTICIPATION:
        return _("%(form)s, while you agree: %(what)s. To: %(who)s.") % words
    if condition == Condition.RELATIVE:
        return _("%(form)s, while your relative agrees: %(what)s. To: %(who)s.") % words
    return _("%(form)s: %(what)s. To: %(who)s.") % words


def clause(version: Version | None, code: str) -> str:
    """Return the wording of a clause of a version, if it has it."""
    found = version.clauses.filter(code=code).first() if version else None
    return found.wording if found else ""


def when_we_speak(protocol: Version | None) -> list[str]:
    """Say when the provider has to speak all the same. The word confidential never stands without this."""
    said = [
        _(
            "If somebody could be badly hurt soon, or a child is at risk, we tell whoever has to know, "
            "and no more than that."
        ),
        _("A court can order us to speak. We tell you when we had to, unless the law forbids it."),
    ]
    return [*said, *filter(None, [clause(protocol, LIMITS)])]


def questions_about_you(protocol: Version | None) -> list[str]:
    """Say whether authorities may ask the provider about the person, as the protocol has it."""
    if wording := clause(protocol, ASKING):
        return [wording, _("We may refuse, and a refusal has no consequence for you or for us.")]
    return [_("Requests for information about you from authorities in this service: 0 allowed by our agreement.")]


def who_could_read() -> str:
    """Say who runs the server: whoever does could read what is stored."""
    return _(
        "What is stored is on a server run by %(operator)s, who could read it. "
        "Everyone who reads your records is listed; ask us for the list."
    ) % {"operator": settings.OPERATOR or _("an operator whom we can name to you")}


def contest(paper: Participation | None) -> list[str]:
    """Say where the person can turn against this agreement."""
    if paper is None:
        return [_("We write down with you where you can complain before you agree.")]
    return [_("You can contest this agreement here: %(route)s.") % {"route": paper.contest_route}]


def card_sheet(link: Link, paper: Participation | None, code: str, by: Membership) -> Sheet:
    """Frame the card; the provider alone stands on it."""
    version = _("As of %(day)s.") % {"day": plain_day(localdate())}
    if paper:
        version = _("Agreed on %(day)s, to be renewed by %(end)s. As of %(today)s.") % {
            "day": plain_day(paper.starts_at),
            "end": plain_day(paper.ends_at - INSTANT),
            "today": plain_day(localdate()),
        }
    return Sheet(
        title=_("Who we are, who pays us, what we pass on"), version=version, code=code, party=link.civil,
        reader=_("For Person %(code)s. Yours to keep.") % {"code": link.civil_case.working_code},
        allowed=_(
            "Keep it, show it to whom you like: a lawyer, your family, a chaplain. Nobody may take it "
            "from you because of what it says."
        ),
        legal="consent", written_by=_("Given by %(name)s, %(title)s.") % {"name": by.shown_name, "title": by.title},
    )  # fmt: skip


def slip_sheet(link: Link, code: str) -> Sheet:
    """Frame the slip with which the person withdraws."""
    return Sheet(
        title=_("I do not want this any more"), version=_("To %(provider)s.") % {"provider": link.civil}, code=code,
        party=link.civil, reader=_("Person %(code)s") % {"code": link.civil_case.working_code},
        allowed=_(
            "Tear it off and give it to anybody of %(provider)s, to a lawyer, or into any letter box. "
            "You need no slip: saying it is enough."
        )
        % {"provider": link.civil},
        legal="consent", sign=_("Signature or mark, and the day"),
    )  # fmt: skip


def slip_rows(link: Link) -> list[Row]:
    """Say what happens after a withdrawal, and honestly what cannot be undone."""
    return [
        Row(_("What happens"), [
            _("It holds at once, when it reaches anybody of us. You need no reason, and nobody asks for one."),
            _(
                "%(authority)s then sees “not currently”, and nothing that depended on your agreement."
            ) % {"authority": link.authority},
        ]),
        Row(_("What cannot be undone"), [
            _("What was passed on before was read. We ask those who have it to stop using it and to give it back."),
        ]),
    ]  # fmt: skip

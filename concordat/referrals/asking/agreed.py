"""What a person agreed to, as a paper of their own: a PDF or a Word file, with a check number that stands in the log.

It is one of two layers: the agreement to work together. The legal basis for keeping data is the other, and is named.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from django.conf import settings
from django.utils.translation import gettext as _

from concordat.agreements.confidentiality import exceptions
from concordat.agreements.document import check_number, first_groups
from concordat.agreements.models import Version
from concordat.cases.models import Heading, Participation, RelativeAgreement, Route
from concordat.cases.rules import INSTANT
from concordat.core import legal
from concordat.core.codes import Category, Form
from concordat.core.languages import page_language
from concordat.core.wording import long_day
from concordat.documents.blocks import Block, Document, Items, Paragraph, plain
from concordat.documents.blocks import Heading as Title
from concordat.referrals.models import Service
from concordat.retention.models import Period
from concordat.retention.words import in_words

from . import card
from .outside import passed

BASIS = "ISP-3"


def document_of(paper: Participation, service: Service | None) -> Document:
    """Return the agreement of a person as a document to keep, in the language of the page."""
    protocol, _terms = card.papers_between(paper.link)
    written = list(blocks(paper, service, protocol))
    facts = list(facts_of(paper))
    number = first_groups(number_of(facts, written))
    return Document(
        title=_("My agreement to work with %(provider)s") % {"provider": paper.link.civil},
        language=page_language(),
        facts=[*facts, (_("Check number"), number)],
        blocks=written,
        foot=_("Check number %(number)s. It is yours: keep it, show it to whom you like.") % {"number": number},
    )


def number_of(facts: Iterable[tuple[str, str]], written: Iterable[Block]) -> str:
    """Return the check number of exactly this paper."""
    whole = [list(facts), [[type(one).__name__, asdict(one)] for one in written]]
    return check_number(json.dumps(whole, ensure_ascii=False, sort_keys=True))


def facts_of(paper: Participation) -> Iterator[tuple[str, str]]:
    """Yield who, with whom and for how long. No name: the working code, as on every paper."""
    yield _("Person"), paper.case.working_code
    yield _("With"), paper.link.civil.name
    yield _("What for"), paper.link.get_activity_display()
    yield _("Agreed on"), plain(long_day(paper.starts_at))
    yield _("To be renewed by"), plain(long_day(paper.ends_at - INSTANT))
    if paper.withdrawn_at:
        yield _("Taken back on"), plain(long_day(paper.withdrawn_at))


def blocks(paper: Participation, service: Service | None, protocol: Version | None) -> Iterator[Block]:
    """Yield the parts of the paper: what was agreed first, how, and how it is taken back."""
    link = paper.link
    if not legal.is_approved(settings.HOME, page_language(), legal.Kind.CONSENT):
        yield Paragraph(_("No lawyer has approved these words in this language yet. Do not use them with real people."))
    yield from part(_("What this paper is"), [
        _("This is your participation agreement: that you want to work with us, and what others hear of it."),
        _("It is not the legal basis on which data are kept. That is another layer, and stands at the end."),
    ])  # fmt: skip
    for row in card.what_we_do(service):
        yield from part(row.heading, row.lines)
    yield from part(_("You may say no"), card.no_has_no_price(link))
    yield from part(_("What may be reported"), headings(paper))
    yield from part(_("Who hears what"), who_hears(paper))
    yield from part(_("What we are told"), card.sentences_of(passed(link.pk, outward=False)) or [_("Nothing.")])
    yield from part(_("Your family"), family(paper))
    yield from part(
        _("When we have to speak"),
        [
            _("What you tell us is confidential between you and us. We tell it all the same where:"),
            *exceptions(protocol),
        ],
    )
    yield from part(_("How to take it back"), withdrawing(paper))
    yield from part(_("How long we keep this"), kept(paper))
    yield from part(_("How it was agreed"), how(paper))
    yield from part(_("If you disagree"), card.contest(paper))
    yield from part(_("The legal basis, which is another layer"), legal_basis(protocol))


def part(heading: str, lines: Iterable[str]) -> Iterator[Block]:
    """Yield a heading and what stands below it: one sentence as it is, several as a list below what leads to it."""
    found = [plain(one) for one in lines]
    yield Title(heading)
    if found[0].endswith(":"):
        yield Paragraph(found.pop(0))
    yield Items(found) if len(found) > 1 else Paragraph(found[0])


def headings(paper: Participation) -> list[str]:
    if not paper.headings:
        return [_("You chose no heading, so nothing is reported about how it goes.")]
    return [*(str(Heading(one).label) for one in paper.headings), _("Nothing under any other heading.")]


def who_hears(paper: Participation) -> list[str]:
    given = passed(paper.link_id, outward=True)
    said = card.sentences_of(one for one in given if one.form != Form.THRESHOLD)
    return [*said, _("Nothing else.")] if said else [_("Nobody outside hears anything from us.")]


def family(paper: Participation) -> list[str]:
    """Say that each relative decides for themselves. No relative is named or counted on a paper that lies in a cell."""
    live = RelativeAgreement.objects.filter(link=paper.link_id, withdrawn_at=None).exists()
    said = [_("Each relative agrees for themselves; your agreement does not speak for them, nor theirs for you.")]
    return [*said, _("A relative has agreed to something of their own.")] if live else said


def withdrawing(paper: Participation) -> list[str]:
    return [
        _("At any time, without a reason, by any of these ways:"),
        *(str(one.label) for one in Route),
        *(line for row in card.slip_rows(paper.link) for line in row.lines),
    ]


def kept(paper: Participation) -> list[str]:
    """Say how long the organisation keeps such agreements, as it set it."""
    found = list(Period.objects.filter(owner=paper.owner_id, ends_at=None))
    own = next((one for one in found if one.category == Category.P31), None)
    period = own or next((one for one in found if one.category is None), None)
    if period is None:
        return [
            _("%(provider)s has not set here how long. Ask us, we have to tell you.") % {"provider": paper.link.civil}
        ]
    return [in_words(period)]


def how(paper: Participation) -> Iterator[str]:
    told = {"who": paper.informed_by, "post": paper.get_informer_display(), "day": plain(long_day(paper.informed_at))}
    yield _("You were told on %(day)s by %(who)s (%(post)s), and had at least a day to think.") % told
    if paper.interpreter:
        yield _("Interpreter, not from the unit: %(name)s.") % {"name": paper.interpreter}
    yield _("You explained it back in your own words.")
    yield _("How you agreed: %(how)s.") % {"how": paper.get_signed_display()}
    if paper.witness:
        yield _("Witness: %(name)s.") % {"name": paper.witness}
    yield _("Your copy: %(copy)s.") % {"copy": paper.copy_given}


def legal_basis(protocol: Version | None) -> list[str]:
    said = [_("Data are kept and passed on under laws. Each rule of the protocol with the authority names its law.")]
    return [*said, *filter(None, [card.clause(protocol, BASIS)])]

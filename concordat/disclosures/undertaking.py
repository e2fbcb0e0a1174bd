"""The paper that the receiver signs: what they may do with it, and what not. It does not name the person."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from concordat.core.codes import Category
from concordat.core.languages import page_language
from concordat.core.wording import long_day
from concordat.documents.blocks import Block, Document, Heading, Items, Paragraph

from .models import Disclosure


def document_of(disclosure: Disclosure) -> Document:
    """Return the undertaking, to be printed and signed by hand."""
    owner = disclosure.owner.name
    return Document(
        title=_("Undertaking of whoever is told something about a person"),
        language=page_language(),
        facts=[
            (_("From"), owner),
            (_("To"), f"{disclosure.receiver_name}, {disclosure.receiver_body}"),
            (_("What for"), disclosure.purpose),
            (_("Looked at again on"), long_day(disclosure.review_on)),
        ],
        blocks=list(_blocks(disclosure)),
        foot=_("%(owner)s keeps the signed paper.") % {"owner": owner},
    )


def _blocks(disclosure: Disclosure) -> Iterator[Block]:
    yield Heading(_("What you are going to be told"))
    yield Items([str(Category(one).label) for one in disclosure.categories])
    yield Heading(_("What you undertake"))
    yield Items(obligations(disclosure))
    yield Heading(_("Signature"))
    for line in (_("Name and post"), _("Day"), _("Signature")):
        yield Paragraph(f"{line}: ______________________________")


def obligations(disclosure: Disclosure) -> list[str]:
    values = {"owner": disclosure.owner.name, "day": long_day(disclosure.review_on)}
    return [
        _("I use it for what is written above and for nothing else."),
        _("I tell nobody, also not in my own house, but those who must know it for that."),
        _("I keep it locked away, and make no copies."),
        _("I do not hold it against the person beyond what it was given for."),
        _("I return or destroy it when it is no longer needed, at the latest on %(day)s, and confirm that in writing.")
        % values,
        _("If it gets out, or somebody asks me for it, I tell %(owner)s on the same day.") % values,
        _("I know that the person may see this paper and may complain."),
    ]

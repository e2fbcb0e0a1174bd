"""An assessment on paper: the table that it is about, the texts, what was said of it, and what was decided."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from concordat.core import wording
from concordat.core.languages import page_language
from concordat.documents.blocks import Block, Document, Heading, Items, Paragraph, Table, plain

from .actions import TEXTS
from .found import in_words
from .models import Assessment


def columns() -> list[str]:
    return [_("What"), _("How much"), _("For which purpose"), _("To the role"), _("Condition")]


def document_of(assessment: Assessment) -> Document:
    """Return an assessment as a document to keep, in the language of the page."""
    named = _("%(reference)s, version %(number)d") % {"reference": assessment.reference, "number": assessment.number}
    about = _("%(title)s, version %(number)d")
    return Document(
        title=_("Assessment of the effect on rights"),
        language=page_language(),
        facts=[
            (_("Number"), named),
            (_("By"), assessment.owner.name),
            (_("Of"), about % {"title": assessment.agreement, "number": assessment.version.number}),
            (_("Decision"), decided(assessment)),
        ],
        blocks=list(blocks(assessment)),
        foot=_("%(named)s. It judges a way of sharing and no person. It names nobody in custody.") % {"named": named},
    )


def decided(assessment: Assessment) -> str:
    """Say what was decided, by whom and when."""
    if not assessment.decided_at:
        return _("Not decided yet")
    who = assessment.decided_by
    return _("%(decision)s; by %(who)s, %(title)s, on %(day)s") % {
        "decision": assessment.get_decision_display(), "who": who.shown_name if who else "",
        "title": who.title if who else "", "day": plain(wording.long_day(assessment.decided_at)),
    }  # fmt: skip


def blocks(assessment: Assessment) -> Iterator[Block]:
    """Yield the parts of an assessment in the order of its page."""
    yield Heading(_("What is shared"))
    for given in in_words(assessment.cells):
        yield Heading(_("What %(name)s gives") % {"name": given.giver}, level=2)
        yield Table(columns(), [list(row) for row in given.rows])
    for name in TEXTS:
        yield Heading(str(Assessment._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
        yield Paragraph(getattr(assessment, name))
    yield Heading(_("What could happen, and what is done against it"))
    yield Table(
        [
            _("What could happen"),
            _("Is it to be expected?"),
            _("Can it be made good?"),
            _("What is done"),
            _("By whom"),
        ],
        [
            [one.what, one.get_expected_display(), one.get_lasting_display(), one.measure, one.get_post_display()]
            for one in assessment.risks.all()
        ],
    )
    yield Heading(_("What was said of it"))
    for said in assessment.advice.all():
        yield Heading(plain(f"{said.get_speaker_display()} {wording.long_day(said.at)}"), level=2)
        if said.heard:
            yield Paragraph(said.heard)
        yield Paragraph(said.words)
    if assessment.review_on:
        yield Heading(_("Decision"))
        yield Items([decided(assessment), _("Looked at again by %(day)s") % {"day": assessment.review_on.isoformat()}])
        yield Paragraph(assessment.reasons)

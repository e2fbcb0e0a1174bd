"""The safety briefing as one page of paper: what it says, what changed since the version before, and its check code."""

from base64 import b32encode
from dataclasses import dataclass
from hashlib import sha256

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from concordat.cases.models import Case, Link
from concordat.cases.translated import Passage
from concordat.core import wording
from concordat.core.languages import passage
from concordat.core.parts import Sheet
from concordat.organisations.models import Organisation
from concordat.people.models import Membership

from .forms import BriefingForm
from .models import SafetyBriefing
from .rules import HEADINGS


@dataclass(frozen=True)
class Line:
    """One row of the sheet."""

    heading: str
    text: str
    changed: bool = False


def lines_of(briefing: SafetyBriefing, before: SafetyBriefing | None, owner: Organisation) -> list[Line]:
    """Return the rows of the sheet; what differs from the version `before` is marked."""
    lines = [line_of(briefing, before, name) for name in ("how_to_meet", *HEADINGS)]
    if owner.duty_desk:
        call = _("Raise the alarm, leave, call the duty desk: %(desk)s. Then your coordinator.") % {
            "desk": owner.duty_desk
        }
    else:
        call = _("Raise the alarm, leave, tell the nearest officer. Then call your coordinator.")
    return [*lines, Line(_("If something happens"), call)]


def line_of(briefing: SafetyBriefing, before: SafetyBriefing | None, name: str) -> Line:
    """Return one row; an empty one says that there is nothing to add."""
    heading = str(BriefingForm.base_fields[name].label)
    changed = before is not None and getattr(before, name) != getattr(briefing, name)
    return Line(heading, passage(getattr(briefing, name), briefing.written_in) or _("Nothing to add."), changed)


def passages_of(briefing: SafetyBriefing) -> list[Passage]:
    """Return what of a version can be translated: every heading that says something, and what changed."""
    headings = {name: str(BriefingForm.base_fields[name].label) for name in ("how_to_meet", *HEADINGS, "what_changed")}
    return [Passage(name, heading, text) for name, heading in headings.items() if (text := getattr(briefing, name))]


def sheet_of(briefing: SafetyBriefing, *, reader: Membership, owner: Organisation, author: str, address: str) -> Sheet:
    """Return the frame of the sheet for one reader; `address` is where its newest version is found on a screen."""
    return Sheet(
        title=title_of(briefing),
        reader=_("For %(name)s, %(title)s, %(organisation)s.")
        % {"name": reader, "title": reader.title, "organisation": reader.organisation},
        version=format_html(
            _("Version {number} of {moment}."), number=briefing.number, moment=wording.moment(briefing.created_at)
        ),
        code=code_of(briefing),
        address=address,
        party=owner,
        place=_("The authority that holds the knowledge"),
        written_by=format_html("{} {}", written_line(author), closed_line(briefing)),
        allowed=_(
            "read it, carry it on the day, hand it in at the gate. Do not copy, photograph or pass it on. "
            "Check the code on the screen or at the gate: an older version opens no door."
        ),
        sign=_("Read and understood: %(name)s, date and time") % {"name": reader},
    )


def written_line(author: str) -> SafeString:
    """Say who answers for the sheet, and how long it holds."""
    return format_html(
        _("<strong>Written by</strong> {author}. It holds until there is a newer version."), author=author
    )


def closed_line(briefing: SafetyBriefing) -> SafeString:
    """Say that closed material was checked: by which post and on which day, and nothing of what it says."""
    return format_html(
        _("<strong>Closed material</strong> was checked. By: {post}, {day}."),
        post=briefing.get_closed_check_by_display(),
        day=wording.plain_day(briefing.closed_check_on),
    )


def title_of(briefing: SafetyBriefing) -> str:
    """Return the title, with the working code where the reader may know it; never a name."""
    code = working_code(briefing)
    return _("Safety briefing, Person %(code)s") % {"code": code} if code else _("Safety briefing")


def working_code(briefing: SafetyBriefing) -> str:
    """Return what the person is called here: by the authority, or by one's own case that is linked to it."""
    case = Case.objects.filter(pk=briefing.case_id).first()
    if case is None:
        link = Link.objects.select_related("civil_case").filter(authority_case_id=briefing.case_id).first()
        case = link.civil_case if link else None
    return case.working_code if case else ""


def code_of(briefing: SafetyBriefing) -> str:
    """Return the code by which a sheet is checked; another version has another."""
    digits = b32encode(sha256(briefing.pk.bytes).digest()).decode()[:8]
    return f"{digits[:4]}-{digits[4:]}"

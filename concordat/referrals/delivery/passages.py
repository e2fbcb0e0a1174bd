"""What of an end report can be translated, and its translations."""

from django.utils.translation import gettext as _

from concordat.cases.translated import Passage, shown_translations
from concordat.core.parts import Translated
from concordat.referrals.models import EndReport


def passages_of(report: EndReport) -> list[Passage]:
    """Return every piece of a report that its author wrote; the words of the referral are not theirs."""
    outcomes = [Passage(f"outcome_{one.position}", one.outcome, one.comment) for one in report.outcomes.all()]
    onward = [Passage("onward", _("What should go on, and who could do it"), report.onward)] if report.onward else []
    return [Passage("summary", _("What was done"), report.summary), *outcomes, *onward]


def translations_of(report: EndReport) -> list[Translated]:
    """Return the translations of a report as its pages show them."""
    return shown_translations(report.translations.all(), passages_of(report), written_in=report.written_in)

"""What of a record can be translated, and its translations as a page shows them: always marked as what they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from concordat.core.languages import name_of, passage
from concordat.core.parts import Answer, Translated
from concordat.core.wording import plain_day

from .models import Translation


@dataclass(frozen=True)
class Passage:
    """One piece of a record's text: its name among the texts of a translation, its heading, and the original."""

    name: str
    heading: str
    text: str


def shown_translations(
    found: Iterable[Translation], passages: Sequence[Passage], *, written_in: str
) -> list[Translated]:
    """Show the newest translation into each language; `found` comes with the newest first."""
    newest: dict[str, Translation] = {}
    for one in found:
        newest.setdefault(one.language, one)
    return [_shown(one, passages, written_in) for one in newest.values()]


def _shown(one: Translation, passages: Sequence[Passage], written_in: str) -> Translated:
    lines = [Answer(part.heading, passage(one.texts.get(part.name, ""), one.language)) for part in passages]
    return Translated(words_of(one, written_in), one.by_machine, lines)


def words_of(one: Translation, written_in: str) -> str:
    """Say from which language into which, by whom and when."""
    values = {
        "source": name_of(written_in),
        "target": name_of(one.language),
        "who": one.translated_by or _("a machine"),
        "day": plain_day(one.created_at),
    }
    if written_in:
        return _("Translation from %(source)s into %(target)s by %(who)s, on %(day)s.") % values
    return _("Translation into %(target)s by %(who)s, on %(day)s.") % values

"""Texts on consent, threats and rights, which a lawyer has to read in each language before real people do.

In the catalogues they carry the comment "draft: not signed off by a lawyer". Whoever runs a server records who approved
them; an approval is of these very words, so it is void when one of them changes. Without it pages and papers say that
they are drafts, and a server that others can reach does not start.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from hashlib import sha256
from pathlib import Path

from babel.messages.pofile import read_po

from concordat.core.translations import PACKAGE, PLACES

MARK = "draft"
FILE = "approved-texts.json"
SOURCE = "en"  # the language that the program is written in


class Kind(StrEnum):
    """What such texts are about; one person may be able to judge one kind and not another."""

    CONSENT = "consent"
    THREAT = "threat"
    RIGHTS = "rights"


KIND_OF_ROOM = {"referrals": Kind.CONSENT, "cases": Kind.CONSENT, "sharing": Kind.THREAT, "agreements": Kind.THREAT}


@dataclass(frozen=True)
class Text:
    """One text: the English words that the program is written with, and those of a language."""

    english: str
    words: str


@dataclass(frozen=True)
class Approval:
    """Who approved the texts of one kind in one language, when, and which words these were."""

    by: str
    on: str
    fingerprint: str


@cache
def texts(language: str, kind: Kind) -> tuple[Text, ...]:
    """Return the texts of one kind in a language; of the source language the words themselves."""
    found = {
        text.english: text
        for place in PLACES
        for source in sorted(PACKAGE.glob(place))
        if KIND_OF_ROOM.get(source.relative_to(PACKAGE).parts[0], Kind.RIGHTS) == kind
        for text in marked(source, language)
    }
    return tuple(found[english] for english in sorted(found))


def marked(source: Path, language: str) -> Iterable[Text]:
    """Yield what a catalogue marks as a draft, if it is one that tells of this language."""
    spoken = source.parent.parent.name
    if language not in (SOURCE, spoken):
        return
    with source.open("rb") as lines:
        for message in read_po(lines, locale=spoken):
            if any(one.startswith(MARK) for one in message.user_comments):
                english = message.id if isinstance(message.id, str) else message.id[-1]
                words = message.string if isinstance(message.string, str) else "\n".join(message.string or ())
                yield Text(english, english if language == SOURCE else words)


@cache
def fingerprint(language: str, kind: Kind) -> str:
    """Return what tells these words from any others."""
    words = [[one.english, one.words] for one in texts(language, kind)]
    return sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()


def approvals(home: Path) -> dict[str, Approval]:
    """Return what has been recorded, by language and kind such as `fr consent`."""
    try:
        kept = json.loads((home / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return {name: Approval(**one) for name, one in kept.items()}


def approve(home: Path, language: str, kinds: Iterable[Kind], *, by: str, on: date) -> None:
    """Record that somebody approved the texts as they are now."""
    held = {name: asdict(one) for name, one in approvals(home).items()}
    for kind in kinds:
        held[f"{language} {kind}"] = asdict(Approval(by, on.isoformat(), fingerprint(language, kind)))
    home.mkdir(parents=True, exist_ok=True)
    fresh = home / f"{FILE}.new"
    fresh.write_text(json.dumps(held, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    fresh.replace(home / FILE)


def is_approved(home: Path, language: str, kind: Kind) -> bool:
    """Tell whether the texts of one kind are approved as they are now."""
    held = approvals(home).get(f"{language} {kind}")
    return held is not None and held.fingerprint == fingerprint(language, kind)


def unapproved(home: Path, languages: Iterable[str]) -> list[tuple[str, Kind]]:
    """Return the languages and kinds that nobody has approved as they are now."""
    return [(one, kind) for one in languages for kind in Kind if not is_approved(home, one, kind)]


def refuse_to_serve(home: Path, languages: Iterable[str]) -> str | None:
    """Say why a server that others can reach may not start; for the operator, in English like all commands."""
    missing = unapproved(home, languages)
    if not missing:
        return None
    named = ", ".join(f"{language} ({kind})" for language, kind in missing)
    return (
        f"Nobody has approved these texts: {named}. Have a lawyer read them (`concordat texts LANGUAGE`) and record "
        "who did (`concordat texts LANGUAGE --approved-by NAME`), or offer fewer languages with CONCORDAT_LANGUAGES."
    )

"""Words for sex and languages, as lists of other systems write them, and lists of names such as the establishments."""

import difflib
import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cache

from babel import Locale

from concordat.imports.reading.sheet import Cell
from concordat.imports.reading.text import fold, is_damaged, phrases_of, words_of


class Sex(StrEnum):
    """The values of a person's sex, equal to those of the case. Not stated is None."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


_SEXES = {
    Sex.FEMALE: "f female woman girl w weiblich frau femme feminin feminine fille mme mrs ms انثي امراه فتاه اناث",
    Sex.MALE: "m male man boy mannlich maennlich mann h homme masculin masculine garcon mr herr monsieur ذكر رجل ذكور",
    Sex.OTHER: "x other d divers diverse non_binary nonbinary autre non_binaire nichtbinar اخر",
}
_SEX_WORDS = {word.replace("_", " "): sex for sex, words in _SEXES.items() for word in words.split()}

_SECURITY = words_of("""
    security secure securite securitaire sicherheit sicherheitsgrunde sicherheitsverlegung yes ja oui نعم امن امنيه امني
""")
_ORDINARY = words_of("""
    ordinary normal regular routine planned court medical no none ordinaire judiciaire tribunal non aucun ordentlich
    regelmassig gericht medizinisch nein keine عادي محكمه طبي لا
""")

_NOT_STATED = phrases_of("""
    n/a, n.a., not available, unknown, not known, not stated, not recorded, null, nil, tbc, tbd, k.a., keine angabe,
    unbekannt, nicht bekannt, inconnu, inconnue, non connu, non renseigne, non communique,
    غير معروف, غير محدد, غير معلوم, مجهول, لا يوجد
""")
_NO_SERVICE = words_of("no none nein keine keiner kein non aucun aucune neant لا 0")

_NAMES_IN = ("en", "fr", "de", "ar")
_MORE_LANGUAGES = {
    "prs": "dari farsi_dari دري الدريه",
    "fa": "farsi فارسي الفارسيه",
    "ku": "kurmanji kurmandji kurde kurdi كردي كرديه kmr",
    "ckb": "sorani سوراني",
    "ar": "arabic_msa arabi عربي عربيه ara",
    "zgh": "tamazight amazigh berber berbere tamazigh امازيغي امازيغيه",
    "so": "somali somalisch soomaali صومالي",
    "tr": "turkce تركي",
    "ru": "русскии russkij روسي",
    "es": "espanol castellano spa اسباني",
    "sq": "shqip",
    "sr": "srpski",
    "bs": "bosanski",
    "nl": "flemish flamand flamisch",
    "en": "eng انجليزي انكليزي انكليزيه",
    "fr": "fra fre فرنسي",
    "de": "deu ger الماني",
    "ps": "pushto pachto paschtu بشتو",
    "ti": "tigrigna",
    "zh": "mandarin chinois_mandarin",
    "pa": "panjabi",
}
_BETWEEN = re.compile(r"[,;/|&+،؛]|\s(?:and|und|et|or|ou|oder)\s|\s+و\s*(?=\S{3})", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)")


def is_empty(cell: Cell) -> bool:
    """Say whether a cell holds nothing but signs for nothing, such as a dash."""
    if isinstance(cell, date) or cell[:1].isalnum():
        return False
    return not any(char.isalnum() for char in cell) and not is_damaged(cell)


def is_not_stated(cell: Cell) -> bool:
    """Say whether a cell says nothing, or says in words that nothing is known."""
    return is_empty(cell) or (isinstance(cell, str) and fold(cell) in _NOT_STATED)


def is_no_service(cell: Cell) -> bool:
    """Say whether a cell asks for no service, by being empty or in words."""
    return is_not_stated(cell) or (isinstance(cell, str) and fold(cell) in _NO_SERVICE)


def is_security(text: str) -> bool | None:
    """Say whether a kind of transfer is one for security; None where the words are not known."""
    words = words_of(fold(text))
    if words & _SECURITY:
        return True
    return False if words & _ORDINARY else None


def sex_of(text: str) -> Sex | None:
    """Return the sex a text names, or None. Numbers name none: one system's 1 is another's 2."""
    return _SEX_WORDS.get(fold(text))


def language_code(name: str) -> str | None:
    """Return the code (ISO 639) of a language by its name in one of our languages or by the code itself."""
    return _languages().get(fold(name))


def languages_in(text: str) -> tuple[list[str], list[str]]:
    """Return the codes of the languages that a text lists, and the pieces that name none."""
    if whole := language_code(text):
        return [whole], []
    pieces = [piece.strip() for piece in _BETWEEN.split(_ASIDE.sub(" ", text)) if piece.strip()]
    named = [part for piece in pieces for part in _parts(piece)]
    codes = {code: None for part in named if (code := language_code(part))}
    return list(codes), [part for part in named if not language_code(part)]


class Names:
    """A list of names, each with an id, found in whatever case, accents and punctuation a file writes them."""

    def __init__(self, ids: Mapping[str, str]) -> None:
        self.names = sorted(ids)
        self._exact = dict(ids)
        self._folded: defaultdict[str, set[str]] = defaultdict(set)
        for name, found in ids.items():
            self._folded[fold(name)].add(found)

    def find(self, text: str) -> str | None:
        """Return the id of a name; None where no name, or more than one, is meant."""
        if text in self._exact:
            return self._exact[text]
        found = self._folded.get(fold(text), set())
        return next(iter(found)) if len(found) == 1 else None

    def like(self, text: str) -> str | None:
        """Return the name that was probably meant, for a sentence; never for loading."""
        by_fold = {fold(name): name for name in self.names}
        close = difflib.get_close_matches(fold(text), by_fold, n=1, cutoff=0.75)
        return by_fold[close[0]] if close else None


def _parts(piece: str) -> list[str]:
    """Return a piece whole, or its words where every word names a language."""
    words = piece.split()
    if not language_code(piece) and len(words) > 1 and all(map(language_code, words)):
        return words
    return [piece]


@cache
def _languages() -> dict[str, str]:
    known: dict[str, str] = {}
    for locale in _NAMES_IN:
        for code, name in Locale(locale).languages.items():
            base = code.split("_")[0]
            known.setdefault(fold(code), base)
            known.setdefault(fold(name), base)
    more = {fold(name.replace("_", " ")): code for code, names in _MORE_LANGUAGES.items() for name in names.split()}
    return known | more

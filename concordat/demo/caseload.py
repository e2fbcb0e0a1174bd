"""The sixty people of the two caseloads. Every name is made up from syllables; nobody is meant.

They came with the last caseload file, so the Prison Service's own number of each is `MPS-` and the digits of the
reference. Ages count from today; four birth dates are fixed, because the file to try the import with holds them too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import chain
from typing import Any

from concordat.cases import actions
from concordat.cases.models import (
    Case,
    CaseRecord,
    FullRecord,
    Identity,
    IdentitySummary,
    KeyDates,
    Placement,
    SummaryRecord,
)
from concordat.core.codes import Category
from concordat.ledger.log import record
from concordat.people.models import Membership
from concordat.referrals.asking.codes import working_code

from . import words
from .clock import Days
from .country import PRISON, PROBATION, Country, named

ADULT, YOUNG = 18, 26
YEAR = 365.25
SEXES = {"m": "male", "f": "female", "x": "other"}
HOMES = {
    "A": "aldermoor",
    "K": "kestrel_bay",
    "T": "thornfield",
    "S": "saltmarsh",
    "P": "bay_office",
    "V": "vellin_office",
}

# Reference | family name, given names | sex | age, or birth date, or - | languages | what service is asked for
LISTED = """
A-1001 | Miresh, Dalo     | m | 41         | English          | Education
A-1002 | Ordan, Pirrel    | m | 1979-11-30 | English, French  | Work and skills
A-1003 | Tavek, Orlin     | m | 34         | English          | Mentoring in custody
A-1004 | Cassel, Renno    | m | 29         | English          | Mentoring in custody
A-1005 | Vennor, Iddo     | m | 52         | English, Spanish | Mentoring in custody
A-1006 | Quillam, Bero    | m | 38         | English          | Mentoring in custody
A-1007 | Sarrow, Tibb     | m | 23         | English, Arabic  | Mentoring in custody
A-1008 | Dasko, Yorin     | m | 45         | French           | Mentoring in custody
A-1009 | Pellan, Marlo    | m | 31         | English          | Mentoring in custody
A-1010 | Hadrel, Osk      | m | 27         | English          | Mentoring in custody
A-1011 | Jurane, Fell     | m | 60         | English          | Mentoring in custody
A-1012 | Brannic, Soto    | m | 36         | Arabic, French   | Mentoring in custody
A-1013 | Kelloway, Ambo   | m | 33         | English          | Mentoring in custody
A-1014 | Nandry, Corvin   | m | 1985-04-03 | English          | Mentoring in custody
A-1015 | Ullery, Prax     | m | 48         | English          | Mentoring in custody
A-1016 | Zephan, Lirro    | m | 25         | English          | Mentoring in custody
A-1017 | Obrett, Dannel   | m | 39         | Spanish          | Mentoring in custody
A-1018 | Farrin, Jask     | m | 30         | English          | Mentoring in custody
A-1019 | Wexel, Thorrin   | m | 44         | English          | Dialogue about faith and values
A-1020 | Galloran, Pim    | m | 21         | English, French  | Dialogue about faith and values
K-2001 | Lastrow, Emmit   | m | 50         | English          | Education
K-2002 | Ivanel, Korro    | m | 35         | English          | Support with substance use
K-2003 | Marrock, Stelln  | m | 26         | Arabic           | Education
K-2004 | Rasmere, Dovic   | m | 37         | English          | Mentoring in custody
K-2005 | Tolliver, Anse   | m | 42         | English          | Mentoring in custody
K-2006 | Beckram, Ollo    | m | 28         | English          | Mentoring in custody
K-2007 | Sundrel, Havo    | m | 55         | English          | Mentoring in custody
K-2008 | Perrim, Lukan    | m | 1990-07-08 | English          | Mentoring in custody
K-2009 | Dworin, Maff     | m | 33         | French           | Work and skills
K-2010 | Anselo, Brick    | m | 47         | English          | Psychological support
K-2011 | Crannoch, Wim    | m | 24         | English, Spanish | Arts and sport
K-2012 | Yarrel, Domm     | m | 31         | English          | Education
K-2013 | Estovar, Pell    | m | 58         | English          | Housing after release
T-3001 | Lindress, Oma    | f | 34         | English          | Education
T-3002 | Corvale, Selna   | f | 40         | English          | Contact with family
T-3003 | Ambrel, Tessic   | f | 29         | French, English  | Contact with family
T-3004 | Dunnock, Averil  | f | 1988-12-05 | English          | Work and skills
T-3005 | Hasslow, Mirra   | f | 36         | English          | Contact with family
T-3006 | Trevane, Ilsa    | f | 51         | English, Arabic  | Contact with family
T-3007 | Pennard, Yola    | f | 27         | English          | Contact with family
T-3008 | Orrin, Castell   | f | 45         | Spanish          | Contact with family
T-3009 | Velmour, Jessa   | f | 23         | English          | Psychological support
S-4001 | Kesterin, Addo   | m | 19         | English          | Education
S-4002 | Rillow, Tamm     | m | -          | English          | Mentoring for young people
S-4003 | Sandry, Ebbo     | m | 17         | English          | Mentoring for young people
S-4004 | Moxen, Perri     | f | 16         | French, English  | Mentoring for young people
S-4005 | Aldane, Wess     | m | 18         | English          | Mentoring for young people
S-4006 | Torrell, Iva     | x | 17         | English          | Arts and sport
P-5001 | Hendrow, Callo   | m | 43         | English          | A room after release
P-5002 | Staviell, Nerra  | f | 32         | English, French  | A room after release
P-5003 | Brickel, Jonn    | m | 28         | English          | A room after release
P-5004 | Wellagan, Tress  | m | 37         | Arabic           | A room after release
P-5005 | Ostrane, Midge   | f | 49         | English          | A room after release
P-5006 | Fennimar, Lodo   | m | 26         | English          | A room after release
V-5007 | Carrow, Elbin    | m | 54         | English          | Support with substance use
V-5008 | Jessamel, Tor    | m | 33         | English          | Work and skills
V-5009 | Runnel, Pavo     | m | 41         | Spanish          | Work and skills
V-5010 | Dorrance, Lill   | f | 30         | English          | Psychological support
V-5011 | Maskell, Urro    | m | 46         | English          | Education
V-5012 | Tennick, Ozzo    | m | 22         | English, French  | Education
"""


@dataclass(frozen=True)
class Person:
    """One line of the list."""

    reference: str
    family_name: str
    given_names: str
    sex: str
    born: str
    languages: list[str]
    asks_for: str

    @property
    def owner(self) -> int:
        """The authority whose caseload this is."""
        return PROBATION if self.reference[0] in "PV" else PRISON

    @property
    def home(self) -> str:
        """The place where the person is."""
        return HOMES[self.reference[0]]

    @cached_property
    def number(self) -> int:
        """The digits of the reference: what varies from person to person is taken from it."""
        return int(self.reference[2:])

    def birth_date(self, days: Days) -> date | None:
        """Return the birth date; None where nobody knows it."""
        if self.born == "-":
            return None
        if "-" in self.born:
            return date.fromisoformat(self.born)
        return days.today - timedelta(days=round(int(self.born) * YEAR) + 40 + self.number * 7 % 200)

    def age_group(self, days: Days) -> str:
        """Return the age in the words that partners read; without a birth date it is that of a child."""
        born = self.birth_date(days)
        age = (days.today - born).days / YEAR if born else 0
        return "under 18" if age < ADULT else "18 to 25" if age < YOUNG else "over 25"


def listed() -> list[Person]:
    """Read the list."""
    return [person_of(*(cell.strip() for cell in line.split("|"))) for line in LISTED.strip().splitlines()]


def person_of(reference: str, name: str, sex: str, born: str, languages: str, asks_for: str) -> Person:  # noqa: PLR0917
    """Read the cells of one line."""
    family_name, given_names = name.split(", ")
    return Person(reference, family_name, given_names, SEXES[sex], born, languages.split(", "), asks_for)


def load(country: Country, codes: dict[str, str]) -> dict[str, Case]:
    """Load both caseloads and return the cases by their references; `codes` are the working codes of the stories."""
    taken = set(country.reserved)
    cases: dict[str, Case] = {}
    for officer, owner, ago in (("ines", PRISON, 410), ("lina", PROBATION, 300)):
        people = [person for person in listed() if person.owner == owner]
        with country.acting(officer, ago, "08:15") as by:
            cases |= {case.reference: case for case in open_cases(country, people, codes, taken, by)}
    for manager, homes in (("tomas", "AK"), ("ana", "TS"), ("lina", "PV")):
        people = [person for person in listed() if person.reference[0] in homes]
        with country.acting(manager, 280, "13:30") as by:
            describe(country, people, cases, by)
    return cases


def open_cases(
    country: Country, people: list[Person], codes: dict[str, str], taken: set[str], by: Membership
) -> list[Case]:
    """Open a case for each person, as an import does: who it is, where, and the key dates."""
    cases = []
    for person in people:
        code = codes.get(person.reference) or working_code(taken)
        taken.add(code)
        cases.append(
            Case(
                owner_id=person.owner, reference=person.reference, working_code=code, service_purpose=person.asks_for,
                source_identifier=f"MPS-{person.number}" if person.owner == PRISON else "",
                child_rules=person.age_group(country.days) == "under 18",
            )
        )  # fmt: skip
    Case.objects.bulk_create(cases)
    identities = [_identity(person, case, country, by) for person, case in zip(people, cases, strict=True)]
    Identity.objects.bulk_create(identities)
    actions.index_names(identities)
    Placement.objects.bulk_create(_stay(*pair, country, by) for pair in zip(people, cases, strict=True))
    KeyDates.objects.bulk_create(_dates(*pair, country, by) for pair in zip(people, cases, strict=True))
    for case in cases:
        record(
            "case.opened", owner=case.owner_id, case=case.pk,
            categories=[Category.P01, Category.P02, Category.P03, Category.P04],
        )  # fmt: skip
    return cases


def _about(case: Case, by: Membership) -> dict[str, Any]:
    return {"owner_id": case.owner_id, "case": case, "created_by": by}


def _identity(person: Person, case: Case, country: Country, by: Membership) -> Identity:
    sort_key = f"{person.family_name} {person.given_names}".lower()
    return Identity(
        **_about(case, by), family_name=person.family_name, given_names=person.given_names, sort_key=sort_key,
        birth_date=person.birth_date(country.days), sex=person.sex, languages=person.languages,
    )  # fmt: skip


def _stay(person: Person, case: Case, country: Country, by: Membership) -> Placement:
    arrived = 420 + person.number * 3 % 300
    return Placement(
        **_about(case, by), place_id=named(person.home), arrived_on=country.days.day(arrived),
        starts_at=country.days.at(arrived, "11:00"), from_source=True,
    )  # fmt: skip


def _dates(person: Person, case: Case, country: Country, by: Membership) -> KeyDates:
    days, left = country.days, 90 + person.number * 37 % 1500
    if person.reference == "A-1003":
        left = 131
    return KeyDates(
        **_about(case, by), sentence_start=days.day(420 + person.number * 11 % 900), release_date=days.day(-left),
        release_date_kind=("Earliest date", "Fixed by the court", "Expected")[person.number % 3],
    )  # fmt: skip


def describe(country: Country, people: list[Person], cases: dict[str, Case], by: Membership) -> None:
    """Write what a manager writes about people: in full for the own house, as checked summaries for partners."""
    of = [(person, cases[person.reference]) for person in people]
    IdentitySummary.objects.bulk_create(
        IdentitySummary(
            **_about(case, by), called=person.given_names, languages=person.languages, sex=person.sex,
            age_group=person.age_group(country.days),
        )
        for person, case in of
    )  # fmt: skip
    rows = list(chain.from_iterable(_records(person, case, country, by) for person, case in of))
    FullRecord.objects.bulk_create(row for row in rows if isinstance(row, FullRecord))
    SummaryRecord.objects.bulk_create(row for row in rows if isinstance(row, SummaryRecord))
    for _person, case in of:
        written = {int(row.category) for row in rows if row.case == case}  # type: ignore[attr-defined]
        record("records.written", owner=case.owner_id, case=case.pk, categories=[Category.P01, *written])


def _records(person: Person, case: Case, country: Country, by: Membership) -> Iterable[CaseRecord]:
    about = {**_about(case, by), "about_on": country.days.day(280)}
    for category, title, text in words.in_full(person):
        yield FullRecord(**about, category=category, title=title, text=text, source="Intake interview")
    for category, text in words.in_short(person):
        yield SummaryRecord(**about, category=category, text=text, checked_by=by.shown_name)

"""A large fictional country: `country.sql` in the database, and the numbers under which its names are found."""

from pathlib import Path

import psycopg

from concordat.cases.names import tokens
from concordat.demo.world import LANTERN, PRISON, named

Database = psycopg.Connection[tuple[object, ...]]

CASELOAD = 150
STEMS = ["Sandov", "Brandt", "Okor", "Taz", "Marsh", "Lind", "Vell", "Ferr", "Hadd", "Nkem"]
ENDINGS = [first + last for first in "aeiou" for last in ("l", "n", "r", "s", "k", "m", "d", "g", "ta", "ro")]
FAMILY = [stem + ending for ending in ENDINGS for stem in STEMS]  # five hundred
GIVEN = ["Iri", "Samir", "Grace", "Nadia", "Pat", "Helen", "Noor", "Ludmila", "Élise", "Chidi"]
SQL = Path(__file__).with_name("country.sql")


def fill(db: Database, cases: int) -> None:
    """Make everything; the statistics that the planner goes by are taken at the end."""
    values = {
        "prison": PRISON, "lantern": LANTERN, "cases": cases, "author": named("pat"), "place": named("aldermoor"),
        "mentor": named("nadia"), "caseload": CASELOAD, "family": FAMILY, "given": GIVEN,
    }  # fmt: skip
    psycopg.ClientCursor(db).execute(SQL.read_bytes(), values)
    names(db)
    db.execute("VACUUM ANALYZE")


def names(db: Database) -> None:
    """Store under which numbers each name is found; there are few enough different ones."""
    found = db.execute("SELECT DISTINCT family_name, given_names FROM cases_identity").fetchall()
    db.execute("CREATE TEMP TABLE spelt (family text, given text, token bigint)")
    with db.cursor().copy("COPY spelt FROM STDIN") as copy:
        for family, given in found:
            for token in tokens(str(family), str(given)):
                copy.write_row((family, given, token))
    db.execute(
        "INSERT INTO cases_nametoken (id, owner_id, case_id, token)"
        " SELECT gen_random_uuid(), i.owner_id, i.case_id, s.token FROM cases_identity i"
        " JOIN spelt s ON s.family = i.family_name AND s.given = i.given_names"
    )

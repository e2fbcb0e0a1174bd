"""Names as numbers: what meets across scripts and spellings, and what is stored."""

import pytest
from django.db import connection

from concordat.cases.actions import index_name
from concordat.cases.models import Case, Identity, NameToken
from concordat.cases.names import asked, fold, tokens
from concordat.demo.world import acting, named


def fits(name: str, text: str) -> bool:
    stored = tokens(name)
    words = asked(text)
    return bool(words) and all(word & stored for word in words)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Sandoval", "Сандовал"),
        ("Sandoval", "ساندوفال"),
        ("محمد", "Mohammed"),
        ("Muhammad", "Мухаммад"),
        ("Şükrü", "shukru"),
        ("O'Brien", "OBrien"),
        ("Sandoval", "sand"),
        ("Iri Sandoval", "sandoval iri"),
    ],
)
def test_one_name_is_found_by_another_way_to_write_it(name: str, text: str) -> None:
    assert fits(name, text)


@pytest.mark.parametrize("text", ["Santos", "sa", "Iri Santos", "", "42"])
def test_another_name_is_not(text: str) -> None:
    assert not fits("Iri Sandoval", text)


def test_numbers_fit_the_column_and_depend_on_the_key(settings: pytest.FixtureRequest) -> None:
    before = tokens("Sandoval")
    assert all(0 <= number < 2**63 for number in before)
    settings.SEAL_KEY = "another key, of another installation"  # type: ignore[attr-defined]
    assert not before & tokens("Sandoval")


def test_folding_keeps_letters_only() -> None:
    assert fold("  Ána-María  2 ") == ["ana", "maria"]


@pytest.mark.django_db
def test_indexing_again_replaces_what_was_stored() -> None:
    with acting("pat"):
        case, identity = Case.objects.get(pk=named("case")), Identity.objects.get(case=named("case"))
        index_name(case, identity)
        first = set(NameToken.objects.values_list("token", flat=True))
        identity.family_name = "Okonkwo"
        index_name(case, identity)
        second = set(NameToken.objects.values_list("token", flat=True))
    assert first == tokens("Sandoval", "Iri")
    assert second == tokens("Okonkwo", "Iri")


@pytest.mark.django_db
def test_the_table_holds_no_name() -> None:
    with acting("pat"), connection.cursor() as cursor:
        index_name(Case.objects.get(pk=named("case")), Identity.objects.get(case=named("case")))
        cursor.execute("SELECT cases_nametoken::text FROM cases_nametoken")
        assert not any("andoval" in row for (row,) in cursor.fetchall())

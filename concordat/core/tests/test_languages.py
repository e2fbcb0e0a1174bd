"""In which language a text is written, and how a page marks it."""

import pytest
from django.utils import translation

from concordat.core import languages
from concordat.core.forms import WrittenInField
from concordat.core.templatetags.ui import written


def test_a_text_can_be_in_more_languages_than_the_pages() -> None:
    assert {"en", "fr", "ar", "prs", "ckb", "zgh", "ti", "ps", "so"} <= languages.codes()


@pytest.mark.parametrize("page", ["en", "fr", "ar"])
def test_every_language_has_a_name_for_every_reader(page: str) -> None:
    with translation.override(page):
        assert [code for code in languages.codes() if languages.name_of(code) == code] == []


def test_the_name_is_in_the_language_of_the_reader() -> None:
    with translation.override("fr"):
        assert languages.name_of("prs") == "dari"


@pytest.mark.parametrize(
    ("code", "marked"),
    [("ar", ' lang="ar" dir="rtl"'), ("fr", ' lang="fr" dir="ltr"'), ("ku", ' lang="ku" dir="auto"'), (None, "")],
)
def test_an_element_says_language_and_direction(code: str | None, marked: str) -> None:
    assert languages.attributes(code) == marked


def test_where_nobody_said_it_the_letters_decide() -> None:
    assert languages.attributes("") == ' dir="auto"'
    assert written("") == {"language": ""}


def test_what_somebody_wrote_is_escaped() -> None:
    assert languages.passage("<b>", "fr") == '<span class="c-passage" lang="fr" dir="ltr">&lt;b&gt;</span>'
    assert "<b>" not in languages.phrase("<b>", '"><b>')


def test_the_line_stands_only_where_the_page_is_in_another_language() -> None:
    assert written("en") == {"language": ""}
    assert written("ar") == {"language": "Arabic"}
    with translation.override("ar"):
        assert written("ar") == {"language": ""}


def test_the_field_begins_with_the_language_of_the_page_and_takes_another() -> None:
    field = WrittenInField()

    with translation.override("fr"):
        assert field.clean("") == "fr"
        assert field.initial() == "fr"
    assert field.clean("prs") == "prs"


def test_what_is_no_language_is_refused() -> None:
    with pytest.raises(Exception, match="not one of the available choices"):
        WrittenInField().clean("xx")

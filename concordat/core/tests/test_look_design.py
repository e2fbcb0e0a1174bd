"""The living page: every component, in both directions."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.test import RequestFactory
from django.utils.translation import trans_real

from concordat.core import translations, views
from concordat.core.templatetags import ui

TEMPLATES = Path(ui.__file__).parents[1] / "templates"
INSIDE = {"acting_as", "actions", "day", "errors", "given", "moment", "narrow", "pager", "problems", "question"}


@pytest.fixture(scope="module", autouse=True)
def arabic() -> None:
    """Compile the Arabic words of this folder, which are not committed compiled, and let Django read them anew."""
    source = TEMPLATES.parent / "locale" / "ar" / "LC_MESSAGES" / "django.po"
    if translations.is_stale(source):
        translations.compile_one(source)
    trans_real._translations.clear()  # type: ignore[attr-defined]  # noqa: SLF001 - there is no public way


def design(**asked: str) -> str:
    return views.design(RequestFactory().get("/design", asked)).content.decode()


@pytest.mark.parametrize(("asked", "language", "direction"), [("ltr", "en", "ltr"), ("rtl", "ar", "rtl")])
def test_the_page_is_shown_in_both_directions(asked: str, language: str, direction: str) -> None:
    page = design(dir=asked)
    assert f'<html class="govuk-template" lang="{language}" dir="{direction}">' in page


def test_the_arabic_page_speaks_arabic() -> None:
    words = re.sub(r"<[^>]+>", " ", design(dir="rtl").split('id="main">')[1].split("</main>")[0])
    assert set(re.findall(r"\b[a-z]{4,}\b", words)) == {"x" * 60}


def test_every_component_is_on_the_page() -> None:
    used = set(re.findall(r"{%\s*(\w+)", (TEMPLATES / "core" / "design.html").read_text()))
    assert set(ui.register.tags) - used == INSIDE, "they are part of others, or of whole pages"


@pytest.mark.parametrize("asked", ["ltr", "rtl"])
def test_nothing_on_the_page_needs_a_looser_policy(asked: str) -> None:
    page = design(dir=asked)
    assert not re.search(r"\sstyle=|<style|<script|\son[a-z]+=|data:", page)


def test_no_level_of_heading_is_skipped() -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", design(dir="ltr"))]
    assert all(after - before <= 1 for before, after in pairwise(levels))

"""The guide, in each language, shows pictures that the journey takes: all of them, in its language, and no others."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from concordat.demo.tests.journeys.conftest import PICTURES

GUIDES = {
    code: PICTURES.parent / f"README{'' if code == 'en' else f'.{code}'}.md" for code, _name in settings.LANGUAGES
}


def taken() -> list[str]:
    source = Path(__file__).with_name("test_the_main_job.py").read_text(encoding="utf-8")
    return sorted(re.findall(r'\.picture\("(\w+)"', source))


@pytest.mark.parametrize("language", GUIDES)
def test_the_guide_shows_what_the_journey_takes(language: str) -> None:
    text = GUIDES[language].read_text(encoding="utf-8")
    assert sorted(re.findall(rf"\(images/{language}/(\w+)\.png\)", text)) == taken()
    assert len(re.findall(r"\(images/", text)) == len(taken())


@pytest.mark.parametrize("language", GUIDES)
def test_each_picture_is_kept_wide_and_narrow(language: str) -> None:
    kept = {one.stem for one in (PICTURES / language).glob("*.png")}
    assert kept == {f"{name}{width}" for name in taken() for width in ("", "-375")}


def test_the_guides_have_the_same_parts() -> None:
    shapes = {
        code: re.findall(r"^(#+|\d+\.|!)", guide.read_text(encoding="utf-8"), re.MULTILINE)
        for code, guide in GUIDES.items()
    }
    assert shapes["fr"] == shapes["en"]
    assert shapes["ar"] == shapes["en"]

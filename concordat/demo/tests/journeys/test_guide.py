"""The guide shows pictures that the journey takes, all of them, and no others."""

import re
from pathlib import Path

from concordat.demo.tests.journeys.conftest import PICTURES


def test_the_guide_shows_what_the_journey_takes() -> None:
    shown = re.findall(r"\(images/(\S+)\.png\)", (PICTURES.parent / "README.md").read_text(encoding="utf-8"))
    source = Path(__file__).with_name("test_the_main_job.py").read_text(encoding="utf-8")
    taken = re.findall(r'\.picture\("(\w+)"', source)
    kept = [one.stem for one in PICTURES.glob("*.png")]
    assert sorted(shown) == sorted(taken) == sorted(kept)

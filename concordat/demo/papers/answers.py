"""What the clauses ask and only the parties know, filled in for the country's agreements."""

from collections.abc import Sequence
from typing import Any

from concordat.core.codes import Activity
from concordat.demo.country import named

from .paper import Answers


def framework(
    objectives: Sequence[Activity], *, officer: str, law: str, on_top: str, contacts: tuple[str, str], desk: str
) -> Answers:
    """Return the answers of a framework: what it is for, who answers for what, whom to turn to."""
    return {
        "MOU-2": {"objectives": [one.value for one in objectives]},
        "MOU-4": {"citation": law},
        "MOU-5": {"officer": str(named(officer)), "on_top": on_top},
        "MOU-10": {"duty_contact": desk},
        "MOU-16": {"outside": "The Ombudsman of Marenia"},
        "MOU-18": {"contact_a": contacts[0], "contact_b": contacts[1]},
        "MOU-22": {"arbiter": "One person named by each party, and the Ombudsman where they do not agree"},
    }


def protocol(*, contacts: tuple[str, str], dpia: str) -> Answers:
    """Return the answers of a protocol: whom to ask about data, and which assessment was made."""
    return {
        "ISP-1": {"contact_a": contacts[0], "contact_b": contacts[1]},
        "ISP-18": {"contact": "Any worker of either party, or a slip in the ombudsman’s box"},
        "ISP-23": {"dpia": dpia, "dpia_place": "With the data protection contact who is named first in clause 1"},
    }


def terms(
    *, method: str, theory: str, eligible: str, target: str, contact: str, gives: Sequence[str], times: str = ""
) -> Answers:
    """Return the answers of activity terms: what happens, for whom, and what the place gives."""
    supports: dict[str, Any] = {"contact": contact, "supports": ["contact", "room", "escort", "alarm"]}
    return {
        "TRM-1": {"method": method, "theory": theory},
        "TRM-2": {"times": times},
        "TRM-3": {"eligible": eligible},
        "TRM-4": {"target": target},
        "TRM-5": {"forms": ["line_of_sight", "random_presence"]},
        "TRM-9": supports,
        "TRM-14": {"gives": list(gives)},
        "TRM-17": {"evaluator": "research", "name": "Meren Institute for Social Research"},
    }

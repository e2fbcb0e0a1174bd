"""6. The ombudsman's visit: a statute opens what an agreement would, and nobody's suspension closes it."""

from concordat.demo.journey import Plan, Stage

from .story import Story

PERSON = "S-4003"

STORY = Story(
    "The ombudsman’s visit",
    (
        Plan(
            PERSON, "young", Stage.ACTIVE, sent=85, worker="nadia", slot=(1, "14:00"), own=("LM-0158", "3T"),
            briefing={"restrictions": "A second adult stays within sight. 50 minutes at most."},
        ),
    ),
    {PERSON: "9R"},
)  # fmt: skip

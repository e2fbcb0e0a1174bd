"""5. No birth date: the rules for children apply, and not every mentor may be assigned."""

from concordat.demo.journey import Plan, Stage

from .story import Story

PERSON = "S-4002"

STORY = Story(
    "No birth date",
    (
        Plan(
            PERSON, "young", Stage.ACCEPTED, sent=6, own=("LM-0170", "2E"),
            text="Says he is eighteen, has no papers. Likes to build things. His aunt was heard and agrees.",
            outcomes=("Finishes one piece of work in the workshop",),
        ),
    ),
    {PERSON: "3X"},
)  # fmt: skip

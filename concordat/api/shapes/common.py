"""What every shape is made of: strict about what comes in, so that nothing is taken for something else."""

import re
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})")


def written_as(pattern: re.Pattern[str], example: str) -> BeforeValidator:
    """Take text alone that is written so: a number is no date."""

    def check(value: Any) -> Any:  # noqa: ANN401 - whatever was sent
        if not (isinstance(value, str) and pattern.fullmatch(value)):
            raise ValueError(f"Write it as {example}")
        return value

    return BeforeValidator(check)


Day = Annotated[date, written_as(DAY, "2026-03-27"), Field(examples=["2026-03-27"])]
Moment = Annotated[
    AwareDatetime, written_as(MOMENT, "2026-03-27T14:00:00+01:00"), Field(examples=["2026-03-27T14:00:00+01:00"])
]
Yes = StrictBool
Number = StrictInt


class Sent(Schema):
    """What a machine sends. A field that is not known is refused, for it would be lost without a word."""

    model_config = ConfigDict(extra="forbid")


NUMBER = "00000000-0000-4000-8000-000000000000"


def example(said: dict[str, Any]) -> ConfigDict:
    """Give a shape an example, which a test reads as if it had been sent."""
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [said]})


class Result(Schema):
    """What came of a request: its number and its address. What it says is read there, under the policies of then."""

    id: UUID
    location: str = Field(examples=["/api/v1/referrals/00000000-0000-4000-8000-000000000000"])


class WrongField(Schema):
    """What is wrong with one field, in a sentence."""

    field: str
    detail: str


class ProblemShape(Schema):
    """Why the answer is no (RFC 9457). `detail` is the sentence of the page, in the language that was asked for."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["Unprocessable Entity"])
    status: int = Field(examples=[422])
    detail: str = Field(examples=["This referral is already answered."])
    errors: list[WrongField] = []


class PartyShape(Schema):
    """An organisation by its number and name; `side` is authority or civil."""

    id: int
    name: str
    side: str

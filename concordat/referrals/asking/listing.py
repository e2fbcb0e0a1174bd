"""How a service or a referral is shown in a list: in words, made for one page of it at a time."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from concordat.cases.models import Sex
from concordat.core.parts import Kind, State
from concordat.organisations.models import Place
from concordat.people.models import Membership
from concordat.referrals.models import AgeGroup, Answer, FreePlaces, Need, Referral, Service

from .outside import OutsideView
from .terms import Papers

FULL: dict[str, Kind] = {FreePlaces.SOME: "done", FreePlaces.FEW: "soon", FreePlaces.NONE: "rest"}


class Shown(list[Any]):
    """Rows as a page shows them; only those of the page that is wanted are loaded and put into words."""

    def __init__(self, rows: QuerySet[Any], show: Callable[[Any], object]) -> None:
        super().__init__()
        self.rows, self.show = rows, show

    def __len__(self) -> int:
        return self.rows.count()

    def __getitem__(self, wanted: Any) -> Any:  # noqa: ANN401 - a slice, or one place
        return [self.show(row) for row in self.rows[wanted]]


@dataclass(frozen=True)
class Listed:
    """A service in words: whether one's own organisation can refer to it, where, and else why not."""

    service: Service
    needs: str
    people: str
    languages: str
    places: list[Place]
    full: State
    open_at: str
    refusals: list[str]
    refusal: str | None = None


def listed(service: Service, *, known: Papers, by: Membership, refusal: str | None = None) -> Listed:
    """Put a service into words for somebody. `refusal` says why one person cannot be referred to it."""
    places = [one.place for one in service.places.all()]
    own = service.organisation_id == by.organisation_id
    said = {place: None if own else known.refuse(service, place, by.organisation) for place in places}
    return Listed(
        service=service,
        needs=joined(str(Need(one).label) for one in service.needs),
        people=_("%(sexes)s; %(ages)s") % {
            "sexes": joined(str(Sex(one).label) for one in service.sexes),
            "ages": joined(str(AgeGroup(one).label) for one in service.age_groups),
        },
        languages=joined(service.languages),
        places=places,
        full=State(FULL[service.free_places], str(FreePlaces(service.free_places).label)),
        open_at=joined(str(place) for place, sentence in said.items() if sentence is None and not own),
        refusals=list(dict.fromkeys(sentence for sentence in said.values() if sentence)),
        refusal=refusal,
    )  # fmt: skip


def joined(words: Iterable[str]) -> str:
    """Write several words as one list."""
    return _(", ").join(words)


@dataclass(frozen=True)
class Line:
    """A referral in a list."""

    referral: Referral
    state: State
    code: str = ""


def sent_line(referral: Referral, *, views: Mapping[UUID, OutsideView]) -> Line:
    """Show a referral to whoever sent it: nothing but what may be known outside."""
    if referral.sent_at is None:
        return Line(referral, State("soon", _("Draft")), referral.case.working_code)
    view = views.get(referral.pk, OutsideView())
    return Line(referral, outside_state(view), referral.case.working_code)


def outside_state(view: OutsideView) -> State:
    """Put into words what came of a referral. "Not currently" is one value, whatever lies behind it."""
    if view.agreed:
        return State("done", _("Agreed"))
    return State("rest", _("Not currently")) if view.acknowledged else State("rest", _("Sent"))


def received_line(referral: Referral, *, answers: Mapping[UUID, Answer]) -> Line:
    """Show a referral to whoever was asked."""
    said = answers.get(referral.pk)
    return Line(referral, answer_state(said), said.case.working_code if said and said.case else "")


def answer_state(said: Answer | None) -> State:
    """Say where a referral stands on one's own desk."""
    if said is None:
        return State("soon", _("To acknowledge"))
    if said.answered_at is None:
        return State("soon", _("To answer"))
    return State("done", _("Accepted")) if said.accepted else State("rest", _("Not now"))

"""How a service or a referral is shown in a list: in words, made for one page of it at a time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext as _

from concordat.cases.models import Sex
from concordat.cases.translated import Passage
from concordat.core.languages import passage, phrase
from concordat.core.parts import Answer as Fact
from concordat.core.parts import Kind, State
from concordat.core.wording import enumerated, plain_day
from concordat.people.models import Membership
from concordat.referrals.models import AgeGroup, Answer, FreePlaces, Need, Referral, Service

from .outside import OutsideView, outside_views
from .terms import Papers

FULL: dict[str, Kind] = {FreePlaces.SOME: "done", FreePlaces.FEW: "soon", FreePlaces.NONE: "rest"}


class Shown(list[Any]):
    """Rows as a page shows them; only those of the page that is wanted are loaded and put into words, all at once."""

    def __init__(self, rows: QuerySet[Any], show: Callable[[list[Any]], list[Any]]) -> None:
        super().__init__()
        self.rows, self.show = rows, show

    def __len__(self) -> int:
        return self.rows.count()

    def __getitem__(self, wanted: Any) -> Any:  # noqa: ANN401 - a slice, or one place
        return self.show(list(self.rows[wanted]))


@dataclass(frozen=True)
class Listed:
    """A service in words: whether one's own organisation can refer to it, where, and else why not."""

    service: Service
    needs: str
    people: str
    languages: str
    places: str
    full: State
    open_at: str
    refusals: list[str]
    refusal: str | None = None

    @property
    def facts(self) -> list[Fact]:
        """What stands on the page of a service, line by line."""
        about = _(
            "{target}. Reports speak only to this. Nobody may be made to change what they believe: not for regime, "
            "release or a service."
        )
        said = _(
            "{full}. As the provider said on {day}. "
            "Nothing is counted here: a number that moves would tell who stopped."
        )
        return [
            Fact(_("About"), format_html(about, target=self.service.get_target_display())),
            Fact(_("Method"), passage(self.service.method, self.service.written_in)),
            Fact(_("Helps with"), self.needs),
            Fact(_("For"), self.people),
            Fact(_("Languages"), self.languages),
            Fact(_("Where"), self.places),
            Fact(_("Free places"), format_html(said, full=self.full.text, day=plain_day(self.service.free_places_on))),
        ]


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
        places=joined(str(place) for place in places),
        full=State(FULL[service.free_places], str(FreePlaces(service.free_places).label)),
        open_at=joined(str(place) for place, sentence in said.items() if sentence is None and not own),
        refusals=list(dict.fromkeys(sentence for sentence in said.values() if sentence)),
        refusal=refusal,
    )  # fmt: skip


def joined(words: Iterable[str]) -> str:
    """Write several words as one list."""
    return enumerated(words)


def curated(referral: Referral) -> list[Fact]:
    """Return what the provider reads of a referral, line by line; the sender looks at the same before it leaves."""
    child = _("The rules for children apply: whoever works with the person has a course in safeguarding.")
    return [
        Fact(_("Service"), phrase(referral.service.name, referral.service.written_in)),
        Fact(_("For"), referral.get_need_display()),
        Fact(_("Where"), referral.place.name),
        *([Fact(_("Age"), child)] if referral.child_rules else []),
        Fact(_("What you need to know"), passage(referral.text, referral.written_in)),
        Fact(_("Hoped for"), passage("\n".join(referral.desired_outcomes), referral.written_in)),
    ]


def passages_of(referral: Referral) -> list[Passage]:
    """Return what of a referral can be translated: its text, and each desired outcome."""
    outcomes = enumerate(referral.desired_outcomes, start=1)
    hoped = [Passage(f"outcome_{n}", _("Desired outcome %(number)d") % {"number": n}, text) for n, text in outcomes]
    return [Passage("text", _("What you need to know"), referral.text), *hoped]


@dataclass(frozen=True)
class Line:
    """A referral in a list."""

    referral: Referral
    state: State
    code: str = ""
    open: bool = False


def sent_lines(referrals: list[Referral]) -> list[Line]:
    """Show referrals to whoever sent them: nothing but what may be known outside."""
    views = outside_views(one.pk for one in referrals)
    return [Line(one, sent_state(one, views.get(one.pk, OutsideView())), one.case.working_code) for one in referrals]


def sent_state(referral: Referral, view: OutsideView) -> State:
    return outside_state(view) if referral.sent_at else State("soon", _("Draft"))


def outside_state(view: OutsideView) -> State:
    """Put into words what came of a referral. "Not currently" is one value, whatever lies behind it."""
    if view.agreed:
        return State("done", _("Agreed"))
    return State("rest", _("Not currently")) if view.acknowledged else State("rest", _("Sent"))


def received_lines(referrals: list[Referral]) -> list[Line]:
    """Show referrals to whoever was asked."""
    found = Answer.objects.filter(referral__in=[one.pk for one in referrals]).select_related("case")
    answers = {one.referral_id: one for one in found}
    return [received_line(one, answers.get(one.pk)) for one in referrals]


def received_line(referral: Referral, said: Answer | None) -> Line:
    code = said.case.working_code if said and said.case else ""
    return Line(referral, answer_state(said), code, open=said is None or said.answered_at is None)


def answer_state(said: Answer | None) -> State:
    """Say where a referral stands on one's own desk."""
    if said is None:
        return State("soon", _("To acknowledge"))
    if said.answered_at is None:
        return State("soon", _("To answer"))
    return State("done", _("Accepted")) if said.accepted else State("rest", _("Not now"))

"""Critical incidents: facts that stay, a review in its days, and parties who read what is theirs and reply."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils.timezone import localdate, now

from concordat.core.days import add_months, add_working_days
from concordat.core.errors import Refused
from concordat.core.testing.visiting import visit
from concordat.demo.world import PEOPLE, PRISON, PROBATION, acting, named
from concordat.organisations.models import Organisation
from concordat.safety import feeds
from concordat.safety.actions import incidents as actions
from concordat.safety.models import Incident, Involved, Moment, Note, Subject

pytestmark = pytest.mark.django_db
FACT = "zqfact: the door was open"
OWN, PARTY = {"sara", "ruth"}, {"pat", "helen"}


def recorded(known_on: date | None = None) -> Incident:
    with acting("sara") as by:
        return actions.record(kind="media", known_on=known_on or localdate(), safeguard="Names are taken off.", by=by)


def involved(incident: Incident, party: int = PRISON) -> Involved:
    with acting("sara") as by:
        return actions.involve(incident, party=Organisation.objects.get(pk=party), by=by)


def written(incident: Incident, subject: str, words: str, **changes: Any) -> Note:  # noqa: ANN401 - fields of the action
    with acting("sara") as by:
        return actions.write(Incident.objects.get(pk=incident.pk), subject=subject, words=words, **changes, by=by)


def titles(name: str) -> list[str]:
    with acting(name) as by:
        return [str(one.title) for one in feeds.cards(by)]


@pytest.mark.requirement("CLK-34")
def test_a_review_begins_within_20_working_days_and_ends_within_six_months_or_a_note_of_delay_is_owed() -> None:
    known_on = localdate() - timedelta(days=10)
    incident = recorded(known_on)
    with acting("sara") as by:
        (card,) = feeds.cards(by)
        assert localdate(card.due) == add_working_days(known_on, 20)  # type: ignore[arg-type]
        shown = Incident.objects.get(pk=incident.pk)
        actions.start(shown, level="joint", words="Why the list lay open.", by=by)
        (card,) = feeds.cards(by)
        assert localdate(card.due) == add_months(known_on, 6)  # type: ignore[arg-type]
    late = recorded(localdate() - timedelta(days=60))
    assert "Tell the parties why a review is late" in titles("sara")
    involved(late)
    written(late, Subject.DELAY, "Two people are ill.")
    assert "Tell the parties why a review is late" not in titles("sara")
    assert "Two people are ill." in visit("pat", f"/protection/incidents/{late.pk}/").content.decode()


def test_facts_stay_as_they_were_written_and_in_the_organisation() -> None:
    incident = recorded()
    involved(incident)
    with acting("sara") as by:
        actions.add_fact(incident, happened_at=now(), fact=FACT, source="The log of the gate", by=by)
        with pytest.raises(DatabaseError), transaction.atomic():
            Moment.objects.update(fact="Another fact")
    for name in sorted(PEOPLE):
        with acting(name, level=2):
            assert Moment.objects.exists() == (name in OWN), name
    assert FACT not in visit("pat", f"/protection/incidents/{incident.pk}/").content.decode()


def test_a_party_reads_what_is_written_for_it_and_replies_before_the_review_ends() -> None:
    incident = recorded()
    with acting("sara") as by:
        actions.start(Incident.objects.get(pk=incident.pk), level="note", words="zqterms", by=by)
        with pytest.raises(Refused):
            actions.finish(Incident.objects.get(pk=incident.pk), by=by)
    for name in sorted(set(PEOPLE) - OWN):
        with acting(name, level=2):
            assert not Incident.objects.exists(), name
    involved(incident)
    written(incident, Subject.FINDING, "zqfinding", cause="practice")
    written(incident, Subject.TOLD, "zqtold")
    for name in sorted(PEOPLE):
        with acting(name, level=2):
            assert Incident.objects.exists() == (name in OWN | PARTY), name
    page = visit("pat", f"/protection/incidents/{incident.pk}/").content.decode()
    assert "zqterms" in page
    assert "zqfinding" in page
    assert "zqtold" not in page
    assert "Names are taken off." not in page
    with acting("sara") as by, pytest.raises(DatabaseError), transaction.atomic():
        actions.finish(Incident.objects.get(pk=incident.pk), by=by)
    address = f"/protection/incidents/{incident.pk}/reply/"
    assert visit("pat", address, {"words": "We see it so as well."}).status_code == 302
    assert visit("sara", address, {"words": "x"}).status_code == 422
    with acting("sara") as by:
        actions.finish(Incident.objects.get(pk=incident.pk), by=by)
        with pytest.raises(Refused):
            actions.write(Incident.objects.get(pk=incident.pk), subject="finding", words="x", cause="rules", by=by)


def test_a_recommendation_has_a_day_and_is_done_once() -> None:
    incident = recorded()
    with pytest.raises(DatabaseError), transaction.atomic():
        written(incident, Subject.RECOMMENDATION, "Lock the cupboard.")
    with pytest.raises(DatabaseError), transaction.atomic():
        written(incident, Subject.FINDING, "It lay open.")
    done = written(incident, Subject.RECOMMENDATION, "Lock the cupboard.", due_on=localdate())
    assert "Do what a review recommended" in titles("ruth")
    assert visit("sara", f"/protection/recommendations/{done.pk}/done/", {}).status_code == 302
    assert "Do what a review recommended" not in titles("ruth")
    with acting("sara") as by, pytest.raises(Refused):
        actions.say_done(Note.objects.get(pk=done.pk), by=by)


def test_nobody_else_records_and_nobody_without_an_agreement_is_a_party() -> None:
    for name in ("nadia", "cora", "pat", "helen"):
        with acting(name) as by, pytest.raises(Refused):
            actions.record(kind="media", known_on=localdate(), safeguard="x", by=by)
    incident = recorded()
    with pytest.raises(DatabaseError), transaction.atomic():
        involved(incident, party=PROBATION)
    with acting("pat"), pytest.raises(DatabaseError), transaction.atomic():
        Note.objects.create(incident=incident, subject="reply", words="x", author_id=PRISON, by_id=named("pat"))

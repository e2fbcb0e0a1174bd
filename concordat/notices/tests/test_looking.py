"""Notices: to whom, of what, once; and what the reader finds behind them."""

import threading
from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest
from django.db import connections
from django.utils.timezone import now

from concordat.cases.models import Assignment, Case
from concordat.demo.world import PRISON, acting, named
from concordat.notices import looking
from concordat.notices.about import About
from concordat.notices.looking import look, look_for, look_for_next
from concordat.notices.messages import content_of
from concordat.notices.models import Message, Notice, Watch, Way
from concordat.notices.sending import send_waiting
from concordat.notices.telling import tell
from concordat.notices.tests.smtp import Office
from concordat.organisations.models import Organisation
from concordat.people.models import Membership, Rhythm, User
from concordat.people.tests.conftest import Browser
from concordat.sharing.actions import send_notice
from concordat.sharing.models import Acknowledgement, Opening, SafetyBriefing

pytestmark = pytest.mark.usefixtures("own_database", "_patient")


@pytest.fixture
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "SLICE", 60.0)


def brief(number: int = 2) -> SafetyBriefing:
    with acting("pat") as by:
        return SafetyBriefing.objects.create(
            owner_id=PRISON, case_id=named("case"), created_by=by, number=number, how_to_meet="Room 4",
            nothing_to_add=True, what_changed="Another room", closed_check_by="security_manager",
            closed_check_on=now().date(),
        )  # fmt: skip


def warn() -> None:
    with acting("pat") as by:
        case, lantern = Case.objects.get(pk=named("case")), Organisation.objects.get(slug="lm")
        send_notice(case, to=lantern, text="A person is on the wing from today.", by=by)


def look_again() -> None:
    """Look for everybody once more, as if a minute had passed."""
    Watch.objects.update(looked_at=now() - timedelta(hours=1))
    look()


def notices_of(name: str) -> list[Notice]:
    with acting(name):
        return list(Notice.objects.all())


def abouts(name: str) -> list[str]:
    return [one.about for one in notices_of(name) if one.over_at is None]


def test_whoever_meets_the_person_is_told_of_a_changed_briefing_and_nobody_else() -> None:
    look()
    assert abouts("nadia") == []
    brief()
    look_again()
    assert abouts("nadia") == [About.BRIEFING]
    for name in ("max", "otto", "faye", "omar", "adam", "helen"):
        assert About.BRIEFING not in abouts(name), name


def test_a_notice_is_made_once_however_often_somebody_looks() -> None:
    brief()
    for _round in range(3):
        look_again()
    assert len(notices_of("nadia")) == 1


def test_two_workers_at_once_make_one_notice(dsn: Callable[[str], str]) -> None:
    brief()
    member = Membership.objects.using("signin").select_related("organisation").get(pk=named("nadia"))

    def run() -> None:
        look_for(member)
        connections.close_all()

    threads = [threading.Thread(target=run) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(notices_of("nadia")) == 1


def test_a_member_for_whom_somebody_looks_is_left_out_by_others(dsn: Callable[[str], str]) -> None:
    look()
    Watch.objects.exclude(membership_id=named("nadia")).update(looked_at=now() + timedelta(days=1))
    Watch.objects.filter(membership_id=named("nadia")).update(looked_at=now() - timedelta(hours=1))
    with psycopg.connect(dsn("concordat_signin")) as other:
        other.execute("SELECT 1 FROM notices_watch WHERE membership_id = %s FOR UPDATE", [named("nadia")])
        assert not look_for_next()
    assert look_for_next()


def test_nothing_is_told_to_a_membership_that_is_closed(as_owner: Callable[..., None]) -> None:
    as_owner("INSERT INTO people_hold VALUES (%s, now())", named("nadia"))
    brief()
    look()
    assert notices_of("nadia") == []
    as_owner("DELETE FROM people_hold")
    look_again()
    assert abouts("nadia") == [About.BRIEFING]


def test_the_log_says_that_the_system_made_it_and_no_read(owner_dsn: str) -> None:
    brief()
    look()
    with psycopg.connect(owner_dsn) as owner:
        lines = owner.execute(
            "SELECT e.kind, e.organisation, s.owner, s.detail ->> 'about' FROM ledger_entry e JOIN ledger_subject s "
            "ON s.entry_id = e.id WHERE e.what = 'notice.made' AND s.detail ->> 'member' = %s",
            [str(named("nadia"))],
        ).fetchall()
        reads = owner.execute("SELECT count(*) FROM ledger_entry WHERE kind = 'read'").fetchone()
    assert lines == [("system", None, 3, "briefing")]
    assert reads == (0,)


def test_nobody_reads_or_writes_the_notice_of_somebody_else() -> None:
    brief()
    look()
    (notice,) = notices_of("nadia")
    with acting("cora"):
        assert not Notice.objects.filter(pk=notice.pk).exists()
        assert not Notice.objects.filter(pk=notice.pk).update(seen_at=now())
    with pytest.raises(Exception, match="row-level security"), acting("cora"):
        Notice.objects.create(membership_id=named("nadia"), key="x", about="safety", address="/", purpose="x")


def test_what_is_done_stands_no_more_and_a_read_briefing_is_done() -> None:
    briefing = brief()
    look()
    with acting("nadia") as by:
        Opening.objects.create(briefing=briefing, membership=by)
        Acknowledgement.objects.create(briefing=briefing, organisation_id=by.organisation_id, membership=by)
    look_again()
    assert abouts("nadia") == []
    assert len(notices_of("nadia")) == 1


def test_who_is_no_longer_assigned_is_told_no_more_and_finds_nothing(
    browser: Callable[..., Browser],
) -> None:
    nadia = browser("nadia")
    nadia.sign_in()
    brief()
    look()
    (notice,) = notices_of("nadia")
    page = nadia.client.get(notice.get_absolute_url())
    assert page.headers["Location"] == notice.address
    assert nadia.client.get(notice.address).status_code == 200
    with acting("cora"):
        assignment = Assignment.objects.get(membership_id=named("nadia"), ends_at=None)
        assignment.ends_at = now()
        assignment.save(update_fields=["ends_at"])
    page = nadia.client.get(notice.get_absolute_url(), follow=True)
    assert page.status_code == 404
    look_again()
    assert abouts("nadia") == []
    assert "safety briefing" not in nadia.client.get("/notices/").content.decode()


def test_the_link_of_somebody_elses_notice_is_not_found(browser: Callable[..., Browser]) -> None:
    brief()
    look()
    (notice,) = notices_of("nadia")
    cora = browser("cora")
    cora.sign_in()
    hidden = cora.client.get(notice.get_absolute_url())
    missing = cora.client.get(f"/notices/{named('nothing')}/")
    assert (hidden.status_code, missing.status_code) == (404, 404)


def test_the_list_names_nobody_and_today_counts(browser: Callable[..., Browser]) -> None:
    brief()
    look()
    nadia = browser("nadia")
    nadia.sign_in()
    assert "1 new notice" in nadia.client.get("/").content.decode()
    page = nadia.client.get("/notices/").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert "A safety briefing is new or has changed" in main
    for name in ("7Q", "Iri", "Sandoval", "Prison"):
        assert name not in main
    nadia.client.post("/notices/read/")
    assert "1 new notice" not in nadia.client.get("/").content.decode()


# ---- what leaves the platform -------------------------------------------------------------------------------------


def told(name: str) -> list[Message]:
    return list(Message.objects.filter(user_id=named(f"user:{name}")))


def test_the_message_leads_to_the_notice_and_is_made_once(make_user: Callable[..., User], office: Office) -> None:
    make_user("nadia")
    brief()
    for _round in range(2):
        look_again()
    (message,) = told("nadia")
    (notice,) = notices_of("nadia")
    assert content_of(message)["link"].endswith(notice.get_absolute_url())
    assert "urgent" in content_of(message)["text"]
    send_waiting()
    assert len(office.taken) == 1


def test_a_crash_before_it_is_noted_that_a_message_is_queued_makes_no_second_one(
    make_user: Callable[..., User], office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_user("nadia")
    brief()

    def die(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(looking, "mark_told", die)
    with pytest.raises(KeyboardInterrupt):
        look()
    monkeypatch.undo()
    monkeypatch.setattr(looking, "SLICE", 60.0)
    for _round in range(2):
        look_again()
    assert len(told("nadia")) == 1
    assert len(notices_of("nadia")) == 1


def test_once_a_day_means_one_message_but_safety_does_not_wait(make_user: Callable[..., User], office: Office) -> None:
    cora = make_user("cora")
    User.objects.filter(pk=cora.pk).update(rhythm=Rhythm.DAILY)
    Message.objects.all().delete()
    told_of(cora, "one")
    assert len(told("cora")) == 1
    told_of(cora, "two")
    assert len(told("cora")) == 1
    warn()
    look_again()
    assert abouts("cora").count(About.SAFETY) == 1
    assert len(told("cora")) == 2


def told_of(user: User, key: str) -> None:
    """Have something stand for Cora that is not urgent, and be told."""
    with acting("cora") as by:
        notice = Notice.objects.create(
            membership=by, key=key, about=About.REFERRAL_RECEIVED, address="/", purpose="intervention"
        )
    member = Membership.objects.using("signin").select_related("organisation").get(pk=named("cora"))
    tell(member, [notice])


def test_only_safety_means_only_safety(make_user: Callable[..., User], office: Office) -> None:
    cora = make_user("cora")
    User.objects.filter(pk=cora.pk).update(rhythm=Rhythm.SAFETY)
    told_of(cora, "one")
    assert not told("cora")
    warn()
    look_again()
    assert len(told("cora")) == 1


def test_without_a_mail_server_one_letter_waits(make_user: Callable[..., User]) -> None:
    make_user("cora")
    warn()
    look_again()
    warn()
    look_again()
    (letter,) = told("cora")
    assert letter.way == Way.LETTER
    assert abouts("cora").count(About.SAFETY) == 2


def test_who_wants_paper_gets_a_letter(make_user: Callable[..., User], office: Office) -> None:
    cora = make_user("cora")
    User.objects.filter(pk=cora.pk).update(on_paper=True)
    warn()
    look_again()
    assert [one.way for one in told("cora")] == [Way.LETTER]
    send_waiting()
    assert not office.taken


def test_a_notice_of_ones_other_organisation_asks_for_whom_to_act_first(
    browser: Callable[..., Browser], as_owner: Callable[..., None]
) -> None:
    cora = browser("cora")
    as_owner("UPDATE people_membership SET user_id = %s WHERE id = %s", cora.user.id, named("faye"))
    warn()
    look()
    (notice,) = [one for one in notices_of("cora") if one.about == About.SAFETY]
    cora.sign_in()
    cora.client.post("/account/acting/", {"membership": str(named("faye"))})
    asked = cora.client.get(notice.get_absolute_url())
    assert asked.headers["Location"].startswith("/account/acting/?next=%2Fnotices%2F")
    assert "safety notice" not in cora.client.get("/notices/").content.decode()
    listed = cora.client.get(f"/notices/?as={named('cora')}")
    assert listed.headers["Location"].startswith("/account/acting/?next=%2Fnotices%2F")
    cora.client.post("/account/acting/", {"membership": str(named("cora"))})
    assert cora.client.get(notice.get_absolute_url()).headers["Location"] == notice.address

from datetime import date, time, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localdate

from concordat.clocks import actions, loading
from concordat.clocks.models import Calendar, Holiday, Pause, Running, Subscription
from concordat.core.errors import Refused
from concordat.core.testing.visiting import visit
from concordat.demo.world import acting, named
from concordat.ledger.models import Subject
from concordat.people.models import User
from concordat.people.tokens import stamp_of

from .ready import asked, disputed

pytestmark = pytest.mark.django_db
SET = {"name": "The north", "rest_days": ["5", "6"], "opens": "08:00", "closes": "15:00", "time_zone": "Asia/Beirut"}
CALENDAR = r"""BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270303
SUMMARY:Founding
  day\, kept
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")


def day(when: date) -> dict[str, int]:
    return {"day_day": when.day, "day_month": when.month, "day_year": when.year}


def page(name: str, address: str) -> str:
    return str(visit(name, address).content.decode())


def calendar_of(by: str = "pat") -> Calendar:
    with acting(by) as author:
        return actions.set_calendar(
            name="The north", rest_days=[5, 6], opens=time(8), closes=time(15), time_zone="UTC", by=author
        )


# ---- calendars -----------------------------------------------------------------------------------------------------


def test_without_a_calendar_the_page_says_what_counts() -> None:
    assert "Monday to Friday count as working days" in page("pat", "/clocks/calendar/")


def test_a_calendar_is_set_and_a_holiday_added_and_taken_back() -> None:
    assert visit("pat", "/clocks/calendar/set/", SET).status_code == 302
    shown = page("pat", "/clocks/calendar/")
    assert "Friday, Saturday" in shown
    assert "Asia/Beirut" in shown
    ahead = localdate() + timedelta(days=20)
    assert visit("pat", "/clocks/calendar/holiday/", {**day(ahead), "name": "Founding day"}).status_code == 302
    assert visit("pat", "/clocks/calendar/holiday/", {**day(ahead), "name": "Again"}).status_code == 422
    with acting("pat"):
        holiday = Holiday.objects.get()
    assert "Take back “Founding day”" in page("pat", "/clocks/calendar/")
    assert visit("pat", f"/clocks/calendar/{holiday.pk}/take-back/", {}).status_code == 302
    assert "Founding day" not in page("pat", "/clocks/calendar/")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"rest_days": ["1", "2", "3", "4", "5", "6", "7"]}, "Leave at least one working day"),
        ({"opens": "16:00"}, "Work ends after it begins"),
    ],
)
def test_a_calendar_that_cannot_be_is_refused_in_words(changes: dict[str, Any], sentence: str) -> None:
    answer = visit("pat", "/clocks/calendar/set/", {**SET, **changes})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_holidays_come_from_a_file_or_from_a_country() -> None:
    calendar_of()
    file = SimpleUploadedFile("days.csv", b"day,name\n2031-03-03,Founding day\n2031-03-04,Day of the lamps\n")
    assert visit("pat", "/clocks/calendar/file/", {"file": file}).status_code == 302
    with acting("pat"):
        assert [one.name for one in Holiday.objects.all()] == ["Founding day", "Day of the lamps"]
    assert visit("pat", "/clocks/calendar/country/", {"country": "IS", "subdivision": ""}).status_code == 302
    with acting("pat"):
        assert Holiday.objects.filter(source="country").count() > 30
    assert visit("pat", "/clocks/calendar/country/", {"country": "IS", "subdivision": "zz"}).status_code == 422


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("2027-03-03,Founding day\n", {date(2027, 3, 3): "Founding day"}),
        ("\ufeffDay;Name\r\n2027-03-03;Founding day, kept\r\n", {date(2027, 3, 3): "Founding day, kept"}),
        (
            CALENDAR,
            {date(2027, 3, 3): "Founding day, kept"},
        ),
    ],
    ids=["lines", "headings", "calendar"],
)
def test_a_file_is_read_as_it_comes(content: str, found: dict[date, str]) -> None:
    assert loading.of_file(content.encode()) == found


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "no day"), (b"day,name\n3 March,Founding day\n", "Line 2"), (b"\xff\xfe", "UTF-8"),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\n", "no date"), (b"x" * 600_000, "too large"),
    ],
    ids=["empty", "no date", "no UTF-8", "no start", "large"],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_in_words(content: bytes, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        loading.of_file(content)


# ---- one clock -----------------------------------------------------------------------------------------------------


def test_a_clock_is_paused_and_goes_on_and_both_sides_read_it() -> None:
    disputed()
    with acting("ruth"):
        clock = Running.objects.get(code="CLK-28")
    there = f"/clocks/{clock.pk}/"
    assert visit("ruth", f"{there}pause/", {"ground": "identity"}).status_code == 422
    assert visit("ruth", f"{there}pause/", {"ground": "agreed"}).status_code == 302
    for name in ("helen", "ruth"):
        shown = page(name, there)
        assert "Both parties agreed to wait" in shown
        assert "Lantern Mentoring" in shown
        assert "It stands still" in shown
    assert visit("helen", f"{there}resume/", {}).status_code == 302
    assert "It stands still" not in page("ruth", there)
    with acting("ruth"):
        assert Pause.objects.get().ended_by_id == named("helen")


def test_a_clock_that_one_may_not_see_is_not_there() -> None:
    asked()
    with acting("cora"):
        clock = Running.objects.get(code="CLK-25")
    assert visit("cora", f"/clocks/{clock.pk}/").status_code == 200
    for name in ("pat", "otto", "max"):
        assert visit(name, f"/clocks/{clock.pk}/").status_code == 404


# ---- one's own calendar program ------------------------------------------------------------------------------------


@pytest.fixture
def _with_factor() -> None:
    user, _made = User.objects.get_or_create(id=named("user:cora"), defaults={"email": "cora@example.org"})
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "Telephone", "credential": {}})


def address(name: str = "cora") -> str:
    shown = str(visit(name, "/clocks/subscription/make/", {}).content.decode())
    return "/clocks/feed/" + shown.partition("/clocks/feed/")[2].partition("<")[0]


@pytest.mark.usefixtures("_with_factor")
def test_the_address_shows_a_reference_and_a_time_and_nothing_else() -> None:
    asked()
    answer = Client().get(address())
    assert answer["Content-Type"].startswith("text/calendar")
    text = answer.content.decode()
    assert "SUMMARY:LM-" in text
    for word in ("7Q", "Person", "Lantern", "Mentoring", "Aldermoor", "CLK", "rights", "asks"):
        assert word not in text, word
    with acting("cora"):
        assert Subject.objects.filter(entry__what="clocks:feed").exists()


@pytest.mark.usefixtures("_with_factor")
def test_an_address_ends_with_a_new_one_by_hand_and_with_the_password() -> None:
    first = address()
    second = address()
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    user = User.objects.get(pk=named("user:cora"))
    user.set_password("Another-long-password-1")
    user.save()
    assert Client().get(second).status_code == 404
    third = address()
    assert Client().get(third).status_code == 200
    visit("cora", "/clocks/subscription/end/", {})
    assert Client().get(third).status_code == 404


def test_without_a_second_factor_and_with_a_guessed_key_there_is_nothing() -> None:
    assert Client().get(address()).status_code == 404
    assert Client().get("/clocks/feed/x.ics").status_code == 404


def test_nobody_else_sees_that_there_is_an_address() -> None:
    address()
    for name in ("ruth", "adam", "pat"):
        with acting(name):
            assert not Subscription.objects.exists()
    assert stamp_of(User.objects.get(pk=named("user:cora")))

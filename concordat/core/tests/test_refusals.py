"""What the database refuses reaches the reader in words, and a race is no server error."""

from collections.abc import Callable
from functools import partial

import pytest
from django import forms
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from concordat.cases.models import Conflict
from concordat.core.errors import Refused
from concordat.core.refusals import InWords, name_of, sentence_of
from concordat.core.screens import show_form
from concordat.core.wiring import wired
from concordat.demo.world import acting, named

pytestmark = pytest.mark.django_db


def declare_twice() -> None:
    """Break a named constraint, as an action that lost a race would."""
    with transaction.atomic():
        for _time in range(2):
            Conflict.objects.create(owner_id=3, membership_id=named("nadia"), case_id=named("civil_case"))


def break_unnamed() -> None:
    """Leave out what a column needs: a slip of the program, not of the reader."""
    with transaction.atomic():
        Conflict.objects.create(owner_id=3, membership_id=None, case_id=named("civil_case"))  # type: ignore[misc]


def caught(breaking: Callable[[], None]) -> IntegrityError:
    with acting("cora"), pytest.raises(IntegrityError) as error:
        breaking()
    return error.value


def test_the_name_of_a_constraint_becomes_its_sentence() -> None:
    error = caught(declare_twice)
    assert name_of(error) == "conflict_is_declared_once"
    assert sentence_of(error) == "This conflict of interest is already declared."


def test_what_nobody_has_put_into_words_stays_an_error() -> None:
    assert sentence_of(caught(break_unnamed)) == ""


def answer_to(error: Exception) -> HttpResponse | None:
    middleware = InWords(lambda _request: HttpResponse())
    return middleware.process_exception(RequestFactory().get("/"), error)


def test_a_refusal_without_a_form_is_shown_as_a_page() -> None:
    answer = answer_to(Refused("Only Cora can do that."))
    assert answer is not None
    assert answer.status_code == 422
    assert "Only Cora can do that." in answer.content.decode()


def test_a_lost_race_is_shown_as_a_page() -> None:
    answer = answer_to(caught(declare_twice))
    assert answer is not None
    assert "already declared" in answer.content.decode()


@pytest.mark.parametrize("error", [ValueError("a slip"), IntegrityError("unnamed")])
def test_a_slip_of_the_program_is_not_dressed_up(error: Exception) -> None:
    assert answer_to(error) is None


class Empty(forms.Form):
    """A form that asks for nothing."""


def send(save: Callable[[], None]) -> HttpResponse:
    request: HttpRequest = RequestFactory().post("/", {"a": "b"})
    with acting("cora"):
        return show_form(request, Empty(request.POST), save, title="Declare")


def test_a_lost_race_is_shown_above_the_form() -> None:
    answer = send(partial(declare_twice))
    assert answer.status_code == 422
    assert "already declared" in answer.content.decode()


def test_an_unnamed_error_goes_on_as_an_error() -> None:
    with pytest.raises(IntegrityError):
        send(break_unnamed)


def test_every_sentence_is_a_whole_one() -> None:
    for name, sentence in wired("CONSTRAINT_SENTENCES").items():
        assert str(sentence).endswith((".", "?")), name
        assert str(sentence)[0].isupper(), name


def test_every_sentence_is_for_a_constraint_that_exists() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint UNION SELECT indexname FROM pg_indexes")
        known = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT string_agg(prosrc, ' ') FROM pg_proc WHERE pronamespace::regnamespace::text !~ '^pg_'")
        raised = cursor.fetchone()[0]
    unknown = [name for name in wired("CONSTRAINT_SENTENCES") if name not in known and f"'{name}'" not in raised]
    assert unknown == []

"""A request is one transaction with one line: no line, no page; a page that streams away from it is refused."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from concordat.cases.models import Case
from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.ledger.middleware import SignedTransaction, StreamedRecords
from concordat.ledger.models import Entry, Subject
from concordat.people.models import Membership

pytestmark = pytest.mark.django_db


def request(rf: RequestFactory, name: str) -> HttpRequest:
    """Return a request of somebody of the world, with the purpose of a service."""
    made = rf.get("/")
    with acting(name):
        made.acting = Membership.objects.get(pk=named(name))  # type: ignore[attr-defined]
    made.purpose, made.level = "intervention", 1  # type: ignore[attr-defined]
    return made


def page(body: Callable[[], object]) -> Callable[[HttpRequest], HttpResponse]:
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(str(body()))

    return view


@pytest.mark.requirement("PP-3")
def test_one_line_holds_everything_that_a_request_read(rf: RequestFactory) -> None:
    middleware = SignedTransaction(page(lambda: list(Case.objects.all())))
    assert middleware(request(rf, "nadia")).status_code == 200
    with acting("dora"):
        line = Entry.objects.get()
        assert (line.kind, line.organisation, line.purpose) == ("read", LANTERN, "intervention")
        assert [(s.owner, s.case, s.categories) for s in Subject.objects.all()] == [(PRISON, named("case"), [2])]
    with acting("cora"):
        assert [(s.owner, s.case) for s in Subject.objects.all()] == [(LANTERN, named("civil_case"))]


def test_without_the_line_there_is_no_page(rf: RequestFactory) -> None:
    def broken() -> object:
        found = list(Case.objects.all())
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('concordat.context', '', true)")  # nobody signs the line any more
        return found

    answer = SignedTransaction(page(broken))(request(rf, "nadia"))
    assert isinstance(answer, HttpResponse)
    assert answer.status_code == 503
    assert b"LM-0147" not in answer.content


def test_a_page_that_read_nothing_writes_nothing(rf: RequestFactory) -> None:
    SignedTransaction(page(lambda: "hello"))(request(rf, "nadia"))
    with acting("dora"):
        assert not Entry.objects.exists()


def test_records_are_not_streamed_out_of_their_transaction(rf: RequestFactory) -> None:
    def stream(_request: HttpRequest) -> HttpResponseBase:
        return StreamingHttpResponse(str(case) for case in list(Case.objects.all()))

    with pytest.raises(StreamedRecords):
        SignedTransaction(stream)(request(rf, "nadia"))  # type: ignore[arg-type]


def test_a_page_that_failed_leaves_nothing_behind(rf: RequestFactory) -> None:
    def failing(_request: HttpRequest) -> HttpResponse:
        list(Case.objects.all())
        return HttpResponse("broken", status=500)

    SignedTransaction(failing)(request(rf, "nadia"))
    with acting("dora"):
        assert not Entry.objects.exists()


def test_somebody_who_is_not_signed_in_reads_nothing(rf: RequestFactory) -> None:
    answer = SignedTransaction(page(Case.objects.count))(rf.get("/"))
    assert isinstance(answer, HttpResponse)
    assert answer.content == b"0"

"""How long records are kept, on the pages: set, held, lifted, announced, removed, certified."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils.timezone import localdate, now

from concordat.cases import actions as cases
from concordat.cases.models import Assignment, Case, Link
from concordat.core.errors import Refused
from concordat.core.testing.visiting import visit
from concordat.demo.world import acting, named
from concordat.retention import actions, work
from concordat.retention.models import Disposal, Due, Hold, Period

from .ready import OURS, Superuser, day, end, hold, keep, look, pass_days

PERIOD = {
    "category": "all",
    "event": "closed",
    "age": "",
    "months": "12",
    "child_months": "6",
    "basis": "Data Act, s. 5",
}
HOLD = {"category": "all", "ground": "claim", "words": "A claim is under way."}


def page_of(name: str, address: str, *, level: int = 1) -> str:
    return str(visit(name, address, level=level).content.decode())


@pytest.fixture
def announced(superuser: Superuser) -> Superuser:
    keep()
    end(superuser)
    look()
    return superuser


@pytest.mark.django_db
@pytest.mark.requirement("ISP-16")
def test_a_period_takes_the_place_of_the_one_before() -> None:
    for months in ("24", "12"):
        assert visit("dora", "/retention/period/", {**PERIOD, "months": months}, level=2).status_code == 302
    shown = page_of("dora", "/retention/")
    assert "12 months, for children 6 months" in shown
    assert "24 months" not in shown
    with acting("dora"):
        assert Period.objects.count() == 2
    assert visit("dora", "/retention/period/", PERIOD, level=1).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"event": "licence"}, "does not know on which day a licence ends"),
        ({"child_months": "13"}, "kept no longer than others"),
        ({"event": "age"}, "only with that event"),
        ({"age": "18"}, "only with that event"),
        ({"basis": ""}, "Name the law or rule"),
    ],
)
def test_a_period_that_cannot_hold_is_refused_and_what_was_typed_stays(change: dict[str, str], words: str) -> None:
    answer = visit("dora", "/retention/period/", {**PERIOD, **change}, level=2)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert 'value="12"' in answer.content.decode()
    with acting("dora"):
        assert not Period.objects.exists()


@pytest.mark.django_db
@pytest.mark.requirement("PP-16")
def test_the_database_takes_no_longer_period_for_children() -> None:
    with acting("dora", level=2) as by, pytest.raises(DatabaseError), transaction.atomic():
        Period.objects.create(
            owner_id=by.organisation_id, event="closed", months=1, child_months=2, basis="x", created_by=by
        )


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["helen", "sef", "cass", "nadia"])
def test_only_those_who_answer_for_the_data_set_periods_and_hold(name: str) -> None:
    assert visit(name, "/retention/period/", PERIOD, level=2).status_code == 422
    case = OURS if name == "nadia" else named("case")
    with acting(name, level=2) as by, pytest.raises(Refused):
        actions.set_period(category=None, event="closed", months=1, child_months=1, basis="x", by=by)
    with acting(name, level=2) as by, pytest.raises(DatabaseError), transaction.atomic():
        Hold.objects.create(
            owner_id=by.organisation_id, case_id=case, ground="claim", words="x", review_on=localdate(), created_by=by
        )


@pytest.mark.requirement("CLK-32")
def test_what_goes_is_announced_on_today_in_the_list_and_on_the_case(announced: Superuser) -> None:
    assert "Records of 1 person go" in page_of("cora", "/")
    assert "Records of 1 person go" not in page_of("nadia", "/")
    shown = page_of("cora", "/retention/")
    assert "LM-0147" in shown
    assert "Progress under agreed headings" in shown
    assert "Records of this case are removed from" in page_of("cora", f"/cases/{OURS}/")
    assert "LM-0147" not in page_of("pat", "/retention/")


@pytest.mark.requirement("CLK-32")
def test_a_hold_is_placed_shown_asked_for_and_lifted(announced: Superuser) -> None:
    soon = localdate() + timedelta(days=7)
    assert visit("cora", f"/cases/{OURS}/hold/", {**HOLD, **day(soon)}).status_code == 302
    assert "Legal hold for Person 7Q: to be looked at again" in page_of("cora", "/")
    assert "A legal hold keeps records of this case" in page_of("nadia", f"/cases/{OURS}/")
    assert "A claim is under way." in page_of("nadia", f"/cases/{OURS}/keeping/")
    with acting("cora"):
        (held,) = Hold.objects.all()
        assert not Due.objects.exists()
    lift = f"/cases/holds/{held.pk}/lift/"
    assert visit("cora", lift, {"why_lifted": "Settled."}, level=1).status_code == 403
    assert visit("cora", lift, {"why_lifted": ""}, level=2).status_code == 422
    assert visit("pat", lift, {"why_lifted": "Settled."}, level=2).status_code == 404
    assert visit("cora", lift, {"why_lifted": "Settled."}, level=2).status_code == 302
    assert "Settled." in page_of("cora", f"/cases/{OURS}/keeping/")


@pytest.mark.django_db
def test_a_hold_is_looked_at_again_within_a_year_and_placed_once() -> None:
    with pytest.raises(Refused, match="within a year"):
        hold(category=18, review_on=localdate() + timedelta(days=400))
    hold(category=18)
    with pytest.raises(Refused, match="keeps this already"):
        hold(category=18)


@pytest.mark.django_db
def test_what_goes_of_a_restricted_case_is_shown_to_those_named_alone() -> None:
    held = hold("pat", named("case"))
    with acting("pat", level=2) as by:
        dora = by.__class__.objects.get(pk=named("sef"))
        cases.name_people(
            Case.objects.get(pk=named("case")), named=[by, dora], ground="threat", reason="Threat",
            review_on=localdate() + timedelta(days=30), by=by,
        )  # fmt: skip
    assert "A-1001" in page_of("pat", "/retention/")
    assert "A-1001" not in page_of("dora", "/retention/")
    assert visit("dora", f"/cases/{named('case')}/keeping/").status_code == 404
    assert visit("dora", f"/cases/holds/{held.pk}/lift/", {"why_lifted": "x"}, level=2).status_code == 404


@pytest.mark.django_db
def test_a_case_is_closed_when_no_service_runs_and_opened_again() -> None:
    refused = visit("cora", f"/cases/{OURS}/close/", {})
    assert "A service for the person still runs" in refused.content.decode()
    with acting("cora"):
        Link.objects.update(ends_at=now())
    assert visit("nadia", f"/cases/{OURS}/close/", {}).status_code == 422
    assert visit("cora", f"/cases/{OURS}/close/", {}).status_code == 302
    with acting("cora"):
        assert Case.objects.get(pk=OURS).closed_at
        assert not Assignment.objects.filter(case=OURS, ends_at=None).exists()
    assert visit("cora", f"/cases/{OURS}/reopen/", {}).status_code == 302
    with acting("cora"):
        assert Case.objects.get(pk=OURS).closed_at is None


@pytest.mark.requirement("CLK-32")
def test_the_certificate_says_how_much_went_and_names_nobody(announced: Superuser) -> None:
    pass_days(announced)
    while work.keep_house():
        pass
    with acting("cora"):
        went = sum(one.records for one in Disposal.objects.all())
    assert went
    month = f"{localdate().year}/{localdate().month}"
    assert f"/retention/disposed/{month}/pdf/" in page_of("ruth", "/retention/disposed/")
    answer = visit("ruth", f"/retention/disposed/{month}/docx/")
    text = zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
    assert f">{went}<" in text
    for hidden in ("LM-0147", "7Q", str(OURS), "Cora Lind"):
        assert hidden not in text
    assert visit("ruth", f"/retention/disposed/{month}/pdf/").content.startswith(b"%PDF")
    for stranger in ("pat", "nadia"):
        assert visit(stranger, f"/retention/disposed/{month}/pdf/").status_code == 404
    assert visit("cora", f"/cases/{OURS}/").status_code == 404

"""The interface for machines, version 1. What it hands out was loaded under the policies, as on the pages."""

from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import NinjaAPI
from ninja.security import APIKeyCookie

from concordat.access import asking
from concordat.access.explain import Decision, why
from concordat.cases.models import Case, CaseRecord
from concordat.cases.shown import category_of, entry, rows_about
from concordat.core.codes import Category
from concordat.organisations.models import Organisation
from concordat.people.http import SignedInRequest
from concordat.people.models import Membership
from concordat.referrals.hsds import BASE, as_page, as_service
from concordat.referrals.models import Service

from .shapes import CasePage, CaseShape, ConditionShape, DecisionShape, RecordShape, ServicePage, ServiceShape

MOST = 100
SERVICES = Service.objects.select_related("organisation").prefetch_related("places__place")


class Acting(APIKeyCookie):
    """The session of somebody who has signed in with both factors and acts for an organisation."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Membership | None:  # noqa: ARG002
        return cast("Membership | None", getattr(request, "acting", None))


api = NinjaAPI(
    title="Concordat", version="1", urls_namespace="api", auth=Acting(), docs_url=None, openapi_url="openapi.json",
    description="Cases, records and the reasons of every answer, under the policies and with the log of the pages.",
)  # fmt: skip


@api.get("/cases", response=CasePage, url_name="cases", summary="The cases that you may see")
def cases(request: HttpRequest, start: int = 0, count: int = MOST) -> dict[str, Any]:  # noqa: ARG001 - django-ninja hands it over
    """Return cases by reference, at most 100 at a time, from number `start` on."""
    first, most = max(0, start), min(max(1, count), MOST)
    found = list(Case.objects.select_related("owner")[first : first + most + 1])
    return {"items": map(case_shape, found[:most]), "next": first + most if len(found) > most else None}


@api.get("/cases/{uuid:case}", response=CaseShape, url_name="case", summary="One case")
def one_case(request: HttpRequest, case: UUID) -> CaseShape:  # noqa: ARG001 - django-ninja hands it over
    """Return one case; a hidden one is not found."""
    return case_shape(get_object_or_404(Case.objects.select_related("owner"), pk=case))


@api.get("/cases/{uuid:case}/records", response=list[RecordShape], url_name="records", summary="What is recorded")
def records(request: HttpRequest, case: UUID) -> list[RecordShape]:  # noqa: ARG001 - django-ninja hands it over
    """Return the records of a case, one's own and what partners give, as far as they are open."""
    found = get_object_or_404(Case, pk=case)
    rows = rows_about([found.pk, *(one.case for one in asking.linked_cases(found.pk))])
    names = {one.pk: one.name for one in Organisation.objects.filter(pk__in={row.owner_id for row in rows})}
    return [record_shape(row, names[row.owner_id]) for row in rows]


@api.get("/cases/{uuid:case}/why", response=DecisionShape, url_name="why", summary="Why something is open, or not")
def reasons(request: HttpRequest, case: UUID, category: str, giver: int | None = None) -> DecisionShape:
    """Answer from one's own case for a category such as P09 of a partner; with one partner it need not be named."""
    signed_in = cast("SignedInRequest", request)
    own = get_object_or_404(Case, pk=case, owner=signed_in.acting.organisation_id)
    if category not in Category.__members__:
        raise Http404
    asked = giver or next((one.owner for one in asking.linked_cases(own.pk)), None)
    partner = get_object_or_404(Organisation, pk=asked)
    return decision_shape(why(own, partner, Category[category], by=signed_in.acting, purpose=signed_in.purpose))


@api.get("/hsds/", response=dict[str, str], url_name="hsds", summary="Which HSDS the directory is written in")
def hsds(request: HttpRequest) -> dict[str, str]:  # noqa: ARG001 - django-ninja hands it over
    """Return the version of the specification, as HSDS asks of the root of a directory."""
    return BASE


@api.get(
    "/hsds/services", response=ServicePage, url_name="hsds_services", summary="The directory of services, as HSDS 3"
)
def hsds_services(request: HttpRequest, page: int = 1, per_page: int = MOST) -> dict[str, Any]:  # noqa: ARG001 - the same
    """Return what is offered, at most 100 services a page, counted from 1."""
    offered = SERVICES.filter(closed_at=None).order_by("name", "pk")
    size, total = min(max(1, per_page), MOST), offered.count()
    number = min(max(1, page), max(1, -(-total // size)))
    return as_page(offered[(number - 1) * size : number * size], total=total, page=number, size=size)


@api.get(
    "/hsds/services/{uuid:service}", response=ServiceShape, url_name="hsds_service", summary="One service, as HSDS 3"
)
def hsds_service(request: HttpRequest, service: UUID) -> dict[str, Any]:  # noqa: ARG001 - the same
    """Return one service; one that is no longer offered is inactive."""
    return as_service(get_object_or_404(SERVICES, pk=service))


def case_shape(case: Case) -> CaseShape:
    return CaseShape(
        id=case.pk, reference=case.reference, working_code=case.working_code, service=case.service_purpose,
        owner=case.owner.name, opened_at=case.opened_at, closed_at=case.closed_at,
    )  # fmt: skip


def record_shape(row: CaseRecord, owner: str) -> RecordShape:
    category, shown = category_of(row), entry(row)
    return RecordShape(
        owner=owner, category=category.code, about=str(category.label), form=shown.form, title=shown.title,
        text=shown.text, note=shown.note, written_in=shown.written_in or "",
    )  # fmt: skip


def decision_shape(given: Decision) -> DecisionShape:
    conditions = [
        ConditionShape(
            name=link.name, state=link.state, words=link.words, supplier=link.supplier, waiting=link.waiting,
            otherwise=link.otherwise,
        )
        for link in given.links
    ]  # fmt: skip
    return DecisionShape(answer=given.missing, headline=given.headline, words=given.words, conditions=conditions)

"""The directory of services in the shape of Open Referral's HSDS 3, paged as that specification says."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router

from concordat.people.models import Scope
from concordat.referrals.hsds import BASE, as_page, as_service
from concordat.referrals.models import Service

from .operations import reads
from .paging import MOST
from .shapes.hsds import ServicePage, ServiceShape

router = Router(tags=["Directory"])
SERVICES = Service.objects.select_related("organisation").prefetch_related("places__place")


@reads(router, "/hsds/", Scope.LISTS, dict[str, str])
def hsds(request: HttpRequest) -> dict[str, str]:  # noqa: ARG001 - django-ninja hands it over
    """Say in which version of HSDS the directory is written."""
    return BASE


@reads(router, "/hsds/services", Scope.LISTS, ServicePage)
def hsds_services(request: HttpRequest, page: int = 1, per_page: int = MOST) -> dict[str, Any]:  # noqa: ARG001 - the same
    """List what is offered as HSDS 3, at most 100 services a page, counted from 1."""
    offered = SERVICES.filter(closed_at=None).order_by("name", "pk")
    size, total = min(max(1, per_page), MOST), offered.count()
    number = min(max(1, page), max(1, -(-total // size)))
    return as_page(offered[(number - 1) * size : number * size], total=total, page=number, size=size)


@reads(router, "/hsds/services/{uuid:service}", Scope.LISTS, ServiceShape)
def hsds_service(request: HttpRequest, service: UUID) -> dict[str, Any]:  # noqa: ARG001 - the same
    """Show one service as HSDS 3; one that is no longer offered is inactive."""
    return as_service(get_object_or_404(SERVICES, pk=service))

"""The interface for machines, version 1. What it hands out was loaded under the policies, as on the pages."""

from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import NinjaAPI, Query, Status
from ninja.security import SessionAuth

from concordat.access.asking import linked_cases
from concordat.access.explain import why as explain
from concordat.cases.models import Case
from concordat.core.codes import Category
from concordat.organisations.models import Organisation
from concordat.people.http import SignedInRequest

from . import answers
from .shapes import Answer, CaseShape, Page, RecordShape

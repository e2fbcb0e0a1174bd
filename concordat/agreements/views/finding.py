"""How a page finds its agreement: what is hidden is not found."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from concordat.agreements.models import Agreement, Version
from concordat.agreements.status import with_everything


def find_agreement(pk: UUID) -> Agreement:
    """Return an agreement with all that its status depends on."""
    return get_object_or_404(with_everything(), pk=pk)


def find_version(pk: UUID, number: int) -> Version:
    """Return a version of an agreement, with the agreement as `find_agreement` finds it."""
    version = next((one for one in find_agreement(pk).versions.all() if one.number == number), None)
    if version is None:
        raise Http404
    return version

"""What several tests of delivery begin with."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.utils.timezone import now

from concordat.agreements.models import Prohibition, SharingRule, Signature, Version
from concordat.core.codes import Category, Form, Purpose
from concordat.demo.world import LANTERN, PRISON, START, acting, named, propose_as_it_stands
from concordat.people.roles import Role

from .own_link import OwnLink


@pytest.fixture
def own_link() -> OwnLink:
    """Return a second person, whose goals are not signed yet."""
    return OwnLink()


@pytest.fixture
def give_everything() -> None:
    """Sign a protocol that gives the authority everything of a delivery in full, without a condition."""

    def give(version: Version) -> None:
        for category in (Category.P18, Category.P19, Category.P27, Category.P31):
            SharingRule.objects.create(
                version=version, owner_id=LANTERN, recipient_id=PRISON, category=category, form=Form.FULL,
                purpose=Purpose.INTERVENTION, role=Role.PROGRAMME_MANAGER, basis="Prison Act, s. 7",
            )  # fmt: skip

    sign_protocol(give)


@pytest.fixture
def never_progress() -> None:
    """Sign a protocol that says: never anything about progress."""

    def forbid(version: Version) -> None:
        Prohibition.objects.create(version=version, owner_id=LANTERN, recipient_id=PRISON, category=Category.P19)

    sign_protocol(forbid)


def sign_protocol(change: Callable[[Version], None]) -> None:
    """Sign the next version of the protocol, with the rules of the first and a change."""
    with acting("helen") as by:
        first = Version.objects.get(pk=named("protocol:1"))
        version = Version.objects.create(
            agreement=first.agreement, number=2, first_day=first.first_day, last_day=first.last_day, starts_at=START,
            ends_at=first.ends_at, drafted_by=by, drafted_for_id=PRISON,
        )  # fmt: skip
        for rule in first.sharingrules.all():
            rule.pk, rule.version = uuid4(), version
            rule.save(force_insert=True)
        change(version)
        propose_as_it_stands(version, by)
    for name in ("helen", "ruth"):
        with acting(name, level=2) as by:
            Signature.objects.create(
                version=version, organisation_id=by.organisation_id, membership=by, hash=version.hash, signed_at=now()
            )

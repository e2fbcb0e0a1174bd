"""The command line stages services as a named coordinator, and offers nothing."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from concordat.core.errors import Refused
from concordat.demo.world import acting, named
from concordat.imports.models import Offer
from concordat.ledger.models import Entry
from concordat.people.models import User
from concordat.referrals.hsds.tests.test_reading import EXAMPLE, written
from concordat.referrals.models import Service

pytestmark = pytest.mark.usefixtures("own_database")


def test_the_command_stages_as_the_coordinator_and_says_where_to_go_on(tmp_path: Path) -> None:
    path = tmp_path / "services.json"
    path.write_bytes(written(EXAMPLE))
    for name in ("cora", "nadia"):
        User.objects.create(id=named(f"user:{name}"), email=f"{name}@example.org")
    said = StringIO()
    call_command("import_directory", str(path), "--for", "lm", "--officer", "cora@example.org", stdout=said)
    assert "/imports/services/" in said.getvalue()
    with acting("cora"):
        assert Offer.objects.get().staged_by_id == named("cora")
        assert not Service.objects.filter(pk=EXAMPLE["id"]).exists()
    with acting("cora"):
        assert Entry.objects.filter(what="directory.staged", membership=named("cora")).exists()
    with pytest.raises(Refused, match=r"nadia@example\.org is no coordinator or director"):
        call_command("import_directory", str(path), "--for", "lm", "--officer", "nadia@example.org")

"""What tests of files begin with: a file on each kind of record, and ways to look at it in SQL."""

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.urls import reverse

from concordat.agreements.models import Agreement, Kind, SharingRule, Signature, Version
from concordat.cases.models import Participation
from concordat.core.codes import Category, Condition, Form, Purpose
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import LANTERN, PRISON, START, acting, named, propose_as_it_stands
from concordat.files import actions
from concordat.files.kinds import AGREEMENT, PARTICIPATION
from concordat.files.kinds import Kind as Sort
from concordat.files.models import File, State
from concordat.people.roles import Role
from concordat.referrals.delivery.attached import END_REPORT
from concordat.referrals.delivery.tests.ready import report
from concordat.referrals.models import EndReport

from . import samples

TEXT = b"Agreed on Monday.\n"


def on_participation(name: str = "nadia", data: bytes = TEXT, **more: Any) -> File:  # noqa: ANN401 - as the action takes it
    """Attach a file to the person's agreement."""
    with acting(name) as by:
        return attach(
            PARTICIPATION, Participation.objects.select_related("case").get(pk=named("participation")), by, data, **more
        )


def on_report(written: EndReport | None = None, name: str = "cora", data: bytes = TEXT) -> File:
    """Attach an annex to an end report."""
    written = written or report()
    with acting(name) as by:
        return attach(END_REPORT, END_REPORT.parents.get(pk=written.pk), by, data)


def on_version(version: UUID, name: str, data: bytes = TEXT) -> File:
    """Attach a paper to a version of an agreement."""
    with acting(name) as by:
        return attach(AGREEMENT, AGREEMENT.parents.get(pk=version), by, data)


def attach(sort: Sort, to: Any, by: Any, data: bytes, *, file_name: str = "paper.txt", **more: Any) -> File:  # noqa: ANN401
    file, _checked = actions.attach(sort, to, data=data, name=file_name, by=by, **more)
    return file


def draft() -> Version:
    """Return a draft of the prison service's, for an agreement that only it knows of."""
    with acting("helen") as by:
        agreement = Agreement.objects.create(
            kind=Kind.FRAMEWORK,
            reference="DRAFT-9",
            title="On work",
            party_a_id=PRISON,
            party_b_id=LANTERN,
            created_by=by,
        )
        return Version.objects.create(
            agreement=agreement, number=1, first_day=START.date(), last_day=START.date(), starts_at=START,
            ends_at=START.replace(year=2099), drafted_by=by, drafted_for_id=PRISON,
        )  # fmt: skip


def propose(version: Version) -> None:
    with acting("helen") as by:
        propose_as_it_stands(version, by)


def give(category: Category, form: Form, condition: Condition = Condition.NONE) -> None:
    """Let the mentoring service give the prison service one category more, by a signed version of the protocol."""
    with acting("helen") as by:
        version = Version.objects.create(
            agreement_id=named("protocol"), number=2, first_day=START.date(), last_day=START.date().replace(year=2099),
            starts_at=START, ends_at=START.replace(year=2099), drafted_by=by, drafted_for_id=PRISON,
        )  # fmt: skip
        for given, how in ((category, form), (Category.P18, Form.DATE)):
            SharingRule.objects.create(
                version=version, owner_id=LANTERN, recipient_id=PRISON, category=given, form=how,
                purpose=Purpose.INTERVENTION, role=Role.PROGRAMME_MANAGER, condition=condition, basis="x",
            )  # fmt: skip
        propose_as_it_stands(version, by)
    for signatory in ("helen", "ruth"):
        with acting(signatory, level=2) as by:
            Signature.objects.create(
                version=version, organisation_id=by.organisation_id, membership=by, hash=version.hash
            )


def sees(name: str, file: File) -> str:
    """Say in SQL, as the application's role, what somebody gets of a file: nothing, the line, or the line and bytes."""
    with acting(name), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM files_file WHERE id = %s", [file.pk])
        (lines,) = cursor.fetchone()
        cursor.execute("SELECT data FROM files_content WHERE file_id = %s", [file.pk])
        content = cursor.fetchall()
    assert len(content) <= lines, "bytes without a line"
    return "bytes" if content else "line" if lines else "nothing"


def state_of(file: File) -> State:
    with acting("cora"):
        return State(File.objects.get(pk=file.pk).state)


def send(
    name: str, kind: str, record: UUID, data: bytes = TEXT, *, file_name: str = "paper.txt", **typed: str
) -> HttpResponse:
    """Attach a file as a browser does."""
    file = SimpleUploadedFile(file_name, data, "application/x-whatever")
    address = reverse("files:record", args=[kind, record])
    return signed_in(name).post(address, {"file": file, **typed})  # type: ignore[return-value]


def address(what: str, file: File) -> str:
    return reverse(f"files:{what}", args=[file.hangs_on, file.pk])


__all__ = ["TEXT", "samples"]

"""Who gets a file, asked in SQL as the application's role: whoever gets its record in full, in the same second."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils.timezone import now

from concordat.agreements.models import Ending, Suspension
from concordat.cases.models import Assignment, Participation, Restriction
from concordat.core.codes import Category, Condition, Form
from concordat.core.wiring import wired
from concordat.demo.world import PEOPLE, PRISON, acting, named
from concordat.files.models import AgreementFile, Attachment, Content, File, ParticipationFile
from concordat.referrals.asking.tests import making
from concordat.referrals.delivery.tests.ready import refused_by_the_database, report
from concordat.referrals.models import EndReport, EndReportFile, Session

from .ready import draft, give, on_participation, on_report, on_version, propose, sees

pytestmark = pytest.mark.django_db
OTHERS = sorted(set(PEOPLE) - {"cora", "nadia"})


def suspend() -> None:
    """Let the prison service suspend the protocol."""
    with acting("helen", level=2) as by:
        Suspension.objects.create(
            agreement_id=named("protocol"), organisation_id=PRISON, ground="safety", explanation="A threat.",
            created_by=by, starts_at=now(), ends_at=now() + timedelta(days=3),
        )  # fmt: skip


# ---- the person's paper ---------------------------------------------------------------------------------------------


def test_the_signed_paper_is_seen_by_those_who_see_the_agreement() -> None:
    file = on_participation()
    assert {name: sees(name, file) for name in ("cora", "nadia")} == {"cora": "bytes", "nadia": "bytes"}


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_gets_the_paper_or_a_sign_of_it(name: str) -> None:
    assert sees(name, on_participation()) == "nothing"


def test_without_a_context_there_is_nothing() -> None:
    file = on_participation()
    assert not File.objects.filter(pk=file.pk).exists()
    assert not Content.objects.filter(pk=file.pk).exists()
    assert not ParticipationFile.objects.filter(pk=file.pk).exists()


# ---- the annex of a report: the report is a summary, a file is not --------------------------------------------------


def test_whoever_gets_the_summary_gets_no_file() -> None:
    written = report()
    file = on_report(written)
    with acting("pat"):
        assert EndReport.objects.filter(pk=written.pk).exists()
    assert sees("pat", file) == "nothing"
    assert sees("cora", file) == "bytes"


def end_framework() -> None:
    with acting("helen", level=2) as by:
        Ending.objects.create(
            agreement_id=named("framework"),
            organisation_id=PRISON,
            ground="breach",
            reason="x",
            at=now(),
            created_by=by,
        )


def withdraw() -> None:
    with acting("cora"):
        Participation.objects.filter(pk=named("participation")).update(withdrawn_at=now(), withdrawn_by_route="said")


@pytest.mark.parametrize("close", [suspend, end_framework, withdraw])
@pytest.mark.parametrize("condition", [Condition.NONE, Condition.PARTICIPATION])
def test_an_agreement_that_gives_it_in_full_opens_it_and_its_end_closes_it_at_once(
    close: Callable[[], None], condition: Condition
) -> None:
    file = on_report()
    give(Category.P19, Form.FULL, condition)
    assert sees("pat", file) == "bytes"
    assert {sees(name, file) for name in ("helen", "cass", "dora", "faye", "otto", "omar")} == {"nothing"}
    close()
    assert sees("pat", file) == "nothing"
    assert sees("cora", file) == "bytes"


@pytest.mark.parametrize("form", [Form.SUMMARY, Form.DATE, Form.EXISTENCE])
def test_no_lesser_form_opens_it(form: Form) -> None:
    file = on_report()
    give(Category.P19, form)
    assert sees("pat", file) == "nothing"


def test_a_rule_that_gives_the_persons_agreement_in_full_opens_its_paper_while_it_is_in_force() -> None:
    file = on_participation()
    give(Category.P31, Form.SUMMARY)
    assert sees("pat", file) == "nothing"


def test_a_person_level_restriction_takes_the_file_away() -> None:
    file = on_participation()
    with acting("cora") as by:
        Restriction.objects.create(
            owner_id=by.organisation_id, case_id=named("civil_case"), membership_id=named("nadia"), ground="x",
            created_by=by,
        )  # fmt: skip
    assert sees("nadia", file) == "nothing"
    assert sees("cora", file) == "bytes"


def test_the_end_of_an_assignment_takes_the_file_away() -> None:
    file = on_participation()
    with acting("cora"):
        Assignment.objects.filter(membership_id=named("nadia")).update(ends_at=now())
    assert sees("nadia", file) == "nothing"


# ---- papers beside an agreement -------------------------------------------------------------------------------------


def test_the_file_of_a_draft_is_hidden_from_the_other_party_until_it_is_proposed() -> None:
    version = draft()
    file = on_version(version.pk, "helen")
    assert {name: sees(name, file) for name in ("helen", "pat", "ruth", "faye")} == {
        "helen": "bytes", "pat": "bytes", "ruth": "nothing", "faye": "nothing"
    }  # fmt: skip
    propose(version)
    assert (sees("ruth", file), sees("faye", file)) == ("bytes", "nothing")


def test_both_parties_may_attach_to_what_is_proposed_and_nobody_else() -> None:
    file = on_version(named("protocol:1"), "ruth")
    assert {sees(name, file) for name in ("helen", "ruth", "cora", "pat")} == {"bytes"}
    assert {sees(name, file) for name in ("faye", "otto", "omar", "paul")} == {"nothing"}


# ---- what the database refuses, whatever the application thinks -----------------------------------------------------


def stored(name: str, **changes: Any) -> File:  # noqa: ANN401 - the fields of a row
    """Write a file past the rules, as the application's role does it in SQL, for whoever is acting."""
    fields = {
        "owner_id": PEOPLE[name].organisation, "created_by_id": named(name), "hangs_on": "participation", "name": "x",
        "media_type": "text/plain", "size": 1, "sha256": "", "state": "unscanned",
    }  # fmt: skip
    return File.objects.create(**{**fields, **changes})


def hang(file: File, name: str, case: UUID, participation: UUID) -> None:
    ParticipationFile.objects.create(
        file=file,
        owner_id=PEOPLE[name].organisation,
        created_by_id=named(name),
        case_id=case,
        participation_id=participation,
    )


def test_nobody_reaches_a_file_by_hanging_it_on_a_record_of_their_own() -> None:
    """Its number is known: it hangs already in its only table, and no other table takes it."""
    file, written = on_participation("cora"), report()
    with acting("cora"), refused_by_the_database("files_participationfile_pkey"):
        hang(file, "cora", named("civil_case"), named("participation"))
    with acting("cora") as by, refused_by_the_database("file_is_of_this_record"):
        EndReportFile.objects.create(
            file=file, owner_id=by.organisation_id, created_by=by, case_id=named("civil_case"), end_report=written
        )


def test_a_file_is_hung_by_whoever_made_it() -> None:
    with acting("cora"):
        file = stored("cora")
    with acting("nadia"), refused_by_the_database("file_is_of_this_record"):
        hang(file, "nadia", named("civil_case"), named("participation"))


def test_a_file_of_one_kind_hangs_on_no_other() -> None:
    with acting("nadia"):
        file = stored("nadia", hangs_on="agreement")
    with acting("nadia"), refused_by_the_database("file_is_of_this_record"):
        hang(file, "nadia", named("civil_case"), named("participation"))


@pytest.mark.parametrize("name", ["pat", "max", "otto", "faye"])
def test_nobody_attaches_to_a_record_that_they_do_not_see(name: str) -> None:
    with acting(name):
        file = stored(name)
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic(), acting(name):
        hang(file, name, named("civil_case"), named("participation"))


def test_nobody_attaches_to_the_draft_of_the_other_party() -> None:
    version = draft()
    with acting("ruth"):
        file = stored("ruth", hangs_on="agreement")
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic(), acting("ruth") as by:
        AgreementFile.objects.create(file=file, owner_id=by.organisation_id, created_by=by, version=version)


def test_a_file_is_of_the_case_of_its_record() -> None:
    """Else it would be read by whoever works on that other case."""
    other = making.make_link().civil_case_id
    with acting("cora"):
        file = stored("cora")
    with acting("cora"), refused_by_the_database("file_is_of_this_record"):
        hang(file, "cora", other, named("participation"))


def test_nobody_puts_bytes_into_the_file_of_another() -> None:
    with acting("cora"):
        file = stored("cora")
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic(), acting("nadia"):
        Content.objects.create(file=file, data=b"x")


def test_a_file_is_written_for_oneself_alone() -> None:
    for changes in ({"owner_id": PRISON}, {"created_by_id": named("cora")}):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic(), acting("nadia"):
            stored("nadia", **changes)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE files_file SET name = 'x'",
        "UPDATE files_file SET state = 'clean'",
        "UPDATE files_content SET data = ''",
        "DELETE FROM files_file",
        "DELETE FROM files_content",
        "DELETE FROM files_participationfile",
        "UPDATE files_participationfile SET case_id = NULL",
    ],
)
def test_what_was_attached_is_not_changed(change: str) -> None:
    on_participation()
    with acting("cora"), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(change)


# ---- never on a session (PP-10) -------------------------------------------------------------------------------------


@pytest.mark.requirement("PP-10")
def test_nothing_hangs_on_a_session() -> None:
    """No table of attachments points at sessions, their notes or concerns, and no kind is wired that would."""
    hung = [model for model in apps.get_models() if issubclass(model, Attachment)]
    targets = {field.related_model._meta.label for model in hung for field in model._meta.fields if field.related_model}
    assert {"cases.Participation", "agreements.Version", "referrals.EndReport"} < targets
    assert not {"referrals.Session", "referrals.HeadingNote", "referrals.Concern", "referrals.Review"} & targets
    assert {kind.model for kind in wired("FILE_KINDS")} == set(hung)
    assert Session not in {kind.parents.model for kind in wired("FILE_KINDS")}

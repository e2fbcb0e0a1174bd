"""What the worker does about imports: it loads long lists, some batches in a row, each whole or not at all.

Each batch is one transaction under the signed context of the officer who began, with its line in the log. A worker that
is killed leaves whole batches; the next one reads the file again and goes on after the last row that was done.
"""

import logging
import time
from contextlib import suppress
from uuid import UUID

from django.db import OperationalError, connection, transaction

from concordat.imports import actions
from concordat.imports.acting import sign_as
from concordat.imports.load import Loading
from concordat.imports.models import Upload
from concordat.imports.plan import compare
from concordat.ledger.log import record_read
from concordat.ledger.reading import collecting
from concordat.people.models import Membership

ROUND = 5.0  # seconds of loading before the worker looks after its other work
ROUTE = "imports:load"
_log = logging.getLogger(__name__)
_open: dict[tuple[UUID, UUID], Loading] = {}


def load_some() -> bool:
    """Load for some seconds what is on its way; return whether more waits."""
    end, more = time.monotonic() + ROUND, False
    for upload, membership, organisation, person in on_their_way():
        by = Membership(id=membership, organisation_id=organisation, user_id=person)
        while going := _batch(upload, by):
            if time.monotonic() > end:
                more = True
                break
        if not going:
            _open.pop((upload, membership), None)
    return more


def on_their_way() -> list[tuple[UUID, UUID, int, UUID]]:
    """Return the loads that somebody began and that are not done, with who began."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT upload, membership, organisation, person FROM imports.on_their_way()")
        return list(cursor.fetchall())


def _batch(upload: UUID, by: Membership) -> bool:
    """Load one batch; return whether another follows. An error stops the load and leaves nothing of the batch."""
    try:
        return _loaded(upload, by)
    except OperationalError:
        raise  # the database is away: the worker waits for it
    except Exception:  # noqa: BLE001 - one load that cannot go on must not end the worker
        _log.exception("A batch of an import was not loaded")
        with suppress(Upload.DoesNotExist):
            _stop(upload, by)
        return False


def _loaded(pk: UUID, by: Membership) -> bool:
    with transaction.atomic(), collecting() as read:
        sign_as(by)
        upload = Upload.objects.select_for_update().filter(pk=pk).first()
        if upload is None or not upload.is_loading or not actions.have_the_turn(by):
            return False  # stopped, done, or the officer is one no longer
        loading = _open.get((pk, by.pk)) or _begin(upload, by)
        done = actions.go_on(upload, loading)
        if read:
            record_read(ROUTE, read)
    return not done


def _begin(upload: Upload, by: Membership) -> Loading:
    """Read the file again; who loads is looked up now, so that what is written names a person of this day."""
    known = Membership.objects.select_related("organisation").get(pk=by.pk)
    loading = _open[upload.pk, by.pk] = Loading(compare(upload, actions.sheet_of(upload)), known)
    return loading


def _stop(pk: UUID, by: Membership) -> None:
    with transaction.atomic():
        sign_as(by)
        actions.stop_after_error(Upload.objects.get(pk=pk))

"""The worker is killed in the middle, for real: each lapse is recorded once, and each notice made once."""

import time
from pathlib import Path

from concordat.cli import lifeline
from concordat.clocks import lapsing
from concordat.clocks.lapsing import AT_ONCE, record_lapses
from concordat.core.testing.browser import external
from concordat.demo.world import acting, named
from concordat.notices.about import About
from concordat.notices.looking import look_for
from concordat.notices.models import Notice
from concordat.people.models import Membership

from .ready import Superuser, disputed

MANY = AT_ONCE + 100
BARRIER = 4242

DISPUTES = """
INSERT INTO agreements_dispute
    (id, agreement_id, organisation_id, about, raised_at, raised_by_id, outcome, settled_at, settled_by_id)
SELECT gen_random_uuid(), agreement_id, organisation_id, about, raised_at, raised_by_id, 'x', now(), raised_by_id
  FROM agreements_dispute, generate_series(2, %s::int)
"""
CLOCKS = """
INSERT INTO clocks_running (id, code, step, about_table, about_id, reference, address, owner_id, other_id, starts_at,
                            length, unit, grounds, ahead, watched)
SELECT gen_random_uuid(), 'CLK-28', 'arbiter', 'agreements_dispute', d.id, r.reference, r.address, r.owner_id,
       r.other_id, now() - interval '20 days', 1, 'days', '{}', '{}', true
  FROM agreements_dispute d, (SELECT * FROM clocks_running LIMIT 1) AS r
"""
# the row of the second batch at which the worker has to wait, so that it can be killed there
WAITS = """
CREATE FUNCTION public.wait_there() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF (SELECT count(*) FROM public.clocks_lapse) >= 500 THEN
        PERFORM pg_advisory_xact_lock(4242);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER waits_there BEFORE INSERT ON clocks_lapse FOR EACH ROW EXECUTE FUNCTION public.wait_there();
"""


def count(superuser: Superuser, question: str) -> int:
    row = superuser.execute(question.encode()).fetchone()
    assert row
    return int(row[0])


def wait_for(superuser: Superuser, question: str) -> None:
    end = time.monotonic() + 60
    while not count(superuser, question):
        assert time.monotonic() < end, question
        time.sleep(0.05)


def test_a_worker_killed_in_the_middle_leaves_each_lapse_and_each_notice_once(
    superuser: Superuser, own_database: str, template_database: Path
) -> None:
    disputed()
    superuser.execute(DISPUTES, [MANY])
    superuser.execute(CLOCKS.encode())
    superuser.execute("UPDATE clocks_running SET watched = false WHERE step = 'workers'")
    superuser.execute(WAITS.encode())
    superuser.execute("SELECT pg_advisory_lock(%s)", [BARRIER])

    worker = lifeline.spawn("worker", "--once", environment=external(template_database, own_database))
    wait_for(superuser, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = 4242")
    worker.kill()
    worker.wait()
    assert worker.stdin
    worker.stdin.close()
    superuser.execute("SELECT pg_advisory_unlock(%s)", [BARRIER])
    superuser.execute("DROP TRIGGER waits_there ON clocks_lapse")
    wait_for(superuser, "SELECT (count(*) = 0)::int FROM pg_locks WHERE locktype = 'advisory' AND objid = 4242")

    # the first batch is whole, the second never was
    assert count(superuser, "SELECT count(*) FROM clocks_lapse") == AT_ONCE == 500
    while record_lapses():
        pass
    assert lapsing.record_batch() == 0
    assert count(superuser, "SELECT count(*) FROM clocks_lapse") == MANY
    assert count(superuser, "SELECT count(DISTINCT clock_id) FROM clocks_lapse") == MANY

    member = Membership.objects.using("signin").select_related("organisation").get(pk=named("helen"))
    for _round in range(2):
        look_for(member)
    with acting("helen"):
        told = Notice.objects.filter(about=About.CLOCK_LAPSED)
        assert told.count() == told.values("key").distinct().count() == MANY

"""Who sees the clocks, when something is due, and that a clock goes with what it is about."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import call, run_file

SQL = Path(__file__).parent.parent / "sql"
BELOW = ("agreements_dispute", "agreements_agreement", "cases_rightsrequest", "cases_participation", "cases_link")
# What ran before is started for what still lies ahead; the day that a row names stays as it is.
PARTICIPATIONS = """
INSERT INTO clocks_running (id, code, step, about_table, about_id, case_id, reference, address, owner_id, starts_at, unit, until, grounds, ahead, watched)
SELECT gen_random_uuid(), 'CLK-23', 'renew', 'cases_participation', p.id, c.id, c.reference, '/cases/' || c.id || '/', p.owner_id, p.starts_at,
       'months', p.ends_at, '{}', '{}', true
  FROM cases_participation p JOIN cases_case c ON c.id = p.case_id WHERE p.withdrawn_at IS NULL AND p.ends_at > now()
"""
REQUESTS = """
INSERT INTO clocks_running (id, code, step, about_table, about_id, case_id, reference, address, owner_id, starts_at, unit, until, grounds, ahead, watched)
SELECT gen_random_uuid(), 'CLK-25', 'answer', 'cases_rightsrequest', r.id, c.id, c.reference, '/cases/' || c.id || '/rights/', r.owner_id,
       r.created_at, 'months', (r.due_on + 1)::timestamp AT TIME ZONE 'UTC', '{}', '{}', true
  FROM cases_rightsrequest r JOIN cases_case c ON c.id = r.case_id
 WHERE r.answered_at IS NULL AND (r.due_on + 1)::timestamp AT TIME ZONE 'UTC' > now()
"""
AGREEMENTS = """
INSERT INTO clocks_running (id, code, step, about_table, about_id, reference, address, owner_id, other_id, starts_at, unit, until, grounds, ahead, watched)
SELECT gen_random_uuid(), 'CLK-27', 'expiry', 'agreements_agreement', a.id, a.reference, '/agreements/' || a.id || '/', a.party_a_id, a.party_b_id,
       now(), 'months', least(v.last, e.at), '{}', '{}', true
  FROM agreements_agreement a
  JOIN LATERAL (SELECT max(v.ends_at) AS last FROM agreements_version v WHERE v.agreement_id = a.id
                   AND (SELECT count(*) FROM agreements_signature g WHERE g.version_id = v.id) = 2) AS v ON v.last IS NOT NULL
  LEFT JOIN agreements_ending e ON e.agreement_id = a.id
 WHERE least(v.last, e.at) > now()
"""
# The ladder as the framework that holds says it, else the usual one; steps that are over by now begin one after the other.
DISPUTES = """
INSERT INTO clocks_running (id, code, step, about_table, about_id, reference, address, owner_id, other_id, starts_at, length, unit, grounds, ahead, watched)
SELECT gen_random_uuid(), 'CLK-28', 'workers', 'agreements_dispute', d.id, a.reference, '/agreements/' || a.id || '/', d.organisation_id,
       CASE WHEN a.party_a_id = d.organisation_id THEN a.party_b_id ELSE a.party_a_id END, d.raised_at,
       coalesce((s.said ->> 'first_days')::int, 10), 'working_days', '{information,agreed,proceedings}',
       ARRAY[coalesce((s.said ->> 'second_days')::int, 10), coalesce((s.said ->> 'arbiter_days')::int, 20)], true
  FROM agreements_dispute d JOIN agreements_agreement a ON a.id = d.agreement_id
  LEFT JOIN LATERAL (
    SELECT c.parameters AS said FROM agreements_version v JOIN agreements_clause c ON c.version_id = v.id AND c.code = 'MOU-22'
     WHERE v.agreement_id = coalesce(a.framework_id, a.id) AND v.starts_at <= d.raised_at
       AND (SELECT count(*) FROM agreements_signature g WHERE g.version_id = v.id) = 2
     ORDER BY v.starts_at DESC, v.number DESC LIMIT 1) AS s ON true
 WHERE d.settled_at IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0032_asked_once"), ("clocks", "0001_initial")]
    operations = [
        run_file(SQL / "clocks.sql"),
        run_file(SQL / "retention.sql"),
        *(call(f"SELECT clocks.hang_on('{table}')") for table in BELOW),
        *(call(statement) for statement in (PARTICIPATIONS, REQUESTS, AGREEMENTS, DISPUTES)),
    ]

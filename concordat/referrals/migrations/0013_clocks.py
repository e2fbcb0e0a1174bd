"""Clocks hang on referrals; those of referrals and services that ran before are started for what still lies ahead."""

from django.db import migrations

from concordat.core.migration_sql import call

# The dates that stand in the rows stay as they are: `until` is the end of that day.
REFERRALS = """
INSERT INTO clocks_running (id, code, step, about_table, about_id, reference, address, owner_id, starts_at, unit, until, grounds, ahead, watched)
SELECT gen_random_uuid(), 'CLK-12', w.step, 'referrals_referral', r.id, r.reference, '/referrals/' || r.id || '/', r.to_id, r.sent_at,
       'working_days', (w.due + 1)::timestamp AT TIME ZONE 'UTC', '{}', '{}', true
  FROM referrals_referral r
 CROSS JOIN LATERAL (VALUES ('acknowledge', r.acknowledge_due), ('answer', r.answer_due)) AS w (step, due)
 WHERE r.sent_at IS NOT NULL AND (w.due + 1)::timestamp AT TIME ZONE 'UTC' > now()
   AND NOT EXISTS (SELECT FROM referrals_answer a WHERE a.referral_id = r.id AND (w.step = 'acknowledge' OR a.answered_at IS NOT NULL))
"""
SERVICES = """
INSERT INTO clocks_running (id, code, step, about_table, about_id, case_id, reference, address, owner_id, starts_at, unit, until, grounds, ahead, watched)
SELECT gen_random_uuid(), 'CLK-15', 'review', 'cases_link', l.id, c.id, c.reference, '/cases/' || c.id || '/', l.civil_id, l.starts_at,
       'weeks', (d.due + 1)::timestamp AT TIME ZONE 'UTC', '{}', '{}', true
  FROM cases_link l JOIN cases_case c ON c.id = l.civil_case_id
 CROSS JOIN LATERAL (SELECT coalesce((SELECT v.next_due FROM referrals_review v WHERE v.link_id = l.id ORDER BY v.held_on DESC LIMIT 1),
                                     (l.starts_at AT TIME ZONE 'UTC')::date + 84) AS due) AS d
 WHERE l.ends_at IS NULL AND (d.due + 1)::timestamp AT TIME ZONE 'UTC' > now()
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0012_quoted"), ("access", "0033_clocks")]
    operations = [
        call("SELECT clocks.hang_on('referrals_referral')"),
        call(REFERRALS),
        call(SERVICES),
    ]

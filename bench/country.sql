-- A large fictional country on top of the small world of the tests: 40 organisations, 300 agreements, and cases with ten
-- records each. Run by the superuser of a throw-away server, past row security. Agreements go through the compiler like
-- any other; what is about cases comes in bulk, without triggers, as if it had been there for years.

-- ---- organisations: every fourth is an authority, with a prison; each has a signatory ------------------------------

INSERT INTO organisations_organisation (id, slug, name, short, side, legal_form, controlled_by, income_share, secondments,
                                        duty_desk, statutory, monitoring, victim_liaison)
SELECT n, 'org-' || n, 'Organisation ' || n, 'O' || mod(n, 100), CASE WHEN mod(n, 4) = 0 THEN 'authority' ELSE 'civil' END,
       '', '', '', '', '', false, false, false
  FROM generate_series(100, 133) AS n;

INSERT INTO people_membership (id, user_id, organisation_id, shown_name, title, roles, valid_from)
SELECT gen_random_uuid(), gen_random_uuid(), id, 'Signatory of ' || name, 'Director', '{signatory,coordinator}',
       now() - interval '1 year'
  FROM organisations_organisation WHERE id >= 100;

INSERT INTO organisations_place (id, organisation_id, name, kind, time_zone)
SELECT gen_random_uuid(), id, 'Prison of ' || name, 'prison', 'UTC'
  FROM organisations_organisation WHERE id >= 100 AND side = 'authority';

-- ---- agreements: a framework, a protocol and terms between a hundred pairs -------------------------------------------

CREATE TEMP TABLE pair AS
SELECT row_number() OVER (ORDER BY mod(a.id * 31, 17), c.id) AS n, a.id AS authority, c.id AS civil,
       (SELECT id FROM people_membership WHERE organisation_id = a.id LIMIT 1) AS author
  FROM organisations_organisation a JOIN organisations_organisation c ON c.side = 'civil' AND c.id >= 100
 WHERE a.side = 'authority' AND a.id >= 100;
DELETE FROM pair WHERE n > 100;

CREATE TEMP TABLE paper AS
SELECT p.*, kind, gen_random_uuid() AS agreement, gen_random_uuid() AS version
  FROM pair p CROSS JOIN unnest(ARRAY['framework', 'protocol', 'terms']) AS kind;

INSERT INTO agreements_agreement (id, kind, reference, title, party_a_id, party_b_id, framework_id, activity, time_zone,
                                  created_at, created_by_id)
SELECT agreement, kind, upper(left(kind, 2)) || '-' || n, 'Working together ' || n, least(authority, civil),
       greatest(authority, civil),
       CASE WHEN kind <> 'framework' THEN (SELECT f.agreement FROM paper f WHERE f.n = paper.n AND f.kind = 'framework') END,
       CASE WHEN kind = 'terms' THEN 'custody' ELSE '' END, 'UTC', now(), author
  FROM paper ORDER BY kind;

INSERT INTO agreements_version (id, agreement_id, number, first_day, last_day, starts_at, ends_at, drafted_by_id,
                                drafted_for_id, whole_team_of, document, hash)
SELECT version, agreement, 1, '2025-01-01', '2099-12-31', '2025-01-01', '2100-01-01', author, authority, '{}', '', ''
  FROM paper;

INSERT INTO agreements_sharingrule (id, version_id, owner_id, recipient_id, category, form, purpose, role, condition, basis, clause)
SELECT gen_random_uuid(), version, way.owner, way.recipient, category, 'summary', 'intervention', way.role,
       CASE WHEN category > 10 THEN 'participation' ELSE 'none' END, 'Prison Act, s. 7', 'ISP-4'
  FROM paper
 CROSS JOIN LATERAL (VALUES (authority, civil, 'facilitator'), (civil, authority, 'programme_manager'))
         AS way (owner, recipient, role)
 CROSS JOIN unnest(ARRAY[2, 3, 4, 6, 9, 13, 18, 19, 28, 30]::smallint[]) AS category
 WHERE kind = 'protocol';

INSERT INTO agreements_termsplace (id, version_id, place_id)
SELECT gen_random_uuid(), version, o.id
  FROM paper JOIN organisations_place o ON o.organisation_id = authority WHERE paper.kind = 'terms';

UPDATE agreements_version v SET document = 'As agreed', hash = encode(sha256('As agreed'), 'hex'), proposed_at = now(), proposed_by_id = author
  FROM paper WHERE v.id = paper.version;

INSERT INTO agreements_signature (id, version_id, organisation_id, membership_id, hash, signed_at)
SELECT gen_random_uuid(), version, party, m.id, encode(sha256('As agreed'), 'hex'), '2025-01-01'
  FROM paper CROSS JOIN LATERAL unnest(ARRAY[authority, civil]) AS party
  JOIN people_membership m ON m.organisation_id = party
 ORDER BY kind;

-- ---- cases: seven in ten the prison service's, two the mentors', the rest of others ----------------------------------

SET session_replication_role = replica;

INSERT INTO cases_case (id, owner_id, reference, working_code, service_purpose, source_identifier, child_rules, opened_at)
SELECT gen_random_uuid(),
       CASE WHEN mod(n, 10) < 7 THEN %(prison)s WHEN mod(n, 10) < 9 THEN %(lantern)s ELSE 100 + mod(n, 34) END,
       'Z-' || lpad(n::text, 7, '0'), chr(65 + mod(n, 26)) || mod(n, 1000), 'Mentoring', '', false,
       now() - mod(n, 900) * interval '1 day'
  FROM generate_series(1, %(cases)s) AS n;

CREATE TEMP TABLE about AS
SELECT row_number() OVER (ORDER BY reference)::int AS n, id AS case_id, owner_id, opened_at, %(author)s::uuid AS author
  FROM cases_case WHERE reference LIKE 'Z-%%';

INSERT INTO cases_identity (id, owner_id, case_id, created_at, created_by_id, family_name, given_names, sort_key, sex,
                            languages, edited)
SELECT gen_random_uuid(), owner_id, case_id, opened_at, author,
       (%(family)s::text[])[1 + mod(n, 500)], (%(given)s::text[])[1 + mod(n / 500, 10)], '', 'unknown', '{}', '{}'
  FROM about;

INSERT INTO cases_placement (id, owner_id, case_id, created_at, created_by_id, place_id, starts_at)
SELECT gen_random_uuid(), owner_id, case_id, opened_at, author, %(place)s, opened_at FROM about;

INSERT INTO cases_keydates (id, owner_id, case_id, created_at, created_by_id, release_date_kind, release_date, edited)
SELECT gen_random_uuid(), owner_id, case_id, opened_at, author, '', CURRENT_DATE + mod(n, 700), '{}' FROM about;

INSERT INTO cases_fullrecord (id, owner_id, case_id, created_at, created_by_id, category, title, text, about_on, source,
                              is_opinion)
SELECT gen_random_uuid(), owner_id, case_id, opened_at, author, category, 'Record',
       repeat('Some words of a record. ', 12), opened_at::date, '', false
  FROM about CROSS JOIN unnest(ARRAY[5, 9, 13]) AS category;

INSERT INTO cases_summaryrecord (id, owner_id, case_id, created_at, created_by_id, category, text, checked_by, about_on)
SELECT gen_random_uuid(), owner_id, case_id, opened_at, author, category, repeat('Some words. ', 12), 'Pat Vell',
       opened_at::date
  FROM about CROSS JOIN unnest(ARRAY[6, 9, 13]) AS category;

INSERT INTO cases_daterecord (id, owner_id, case_id, created_at, created_by_id, category, fact, "on")
SELECT gen_random_uuid(), owner_id, case_id, opened_at, author, 18, 'Session held', opened_at::date FROM about;

-- ---- what joins them: each case of the mentors with one of the prison service's; two in three persons agree ----------

INSERT INTO cases_link (id, authority_id, authority_case_id, civil_id, civil_case_id, activity, starts_at)
SELECT gen_random_uuid(), %(prison)s, theirs.case_id, %(lantern)s, ours.case_id, 'custody', ours.opened_at
  FROM (SELECT *, row_number() OVER (ORDER BY n) AS k FROM about WHERE owner_id = %(lantern)s) AS ours
  JOIN (SELECT *, row_number() OVER (ORDER BY n) AS k FROM about WHERE owner_id = %(prison)s) AS theirs USING (k);

INSERT INTO cases_participation (id, owner_id, case_id, created_at, created_by_id, link_id, informer, informed_by,
                                 informed_at, interpreter, teach_back, headings, signed, copy_given, contest_route,
                                 starts_at, ends_at, withdrawn_by_route)
SELECT gen_random_uuid(), civil_id, civil_case_id, starts_at, %(author)s, id, 'provider', 'Cora Lind', starts_at - interval '3 days', '', true,
       '{routine}', 'signature', 'On paper', 'Slip to the ombudsman', starts_at, now() + interval '90 days', ''
  FROM cases_link l JOIN about a ON a.case_id = l.civil_case_id WHERE mod(a.n, 3) < 2;

-- ---- the mentor's caseload -------------------------------------------------------------------------------------------

INSERT INTO cases_assignment (id, owner_id, case_id, membership_id, activity, starts_at, created_by_id)
SELECT gen_random_uuid(), owner_id, case_id, %(mentor)s, 'custody', now() - interval '1 day', %(author)s
  FROM about WHERE owner_id = %(lantern)s ORDER BY n LIMIT %(caseload)s;

SET session_replication_role = origin;

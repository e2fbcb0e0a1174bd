-- Who sees what about the safety of workers, and what the database refuses. Run as the owner; can be run again.
--
-- Compartments of their own: a report is seen by whoever told and by the lead; a threat file by the worker, the lead and
-- the director. No agreement reaches these tables, no mandate and no emergency; the log names no owner for their lines.

CREATE SCHEMA IF NOT EXISTS safety;
REVOKE ALL ON SCHEMA safety FROM PUBLIC;
GRANT USAGE ON SCHEMA safety TO concordat_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA safety REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

SELECT access.close_table(t) FROM unnest(ARRAY['safety_terms', 'safety_boundaryreport', 'safety_passedon', 'safety_pairing',
    'safety_supervisor', 'safety_attendance', 'safety_reason', 'safety_support', 'safety_pause', 'safety_threat', 'safety_entry',
    'safety_measure', 'safety_opening']::regclass[]) AS t;

-- ---- who looks after whom ------------------------------------------------------------------------------------------

-- The workers whose reports come to me: as the safeguarding lead, or as the director while no lead but the worker is there.
CREATE OR REPLACE FUNCTION safety.my_workers() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT w.id
      FROM (SELECT access.me() AS me OFFSET 0) AS m
      JOIN public.people_membership w ON w.organisation_id = (m.me).organisation AND w.id <> (m.me).membership
     WHERE NOT (m.me).authority
       AND ('safeguarding' = ANY ((m.me).roles)
            OR 'director' = ANY ((m.me).roles) AND NOT EXISTS (
               SELECT FROM public.people_membership l
                WHERE l.organisation_id = (m.me).organisation AND l.id <> w.id AND 'safeguarding' = ANY (l.roles)
                  AND l.valid_from <= ledger.clock() AND (l.valid_until IS NULL OR ledger.clock() < l.valid_until)))
$$;

-- Those of a colleague whom I may write about: of my own organisation.
CREATE OR REPLACE FUNCTION safety.colleagues() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT id FROM public.people_membership WHERE organisation_id = access.my_organisation()
$$;

-- Line management: a coordinator, a programme manager, the director, a signatory.
CREATE OR REPLACE FUNCTION safety.manages(member uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.people_membership
                    WHERE id = member AND roles && '{coordinator,programme_manager,director,signatory}'::varchar[])
$$;

-- ---- terms ---------------------------------------------------------------------------------------------------------

SELECT access.policy('safety_terms', 'read_own', 'SELECT', 'PERMISSIVE', 'USING (owner_id = (SELECT access.my_organisation()))');
SELECT access.policy('safety_terms', 'update_own', 'UPDATE', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND (SELECT access.i_am(''{safeguarding,director}'')))
     WITH CHECK (owner_id = (SELECT access.my_organisation()))');
GRANT SELECT ON safety_terms TO concordat_app;
GRANT UPDATE (cap, pairing_months, public_key) ON safety_terms TO concordat_app;

-- The true time, not that of a story that is being told: who is new is asked for supervision from now on.
CREATE OR REPLACE FUNCTION safety.make_terms() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.safety_terms (owner_id, cap, pairing_months, public_key, counts_from)
    VALUES (NEW.id, 12, 6, '', clock_timestamp()) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS makes_terms ON organisations_organisation;
CREATE TRIGGER makes_terms AFTER INSERT ON organisations_organisation FOR EACH ROW EXECUTE FUNCTION safety.make_terms();
INSERT INTO safety_terms (owner_id, cap, pairing_months, public_key, counts_from)
SELECT id, 12, 6, '', clock_timestamp() FROM organisations_organisation ON CONFLICT DO NOTHING;

-- ---- boundary reports ----------------------------------------------------------------------------------------------

SELECT access.policy('safety_boundaryreport', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation())
            AND (reporter_id = (SELECT access.my_membership()) OR reporter_id IN (SELECT safety.my_workers())))');
SELECT access.policy('safety_boundaryreport', 'report', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND NOT (SELECT access.i_am_authority())
                 AND reporter_id = (SELECT access.my_membership()) AND looked_at IS NULL)');
SELECT access.policy('safety_boundaryreport', 'look', 'UPDATE', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND looked_at IS NULL AND reporter_id IN (SELECT safety.my_workers()))
     WITH CHECK (looked_by_id = (SELECT access.my_membership()))');
GRANT SELECT, INSERT ON safety_boundaryreport TO concordat_app;
GRANT UPDATE (looked_at, looked_by_id, answer) ON safety_boundaryreport TO concordat_app;

SELECT access.policy('safety_passedon', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND EXISTS (SELECT FROM safety_boundaryreport r WHERE r.id = report_id))');
SELECT access.policy('safety_passedon', 'read_received', 'SELECT', 'PERMISSIVE',
    'USING (to_id = (SELECT access.my_organisation()) AND (SELECT access.i_am(''{integrity}'')))');
SELECT access.policy('safety_passedon', 'pass_on', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND read_at IS NULL AND to_id IN (SELECT access.known_organisations())
                 AND EXISTS (SELECT FROM safety_boundaryreport r WHERE r.id = report_id AND r.owner_id = safety_passedon.owner_id
                                AND r.reporter_id IN (SELECT safety.my_workers())))');
SELECT access.policy('safety_passedon', 'take_note', 'UPDATE', 'PERMISSIVE',
    'USING (to_id = (SELECT access.my_organisation()) AND read_at IS NULL AND (SELECT access.i_am(''{integrity}'')))
     WITH CHECK (read_by_id = (SELECT access.my_membership()))');
GRANT SELECT, INSERT ON safety_passedon TO concordat_app;
GRANT UPDATE (read_at, read_by_id) ON safety_passedon TO concordat_app;

-- Times are the database's own; it goes to an authority.
CREATE OR REPLACE FUNCTION safety.pass_on() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.sent_at := ledger.clock();
    IF NOT EXISTS (SELECT FROM public.organisations_organisation WHERE id = NEW.to_id AND side = 'authority') THEN
        RAISE EXCEPTION 'not to an authority' USING ERRCODE = '23514', CONSTRAINT = 'passed_on_to_an_authority';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS passes_on ON safety_passedon;
CREATE TRIGGER passes_on BEFORE INSERT ON safety_passedon FOR EACH ROW EXECUTE FUNCTION safety.pass_on();

SELECT access.policy('safety_pairing', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND worker_id IN (SELECT safety.my_workers()))');
SELECT access.policy('safety_pairing', 'look', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND looked_by_id = (SELECT access.my_membership())
                 AND worker_id IN (SELECT safety.my_workers()))');
GRANT SELECT, INSERT ON safety_pairing TO concordat_app;

-- ---- supervision ---------------------------------------------------------------------------------------------------

-- The worker, whoever supervises them, whoever leads them in their work or in their safety. Dates, no more.
CREATE OR REPLACE FUNCTION safety.my_supervised() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT worker_id FROM public.safety_supervisor
     WHERE member_id = access.my_membership() AND owner_id = access.my_organisation() AND ends_at IS NULL
$$;

SELECT access.policy(tab, 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation())
            AND (worker_id = (SELECT access.my_membership()) OR worker_id IN (SELECT safety.my_supervised())
                 OR (SELECT access.i_am(''{safeguarding,director,coordinator}''))))')
  FROM unnest(ARRAY['safety_supervisor', 'safety_attendance', 'safety_reason']::regclass[]) AS tab;
SELECT access.policy('safety_supervisor', 'name', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND named_by_id = (SELECT access.my_membership()) AND ends_at IS NULL
                 AND worker_id IN (SELECT safety.colleagues()) AND (member_id IS NULL OR member_id IN (SELECT safety.colleagues()))
                 AND (SELECT access.i_am(''{safeguarding,coordinator,director}'')))');
SELECT access.policy('safety_supervisor', 'end_it', 'UPDATE', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND ends_at IS NULL AND (SELECT access.i_am(''{safeguarding,coordinator,director}'')))
     WITH CHECK (owner_id = (SELECT access.my_organisation()))');
GRANT SELECT, INSERT ON safety_supervisor TO concordat_app;
GRANT UPDATE (ends_at) ON safety_supervisor TO concordat_app;

CREATE OR REPLACE FUNCTION safety.refuse_supervisor() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.member_id = NEW.worker_id OR safety.manages(NEW.member_id) THEN
        RAISE EXCEPTION 'a line manager' USING ERRCODE = '23514', CONSTRAINT = 'supervisor_is_no_line_manager';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS no_line_manager ON safety_supervisor;
CREATE TRIGGER no_line_manager BEFORE INSERT ON safety_supervisor FOR EACH ROW EXECUTE FUNCTION safety.refuse_supervisor();

-- Not the worker alone says that they were there, where the supervisor is a colleague.
SELECT access.policy('safety_attendance', 'record', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND recorded_by_id = (SELECT access.my_membership())
                 AND worker_id IN (SELECT safety.colleagues())
                 AND (worker_id IN (SELECT safety.my_supervised()) OR (SELECT access.i_am(''{safeguarding}''))
                      OR worker_id = (SELECT access.my_membership())))');
GRANT SELECT, INSERT ON safety_attendance TO concordat_app;

CREATE OR REPLACE FUNCTION safety.refuse_attendance() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    by_member uuid;
    is_named  boolean;
BEGIN
    IF NEW.held_on > ledger.clock()::date + 1 THEN
        RAISE EXCEPTION 'in the future' USING ERRCODE = '23514', CONSTRAINT = 'attendance_is_not_in_the_future';
    END IF;
    SELECT s.member_id, true INTO by_member, is_named FROM public.safety_supervisor s WHERE s.worker_id = NEW.worker_id AND s.ends_at IS NULL;
    IF is_named IS NULL THEN
        RAISE EXCEPTION 'nobody supervises' USING ERRCODE = '23514', CONSTRAINT = 'attendance_needs_a_supervisor';
    ELSIF by_member IS NOT NULL AND NEW.recorded_by_id = NEW.worker_id THEN
        RAISE EXCEPTION 'the colleague says it' USING ERRCODE = '23514', CONSTRAINT = 'attendance_is_said_by_the_supervisor';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS as_it_was ON safety_attendance;
CREATE TRIGGER as_it_was BEFORE INSERT ON safety_attendance FOR EACH ROW EXECUTE FUNCTION safety.refuse_attendance();

SELECT access.policy('safety_reason', 'give', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND given_by_id = (SELECT access.my_membership())
                 AND worker_id <> (SELECT access.my_membership()) AND worker_id IN (SELECT safety.colleagues())
                 AND (SELECT access.i_am(''{coordinator,director}'')))');
GRANT SELECT, INSERT ON safety_reason TO concordat_app;

CREATE OR REPLACE FUNCTION safety.date_reason() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.given_at := ledger.clock();
    NEW.ends_at := NEW.given_at + interval '30 days';
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS holds_for_a_month ON safety_reason;
CREATE TRIGGER holds_for_a_month BEFORE INSERT ON safety_reason FOR EACH ROW EXECUTE FUNCTION safety.date_reason();

CREATE OR REPLACE FUNCTION safety.has_reason(wanted uuid, goes_beyond text, moment timestamptz) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.safety_reason r WHERE r.worker_id = wanted AND r.about = goes_beyond
                      AND date_trunc('minute', r.given_at) <= moment AND moment < r.ends_at)
$$;

-- From when the forty-five days count: the last supervision, or when the worker or the rule began.
CREATE OR REPLACE FUNCTION safety.supervised_since(wanted uuid, moment timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
    SELECT greatest(m.valid_from, t.counts_from,
                    (SELECT max(a.held_on) FROM public.safety_attendance a
                      WHERE a.worker_id = wanted AND a.held_on <= moment::date)::timestamptz)
      FROM public.people_membership m JOIN public.safety_terms t ON t.owner_id = m.organisation_id WHERE m.id = wanted
$$;

-- What stands against a session, by the name of the constraint; NULL where nothing does.
CREATE OR REPLACE FUNCTION safety.against_session(wanted uuid, in_case uuid, moment timestamptz) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
BEGIN
    IF EXISTS (SELECT FROM public.safety_pause p WHERE p.worker_id = wanted AND p.case_id = in_case
                  AND p.starts_at <= moment AND (p.ends_at IS NULL OR moment < p.ends_at)) THEN
        RETURN 'session_is_not_of_a_paused_worker';
    ELSIF safety.supervised_since(wanted, moment) + interval '45 days' <= moment
          AND NOT safety.has_reason(wanted, 'supervision', moment) THEN
        RETURN 'session_needs_supervision';
    END IF;
    RETURN NULL;
END $$;

-- The same for the application, about workers of one's own organisation.
CREATE OR REPLACE FUNCTION safety.why_no_session(wanted uuid, in_case uuid, moment timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT safety.against_session(wanted, in_case, moment) WHERE wanted IN (SELECT safety.colleagues())
$$;

-- ---- how much one worker carries -----------------------------------------------------------------------------------

-- Persons with whom somebody works in their own name; cover for some days and the work of a team do not count.
CREATE OR REPLACE FUNCTION safety.load_of(wanted uuid) RETURNS int
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT count(DISTINCT a.case_id)::int FROM public.cases_assignment a
     WHERE a.membership_id = wanted AND a.team_id IS NULL AND a.absence_id IS NULL
       AND a.starts_at <= ledger.clock() AND (a.ends_at IS NULL OR ledger.clock() < a.ends_at)
$$;

-- Whether one more person would be too many. Of civil society only, and of those who deliver; a coordinator looks after all.
CREATE OR REPLACE FUNCTION safety.is_full(wanted uuid, in_case uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM public.people_membership m
          JOIN public.organisations_organisation o ON o.id = m.organisation_id AND o.side = 'civil'
          JOIN public.safety_terms t ON t.owner_id = o.id
         WHERE m.id = wanted AND 'facilitator' = ANY (m.roles)
           AND (SELECT count(DISTINCT a.case_id) FROM public.cases_assignment a
                 WHERE a.membership_id = wanted AND a.team_id IS NULL AND a.absence_id IS NULL AND a.case_id <> in_case
                   AND a.starts_at <= ledger.clock() AND (a.ends_at IS NULL OR ledger.clock() < a.ends_at)) >= t.cap
           AND NOT safety.has_reason(wanted, 'caseload', ledger.clock()))
$$;

CREATE OR REPLACE FUNCTION safety.refuse_more() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF safety.is_full(NEW.membership_id, NEW.case_id) THEN
        RAISE EXCEPTION 'more than the cap' USING ERRCODE = '23514', CONSTRAINT = 'assignment_is_within_the_cap';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS not_too_many ON cases_assignment;
CREATE TRIGGER not_too_many BEFORE INSERT ON cases_assignment
    FOR EACH ROW WHEN (NEW.team_id IS NULL AND NEW.absence_id IS NULL AND NEW.ends_at IS NULL) EXECUTE FUNCTION safety.refuse_more();

CREATE OR REPLACE FUNCTION safety.why_no_more(wanted uuid[], in_case uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT w FROM unnest(wanted) AS w WHERE w IN (SELECT safety.colleagues()) AND safety.is_full(w, in_case)
$$;

-- Who of the organisation's deliverers carries how much, and when they were last at supervision; to whoever leads them.
CREATE OR REPLACE FUNCTION safety.workers() RETURNS TABLE (worker uuid, persons int, since timestamptz, stopped boolean, full_up boolean)
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
    SELECT m.id, safety.load_of(m.id), safety.supervised_since(m.id, ledger.clock()),
           safety.supervised_since(m.id, ledger.clock()) + interval '45 days' <= ledger.clock()
               AND NOT safety.has_reason(m.id, 'supervision', ledger.clock()),
           safety.is_full(m.id, m.id)
      FROM public.people_membership m
     WHERE m.organisation_id = access.my_organisation() AND m.roles && '{facilitator,coordinator}'::varchar[]
       AND NOT access.i_am_authority() AND access.i_am('{safeguarding,director,coordinator}')
       AND m.valid_from <= ledger.clock() AND (m.valid_until IS NULL OR ledger.clock() < m.valid_until)
$$;

-- One worker alone with one person for months: how many such persons, and since when. Which persons is not said.
CREATE OR REPLACE FUNCTION safety.lone_pairings() RETURNS TABLE (worker uuid, persons int, since timestamptz)
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
    SELECT a.membership_id, count(DISTINCT a.case_id)::int, min(a.starts_at)
      FROM public.cases_assignment a JOIN public.safety_terms t ON t.owner_id = a.owner_id
     WHERE a.owner_id = access.my_organisation() AND a.membership_id IN (SELECT safety.my_workers())
       AND (a.ends_at IS NULL OR ledger.clock() < a.ends_at)
       AND a.starts_at <= ledger.clock() - make_interval(months => t.pairing_months)
       AND NOT EXISTS (SELECT FROM public.cases_assignment o
                        WHERE o.case_id = a.case_id AND o.owner_id = a.owner_id AND o.membership_id <> a.membership_id
                          AND (o.ends_at IS NULL OR ledger.clock() < o.ends_at))
       AND NOT EXISTS (SELECT FROM public.safety_pairing p WHERE p.worker_id = a.membership_id AND p.again_on > ledger.clock()::date)
     GROUP BY a.membership_id
$$;

-- ---- support, and the right to stop --------------------------------------------------------------------------------

SELECT access.policy('safety_support', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation())
            AND (worker_id = (SELECT access.my_membership()) OR worker_id IN (SELECT safety.my_workers())))');
SELECT access.policy('safety_support', 'begin_it', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND opened_by_id = (SELECT access.my_membership())
                 AND NOT (SELECT access.i_am_authority()) AND offered_at IS NULL AND talked_on IS NULL AND declined_at IS NULL
                 AND (worker_id = (SELECT access.my_membership()) OR worker_id IN (SELECT safety.my_workers())))');
SELECT access.policy('safety_support', 'go_on', 'UPDATE', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation())
            AND (worker_id = (SELECT access.my_membership()) OR worker_id IN (SELECT safety.my_workers())))
     WITH CHECK (owner_id = (SELECT access.my_organisation()))');
GRANT SELECT, INSERT ON safety_support TO concordat_app;
GRANT UPDATE (offered_at, offered_by_id, talked_on, talked_with, declined_at) ON safety_support TO concordat_app;

-- Support is offered by the lead; only the worker declines it. What was done stays.
CREATE OR REPLACE FUNCTION safety.keep_support() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me uuid := access.my_membership();
BEGIN
    IF NEW.offered_at IS DISTINCT FROM OLD.offered_at AND (OLD.offered_at IS NOT NULL OR me = NEW.worker_id OR NEW.offered_by_id <> me)
       OR NEW.declined_at IS DISTINCT FROM OLD.declined_at AND (OLD.declined_at IS NOT NULL OR me <> NEW.worker_id)
       OR OLD.talked_on IS NOT NULL AND (NEW.talked_on, NEW.talked_with) IS DISTINCT FROM (OLD.talked_on, OLD.talked_with) THEN
        RAISE EXCEPTION 'not so' USING ERRCODE = '23514', CONSTRAINT = 'support_stays';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS keeps_support ON safety_support;
CREATE TRIGGER keeps_support BEFORE UPDATE ON safety_support FOR EACH ROW EXECUTE FUNCTION safety.keep_support();

SELECT access.policy('safety_pause', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND case_id NOT IN (SELECT access.my_restrictions())
            AND (worker_id = (SELECT access.my_membership()) OR (SELECT access.i_am(''{coordinator}''))))');
SELECT access.policy('safety_pause', 'stop', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND worker_id = (SELECT access.my_membership())
                 AND NOT (SELECT access.i_am_authority()) AND offered_at IS NULL AND ends_at IS NULL
                 AND case_id IN (SELECT access.my_own_cases()))');
SELECT access.policy('safety_pause', 'offer', 'UPDATE', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND ends_at IS NULL AND case_id NOT IN (SELECT access.my_restrictions())
            AND (worker_id = (SELECT access.my_membership()) OR (SELECT access.i_am(''{coordinator}''))))
     WITH CHECK (owner_id = (SELECT access.my_organisation()))');
SELECT access.read_only_in_emergency('safety_pause', 'case_id');
GRANT SELECT, INSERT ON safety_pause TO concordat_app;
GRANT UPDATE (ends_at, offered_at, offered_by_id, other_id) ON safety_pause TO concordat_app;

-- Only the worker takes it up again; nobody is offered themselves.
CREATE OR REPLACE FUNCTION safety.keep_pause() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.ends_at IS NOT NULL AND access.my_membership() <> NEW.worker_id OR NEW.other_id = NEW.worker_id
       OR NEW.other_id IS NOT NULL AND NOT EXISTS (SELECT FROM public.people_membership WHERE id = NEW.other_id AND organisation_id = NEW.owner_id) THEN
        RAISE EXCEPTION 'not so' USING ERRCODE = '23514', CONSTRAINT = 'pause_is_the_workers';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS keeps_pause ON safety_pause;
CREATE TRIGGER keeps_pause BEFORE UPDATE ON safety_pause FOR EACH ROW EXECUTE FUNCTION safety.keep_pause();
SELECT access.let_go('safety_pause');

-- ---- threat files --------------------------------------------------------------------------------------------------

-- The files that were opened to my post, as the protection post of an authority. What comes from an authority never is,
-- whatever stands among the openings.
CREATE OR REPLACE FUNCTION safety.opened_to_me() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT o.threat_id FROM public.safety_opening o JOIN public.safety_threat t ON t.id = o.threat_id
     WHERE o.to_id = access.my_organisation() AND o.ends_at IS NULL AND t.authority_id IS NULL AND access.i_am('{protection}')
$$;

SELECT access.policy('safety_threat', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation())
            AND (worker_id = (SELECT access.my_membership()) OR (SELECT access.i_am(''{safeguarding,director}''))))');
SELECT access.policy('safety_threat', 'read_opened', 'SELECT', 'PERMISSIVE', 'USING (id IN (SELECT safety.opened_to_me()))');
-- A wall besides the policies above: no authority reads a file that names one, not even by a mistake among them.
SELECT access.policy('safety_threat', 'never_to_an_authority', 'SELECT', 'RESTRICTIVE',
    'USING (authority_id IS NULL OR owner_id = (SELECT access.my_organisation()) AND NOT (SELECT access.i_am_authority()))');
SELECT access.policy('safety_threat', 'report', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND NOT (SELECT access.i_am_authority())
                 AND reported_by_id = (SELECT access.my_membership()) AND acknowledged_at IS NULL AND closed_at IS NULL
                 AND (worker_id IS NULL OR worker_id IN (SELECT safety.colleagues())))');
SELECT access.policy('safety_threat', 'go_on', 'UPDATE', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND closed_at IS NULL AND (SELECT access.i_am(''{safeguarding,director}'')))
     WITH CHECK (owner_id = (SELECT access.my_organisation()))');
GRANT SELECT, INSERT ON safety_threat TO concordat_app;
GRANT UPDATE (acknowledged_at, acknowledged_by_id, closed_at, closed_by_id) ON safety_threat TO concordat_app;

-- Words are added by who sees the file, and by whoever told for somebody else; nobody changes them.
CREATE OR REPLACE FUNCTION safety.i_may_add(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.safety_threat t
                    WHERE t.id = wanted AND t.owner_id = access.my_organisation() AND t.closed_at IS NULL
                      AND (access.my_membership() IN (t.worker_id, t.reported_by_id) OR access.i_am('{safeguarding,director}')))
$$;

SELECT access.policy(tab, 'read_with_file', 'SELECT', 'PERMISSIVE',
    format('USING (EXISTS (SELECT FROM safety_threat t WHERE t.id = %I.threat_id))', tab::text))
  FROM unnest(ARRAY['safety_entry', 'safety_measure']::regclass[]) AS tab;
SELECT access.policy(tab, 'add', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (by_id = (SELECT access.my_membership()) AND safety.i_may_add(threat_id))')
  FROM unnest(ARRAY['safety_entry', 'safety_measure']::regclass[]) AS tab;
GRANT SELECT, INSERT ON safety_entry, safety_measure TO concordat_app;

SELECT access.policy('safety_opening', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (EXISTS (SELECT FROM safety_threat t WHERE t.id = threat_id AND t.owner_id = (SELECT access.my_organisation())))');
SELECT access.policy('safety_opening', 'open_it', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (opened_by_id = (SELECT access.my_membership()) AND ends_at IS NULL AND (SELECT access.i_am(''{safeguarding}''))
                 AND to_id IN (SELECT access.known_organisations()) AND safety.i_may_add(threat_id))');
SELECT access.policy('safety_opening', 'close_it', 'UPDATE', 'PERMISSIVE',
    'USING (ends_at IS NULL AND (SELECT access.i_am(''{safeguarding,director}''))
            AND EXISTS (SELECT FROM safety_threat t WHERE t.id = threat_id AND t.owner_id = (SELECT access.my_organisation())))
     WITH CHECK (ends_at IS NOT NULL)');
GRANT SELECT, INSERT ON safety_opening TO concordat_app;
GRANT UPDATE (ends_at) ON safety_opening TO concordat_app;

-- The time of a report is the database's own, and what comes from an authority names one.
CREATE OR REPLACE FUNCTION safety.date_threat() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.reported_at := ledger.clock();
    IF NEW.authority_id IS NOT NULL THEN
        IF NOT EXISTS (SELECT FROM public.organisations_organisation WHERE id = NEW.authority_id AND side = 'authority') THEN
            RAISE EXCEPTION 'no authority' USING ERRCODE = '23514', CONSTRAINT = 'threat_names_an_authority';
        ELSIF NOT EXISTS (SELECT FROM public.safety_terms WHERE owner_id = NEW.owner_id AND public_key <> '') THEN
            RAISE EXCEPTION 'no key' USING ERRCODE = '23514', CONSTRAINT = 'threat_needs_a_key';
        END IF;
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS dates_threat ON safety_threat;
CREATE TRIGGER dates_threat BEFORE INSERT ON safety_threat FOR EACH ROW EXECUTE FUNCTION safety.date_threat();

-- In a file that names an authority no word stands in clear: what is not encrypted to a key does not get in.
CREATE OR REPLACE FUNCTION safety.refuse_clear_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    is_sealed boolean := (SELECT t.authority_id IS NOT NULL FROM public.safety_threat t WHERE t.id = NEW.threat_id);
BEGIN
    NEW.at := ledger.clock();
    IF is_sealed <> (NEW.sealed IS NOT NULL)
       OR NEW.sealed IS NOT NULL AND substring(NEW.sealed FROM 1 FOR 21) <> 'age-encryption.org/v1'::bytea THEN
        RAISE EXCEPTION 'sealed or not' USING ERRCODE = '23514', CONSTRAINT = 'words_about_an_authority_are_sealed';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS not_in_clear ON safety_entry;
CREATE TRIGGER not_in_clear BEFORE INSERT ON safety_entry FOR EACH ROW EXECUTE FUNCTION safety.refuse_clear_words();
DROP TRIGGER IF EXISTS not_in_clear ON safety_measure;
CREATE TRIGGER not_in_clear BEFORE INSERT ON safety_measure FOR EACH ROW EXECUTE FUNCTION safety.refuse_clear_words();

CREATE OR REPLACE FUNCTION safety.refuse_opening() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.safety_threat WHERE id = NEW.threat_id AND authority_id IS NOT NULL) THEN
        RAISE EXCEPTION 'from an authority' USING ERRCODE = '23514', CONSTRAINT = 'threat_from_an_authority_stays_here';
    ELSIF NOT EXISTS (SELECT FROM public.organisations_organisation WHERE id = NEW.to_id AND side = 'authority') THEN
        RAISE EXCEPTION 'no authority' USING ERRCODE = '23514', CONSTRAINT = 'threat_is_opened_to_an_authority';
    END IF;
    NEW.opened_at := ledger.clock();
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS stays_here ON safety_opening;
CREATE TRIGGER stays_here BEFORE INSERT ON safety_opening FOR EACH ROW EXECUTE FUNCTION safety.refuse_opening();

-- ---- when it goes --------------------------------------------------------------------------------------------------

-- Reports five years after they were answered, files five years after they were closed, the rest after three years.
CREATE OR REPLACE FUNCTION safety.forget_old() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    five  timestamptz := ledger.clock() - interval '5 years';
    three timestamptz := ledger.clock() - interval '3 years';
BEGIN
    DELETE FROM public.safety_passedon p USING public.safety_boundaryreport r WHERE r.id = p.report_id AND r.looked_at < five;
    DELETE FROM public.safety_boundaryreport WHERE looked_at < five;
    DELETE FROM public.safety_entry e USING public.safety_threat t WHERE t.id = e.threat_id AND t.closed_at < five;
    DELETE FROM public.safety_measure e USING public.safety_threat t WHERE t.id = e.threat_id AND t.closed_at < five;
    DELETE FROM public.safety_opening e USING public.safety_threat t WHERE t.id = e.threat_id AND t.closed_at < five;
    DELETE FROM public.safety_threat WHERE closed_at < five;
    DELETE FROM public.safety_attendance WHERE held_on < three::date;
    DELETE FROM public.safety_supervisor WHERE ends_at < three;
    DELETE FROM public.safety_reason WHERE ends_at < three;
    DELETE FROM public.safety_support WHERE coalesce(talked_on, declined_at::date) < three::date;
    DELETE FROM public.safety_pairing WHERE again_on < three::date;
END $$;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA safety FROM PUBLIC;
GRANT EXECUTE ON FUNCTION safety.my_workers(), safety.colleagues(), safety.my_supervised(), safety.opened_to_me(),
    safety.i_may_add(uuid), safety.why_no_session(uuid, uuid, timestamptz), safety.why_no_more(uuid[], uuid), safety.workers(),
    safety.lone_pairings(), safety.forget_old() TO concordat_app;

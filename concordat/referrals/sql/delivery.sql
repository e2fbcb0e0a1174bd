-- Delivery: sessions, notes, reviews, the end. Who may see and write each, and what the database refuses.
-- Comes after `protect.sql` of this room and of `sharing`.

SELECT access.protect('referrals_session', 'owner_id', '18', 'case_id', 'full', false);
SELECT access.protect('referrals_headingnote', 'owner_id', '19', 'case_id', 'summary');
SELECT access.protect('referrals_concern', 'owner_id', '27', 'case_id', 'full');
SELECT access.protect('referrals_review', 'owner_id', '19', 'case_id', 'summary', false);
SELECT access.protect('referrals_endreport', 'owner_id', '19', 'case_id', 'summary', false);
SELECT access.protect_part('referrals_outcome', 'end_report_id', 'referrals_endreport', 'owner_id');
ALTER TABLE referrals_outcome NO FORCE ROW LEVEL SECURITY;
ALTER TABLE referrals_goal NO FORCE ROW LEVEL SECURITY;  -- what goals are about decides which headings there are
SELECT access.protect('referrals_earlyend', 'owner_id', '31', 'case_id', 'full', false);

-- What was recorded stays as it was recorded.
REVOKE UPDATE ON referrals_session, referrals_headingnote, referrals_concern, referrals_review, referrals_endreport,
    referrals_earlyend FROM concordat_app;

-- Whatever an agreement gives: a worry, and why a service ended early, stay with the organisation that wrote it down.
SELECT access.policy('referrals_concern', 'read_only_own', 'SELECT', 'RESTRICTIVE',
    'USING (owner_id = (SELECT access.my_organisation()))');
SELECT access.policy('referrals_earlyend', 'read_only_own', 'SELECT', 'RESTRICTIVE',
    'USING (owner_id = (SELECT access.my_organisation()))');

-- ---- sessions ----------------------------------------------------------------------------------------------------

-- When a session took place; NULL for one that was not held. Minutes do not depend on a time zone, so it is immutable.
CREATE OR REPLACE FUNCTION referrals.span(moment timestamptz, minutes int) RETURNS tstzrange
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$ SELECT tstzrange(moment, moment + make_interval(mins => minutes)) $$;

DO $$ BEGIN
    CREATE TYPE referrals.uuidrange AS RANGE (subtype = uuid);
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
ALTER TABLE referrals_session DROP CONSTRAINT IF EXISTS session_is_one_at_a_time;
ALTER TABLE referrals_session ADD CONSTRAINT session_is_one_at_a_time EXCLUDE USING gist (
    referrals.uuidrange(case_id, case_id, '[]') WITH &&, referrals.span(starts_at, minutes) WITH &&) WHERE (held);
ALTER TABLE referrals_session DROP CONSTRAINT IF EXISTS worker_is_in_one_session_at_a_time;
ALTER TABLE referrals_session ADD CONSTRAINT worker_is_in_one_session_at_a_time EXCLUDE USING gist (
    referrals.uuidrange(worker_id, worker_id, '[]') WITH &&, referrals.span(starts_at, minutes) WITH &&) WHERE (held);

-- The worker confirmed the version that was the newest when the session began, or a later one. (C6.10)
CREATE OR REPLACE FUNCTION referrals.is_briefed(worker uuid, authority_case uuid, moment timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT EXISTS (
    SELECT FROM public.sharing_acknowledgement a JOIN public.sharing_safetybriefing b ON b.id = a.briefing_id
     WHERE a.membership_id = worker AND b.case_id = authority_case
       AND b.number >= (SELECT coalesce(max(n.number), 1) FROM public.sharing_safetybriefing n
                         WHERE n.case_id = authority_case AND n.created_at <= moment)) $$;

-- Goals and measures are signed by both organisations, and signed or declined by the person. (C6.8)
CREATE OR REPLACE FUNCTION referrals.signed_goals(of_link uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT g.id FROM public.referrals_goalset g JOIN public.cases_link l ON l.id = g.link_id
     WHERE l.id = of_link AND (g.person_declined OR g.person_signed_on IS NOT NULL)
       AND EXISTS (SELECT FROM public.referrals_goalsignature s WHERE s.goal_set_id = g.id AND s.organisation_id = l.civil_id)
       AND EXISTS (SELECT FROM public.referrals_goalsignature s WHERE s.goal_set_id = g.id AND s.organisation_id = l.authority_id)
     ORDER BY g.number DESC
$$;

-- Activity terms were in force then, at the place where the person was.
CREATE OR REPLACE FUNCTION referrals.had_terms(of_link uuid, moment timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM public.cases_link l
          JOIN public.access_terms t ON t.recipient = l.civil_id AND t.owner = l.authority_id AND t.activity = l.activity
         WHERE l.id = of_link AND date_trunc('minute', lower(t.valid)) <= moment AND (upper_inf(t.valid) OR moment < upper(t.valid))
           AND t.place = (SELECT p.place_id FROM public.cases_placement p
                           WHERE p.case_id = l.authority_case_id AND date_trunc('minute', p.starts_at) <= moment
                             AND (p.ends_at IS NULL OR moment < p.ends_at) ORDER BY p.starts_at DESC LIMIT 1))
$$;

-- What stands against recording a session, by the name of the constraint; NULL where nothing does. `lasted` is NULL for
-- one that was not held. What had to be so is asked for the moment at which the session began, so that what was done
-- in time can be recorded after an agreement lapsed or a person withdrew. Times are typed by the minute.
CREATE OR REPLACE FUNCTION referrals.against_session(of_link uuid, worker uuid, moment timestamptz, lasted int) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    l public.cases_link;
BEGIN
    SELECT * INTO l FROM public.cases_link WHERE id = of_link;
    IF moment > ledger.clock() THEN
        RETURN 'session_is_not_in_the_future';
    ELSIF NOT EXISTS (SELECT FROM public.cases_assignment a
                       WHERE a.case_id = l.civil_case_id AND a.membership_id = worker AND a.activity = l.activity
                         AND date_trunc('minute', a.starts_at) <= moment AND (a.ends_at IS NULL OR moment < a.ends_at)) THEN
        RETURN 'session_is_of_an_assigned_worker';
    ELSIF EXISTS (SELECT FROM public.referrals_session s
                   WHERE s.case_id = l.civil_case_id
                     AND (s.starts_at = moment OR s.held AND referrals.span(s.starts_at, s.minutes) && referrals.span(moment, lasted))) THEN
        RETURN 'session_is_one_at_a_time';
    ELSIF lasted IS NULL THEN
        RETURN NULL;
    ELSIF EXISTS (SELECT FROM public.referrals_session s WHERE s.worker_id = worker AND s.held
                     AND referrals.span(s.starts_at, s.minutes) && referrals.span(moment, lasted)) THEN
        RETURN 'worker_is_in_one_session_at_a_time';
    ELSIF NOT EXISTS (SELECT FROM public.cases_participation p
                       WHERE p.case_id = l.civil_case_id AND date_trunc('minute', p.starts_at) <= moment
                         AND moment < least(p.ends_at, p.withdrawn_at)) THEN
        RETURN 'session_needs_participation';
    ELSIF NOT EXISTS (SELECT FROM referrals.signed_goals(of_link)) THEN
        RETURN 'session_needs_signed_goals';
    ELSIF NOT referrals.is_briefed(worker, l.authority_case_id, moment) THEN
        RETURN 'session_needs_briefing';
    ELSIF NOT referrals.had_terms(of_link, moment) THEN
        RETURN 'session_needs_terms_in_force';
    END IF;
    RETURN NULL;
END $$;

-- The same for the application, only about links of a case of one's own.
CREATE OR REPLACE FUNCTION referrals.why_no_session(of_link uuid, worker uuid, moment timestamptz, lasted int) RETURNS text
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN EXISTS (SELECT FROM public.cases_link WHERE id = of_link AND access.is_my_case(civil_case_id))
                THEN referrals.against_session(of_link, worker, moment, lasted) ELSE 'session_is_of_ones_own_case' END
$$;

-- A row of delivery belongs to the case and to the organisation on the civil side of its link.
CREATE OR REPLACE FUNCTION referrals.refuse_other_link() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.cases_link
                    WHERE id = NEW.link_id AND civil_case_id = NEW.case_id AND civil_id = NEW.owner_id) THEN
        RAISE EXCEPTION 'the link is another case''s' USING ERRCODE = '23514', CONSTRAINT = 'link_is_of_the_same_case';
    END IF;
    RETURN NEW;
END $$;
DO $$
DECLARE
    tab text;
BEGIN
    FOREACH tab IN ARRAY ARRAY['session', 'review', 'endreport', 'earlyend'] LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS a_same_case ON public.referrals_%s', tab);
        EXECUTE format('CREATE TRIGGER a_same_case BEFORE INSERT ON public.referrals_%s
                        FOR EACH ROW EXECUTE FUNCTION referrals.refuse_other_link()', tab);
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION referrals.refuse_session() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    against text := referrals.against_session(NEW.link_id, NEW.worker_id, NEW.starts_at,
                                              CASE WHEN NEW.held THEN NEW.minutes END);
BEGIN
    IF against IS NOT NULL THEN
        RAISE EXCEPTION 'session refused' USING ERRCODE = '23514', CONSTRAINT = against;
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS not_before_its_time ON referrals_session;
CREATE TRIGGER not_before_its_time BEFORE INSERT ON referrals_session
    FOR EACH ROW EXECUTE FUNCTION referrals.refuse_session();

-- ---- notes and reviews ---------------------------------------------------------------------------------------------

-- The headings under which a note may be written now: the person chose them, and the goals are about them. "Outlook and
-- views" is there only while a signed goal is about attitudes. (14.2, step 4; C6.7)
CREATE OR REPLACE FUNCTION referrals.agreed_headings(own_case uuid) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT DISTINCT heading FROM public.cases_participation p CROSS JOIN LATERAL unnest(p.headings) AS heading
     WHERE p.case_id = own_case AND p.starts_at <= ledger.clock() AND ledger.clock() < p.ends_at
       AND (p.withdrawn_at IS NULL OR ledger.clock() < p.withdrawn_at)
       AND (heading <> 'outlook' OR EXISTS (
            SELECT FROM public.referrals_goal g
             WHERE g.goal_set_id = (SELECT s FROM referrals.signed_goals(p.link_id) AS s LIMIT 1)
               AND g.target IN ('attitudes', 'both')))
$$;

CREATE OR REPLACE FUNCTION referrals.my_headings(own_case uuid) RETURNS SETOF text
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT heading FROM referrals.agreed_headings(own_case) AS heading WHERE access.is_my_case(own_case) $$;

CREATE OR REPLACE FUNCTION referrals.refuse_unchosen_heading() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM referrals.agreed_headings(NEW.case_id) AS h WHERE h = NEW.heading) THEN
        RAISE EXCEPTION 'the heading is not agreed' USING ERRCODE = '23514', CONSTRAINT = 'heading_was_chosen_by_the_person';
    END IF;
    IF NOT EXISTS (SELECT FROM public.referrals_session s WHERE s.id = NEW.session_id AND s.case_id = NEW.case_id AND s.held
                   UNION ALL
                   SELECT FROM public.referrals_review r WHERE r.id = NEW.review_id AND r.case_id = NEW.case_id) THEN
        RAISE EXCEPTION 'the note hangs on nothing' USING ERRCODE = '23514', CONSTRAINT = 'note_is_of_a_session_held_or_a_review';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS chosen ON referrals_headingnote;
CREATE TRIGGER chosen BEFORE INSERT OR UPDATE ON referrals_headingnote
    FOR EACH ROW EXECUTE FUNCTION referrals.refuse_unchosen_heading();

-- Somewhere on earth it may be tomorrow already.
CREATE OR REPLACE FUNCTION referrals.refuse_future_review() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
BEGIN
    IF NEW.held_on > (ledger.clock() + interval '14 hours')::date THEN
        RAISE EXCEPTION 'the review lies ahead' USING ERRCODE = '23514', CONSTRAINT = 'review_is_not_in_the_future';
    END IF;
    IF NOT access.participates(NEW.case_id) THEN
        RAISE EXCEPTION 'the person does not take part' USING ERRCODE = '23514', CONSTRAINT = 'review_needs_participation';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS not_in_the_future ON referrals_review;
CREATE TRIGGER not_in_the_future BEFORE INSERT ON referrals_review
    FOR EACH ROW EXECUTE FUNCTION referrals.refuse_future_review();

-- A view that differs is read with its review, and written by the party itself: the referrer for itself, the provider
-- for itself and for the person.
SELECT access.close_table('referrals_position');
ALTER TABLE referrals_position FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON referrals_position TO concordat_app;

-- ---- the end -------------------------------------------------------------------------------------------------------

-- The words of the desired outcomes stand in the referral, which may be closed to whoever owes the report.
CREATE OR REPLACE FUNCTION referrals.desired_outcomes(of_link uuid) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((SELECT r.desired_outcomes FROM public.referrals_answer a
                       JOIN public.referrals_referral r ON r.id = a.referral_id
                      WHERE a.link_id = of_link LIMIT 1), '{}')::text[]
$$;

-- How many there are, for the form: their number, not their words.
CREATE OR REPLACE FUNCTION referrals.outcomes_owed(of_link uuid) RETURNS int
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT cardinality(referrals.desired_outcomes(l.id)) FROM public.cases_link l
       WHERE l.id = of_link AND access.is_my_case(l.civil_case_id) $$;

CREATE OR REPLACE FUNCTION referrals.fill_in_outcome() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.outcome := (SELECT (referrals.desired_outcomes(e.link_id))[NEW.position]
                      FROM public.referrals_endreport e WHERE e.id = NEW.end_report_id);
    IF NEW.outcome IS NULL THEN
        RAISE EXCEPTION 'nobody asked for this outcome' USING ERRCODE = '23514', CONSTRAINT = 'outcome_is_one_that_was_desired';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS as_desired ON referrals_outcome;
CREATE TRIGGER as_desired BEFORE INSERT ON referrals_outcome
    FOR EACH ROW EXECUTE FUNCTION referrals.fill_in_outcome();

-- At the end of the transaction every desired outcome has its answer.
CREATE OR REPLACE FUNCTION referrals.refuse_unanswered_outcome() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF cardinality(referrals.desired_outcomes(NEW.link_id))
       > (SELECT count(*) FROM public.referrals_outcome WHERE end_report_id = NEW.id) THEN
        RAISE EXCEPTION 'a desired outcome has no answer' USING ERRCODE = '23514', CONSTRAINT = 'end_report_answers_every_outcome';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS answers_all ON referrals_endreport;
CREATE CONSTRAINT TRIGGER answers_all AFTER INSERT ON referrals_endreport DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION referrals.refuse_unanswered_outcome();

-- What is owed is written in the wind-down too, and then not read back by its writer.
CREATE OR REPLACE FUNCTION referrals.mark_wind_down() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.cases_link WHERE id = NEW.link_id AND authority_id = NEW.to_id) THEN
        RAISE EXCEPTION 'the report is owed to another' USING ERRCODE = '23514', CONSTRAINT = 'end_report_goes_to_the_referrer';
    END IF;
    NEW.in_wind_down := NOT access.are_partners(NEW.owner_id, NEW.to_id);
    IF NEW.in_wind_down AND NOT EXISTS (SELECT FROM public.access_terms t
        WHERE t.recipient = NEW.owner_id AND t.owner = NEW.to_id AND lower(t.valid) <= ledger.clock()
          AND ledger.clock() < upper(t.valid) + interval '30 days') THEN
        RAISE EXCEPTION 'the wind-down is over' USING ERRCODE = '23514', CONSTRAINT = 'end_report_within_the_wind_down';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS wind_down ON referrals_endreport;
CREATE TRIGGER wind_down BEFORE INSERT ON referrals_endreport FOR EACH ROW EXECUTE FUNCTION referrals.mark_wind_down();

-- A service ends once; after that only the report that is owed can come.
CREATE OR REPLACE FUNCTION referrals.refuse_second_end() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.cases_link WHERE id = NEW.link_id AND (ends_at IS NULL OR ledger.clock() < ends_at)) THEN
        RAISE EXCEPTION 'this service has ended' USING ERRCODE = '23514', CONSTRAINT = 'service_ends_once';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS ends_once ON referrals_earlyend;
CREATE TRIGGER ends_once BEFORE INSERT ON referrals_earlyend FOR EACH ROW EXECUTE FUNCTION referrals.refuse_second_end();

-- The end closes the link and the assignments in the same statement, whoever of the team writes it.
CREATE OR REPLACE FUNCTION referrals.close_link() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.cases_assignment a SET ends_at = ledger.clock() FROM public.cases_link l
     WHERE l.id = NEW.link_id AND a.case_id = l.civil_case_id AND a.activity = l.activity
       AND (a.ends_at IS NULL OR ledger.clock() < a.ends_at);
    UPDATE public.cases_link SET ends_at = ledger.clock()
     WHERE id = NEW.link_id AND (ends_at IS NULL OR ledger.clock() < ends_at);
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS closes ON referrals_endreport;
CREATE TRIGGER closes AFTER INSERT ON referrals_endreport FOR EACH ROW EXECUTE FUNCTION referrals.close_link();
DROP TRIGGER IF EXISTS closes ON referrals_earlyend;
CREATE TRIGGER closes AFTER INSERT ON referrals_earlyend FOR EACH ROW EXECUTE FUNCTION referrals.close_link();

-- The writer does not read back what was written in the wind-down, until an agreement is in force again. The authority
-- that it is owed to reads it while the person agrees, also after the link is closed.
SELECT access.policy('referrals_endreport', 'owed_is_write_only', 'SELECT', 'RESTRICTIVE',
    'USING (NOT in_wind_down OR to_id = (SELECT access.my_organisation()) OR to_id IN (SELECT access.partners()))');
CREATE OR REPLACE FUNCTION referrals.my_owed_reports() RETURNS TABLE (report uuid, own_case uuid)
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT r.id, l.authority_case_id FROM public.referrals_endreport r JOIN public.cases_link l ON l.id = r.link_id
     WHERE r.to_id = access.my_organisation() AND r.owner_id IN (SELECT access.wind_down_partners())
       AND access.participates(r.case_id) AND access.is_my_case(l.authority_case_id)
       AND NOT access.prohibited(r.to_id, r.owner_id, 19::smallint) @> ledger.clock()
$$;
SELECT access.policy('referrals_endreport', 'read_owed', 'SELECT', 'PERMISSIVE',
    'USING (id IN (SELECT report FROM referrals.my_owed_reports()) AND (SELECT access.i_am(''{programme_manager}'')))');

-- The parts of a report that is not read back are still written with it.
CREATE OR REPLACE FUNCTION referrals.is_my_report(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT EXISTS (SELECT FROM public.referrals_endreport WHERE id = wanted AND owner_id = access.my_organisation()
                       AND created_by_id = access.my_membership()) $$;
SELECT access.policy('referrals_outcome', 'insert_with_whole', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (referrals.is_my_report(end_report_id))');

-- What of one's own is still owed: links that ended early without a report, for whoever may write it.
CREATE OR REPLACE FUNCTION referrals.has_end_report(of_link uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT EXISTS (SELECT FROM public.referrals_endreport r JOIN public.cases_link l ON l.id = r.link_id
                      WHERE l.id = of_link AND access.is_my_case(l.civil_case_id)) $$;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA referrals FROM PUBLIC;
GRANT EXECUTE ON FUNCTION referrals.span(timestamptz, int), referrals.uuidrange(uuid, uuid, text),
    referrals.why_no_session(uuid, uuid, timestamptz, int), referrals.my_headings(uuid), referrals.outcomes_owed(uuid),
    referrals.my_owed_reports(), referrals.is_my_report(uuid), referrals.has_end_report(uuid) TO concordat_app;

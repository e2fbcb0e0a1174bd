-- From referral to end report: who may see and write each, and what the database refuses.

CREATE SCHEMA IF NOT EXISTS referrals;
REVOKE ALL ON SCHEMA referrals FROM PUBLIC;
GRANT USAGE ON SCHEMA referrals TO concordat_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA referrals REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- ---- the directory -----------------------------------------------------------------------------------------------

SELECT access.open_table('referrals_service', 'what is offered is open to everybody signed in');
SELECT access.open_table('referrals_serviceplace', 'what is offered is open to everybody signed in');
ALTER TABLE referrals_service ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals_serviceplace ENABLE ROW LEVEL SECURITY;
SELECT access.policy('referrals_service', 'read_all', 'SELECT', 'PERMISSIVE', 'USING ((SELECT access.my_organisation()) IS NOT NULL)');
SELECT access.policy('referrals_serviceplace', 'read_all', 'SELECT', 'PERMISSIVE', 'USING ((SELECT access.my_organisation()) IS NOT NULL)');
SELECT access.policy('referrals_service', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (organisation_id = (SELECT access.my_organisation()) AND (SELECT access.i_am(''{coordinator,director}'')))');
SELECT access.policy('referrals_service', 'update_own', 'UPDATE', 'PERMISSIVE',
    'USING (organisation_id = (SELECT access.my_organisation()) AND (SELECT access.i_am(''{coordinator,director}'')))');
SELECT access.policy('referrals_serviceplace', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (service_id IN (SELECT id FROM referrals_service WHERE organisation_id = (SELECT access.my_organisation())))');
SELECT access.policy('referrals_serviceplace', 'delete_own', 'DELETE', 'PERMISSIVE',
    'USING (service_id IN (SELECT id FROM referrals_service WHERE organisation_id = (SELECT access.my_organisation())))');
GRANT INSERT ON referrals_service, referrals_serviceplace TO concordat_app;
GRANT DELETE ON referrals_serviceplace TO concordat_app;
SELECT access.grant_columns('referrals_service', 'UPDATE', '{id,organisation_id}');

-- ---- the referral: open to the coordinators of both parties without assignment, and to the assigned worker ---------

SELECT access.protect('referrals_referral', 'owner_id', '9', 'case_id', 'full', false);
SELECT access.policy('referrals_referral', 'read_receiver', 'SELECT', 'PERMISSIVE',
    'USING (to_id = (SELECT access.my_organisation()) AND sent_at IS NOT NULL
            AND owner_id IN (SELECT access.partners())
            AND ((SELECT access.i_am(''{coordinator,programme_manager}'')) OR case_id IN (SELECT access.my_cases())))');

SELECT access.protect('referrals_answer', 'owner_id', '2', 'case_id', 'full', false);
GRANT UPDATE (case_id) ON referrals_answer TO concordat_app;  -- once the accepting organisation has opened its own case

-- What the referrer may know of the answer: acknowledged or not, agreed or not currently. No reason, date or history.
CREATE OR REPLACE FUNCTION referrals.outside_view(wanted uuid) RETURNS TABLE (acknowledged boolean, agreed boolean)
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.id IS NOT NULL, coalesce(a.accepted AND access.participates(a.case_id)
               AND EXISTS (SELECT FROM public.cases_link l WHERE l.id = a.link_id
                            AND (l.ends_at IS NULL OR ledger.clock() < l.ends_at)), false)
      FROM public.referrals_referral r LEFT JOIN public.referrals_answer a ON a.referral_id = r.id
     WHERE r.id = wanted AND r.owner_id = access.my_organisation() AND access.is_my_case(r.case_id)
       AND r.sent_at IS NOT NULL
$$;
GRANT EXECUTE ON FUNCTION referrals.outside_view(uuid) TO concordat_app;

-- Two cases are linked only by the organisation that a sent referral names, and to the case that it is about.
SELECT access.policy('cases_link', 'insert_accepted', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (civil_id = (SELECT access.my_organisation()) AND access.is_my_case(civil_case_id)
        AND EXISTS (SELECT FROM referrals_referral r WHERE r.case_id = cases_link.authority_case_id AND r.sent_at IS NOT NULL
                     AND r.to_id = (SELECT access.my_organisation()) AND r.owner_id = cases_link.authority_id))');

-- ---- goals -------------------------------------------------------------------------------------------------------

SELECT access.protect('referrals_goalset', 'owner_id', '19', 'case_id', 'summary', false);
SELECT access.protect_part('referrals_goal', 'goal_set_id', 'referrals_goalset', 'owner_id');
SELECT access.protect_part('referrals_goalsignature', 'goal_set_id', 'referrals_goalset', 'owner_id');
ALTER TABLE referrals_goalsignature NO FORCE ROW LEVEL SECURITY;
-- Either party signs for itself what it can see.
SELECT access.policy('referrals_goalsignature', 'insert_with_whole', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (organisation_id = (SELECT access.my_organisation()) AND membership_id = (SELECT access.my_membership())
                 AND goal_set_id IN (SELECT id FROM referrals_goalset))');

-- A goal set that anybody signed is locked; a change is a new version with its reason. (C6.8)
CREATE OR REPLACE FUNCTION referrals.refuse_signed_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.referrals_goalsignature s
                WHERE s.goal_set_id = CASE TG_TABLE_NAME WHEN 'referrals_goal' THEN (to_jsonb(NEW) ->> 'goal_set_id')::uuid ELSE NEW.id END) THEN
        RAISE EXCEPTION 'signed goals are locked; write a new version' USING ERRCODE = '23514', CONSTRAINT = 'signed_goals_are_locked';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS locked ON referrals_goal;
CREATE TRIGGER locked BEFORE INSERT OR UPDATE ON referrals_goal FOR EACH ROW EXECUTE FUNCTION referrals.refuse_signed_change();
DROP TRIGGER IF EXISTS locked ON referrals_goalset;
CREATE TRIGGER locked BEFORE UPDATE OF number, why_changed ON referrals_goalset
    FOR EACH ROW EXECUTE FUNCTION referrals.refuse_signed_change();

-- ---- delivery ----------------------------------------------------------------------------------------------------

SELECT access.protect('referrals_session', 'owner_id', '18', 'case_id', 'full', false);
SELECT access.protect('referrals_headingnote', 'owner_id', '19', 'case_id', 'summary');
SELECT access.protect('referrals_concern', 'owner_id', '27', 'case_id', 'full');
SELECT access.protect('referrals_review', 'owner_id', '19', 'case_id', 'summary');
SELECT access.protect('referrals_endreport', 'owner_id', '19', 'case_id', 'summary');
SELECT access.protect_part('referrals_outcome', 'end_report_id', 'referrals_endreport', 'owner_id');
SELECT access.protect('referrals_earlyend', 'owner_id', '31', 'case_id', 'full');
SELECT access.protect('referrals_evaluationplan', 'owner_id', '49', 'case_id', 'full');

-- No session is recorded as held before the person agrees, the goals are signed by both parties and signed or declined
-- by the person, and the worker has confirmed the newest safety briefing. (C6.8, C6.10; 14.2)
CREATE OR REPLACE FUNCTION referrals.refuse_early_session() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_link record;
    newest  uuid;
BEGIN
    SELECT * INTO of_link FROM public.cases_link WHERE id = NEW.link_id AND civil_case_id = NEW.case_id;
    IF NOT access.participates(NEW.case_id) THEN
        RAISE EXCEPTION 'no live participation agreement' USING ERRCODE = '23514', CONSTRAINT = 'session_needs_participation';
    END IF;
    IF NOT EXISTS (SELECT FROM public.referrals_goalset g
                    WHERE g.link_id = NEW.link_id AND (g.person_declined OR g.person_signed_on IS NOT NULL)
                      AND EXISTS (SELECT FROM public.referrals_goalsignature s WHERE s.goal_set_id = g.id AND s.organisation_id = of_link.civil_id)
                      AND EXISTS (SELECT FROM public.referrals_goalsignature s WHERE s.goal_set_id = g.id AND s.organisation_id = of_link.authority_id)) THEN
        RAISE EXCEPTION 'goals and measures are not signed' USING ERRCODE = '23514', CONSTRAINT = 'session_needs_signed_goals';
    END IF;
    IF NOT referrals.is_briefed(NEW.worker_id, of_link.authority_case_id) THEN
        RAISE EXCEPTION 'the newest safety briefing is not acknowledged' USING ERRCODE = '23514', CONSTRAINT = 'session_needs_briefing';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION referrals.is_briefed(worker uuid, authority_case uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT EXISTS (SELECT FROM public.sharing_acknowledgement a WHERE a.membership_id = worker AND a.briefing_id = (
          SELECT id FROM public.sharing_safetybriefing b WHERE b.case_id = authority_case ORDER BY number DESC LIMIT 1)) $$;
ALTER TABLE sharing_safetybriefing NO FORCE ROW LEVEL SECURITY;
DROP TRIGGER IF EXISTS not_before_its_time ON referrals_session;
CREATE TRIGGER not_before_its_time BEFORE INSERT ON referrals_session
    FOR EACH ROW WHEN (NEW.held) EXECUTE FUNCTION referrals.refuse_early_session();

-- A note or a review speaks only under headings that the person chose. (14.2, step 4)
CREATE OR REPLACE FUNCTION referrals.refuse_unchosen_heading() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.cases_participation p WHERE p.case_id = NEW.case_id AND NEW.heading = ANY (p.headings)
                      AND p.withdrawn_at IS NULL AND ledger.clock() < p.ends_at) THEN
        RAISE EXCEPTION 'the person did not choose this heading' USING ERRCODE = '23514', CONSTRAINT = 'heading_was_chosen_by_the_person';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS chosen ON referrals_headingnote;
CREATE TRIGGER chosen BEFORE INSERT OR UPDATE ON referrals_headingnote
    FOR EACH ROW EXECUTE FUNCTION referrals.refuse_unchosen_heading();

-- What is owed is written in the wind-down too, and then not read back by its writer; the authority that it is owed to
-- reads it while the person agrees.
CREATE OR REPLACE FUNCTION referrals.mark_wind_down() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.in_wind_down := NOT EXISTS (SELECT FROM public.access_terms t
        WHERE t.recipient = NEW.owner_id AND t.owner = NEW.to_id AND t.valid @> ledger.clock());
    IF NEW.in_wind_down AND NOT EXISTS (SELECT FROM public.access_terms t
        WHERE t.recipient = NEW.owner_id AND t.owner = NEW.to_id AND lower(t.valid) <= ledger.clock()
          AND ledger.clock() < upper(t.valid) + interval '30 days') THEN
        RAISE EXCEPTION 'the wind-down is over' USING ERRCODE = '23514', CONSTRAINT = 'end_report_within_the_wind_down';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS wind_down ON referrals_endreport;
CREATE TRIGGER wind_down BEFORE INSERT ON referrals_endreport FOR EACH ROW EXECUTE FUNCTION referrals.mark_wind_down();
SELECT access.policy('referrals_endreport', 'owed_is_write_only', 'SELECT', 'RESTRICTIVE',
    'USING (NOT in_wind_down OR to_id = (SELECT access.my_organisation()) OR to_id IN (SELECT access.partners()))');
SELECT access.policy('referrals_endreport', 'read_owed', 'SELECT', 'PERMISSIVE',
    'USING (to_id = (SELECT access.my_organisation()) AND owner_id IN (SELECT access.wind_down_partners())
            AND (SELECT access.i_am(''{programme_manager}'')) AND case_id IN (SELECT access.my_participations()))');
CREATE OR REPLACE FUNCTION referrals.is_my_report(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT EXISTS (SELECT FROM public.referrals_endreport WHERE id = wanted AND owner_id = access.my_organisation()
                       AND created_by_id = access.my_membership()) $$;
-- The parts of a report that is not read back are still written with it.
SELECT access.policy('referrals_outcome', 'insert_with_whole', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (referrals.is_my_report(end_report_id))');
ALTER TABLE referrals_endreport NO FORCE ROW LEVEL SECURITY;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA referrals FROM PUBLIC;
GRANT EXECUTE ON FUNCTION referrals.outside_view(uuid), referrals.is_my_report(uuid) TO concordat_app;

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

SELECT access.protect('referrals_evaluationplan', 'owner_id', '49', 'case_id', 'full');

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA referrals FROM PUBLIC;
GRANT EXECUTE ON FUNCTION referrals.outside_view(uuid) TO concordat_app;

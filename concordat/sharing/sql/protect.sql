-- Safety: the briefing follows its sharing rule; an acknowledgement belongs to the worker; a notice names its receiver.

CREATE SCHEMA IF NOT EXISTS sharing;
REVOKE ALL ON SCHEMA sharing FROM PUBLIC;

-- ---- the briefing --------------------------------------------------------------------------------------------------

SELECT access.protect('sharing_safetybriefing', 'owner_id', '7', 'case_id', 'full', false);
SELECT access.policy('sharing_safetybriefing', 'insert_author', 'INSERT', 'RESTRICTIVE',
    'WITH CHECK ((SELECT access.i_am_authority()) AND (SELECT access.i_am(''{programme_manager,security_manager}'')))');
-- A change is a new version: what somebody confirmed stays as they read it.
REVOKE UPDATE ON sharing_safetybriefing FROM concordat_app;

CREATE OR REPLACE FUNCTION sharing.refuse_briefing() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
BEGIN
    IF NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM public.sharing_safetybriefing WHERE case_id = NEW.case_id) THEN
        RAISE EXCEPTION 'not the next version' USING ERRCODE = '23514', CONSTRAINT = 'briefing_follows_the_newest';
    END IF;
    -- Somewhere on earth it may be tomorrow already.
    IF NEW.closed_check_on > (ledger.clock() + interval '14 hours')::date THEN
        RAISE EXCEPTION 'the check lies ahead' USING ERRCODE = '23514', CONSTRAINT = 'closed_material_was_checked_before';
    END IF;
    NEW.created_at := ledger.clock();  -- sessions ask which version was the newest when they began
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS next_version ON sharing_safetybriefing;
CREATE TRIGGER next_version BEFORE INSERT ON sharing_safetybriefing
    FOR EACH ROW EXECUTE FUNCTION sharing.refuse_briefing();

-- ---- opened, read, confirmed -----------------------------------------------------------------------------------------

SELECT access.close_table('sharing_opening');
SELECT access.policy('sharing_opening', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (membership_id = (SELECT access.my_membership()))');
SELECT access.policy('sharing_opening', 'insert_reader', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (membership_id = (SELECT access.my_membership()) AND briefing_id IN (SELECT id FROM sharing_safetybriefing))');
GRANT SELECT, INSERT ON sharing_opening TO concordat_app;

SELECT access.close_table('sharing_acknowledgement');
SELECT access.policy('sharing_acknowledgement', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (organisation_id = (SELECT access.my_organisation())
            AND ((SELECT access.i_see_whole()) OR membership_id = (SELECT access.my_membership())))');
-- Its author sees it only while the person agrees: else a confirmation would tell, later on, that they once did.
SELECT access.policy('sharing_acknowledgement', 'read_author', 'SELECT', 'PERMISSIVE',
    'USING (briefing_id IN (SELECT id FROM sharing_safetybriefing WHERE owner_id = (SELECT access.my_organisation())
                             AND case_id IN (SELECT access.my_participations())))');
SELECT access.policy('sharing_acknowledgement', 'insert_reader', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (membership_id = (SELECT access.my_membership()) AND organisation_id = (SELECT access.my_organisation())
                 AND briefing_id IN (SELECT id FROM sharing_safetybriefing))');
GRANT SELECT, INSERT ON sharing_acknowledgement TO concordat_app;

-- Only what was opened can have been read, and only the newest version keeps anybody safe.
CREATE OR REPLACE FUNCTION sharing.refuse_acknowledgement() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.sharing_safetybriefing b JOIN public.sharing_safetybriefing n USING (case_id)
                WHERE b.id = NEW.briefing_id AND n.number > b.number) THEN
        RAISE EXCEPTION 'there is a newer version' USING ERRCODE = '23514', CONSTRAINT = 'acknowledges_the_newest_version';
    END IF;
    IF NOT EXISTS (SELECT FROM public.sharing_opening
                    WHERE briefing_id = NEW.briefing_id AND membership_id = NEW.membership_id) THEN
        RAISE EXCEPTION 'it was not opened' USING ERRCODE = '23514', CONSTRAINT = 'acknowledges_what_was_opened';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS after_reading ON sharing_acknowledgement;
CREATE TRIGGER after_reading BEFORE INSERT ON sharing_acknowledgement
    FOR EACH ROW EXECUTE FUNCTION sharing.refuse_acknowledgement();

-- ---- notices -------------------------------------------------------------------------------------------------------

-- The other side of the cases that I am assigned to, whether or not an agreement is in force.
CREATE OR REPLACE FUNCTION access.my_warned_cases() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT other_case FROM access.my_links() WHERE own_case IN (SELECT access.my_own_cases()) $$;
REVOKE EXECUTE ON FUNCTION access.my_warned_cases() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.my_warned_cases() TO concordat_app;

-- A notice arrives through the wind-down, for whoever coordinates or is assigned to the linked case.
SELECT access.protect('sharing_safetynotice', 'owner_id', '28', 'case_id', 'full');
SELECT access.policy('sharing_safetynotice', 'read_receiver', 'SELECT', 'PERMISSIVE',
    'USING (to_id = (SELECT access.my_organisation()) AND owner_id IN (SELECT access.wind_down_partners())
            AND ((SELECT access.i_see_whole()) OR case_id IN (SELECT access.my_warned_cases())))');
SELECT access.policy('sharing_safetynotice', 'insert_to_partner', 'INSERT', 'RESTRICTIVE',
    'WITH CHECK ((SELECT access.i_am_authority()) AND to_id IN (SELECT access.wind_down_partners()))');
REVOKE UPDATE ON sharing_safetynotice FROM concordat_app;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA sharing FROM PUBLIC;

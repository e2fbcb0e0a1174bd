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

-- ---- notices -------------------------------------------------------------------------------------------------------

-- A notice arrives through the wind-down, for whoever coordinates or is assigned to the linked case.
SELECT access.protect('sharing_safetynotice', 'owner_id', '28', 'case_id', 'full');
SELECT access.policy('sharing_safetynotice', 'read_receiver', 'SELECT', 'PERMISSIVE',
    'USING (to_id = (SELECT access.my_organisation()) AND owner_id IN (SELECT access.wind_down_partners())
            AND ((SELECT access.i_see_whole()) OR case_id IN (SELECT access.my_warned_cases())))');
SELECT access.policy('sharing_safetynotice', 'insert_to_partner', 'INSERT', 'RESTRICTIVE',
    'WITH CHECK ((SELECT access.i_am_authority()) AND to_id IN (SELECT access.wind_down_partners()))');
REVOKE UPDATE ON sharing_safetynotice FROM concordat_app;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA sharing FROM PUBLIC;

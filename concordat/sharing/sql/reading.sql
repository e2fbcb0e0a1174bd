-- A briefing opened, read and confirmed: who may see and say it. Can be run again.

SELECT access.close_table('sharing_opening');
SELECT access.policy('sharing_opening', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (membership_id = (SELECT access.my_membership()))');
SELECT access.policy('sharing_opening', 'insert_reader', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (membership_id = (SELECT access.my_membership()) AND EXISTS (SELECT FROM sharing_safetybriefing b WHERE b.id = briefing_id))');
GRANT SELECT, INSERT ON sharing_opening TO concordat_app;

SELECT access.close_table('sharing_acknowledgement');
SELECT access.policy('sharing_acknowledgement', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (organisation_id = (SELECT access.my_organisation())
            AND ((SELECT access.i_see_whole()) OR membership_id = (SELECT access.my_membership())))');
-- Its author sees it only while the person agrees: else a confirmation would tell, later on, that they once did.
SELECT access.policy('sharing_acknowledgement', 'read_author', 'SELECT', 'PERMISSIVE',
    'USING (EXISTS (SELECT FROM sharing_safetybriefing b
                     WHERE b.id = briefing_id AND b.owner_id = (SELECT access.my_organisation())
                       AND (EXISTS (SELECT FROM access.agreed_link a WHERE a.authority_case = b.case_id)
                            OR EXISTS (SELECT FROM access.agreed_link a WHERE a.civil_case = b.case_id))))');
SELECT access.policy('sharing_acknowledgement', 'insert_reader', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (membership_id = (SELECT access.my_membership()) AND organisation_id = (SELECT access.my_organisation())
                 AND EXISTS (SELECT FROM sharing_safetybriefing b WHERE b.id = briefing_id))');
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

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA sharing FROM PUBLIC;

-- Safety: the briefing follows its sharing rule; an acknowledgement belongs to the worker; a notice names its receiver.

SELECT access.protect('sharing_safetybriefing', 'owner_id', '7', 'case_id', 'full');

SELECT access.close_table('sharing_acknowledgement');
SELECT access.policy('sharing_acknowledgement', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (organisation_id = (SELECT access.my_organisation())
            AND ((SELECT access.i_see_whole()) OR membership_id = (SELECT access.my_membership())))');
SELECT access.policy('sharing_acknowledgement', 'read_author', 'SELECT', 'PERMISSIVE',
    'USING (briefing_id IN (SELECT id FROM sharing_safetybriefing WHERE owner_id = (SELECT access.my_organisation())))');
SELECT access.policy('sharing_acknowledgement', 'insert_reader', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (membership_id = (SELECT access.my_membership()) AND organisation_id = (SELECT access.my_organisation())
                 AND briefing_id IN (SELECT id FROM sharing_safetybriefing))');
GRANT SELECT, INSERT ON sharing_acknowledgement TO concordat_app;

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

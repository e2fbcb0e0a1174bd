-- An organisation's own sign-in: written by its administrators with the second factor, read by them and by the sign-in
-- role, which knows nobody's organisation yet. Run as the owner; can be run again.

SELECT access.close_table('people_provider');
SELECT access.policy('people_provider', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (organisation_id = (SELECT access.my_organisation()) AND (SELECT access.i_am(''{administrator}'')))');
SELECT access.policy('people_provider', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (organisation_id = (SELECT access.my_organisation()) AND changed_by_id = (SELECT access.my_membership())
                 AND (SELECT access.i_am(''{administrator}'', true)))');
SELECT access.policy('people_provider', 'update_own', 'UPDATE', 'PERMISSIVE',
    'USING (organisation_id = (SELECT access.my_organisation()) AND (SELECT access.i_am(''{administrator}'', true)))
     WITH CHECK (organisation_id = (SELECT access.my_organisation()) AND changed_by_id = (SELECT access.my_membership()))');
GRANT SELECT, INSERT ON people_provider TO concordat_app;
GRANT UPDATE (issuer, client_id, sealed_secret, claim, second_factor, required, enabled, changed_at, changed_by_id)
    ON people_provider TO concordat_app;
DROP POLICY IF EXISTS sign_in ON people_provider;
CREATE POLICY sign_in ON people_provider FOR SELECT TO concordat_signin USING (true);
GRANT SELECT ON people_provider TO concordat_signin;

REVOKE ALL ON people_subject FROM PUBLIC, concordat_app, concordat_signin;
GRANT SELECT, INSERT ON people_subject TO concordat_signin;

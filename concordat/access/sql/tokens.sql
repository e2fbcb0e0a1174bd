-- Tokens for machines: the tokens themselves belong to the sign-in role, like sessions; whether an organisation permits
-- them is written by its administrators with the second factor. Run as the owner; can be run again.

REVOKE ALL ON people_token FROM PUBLIC, concordat_app, concordat_signin;
GRANT SELECT, INSERT ON people_token TO concordat_signin;
GRANT UPDATE (used_at, ended_at, ended_by) ON people_token TO concordat_signin;

SELECT access.close_table('people_tokenpermit');
SELECT access.policy('people_tokenpermit', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (organisation_id = (SELECT access.my_organisation()))');
SELECT access.policy('people_tokenpermit', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (organisation_id = (SELECT access.my_organisation()) AND changed_by_id = (SELECT access.my_membership())
                 AND (SELECT access.i_am(''{administrator}'', true)))');
SELECT access.policy('people_tokenpermit', 'update_own', 'UPDATE', 'PERMISSIVE',
    'USING (organisation_id = (SELECT access.my_organisation()) AND (SELECT access.i_am(''{administrator}'', true)))
     WITH CHECK (organisation_id = (SELECT access.my_organisation()) AND changed_by_id = (SELECT access.my_membership()))');
GRANT SELECT, INSERT ON people_tokenpermit TO concordat_app;
GRANT UPDATE (allowed, changed_at, changed_by_id) ON people_tokenpermit TO concordat_app;
DROP POLICY IF EXISTS sign_in ON people_tokenpermit;
CREATE POLICY sign_in ON people_tokenpermit FOR SELECT TO concordat_signin USING (true);
GRANT SELECT ON people_tokenpermit TO concordat_signin;

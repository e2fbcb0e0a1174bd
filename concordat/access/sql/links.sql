-- Which cases of two organisations belong together: who may see it. Can be run again.

-- An authority sees that two cases belong together only while the person agrees: before and after, nothing shows.
-- Who may make one is a policy of `referrals`: there must be a referral that was sent.
SELECT access.close_table('cases_link');
SELECT access.policy('cases_link', 'read_civil', 'SELECT', 'PERMISSIVE',
    'USING (civil_id = (SELECT access.my_organisation())
            AND ((SELECT access.i_see_whole()) OR civil_case_id IN (SELECT access.my_own_cases())))');
SELECT access.policy('cases_link', 'read_authority', 'SELECT', 'PERMISSIVE',
    'USING (authority_id = (SELECT access.my_organisation())
            AND EXISTS (SELECT FROM access.agreed_link a WHERE a.authority_case = authority_case_id)
            AND ((SELECT access.i_see_whole()) OR authority_case_id IN (SELECT access.my_own_cases())))');
SELECT access.policy('cases_link', 'update_civil', 'UPDATE', 'PERMISSIVE',
    'USING (civil_id = (SELECT access.my_organisation()) AND access.is_my_case(civil_case_id))
     WITH CHECK (civil_id = (SELECT access.my_organisation()))');
GRANT SELECT, INSERT ON cases_link TO concordat_app;
GRANT UPDATE (ends_at) ON cases_link TO concordat_app;

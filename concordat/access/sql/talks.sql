-- Talks about the clauses of a proposed version: both parties read them from the moment they are sent; each writes for
-- itself. Run as the owner; can be run again.

SELECT access.close_table('agreements_suggestion');
SELECT access.policy('agreements_suggestion', 'read_with_version', 'SELECT', 'PERMISSIVE',
    'USING (version_id IN (SELECT id FROM agreements_version))');
SELECT access.policy('agreements_suggestion', 'insert_party', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (organisation_id = (SELECT access.my_organisation()) AND created_by_id = (SELECT access.my_membership())
                 AND (SELECT access.i_am(''{partnership_officer,director,signatory}''))
                 AND version_id IN (SELECT id FROM agreements_version WHERE proposed_at IS NOT NULL))');
GRANT SELECT, INSERT ON agreements_suggestion TO concordat_app;

SELECT access.close_table('agreements_reply');
SELECT access.policy('agreements_reply', 'read_with_suggestion', 'SELECT', 'PERMISSIVE',
    'USING (suggestion_id IN (SELECT id FROM agreements_suggestion))');
SELECT access.policy('agreements_reply', 'insert_other_party', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (organisation_id = (SELECT access.my_organisation()) AND created_by_id = (SELECT access.my_membership())
                 AND (SELECT access.i_am(''{partnership_officer,director,signatory}''))
                 AND suggestion_id IN (SELECT id FROM agreements_suggestion
                                        WHERE organisation_id <> (SELECT access.my_organisation())))');
GRANT SELECT, INSERT ON agreements_reply TO concordat_app;

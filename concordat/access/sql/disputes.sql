-- A disagreement is read by both parties and settled by the one that raised it. Run as the owner; can be run again.

SELECT access.close_table('agreements_dispute');
SELECT access.policy('agreements_dispute', 'read_party', 'SELECT', 'PERMISSIVE',
    'USING (agreement_id IN (SELECT id FROM agreements_agreement))');
SELECT access.policy('agreements_dispute', 'insert_party', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (organisation_id = (SELECT access.my_organisation()) AND raised_by_id = (SELECT access.my_membership())
                 AND (SELECT access.i_am(''{partnership_officer,director,signatory}''))
                 AND agreement_id IN (SELECT id FROM agreements_agreement))');
SELECT access.policy('agreements_dispute', 'settle_own', 'UPDATE', 'PERMISSIVE',
    'USING (organisation_id = (SELECT access.my_organisation())
            AND (SELECT access.i_am(''{partnership_officer,director,signatory}'')))
     WITH CHECK (organisation_id = (SELECT access.my_organisation()) AND settled_by_id = (SELECT access.my_membership()))');
GRANT SELECT, INSERT ON agreements_dispute TO concordat_app;
GRANT UPDATE (outcome, settled_at, settled_by_id) ON agreements_dispute TO concordat_app;

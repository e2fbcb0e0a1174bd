-- A service out of a directory file is open to those of its organisation who may offer one.

SELECT access.close_table('imports_offer');
ALTER TABLE imports_offer FORCE ROW LEVEL SECURITY;
SELECT access.policy('imports_offer', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (organisation_id = (SELECT access.my_organisation()) AND (SELECT access.i_am(''{coordinator,director}'')))');
SELECT access.policy('imports_offer', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (organisation_id = (SELECT access.my_organisation()) AND staged_by_id = (SELECT access.my_membership())
                 AND (SELECT access.i_am(''{coordinator,director}'')))');
SELECT access.policy('imports_offer', 'update_own', 'UPDATE', 'PERMISSIVE',
    'USING (organisation_id = (SELECT access.my_organisation()) AND (SELECT access.i_am(''{coordinator,director}'')))
     WITH CHECK (organisation_id = (SELECT access.my_organisation()))');
GRANT SELECT, INSERT ON imports_offer TO concordat_app;
SELECT access.grant_columns('imports_offer', 'UPDATE', '{id,organisation_id,external_id}');

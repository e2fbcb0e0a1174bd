-- An uploaded file is open to the import officers of its organisation, until it is loaded and removed.

SELECT access.close_table('imports_upload');
ALTER TABLE imports_upload FORCE ROW LEVEL SECURITY;
SELECT access.policy('imports_upload', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (organisation_id = (SELECT access.my_organisation()) AND (SELECT access.i_am(''{import_officer}'')))');
SELECT access.policy('imports_upload', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (organisation_id = (SELECT access.my_organisation()) AND (SELECT access.i_am(''{import_officer}'')))');
SELECT access.policy('imports_upload', 'update_own', 'UPDATE', 'PERMISSIVE',
    'USING (organisation_id = (SELECT access.my_organisation()) AND (SELECT access.i_am(''{import_officer}'')))
     WITH CHECK (organisation_id = (SELECT access.my_organisation()))');
GRANT SELECT, INSERT ON imports_upload TO concordat_app;
SELECT access.grant_columns('imports_upload', 'UPDATE', '{id,organisation_id,staged_at,staged_by_id}');

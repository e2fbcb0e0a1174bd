-- Who reads the open part of an agreement: everybody once it is published, before that whoever may read the version. Nobody
-- publishes it by hand, changes it or takes it back. Run as the owner; can be run again.

SELECT access.close_table('agreements_openpart');
SELECT access.policy('agreements_openpart', 'read_published', 'SELECT', 'PERMISSIVE', 'USING (published_at IS NOT NULL)');
SELECT access.policy('agreements_openpart', 'read_with_version', 'SELECT', 'PERMISSIVE',
    'USING (version_id IN (SELECT id FROM agreements_version))');
SELECT access.policy('agreements_openpart', 'insert_in_draft', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (published_at IS NULL AND version_id IN (SELECT id FROM agreements_version
        WHERE proposed_at IS NULL AND drafted_for_id = (SELECT access.my_organisation())))');
GRANT SELECT, INSERT ON agreements_openpart TO concordat_app;
GRANT USAGE ON SCHEMA agreements TO concordat_app;
GRANT EXECUTE ON FUNCTION agreements.open_state(uuid) TO concordat_app;

-- An uploaded file is open to the import officers of its organisation, until it is loaded and removed.

SELECT access.close_table('imports_upload');
ALTER TABLE imports_upload FORCE ROW LEVEL SECURITY;
SELECT access.policy('imports_upload', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (organisation_id = (SELECT access.my_organisation()) AND (SELECT access.i_am(''{import_officer}'')))');
SELECT access.policy('imports_upload', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (organisation_id = (SELECT access.my_organisation()) AND staged_by_id = (SELECT access.my_membership())
                 AND (SELECT access.i_am(''{import_officer}'')))');
SELECT access.policy('imports_upload', 'update_own', 'UPDATE', 'PERMISSIVE',
    'USING (organisation_id = (SELECT access.my_organisation()) AND (SELECT access.i_am(''{import_officer}'')))
     WITH CHECK (organisation_id = (SELECT access.my_organisation()))');
GRANT SELECT, INSERT ON imports_upload TO concordat_app;
SELECT access.grant_columns('imports_upload', 'UPDATE',
    '{id,organisation_id,name,staged_at,staged_by_id,from_command_line}');

-- What nobody came back for within seven days is removed, whosever it is: the owner may touch that, and nothing else.
CREATE SCHEMA IF NOT EXISTS imports;
REVOKE ALL ON SCHEMA imports FROM PUBLIC;
GRANT USAGE ON SCHEMA imports TO concordat_app;

DO $$
DECLARE
    old CONSTANT text := 'staged_at < ledger.clock() - interval ''7 days''';
BEGIN
    DROP POLICY IF EXISTS read_old ON imports_upload;
    DROP POLICY IF EXISTS forget_old ON imports_upload;
    EXECUTE 'CREATE POLICY read_old ON imports_upload FOR SELECT TO CURRENT_USER USING (' || old || ')';
    EXECUTE 'CREATE POLICY forget_old ON imports_upload FOR UPDATE TO CURRENT_USER USING (' || old || ') WITH CHECK (true)';
END $$;

CREATE OR REPLACE FUNCTION imports.forget_old() RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    forgotten bigint;
BEGIN
    UPDATE public.imports_upload SET wrong = NULL
     WHERE wrong IS NOT NULL AND finished_at < ledger.clock() - interval '7 days';
    WITH ended AS (
        UPDATE public.imports_upload SET data = NULL, "table" = NULL, finished_at = ledger.clock(), outcome = 'expired'
         WHERE finished_at IS NULL AND staged_at < ledger.clock() - interval '7 days'
        RETURNING id, organisation_id)
    SELECT count(ledger.append('system', 'import.expired', NULL, jsonb_build_array(jsonb_build_object(
               'owner', organisation_id, 'detail', jsonb_build_object('upload', id)))))
      INTO forgotten FROM ended;
    RETURN forgotten;
END $$;
REVOKE EXECUTE ON FUNCTION imports.forget_old() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION imports.forget_old() TO concordat_app;

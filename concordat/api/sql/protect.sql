-- What was done under a key is seen by the member alone for whom it was done. Run as the owner; can be run again.

SELECT access.close_table('api_done');
SELECT access.policy('api_done', 'read_own', 'SELECT', 'PERMISSIVE', 'USING (membership_id = (SELECT access.my_membership()))');
SELECT access.policy('api_done', 'insert_own', 'INSERT', 'PERMISSIVE', 'WITH CHECK (membership_id = (SELECT access.my_membership()))');
GRANT SELECT, INSERT ON api_done TO concordat_app;

-- After two days a key may be used anew; what was kept under it is removed, whosever it was.
CREATE SCHEMA IF NOT EXISTS api;
REVOKE ALL ON SCHEMA api FROM PUBLIC;
GRANT USAGE ON SCHEMA api TO concordat_app;

CREATE OR REPLACE FUNCTION api.forget_old() RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ DELETE FROM public.api_done WHERE at < ledger.clock() - interval '2 days' $$;
REVOKE EXECUTE ON FUNCTION api.forget_old() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION api.forget_old() TO concordat_app;

-- Which loads are on their way, and as whom the worker does them: it signs that officer's context, which is asked anew
-- for every batch, so that an officer who has left loads nothing more.
DROP POLICY IF EXISTS read_on_its_way ON imports_upload;
DO $$ BEGIN
    EXECUTE 'CREATE POLICY read_on_its_way ON imports_upload FOR SELECT TO CURRENT_USER
             USING (started_at IS NOT NULL AND stopped_at IS NULL AND finished_at IS NULL)';
END $$;

CREATE OR REPLACE FUNCTION imports.on_their_way() RETURNS TABLE (upload uuid, membership uuid, organisation int, person uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT u.id, m.id, m.organisation_id, m.user_id
      FROM public.imports_upload u JOIN public.people_membership m ON m.id = u.started_by_id
     WHERE u.started_at IS NOT NULL AND u.stopped_at IS NULL AND u.finished_at IS NULL
     ORDER BY u.started_at
$$;
REVOKE EXECUTE ON FUNCTION imports.on_their_way() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION imports.on_their_way() TO concordat_app;

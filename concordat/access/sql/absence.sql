-- Cover for an absence: arranged by who sees the whole organisation; the cover is looked at like every other worker.
-- Run as the owner; can be run again.

SELECT access.close_table('cases_absence');
SELECT access.policy('cases_absence', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation())
            AND ((SELECT access.i_see_whole()) OR (SELECT access.my_membership()) IN (membership_id, cover_id)))');
SELECT access.policy('cases_absence', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND (SELECT access.i_am(''{coordinator,programme_manager}''))
                 AND membership_id IN (SELECT id FROM people_membership WHERE organisation_id = (SELECT access.my_organisation()))
                 AND cover_id IN (SELECT id FROM people_membership WHERE organisation_id = (SELECT access.my_organisation())))');
SELECT access.policy('cases_absence', 'update_own', 'UPDATE', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND (SELECT access.i_am(''{coordinator,programme_manager}'')))
     WITH CHECK (owner_id = (SELECT access.my_organisation()))');
GRANT SELECT, INSERT ON cases_absence TO concordat_app;
GRANT UPDATE (starts_at, ends_at) ON cases_absence TO concordat_app;

-- An assignment with a last day is looked at too: only what is over already, as a loaded history, is not.
DROP TRIGGER IF EXISTS fit_worker ON cases_assignment;
CREATE TRIGGER fit_worker AFTER INSERT ON cases_assignment
    FOR EACH ROW WHEN (NEW.ends_at IS NULL OR NEW.ends_at > ledger.clock()) EXECUTE FUNCTION access.refuse_unfit();

-- Somebody moves to another post or unit: an administrator, who sees no case, ends what they work on and gets a count.
CREATE OR REPLACE FUNCTION access.end_work_of(mover uuid) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH ended AS (
        UPDATE public.cases_assignment a SET ends_at = ledger.clock()
          FROM public.people_membership m
         WHERE a.membership_id = mover AND m.id = mover AND m.organisation_id = access.my_organisation()
           AND access.i_am('{administrator}', true) AND (a.ends_at IS NULL OR ledger.clock() < a.ends_at)
        RETURNING 1)
    SELECT count(*) FROM ended
$$;
REVOKE EXECUTE ON FUNCTION access.end_work_of(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.end_work_of(uuid) TO concordat_app;
GRANT UPDATE (unit) ON people_membership TO concordat_app;

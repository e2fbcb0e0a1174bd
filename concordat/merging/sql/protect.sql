-- Which cases are merged. Run as the owner; can be run again.
-- Seen by whoever may see both cases, so that it tells nobody of a case. No policy of a record asks for it: a merge opens
-- nothing, and undoing it closes nothing.

CREATE SCHEMA IF NOT EXISTS merging;
REVOKE ALL ON SCHEMA merging FROM PUBLIC;

SELECT access.close_table('merging_merge');
SELECT access.policy('merging_merge', 'read_both', 'SELECT', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation())
            AND ((SELECT access.i_see_whole()) OR (kept_id IN (SELECT access.my_own_cases())
                                                   AND folded_id IN (SELECT access.my_own_cases())))
            AND kept_id NOT IN (SELECT access.my_restrictions()) AND folded_id NOT IN (SELECT access.my_restrictions()))');
SELECT access.policy('merging_merge', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND made_by_id = (SELECT access.my_membership())
                 AND undone_at IS NULL AND (SELECT access.i_am(''{programme_manager,coordinator}''))
                 AND access.is_my_case(kept_id) AND access.is_my_case(folded_id)
                 AND kept_id NOT IN (SELECT access.only_in_emergency()) AND folded_id NOT IN (SELECT access.only_in_emergency()))');
-- What cannot be seen cannot be undone either: the policy above says what can.
SELECT access.policy('merging_merge', 'undo_own', 'UPDATE', 'PERMISSIVE',
    'USING (undone_at IS NULL AND (SELECT access.i_am(''{programme_manager,coordinator}''))
            AND access.is_my_case(kept_id) AND access.is_my_case(folded_id)
            AND kept_id NOT IN (SELECT access.only_in_emergency()) AND folded_id NOT IN (SELECT access.only_in_emergency()))
     WITH CHECK (undone_at IS NOT NULL AND undone_by_id = (SELECT access.my_membership()) AND why_undone <> '''')');
GRANT SELECT, INSERT ON merging_merge TO concordat_app;
GRANT UPDATE (undone_at, undone_by_id, why_undone) ON merging_merge TO concordat_app;
ALTER TABLE merging_merge ALTER COLUMN why_undone SET DEFAULT '';
SELECT access.let_go('merging_merge');

-- No chains: what is merged into a case is not itself what others are merged into. Two at once take turns on the cases.
CREATE OR REPLACE FUNCTION merging.refuse_chain() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM public.cases_case WHERE id IN (NEW.kept_id, NEW.folded_id) ORDER BY id FOR NO KEY UPDATE;
    IF 2 <> (SELECT count(*) FROM public.cases_case WHERE id IN (NEW.kept_id, NEW.folded_id) AND owner_id = NEW.owner_id) THEN
        RAISE EXCEPTION 'new row violates row-level security policy for table "merging_merge"' USING ERRCODE = '42501';
    END IF;
    IF EXISTS (SELECT FROM public.merging_merge m WHERE m.undone_at IS NULL AND m.id <> NEW.id
                  AND (m.folded_id = NEW.kept_id OR m.kept_id = NEW.folded_id)) THEN
        RAISE EXCEPTION 'one of them is merged already' USING ERRCODE = '23514', CONSTRAINT = 'merges_make_no_chain';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS no_chain ON merging_merge;
CREATE TRIGGER no_chain AFTER INSERT ON merging_merge FOR EACH ROW EXECUTE FUNCTION merging.refuse_chain();

CREATE INDEX IF NOT EXISTS cases_identity_owner_birth ON cases_identity (owner_id, birth_date);
CREATE INDEX IF NOT EXISTS cases_identity_owner_sort ON cases_identity (owner_id, sort_key);
REVOKE EXECUTE ON FUNCTION merging.refuse_chain() FROM PUBLIC;

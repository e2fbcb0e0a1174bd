-- Cases that are open to named people only. Which ones are closed to me says `access.closed_to_me` (asker.sql), which is
-- part of `my_restrictions`: every table of records takes them away already. Here: the tables that are no records, changes
-- that look at nothing, the lists themselves, and what somebody is told who knew. Run as the owner; can be run again.

-- Tables protected before `access.protect` changed: what cannot be read is not changed either.
DO $$
DECLARE
    old record;
BEGIN
    FOR old IN SELECT p.polrelid::regclass AS tab, pg_get_expr(p.polqual, p.polrelid) AS qual
                 FROM pg_policy p JOIN pg_attribute a ON a.attrelid = p.polrelid AND a.attname = 'okey'
                WHERE p.polname = 'read_restriction'
    LOOP
        PERFORM access.policy(old.tab, 'update_restriction', 'UPDATE', 'RESTRICTIVE', format('USING (%s)', old.qual));
    END LOOP;
END $$;

-- Who works on it, who may not, and with which case of others it belongs together, seen from one's own side.
SELECT access.policy(tab, CASE verb WHEN 'SELECT' THEN 'read' ELSE 'update' END || '_restriction', verb, 'RESTRICTIVE',
           'USING (case_id NOT IN (SELECT access.my_restrictions()))')
  FROM unnest(ARRAY['cases_assignment', 'cases_conflict']::regclass[]) AS tab, unnest('{SELECT,UPDATE}'::text[]) AS verb;
SELECT access.policy('cases_link', CASE verb WHEN 'SELECT' THEN 'read' ELSE 'update' END || '_restriction', verb, 'RESTRICTIVE',
           'USING (CASE WHEN civil_id = (SELECT access.my_organisation()) THEN civil_case_id ELSE authority_case_id END
                   NOT IN (SELECT access.my_restrictions()))')
  FROM unnest('{SELECT,UPDATE}'::text[]) AS verb;

-- ---- the lists -----------------------------------------------------------------------------------------------------

-- Read by those who are named in the owner's organisation; written by its managers among them, with the second factor.
SELECT access.close_table('cases_allowlist');
SELECT access.policy('cases_allowlist', 'read_named', 'SELECT', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation())
            AND ((SELECT access.i_see_whole()) OR case_id IN (SELECT access.my_own_cases()))
            AND case_id NOT IN (SELECT access.my_restrictions()))');
SELECT access.policy('cases_allowlist', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND created_by_id = (SELECT access.my_membership())
                 AND ends_at IS NULL AND (SELECT access.i_am(''{programme_manager,coordinator}'', true))
                 AND access.is_my_case(case_id))');
SELECT access.policy('cases_allowlist', 'update_own', 'UPDATE', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND ends_at IS NULL
            AND (SELECT access.i_am(''{programme_manager,coordinator}'', true))
            AND case_id NOT IN (SELECT access.my_restrictions()))
     WITH CHECK (owner_id = (SELECT access.my_organisation()) AND ended_by_id = (SELECT access.my_membership()))');
GRANT SELECT, INSERT ON cases_allowlist TO concordat_app;
GRANT UPDATE (ends_at, ended_by_id) ON cases_allowlist TO concordat_app;
SELECT access.keep_to_own_cases('cases_allowlist', 'owner_id', 'case_id');

-- Nobody shuts themselves out, and no case hangs on one person who may fall ill: two of the owner's people, at work.
CREATE OR REPLACE FUNCTION access.refuse_list() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    members int;
    own     int;
BEGIN
    SELECT count(*), count(DISTINCT m.user_id) FILTER (WHERE m.organisation_id = NEW.owner_id) INTO members, own
      FROM public.people_membership m
     WHERE m.id = ANY (NEW.named) AND m.valid_from <= ledger.clock()
       AND (m.valid_until IS NULL OR ledger.clock() < m.valid_until);
    IF members <> cardinality(NEW.named) THEN
        RAISE EXCEPTION 'somebody named is not at work' USING ERRCODE = '23514', CONSTRAINT = 'allow_list_names_people_at_work';
    ELSIF NOT NEW.created_by_id = ANY (NEW.named) THEN
        RAISE EXCEPTION 'its author is not named' USING ERRCODE = '23514', CONSTRAINT = 'allow_list_names_its_author';
    ELSIF own < 2 THEN
        RAISE EXCEPTION 'one person alone is named' USING ERRCODE = '23514', CONSTRAINT = 'allow_list_names_two_of_its_own';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS names_enough ON cases_allowlist;
CREATE TRIGGER names_enough AFTER INSERT ON cases_allowlist FOR EACH ROW EXECUTE FUNCTION access.refuse_list();

-- ---- what somebody is told who knew ---------------------------------------------------------------------------------

-- Whether my own rows prove that I knew of a case that is closed to me: I was assigned to it, or a case of ours that I
-- may open is linked to it. To an authority a link shows only while the person agrees.
CREATE OR REPLACE FUNCTION access.knew_of(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT wanted IN (SELECT access.my_restrictions()) AND (
        EXISTS (SELECT FROM public.cases_assignment
                 WHERE case_id = wanted AND membership_id = (SELECT access.my_membership()))
        OR EXISTS (SELECT FROM access.my_links_at(wanted) AS l
                    WHERE l.other_case = wanted AND access.is_my_case(l.own_case)
                      AND (NOT access.i_am_authority() OR access.participates(l.civil_case))))
$$;

-- Somebody asked for a case and it was not found. A line is written in any case, with the same work; that it was about a
-- case stands in it only where that case is open to named people: they read who tried.
CREATE OR REPLACE FUNCTION access.log_attempt(wanted uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    closed uuid := (SELECT c FROM access.closed_to_me() AS c WHERE c = wanted);
    owner  int := coalesce((SELECT owner_id FROM public.cases_case WHERE id = closed), 0);
BEGIN
    PERFORM ledger.append('refused', 'case.not_open', ledger.bearer(), jsonb_build_array(jsonb_build_object(
        'owner', owner, 'case', closed, 'categories', jsonb_build_array(), 'detail', jsonb_build_object())));
END $$;

-- Somebody moves to another post: what they work on ends, also what the administrator may not know of, and so do their
-- teams; the count is of the rest.
CREATE OR REPLACE FUNCTION access.end_work_of(mover uuid) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    at    timestamptz := ledger.clock();
    ended uuid[];
BEGIN
    IF NOT access.i_am('{administrator}', true) OR NOT EXISTS (
           SELECT FROM public.people_membership m WHERE m.id = mover AND m.organisation_id = access.my_organisation()) THEN
        RETURN 0;
    END IF;
    WITH gone AS (
        UPDATE public.cases_assignment a SET ends_at = at
         WHERE a.membership_id = mover AND (a.ends_at IS NULL OR at < a.ends_at) RETURNING a.case_id)
    SELECT coalesce(array_agg(gone.case_id), '{}') INTO ended FROM gone;
    UPDATE public.cases_teammember t SET ends_at = at WHERE t.membership_id = mover AND (t.ends_at IS NULL OR at < t.ends_at);
    RETURN (SELECT count(*) FROM unnest(ended) AS one WHERE one NOT IN (SELECT access.my_restrictions()));
END $$;

REVOKE EXECUTE ON FUNCTION access.closed_to_me(), access.refuse_list(), access.knew_of(uuid), access.log_attempt(uuid),
    access.end_work_of(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.log_attempt(uuid), access.end_work_of(uuid) TO concordat_app;

-- Who sees a file: whoever sees the record that it hangs on, in full. Run as the owner; can be run again.

CREATE SCHEMA IF NOT EXISTS files;
REVOKE ALL ON SCHEMA files FROM PUBLIC;
GRANT USAGE ON SCHEMA files TO concordat_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA files REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- ---- the file and its bytes ----------------------------------------------------------------------------------------

-- Whether a file, which may be replaced, was attached by the asker's organisation to a record of the same kind.
CREATE OR REPLACE FUNCTION files.is_ours(wanted uuid, kind text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT EXISTS (SELECT FROM public.files_file
                      WHERE id = wanted AND owner_id = access.my_organisation() AND hangs_on = kind) $$;

-- Not forced: the functions below read it. No policy opens it by itself; each kind adds its own (`files.hang`).
SELECT access.close_table('files_file');
SELECT access.policy('files_file', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND created_by_id = (SELECT access.my_membership())
                 AND removed_at IS NULL AND (replaces_id IS NULL OR files.is_ours(replaces_id, hangs_on)))');
SELECT access.policy('files_file', 'remove_own', 'UPDATE', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND removed_at IS NULL)
     WITH CHECK (owner_id = (SELECT access.my_organisation()) AND removed_by_id = (SELECT access.my_membership()))');
GRANT SELECT ON files_file TO concordat_app;
GRANT INSERT ON files_file TO concordat_app;
-- What was attached is not changed: another file replaces it.
GRANT UPDATE (removed_at, removed_by_id, ground) ON files_file TO concordat_app;

-- Whether a file was made by the asker and has no bytes yet.
CREATE OR REPLACE FUNCTION files.is_new_and_mine(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT EXISTS (SELECT FROM public.files_file WHERE id = wanted AND owner_id = access.my_organisation()
                       AND created_by_id = access.my_membership() AND removed_at IS NULL AND state <> 'found') $$;

-- The bytes go out only of a file that is visible, not removed, and not waiting for the scanner.
SELECT access.close_table('files_content');
ALTER TABLE files_content FORCE ROW LEVEL SECURITY;
SELECT access.policy('files_content', 'read_with_file', 'SELECT', 'PERMISSIVE',
    'USING (EXISTS (SELECT FROM files_file f WHERE f.id = files_content.file_id AND f.removed_at IS NULL
                                              AND f.state IN (''clean'', ''unscanned'')))');
SELECT access.policy('files_content', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (files.is_new_and_mine(file_id))');
GRANT SELECT, INSERT ON files_content TO concordat_app;
-- Kept as it is: what is packed already gains nothing.
ALTER TABLE files_content ALTER COLUMN data SET STORAGE EXTERNAL;

-- The owner takes away the bytes of what was removed or found, and hands waiting ones to whoever attached them.
DO $$
DECLARE
    gone CONSTANT text := 'EXISTS (SELECT FROM public.files_file f WHERE f.id = file_id AND (f.removed_at IS NOT NULL OR f.state = ''found''))';
    waits CONSTANT text := 'EXISTS (SELECT FROM public.files_file f WHERE f.id = file_id AND f.state = ''waiting'')';
BEGIN
    DROP POLICY IF EXISTS read_gone ON files_content;
    DROP POLICY IF EXISTS take_away ON files_content;
    DROP POLICY IF EXISTS read_waiting ON files_content;
    EXECUTE 'CREATE POLICY read_gone ON files_content FOR SELECT TO CURRENT_USER USING (' || gone || ')';
    EXECUTE 'CREATE POLICY take_away ON files_content FOR DELETE TO CURRENT_USER USING (' || gone || ')';
    EXECUTE 'CREATE POLICY read_waiting ON files_content FOR SELECT TO CURRENT_USER USING (' || waits || ')';
END $$;

-- A file goes into its only table: it says itself on what it hangs, and only whoever made it hangs it there. So nobody
-- reaches the bytes of another's file by hanging it on a record of their own.
CREATE OR REPLACE FUNCTION files.refuse_other_file() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.files_file f
                    WHERE f.id = NEW.file_id AND f.hangs_on = TG_ARGV[0] AND f.owner_id = NEW.owner_id
                      AND f.created_by_id = NEW.created_by_id AND f.created_by_id = access.my_membership()) THEN
        RAISE EXCEPTION 'the file is another''s' USING ERRCODE = '23514', CONSTRAINT = 'file_is_of_this_record';
    END IF;
    RETURN NEW;
END $$;

-- A row of a case hangs on a record of the same case and owner.
CREATE OR REPLACE FUNCTION files.refuse_other_record() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    fits boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM %s w WHERE w.id = ($1).%I AND w.case_id = ($1).case_id AND w.owner_id = ($1).owner_id)',
                   TG_ARGV[1], TG_ARGV[0]) INTO fits USING NEW;
    IF NOT fits THEN
        RAISE EXCEPTION 'the record is another''s' USING ERRCODE = '23514', CONSTRAINT = 'file_is_of_this_record';
    END IF;
    RETURN NEW;
END $$;

-- A file goes with the record that it hangs on, when the time of that record is over (`access/sql/retention.sql`).
SELECT access.let_go('files_content');
CREATE OR REPLACE FUNCTION files.go_with_record() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM public.files_content WHERE file_id = OLD.file_id;
    DELETE FROM public.files_file WHERE id = OLD.file_id;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION files.let_go_with_record(tab regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    EXECUTE format('DROP TRIGGER IF EXISTS file_goes ON %s', tab);
    EXECUTE format('CREATE TRIGGER file_goes AFTER DELETE ON %s FOR EACH ROW EXECUTE FUNCTION files.go_with_record()', tab);
END $$;

-- What each kind has in common: seen with its record, never changed, and it opens the file.
CREATE OR REPLACE FUNCTION files.hang(tab regclass, kind text, of_column text, whole regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM access.policy(tab, 'read_with_record', 'SELECT', 'RESTRICTIVE',
        format('USING (EXISTS (SELECT FROM %s w WHERE w.id = %I))', whole, of_column));
    PERFORM access.policy(tab, 'insert_on_record', 'INSERT', 'RESTRICTIVE', format(
        'WITH CHECK (created_by_id = (SELECT access.my_membership()) AND EXISTS (SELECT FROM %s w WHERE w.id = %I))',
        whole, of_column));
    EXECUTE format('REVOKE UPDATE, DELETE ON %s FROM concordat_app', tab);
    PERFORM access.policy('files_file', 'read_with_' || kind, 'SELECT', 'PERMISSIVE',
        format('USING (EXISTS (SELECT FROM %s a WHERE a.file_id = files_file.id))', tab));
    EXECUTE format('DROP TRIGGER IF EXISTS ones_own_file ON %s', tab);
    EXECUTE format('CREATE TRIGGER ones_own_file AFTER INSERT ON %s FOR EACH ROW EXECUTE FUNCTION files.refuse_other_file(%L)', tab, kind);
    PERFORM files.let_go_with_record(tab);
END $$;

-- The same for a record of a case: protected as every record in full, whatever form the record itself has.
CREATE OR REPLACE FUNCTION files.hang_on_case(tab regclass, kind text, of_column text, whole regclass, category text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM access.protect(tab, 'owner_id', category, 'case_id', 'full');
    PERFORM files.hang(tab, kind, of_column, whole);
    EXECUTE format('DROP TRIGGER IF EXISTS same_case ON %s', tab);
    EXECUTE format('CREATE TRIGGER same_case AFTER INSERT ON %s FOR EACH ROW EXECUTE FUNCTION files.refuse_other_record(%L, %L)',
                   tab, of_column, 'public.' || whole::text);
END $$;

SELECT files.hang_on_case('files_participationfile', 'participation', 'participation_id', 'cases_participation', '31');

SELECT access.close_table('files_agreementfile');
ALTER TABLE files_agreementfile FORCE ROW LEVEL SECURITY;
SELECT access.policy('files_agreementfile', 'read_with_version', 'SELECT', 'PERMISSIVE',
    'USING ((SELECT access.my_organisation()) IS NOT NULL)');
SELECT access.policy('files_agreementfile', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND (SELECT access.i_am(''{partnership_officer,director,signatory}'')))');
GRANT SELECT, INSERT ON files_agreementfile TO concordat_app;
SELECT files.hang('files_agreementfile', 'agreement', 'version_id', 'agreements_version');

-- ---- the bytes ----------------------------------------------------------------------------------------------------

-- Bytes go with the removal, in the same statement; the line stays.
CREATE OR REPLACE FUNCTION files.take_away() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM public.files_content WHERE file_id = NEW.id;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS bytes_go ON files_file;
CREATE TRIGGER bytes_go AFTER UPDATE ON files_file FOR EACH ROW
    WHEN (NEW.removed_at IS NOT NULL OR NEW.state = 'found') EXECUTE FUNCTION files.take_away();

-- ---- what waits for the scanner ------------------------------------------------------------------------------------

-- Which files wait, and as whom the worker has them looked at: ids only.
CREATE OR REPLACE FUNCTION files.waiting() RETURNS TABLE (file uuid, membership uuid, organisation int, person uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT f.id, m.id, m.organisation_id, m.user_id
      FROM public.files_file f JOIN public.people_membership m ON m.id = f.created_by_id
     WHERE f.state = 'waiting' AND f.removed_at IS NULL ORDER BY f.created_at
$$;

CREATE OR REPLACE FUNCTION files.count_waiting() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT count(*) FROM public.files_file WHERE state = 'waiting' AND removed_at IS NULL $$;

-- The bytes of a file that waits, for whoever attached it: they had them before.
CREATE OR REPLACE FUNCTION files.my_waiting(wanted uuid) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT c.data FROM public.files_content c JOIN public.files_file f ON f.id = c.file_id
     WHERE f.id = wanted AND f.state = 'waiting' AND f.created_by_id = access.my_membership()
$$;

-- What the scanner said of it. Bytes in which something was found go at once; a line stays.
CREATE OR REPLACE FUNCTION files.judge(wanted uuid, verdict text, what text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    f public.files_file;
BEGIN
    UPDATE public.files_file SET state = verdict, found = what
     WHERE id = wanted AND state = 'waiting' AND created_by_id = access.my_membership() AND verdict IN ('clean', 'found')
    RETURNING * INTO f;
    IF f.id IS NULL THEN
        RETURN false;
    END IF;
    PERFORM ledger.append('system', 'file.' || verdict, NULL, jsonb_build_array(jsonb_build_object(
        'owner', f.owner_id, 'detail', jsonb_build_object('file', f.id))));
    RETURN true;
END $$;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA files FROM PUBLIC;
GRANT EXECUTE ON FUNCTION files.is_ours(uuid, text), files.is_new_and_mine(uuid), files.waiting(), files.count_waiting(), files.my_waiting(uuid),
    files.judge(uuid, text, text) TO concordat_app;

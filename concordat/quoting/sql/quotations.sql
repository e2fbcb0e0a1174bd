-- Who reads a quotation: whoever reads the record beneath which it stands and the record that it is taken from, each under
-- its own policies, in its own form, in this very second. Run as the owner; can be run again.
--
-- So nothing has to be thought of again: what an agreement, a form, a withdrawal, a restriction, a list of named people,
-- a stop or a lapse takes away of the source, it takes away of its words wherever they are quoted.

CREATE SCHEMA IF NOT EXISTS quoting;
REVOKE ALL ON SCHEMA quoting FROM PUBLIC;
GRANT USAGE ON SCHEMA quoting TO concordat_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA quoting REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- ---- which tables take part ----------------------------------------------------------------------------------------

-- A quotation goes for good with either of its records: the words are the source's, the place is the other's.
CREATE OR REPLACE FUNCTION quoting.go_with_either() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    gone uuid := (to_jsonb(OLD) ->> TG_ARGV[0])::uuid;
BEGIN
    DELETE FROM public.quoting_quotation
     WHERE (record = gone AND kind = TG_TABLE_NAME) OR (source = gone AND from_kind = TG_TABLE_NAME);
    RETURN NULL;
END $$;

-- `SELECT quoting.take_part('room_thing')`: its rows may be quoted, and may carry quotations.
CREATE OR REPLACE FUNCTION quoting.take_part(tab regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    key name := (SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
                  WHERE i.indrelid = tab AND i.indisprimary);
BEGIN
    EXECUTE format('DROP TRIGGER IF EXISTS quotes_go ON %s', tab);
    EXECUTE format('CREATE TRIGGER quotes_go AFTER DELETE ON %s FOR EACH ROW EXECUTE FUNCTION quoting.go_with_either(%L)', tab, key);
END $$;

-- The key of a table that takes part; of no other, whatever is asked.
CREATE OR REPLACE FUNCTION quoting.key_of(of_kind text) RETURNS name
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.attname
      FROM pg_class c
      JOIN pg_trigger t ON t.tgrelid = c.oid AND t.tgname = 'quotes_go'
      JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
     WHERE c.relname = of_kind AND c.relnamespace = 'public'::regnamespace
$$;

-- ---- as the one who asks: these four look under the asker's own policies, and so are not SECURITY DEFINER ----------------

CREATE OR REPLACE FUNCTION quoting.sees(of_kind text, of_record uuid) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    key   name := quoting.key_of(of_kind);
    found boolean;
BEGIN
    IF key IS NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM public.%I w WHERE w.%I = $1)', of_kind, key) INTO found USING of_record;
    RETURN found;
END $$;

-- Beneath a record of my own organisation, of this case, of a category that I may write.
CREATE OR REPLACE FUNCTION quoting.may_stand(of_kind text, of_record uuid, of_case uuid, of_owner int) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    key   name := quoting.key_of(of_kind);
    found boolean;
BEGIN
    IF key IS NULL OR of_owner IS DISTINCT FROM access.my_organisation() THEN
        RETURN false;
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM public.%I w WHERE w.%I = $1 AND w.case_id = $2 AND w.okey / 64 = $3
                                    AND (access.my_mask(''write'') >> (w.okey & 63)) & 1 = 1)', of_kind, key)
       INTO found USING of_record, of_case, of_owner;
    RETURN found;
END $$;

-- What is said of the source is so, and the words are its words: nobody is quoted with what they did not write.
CREATE OR REPLACE FUNCTION quoting.folded(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$ SELECT btrim(regexp_replace(words, '\s+', ' ', 'g')) $$;

CREATE OR REPLACE FUNCTION quoting.is_taken_from(
    of_kind text, of_record uuid, of_case uuid, of_owner int, of_category int, passage text
) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    key   name := quoting.key_of(of_kind);
    found boolean;
BEGIN
    IF key IS NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM public.%I w WHERE w.%I = $1 AND w.case_id = $2 AND w.okey = $3 * 64 + $4
                       AND ($5 = '''' OR EXISTS (SELECT FROM jsonb_each_text(to_jsonb(w)) AS v
                                               WHERE position(quoting.folded($5) IN quoting.folded(v.value)) > 0)))', of_kind, key)
       INTO found USING of_record, of_case, of_owner, of_category, passage;
    RETURN found;
END $$;

-- ---- the table -----------------------------------------------------------------------------------------------------

SELECT access.close_table('quoting_quotation');
ALTER TABLE quoting_quotation FORCE ROW LEVEL SECURITY;
SELECT access.read_only_in_emergency('quoting_quotation', 'case_id');
ALTER TABLE quoting_quotation ALTER COLUMN written_in SET DEFAULT '', ALTER COLUMN words SET DEFAULT '';
SELECT access.policy('quoting_quotation', 'read_where_it_stands', 'SELECT', 'PERMISSIVE', 'USING (quoting.sees(kind, record))');
SELECT access.policy('quoting_quotation', 'read_with_source', 'SELECT', 'RESTRICTIVE', 'USING (quoting.sees(from_kind, source))');
SELECT access.policy('quoting_quotation', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (created_by_id = (SELECT access.my_membership()) AND quoting.may_stand(kind, record, case_id, owner_id)
                 AND quoting.is_taken_from(from_kind, source, of_case, of_owner_id, of_category, words))');
GRANT SELECT, INSERT ON quoting_quotation TO concordat_app;
SELECT access.let_go('quoting_quotation');

SELECT quoting.take_part(tab)
  FROM unnest(ARRAY['cases_fullrecord', 'cases_summaryrecord', 'cases_thresholdrecord', 'files_participationfile']::regclass[]) AS tab;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA quoting FROM PUBLIC;
GRANT EXECUTE ON FUNCTION quoting.key_of(text), quoting.folded(text), quoting.sees(text, uuid), quoting.may_stand(text, uuid, uuid, int),
    quoting.is_taken_from(text, uuid, uuid, int, int, text) TO concordat_app;

-- `access.protect(table, owner column, category, case column, form)`: the same generated columns, indexes, policies and
-- grants for every table of records, so that a new record type gets all of it in one line.
-- `category` is a number or the name of a column. Separate policies per command; never FOR ALL.

CREATE OR REPLACE FUNCTION access.policy(tab regclass, name text, command text, kind text, body text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    EXECUTE format('DROP POLICY IF EXISTS %I ON %s', name, tab);
    EXECUTE format('CREATE POLICY %I ON %s AS %s FOR %s TO concordat_app %s', name, tab, kind, command, body);
END $$;

-- Take everything away first: default privileges must not open a table that nobody thought of.
CREATE OR REPLACE FUNCTION access.close_table(tab regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    EXECUTE format('REVOKE ALL ON %s FROM PUBLIC, concordat_app, concordat_signin', tab);
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tab);
END $$;

-- A table that everybody signed in may read and nobody may write; `reason` is kept as the table's comment.
CREATE OR REPLACE FUNCTION access.open_table(tab regclass, reason text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    EXECUTE format('REVOKE ALL ON %s FROM PUBLIC, concordat_app, concordat_signin', tab);
    EXECUTE format('GRANT SELECT ON %s TO concordat_app', tab);
    EXECUTE format('COMMENT ON TABLE %s IS %L', tab, 'open: ' || reason);
END $$;

CREATE OR REPLACE FUNCTION access.grant_columns(tab regclass, verb text, fixed text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    columns text;
BEGIN
    SELECT string_agg(quote_ident(attname), ', ') INTO columns FROM pg_attribute
     WHERE attrelid = tab AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND NOT attname = ANY (fixed);
    IF columns IS NOT NULL THEN
        EXECUTE format('GRANT %s (%s) ON %s TO concordat_app', verb, columns, tab);
    END IF;
END $$;

-- Counted, never read: while a signature is tried out, the owner's function counts the asker's own records (simulate.sql).
CREATE OR REPLACE FUNCTION access.let_count(tab regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    EXECUTE format('DROP POLICY IF EXISTS count_own ON %s', tab);
    EXECUTE format('CREATE POLICY count_own ON %s FOR SELECT TO concordat_owner
                    USING (okey / 64 = (SELECT access.counted_organisation()))', tab);
END $$;

-- ---- what lets a record go (retention.sql) --------------------------------------------------------------------------

-- Whether this very transaction disposes: `retention.dispose_next` has written so into a table that nobody else writes.
CREATE OR REPLACE FUNCTION access.disposing() RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN to_regclass('public.retention_turn') IS NOT NULL
       AND EXISTS (SELECT FROM public.retention_turn WHERE id = pg_current_xact_id_if_assigned()::text);
END $$;

-- Whether a legal hold keeps the records of a category in a case. Any hold keeps the case itself (P02), which the rest hangs on.
CREATE OR REPLACE FUNCTION access.is_held(in_case uuid, of_category int) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN to_regclass('public.retention_hold') IS NOT NULL
       AND EXISTS (SELECT FROM public.retention_hold h WHERE h.case_id = in_case AND h.lifted_at IS NULL
                      AND (h.category IS NULL OR h.category = of_category OR of_category = 2));
END $$;

-- What is held goes by no hand: not the application's, nor the owner's, who is bound by no policy on some tables.
CREATE OR REPLACE FUNCTION access.refuse_losing_held() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF access.is_held((to_jsonb(OLD) ->> TG_ARGV[0])::uuid, OLD.okey & 63) THEN
        RAISE EXCEPTION 'a legal hold keeps this' USING ERRCODE = '23514', CONSTRAINT = 'record_is_held';
    END IF;
    RETURN OLD;
END $$;

-- A record, or what hangs on one, is seen and removed by the owner's functions while they dispose, and by nobody else.
CREATE OR REPLACE FUNCTION access.let_go(tab regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    is_record boolean := EXISTS (SELECT FROM pg_attribute WHERE attrelid = tab AND attname = 'okey' AND NOT attisdropped);
    case_column text := CASE WHEN EXISTS (SELECT FROM pg_attribute WHERE attrelid = tab AND attname = 'case_id') THEN 'case_id' ELSE 'id' END;
BEGIN
    EXECUTE format('DROP POLICY IF EXISTS see_to_dispose ON %s', tab);
    EXECUTE format('DROP POLICY IF EXISTS dispose ON %s', tab);
    EXECUTE format('CREATE POLICY see_to_dispose ON %s FOR SELECT TO concordat_owner USING ((SELECT access.disposing()))', tab);
    EXECUTE format('CREATE POLICY dispose ON %s FOR DELETE TO concordat_owner USING ((SELECT access.disposing())%s)', tab,
        CASE WHEN is_record THEN format(' AND NOT access.is_held(%I, okey & 63)', case_column) ELSE '' END);
    EXECUTE format('DROP TRIGGER IF EXISTS held_stays ON %s', tab);
    -- A name's tokens are made anew with the name: they are no record.
    IF is_record AND tab <> 'public.cases_nametoken'::regclass THEN
        EXECUTE format('CREATE TRIGGER held_stays BEFORE DELETE ON %s FOR EACH ROW EXECUTE FUNCTION access.refuse_losing_held(%L)',
                       tab, case_column);
    END IF;
END $$;

-- ---- what an export of everything reads (exports/sql/contents.sql) -------------------------------------------------

-- Seen by the owner's functions while they export: of records only those of the organisation whose export this very
-- transaction makes (`exports.exporting`). They narrow it further. Tables from before get this when exports come.
CREATE OR REPLACE FUNCTION access.let_export(tab regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    is_record boolean := EXISTS (SELECT FROM pg_attribute WHERE attrelid = tab AND attname = 'okey' AND NOT attisdropped);
BEGIN
    IF to_regprocedure('exports.exporting()') IS NULL THEN
        RETURN;
    END IF;
    EXECUTE format('DROP POLICY IF EXISTS see_to_export ON %s', tab);
    EXECUTE format('CREATE POLICY see_to_export ON %s FOR SELECT TO concordat_owner USING (%s)', tab,
        CASE WHEN is_record THEN 'okey / 64 = (SELECT exports.exporting())' ELSE '(SELECT exports.exporting()) IS NOT NULL' END);
END $$;

-- A part that no foreign key of the database ties to its whole, because others write it, goes with it all the same. The
-- comment of its column says so; `retention.hanging_on` reads it.
CREATE OR REPLACE FUNCTION access.go_with(tab regclass, of_column text, whole regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', tab, of_column, 'part of ' || whole);
    PERFORM access.let_go(tab);
    PERFORM access.let_export(tab);
END $$;

-- What is open in an emergency alone (asker.sql) is read and not changed, by whichever policy. A part of a record goes by
-- the case of its whole.
CREATE OR REPLACE FUNCTION access.read_only_in_emergency(tab regclass, case_column text, of_column text DEFAULT NULL, whole regclass DEFAULT NULL)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    kept text := CASE WHEN whole IS NULL
        THEN format('(%1$I IS NULL OR %1$I NOT IN (SELECT access.only_in_emergency()))', case_column)
        ELSE format('(NOT EXISTS (SELECT FROM %s w WHERE w.id = %s.%I AND w.%I IN (SELECT access.only_in_emergency())))',
                    whole, tab, of_column, case_column) END;
BEGIN
    PERFORM access.policy(tab, 'insert_emergency', 'INSERT', 'RESTRICTIVE', 'WITH CHECK ' || kept);
    PERFORM access.policy(tab, lower(verb) || '_emergency', verb, 'RESTRICTIVE', 'USING ' || kept)
       FROM unnest('{UPDATE,DELETE}'::text[]) AS verb;
END $$;

-- The sealed compartments open to nobody in an emergency: complaints, interviews with monitors, victims, vetting, the file
-- of threats and protection.
CREATE OR REPLACE FUNCTION access.seal_in_emergency(tab regclass, case_column text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM access.policy(tab, 'read_sealed', 'SELECT', 'RESTRICTIVE', format(
        'USING (okey & 63 NOT IN (25, 26, 29, 38, 40) OR %1$I IS NULL OR %1$I NOT IN (SELECT access.only_in_emergency()))', case_column));
END $$;

-- A record is written on a case of its own owner. Asked once for all rows of a statement, as the owner of the tables and
-- after the policies: a case of somebody else and one that is not there get the same answer.
CREATE OR REPLACE FUNCTION access.refuse_other_cases() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM added a LEFT JOIN public.cases_case c ON c.id = a.%1$I
                                    WHERE a.%1$I IS NOT NULL AND c.owner_id IS DISTINCT FROM a.%2$I)', TG_ARGV[1], TG_ARGV[0])
       INTO found;
    IF found THEN
        RAISE EXCEPTION 'new row violates row-level security policy for table "%"', TG_TABLE_NAME USING ERRCODE = '42501';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION access.keep_to_own_cases(tab regclass, owner text, case_column text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    EXECUTE format('DROP TRIGGER IF EXISTS own_case ON %s', tab);
    IF case_column <> 'id' THEN
        EXECUTE format('CREATE TRIGGER own_case AFTER INSERT ON %s REFERENCING NEW TABLE AS added
                        FOR EACH STATEMENT EXECUTE FUNCTION access.refuse_other_cases(%L, %L)', tab, owner, case_column);
    END IF;
END $$;

CREATE OR REPLACE FUNCTION access.protect(
    tab regclass, owner text, category text, case_column text, form text, forced boolean DEFAULT true
) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    short text := replace(tab::text, '.', '_');
    mine  text := format('%I = (SELECT access.my_organisation())', owner);
    near  text := format('((SELECT access.i_see_whole()) OR %I IN (SELECT access.my_own_cases()))', case_column);
    may   text := format('((SELECT access.my_mask(%%L)) >> (%s)::int) & 1 = 1', category);
BEGIN
    PERFORM access.close_table(tab);
    IF forced THEN
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tab);
    END IF;
    EXECUTE format('ALTER TABLE %s ADD COLUMN IF NOT EXISTS okey int GENERATED ALWAYS AS (%I * 64 + %s) STORED',
                   tab, owner, category);
    EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON %s (%I, okey)', short || '_case_okey', tab, case_column);
    IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = tab AND attname = 'created_at') THEN
        EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON %s (okey, created_at DESC)', short || '_okey_created', tab);
    END IF;

    -- One's own records: the whole organisation's for some roles, else the cases one is assigned to.
    PERFORM access.policy(tab, 'read_own', 'SELECT', 'PERMISSIVE', format('USING (%s AND %s)', mine, near));
    -- Others' records. The first line is implied by the rest; it is the part that an index can answer.
    PERFORM access.policy(tab, 'read_by_agreement', 'SELECT', 'PERMISSIVE', format(
        'USING (okey = ANY ((SELECT access.keys(%2$L, ''any''))::int[]) AND %1$I IN (SELECT access.my_cases())
            AND (okey IN (SELECT unnest(access.keys(%2$L, ''none'')))
              OR (okey IN (SELECT unnest(access.keys(%2$L, ''participation'')))
                  AND %1$I IN (SELECT access.my_agreeing_cases()))
              OR (okey IN (SELECT unnest(access.keys(%2$L, ''relative'')))
                  AND %1$I IN (SELECT access.my_relatives_cases()))))', case_column, form));
    PERFORM access.policy(tab, 'read_by_mandate', 'SELECT', 'PERMISSIVE', format(
        'USING (okey = ANY ((SELECT access.mandate_keys(%2$L))::int[]) AND access.mandate_opens(okey, %1$I, %2$L))',
        case_column, form));

    PERFORM access.let_count(tab);
    PERFORM access.let_go(tab);
    PERFORM access.let_export(tab);

    -- Whatever the above opens: not for another role, not against a restriction, never above a ceiling.
    PERFORM access.policy(tab, 'read_role', 'SELECT', 'RESTRICTIVE', 'USING (' || format(may, 'read') || ')');
    PERFORM access.policy(tab, 'read_restriction', 'SELECT', 'RESTRICTIVE', format(
        'USING (%1$I IS NULL OR %1$I NOT IN (SELECT access.my_restrictions()))', case_column));
    -- A change that looks at nothing is not held to what may be seen.
    PERFORM access.policy(tab, 'update_restriction', 'UPDATE', 'RESTRICTIVE', format(
        'USING (%1$I IS NULL OR %1$I NOT IN (SELECT access.my_restrictions()))', case_column));
    PERFORM access.policy(tab, 'read_ceiling', 'SELECT', 'RESTRICTIVE', format(
        'USING ((%1$s) NOT IN (20, 33)
            AND ((%1$s) NOT IN (25, 26, 29, 40) OR %2$s)
            AND ((%1$s) <> 26 OR (SELECT access.i_monitor()))
            AND ((%1$s) <> 38 OR %2$s OR %3$L IN (''date'', ''existence''))
            AND ((%1$s) <> 16 OR %2$s OR NOT (SELECT access.i_am_authority())
                 OR %4$I NOT IN (SELECT id FROM public.organisations_organisation WHERE side = ''civil'')
                 OR %5$I IN (SELECT access.my_relatives())))', category, mine, form, owner, case_column));

    -- Writing: only as one's own organisation, only what one's role may write, only on a case that one may work on.
    PERFORM access.policy(tab, 'insert_own', 'INSERT', 'PERMISSIVE', format(
        'WITH CHECK (%s AND %s%s)', mine, format(may, 'write'),
        CASE WHEN case_column = 'id' THEN '' ELSE format(
            ' AND (%1$I IS NULL OR (%2$s AND %1$I NOT IN (SELECT access.my_restrictions())))', case_column, near) END));
    PERFORM access.keep_to_own_cases(tab, owner, case_column);
    PERFORM access.policy(tab, 'insert_ceiling', 'INSERT', 'RESTRICTIVE', format(
        'WITH CHECK (((%1$s) <> 26 OR (SELECT access.i_monitor())) AND
                     ((%1$s) <> 29 OR (SELECT access.i_liaise_with_victims())) AND (%1$s) NOT IN (20, 33))', category));
    PERFORM access.policy(tab, 'update_own', 'UPDATE', 'PERMISSIVE', format(
        'USING (%1$s AND %2$s AND %3$s) WITH CHECK (%1$s AND %2$s)', mine, format(may, 'write'), near));

    PERFORM access.read_only_in_emergency(tab, case_column);
    IF category !~ '^[0-9]+$' OR category IN ('25', '26', '29', '38', '40') THEN
        PERFORM access.seal_in_emergency(tab, case_column);
    END IF;

    EXECUTE format('GRANT SELECT ON %s TO concordat_app', tab);
    PERFORM access.grant_columns(tab, 'INSERT', '{}');
    -- A record is not moved to another owner, case or category: that would carry it under another ceiling. Nor is the mark
    -- of a transfer for security taken off (embargo.sql).
    PERFORM access.grant_columns(tab, 'UPDATE', ARRAY['id', owner, case_column, 'category', 'created_at', 'created_by_id', 'security']);
END $$;

-- Seen with its whole. Asked row by row where few are wanted, so that a page about one case does not look at all wholes.
CREATE OR REPLACE FUNCTION access.read_with_whole(tab regclass, of_column text, whole regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM access.policy(tab, 'read_with_whole', 'SELECT', 'PERMISSIVE', format(
        'USING (EXISTS (SELECT FROM %s w WHERE w.id = %s.%I))', whole, tab, of_column));
END $$;

-- The same, and written by the organisation that owns the whole.
CREATE OR REPLACE FUNCTION access.belong_to_whole(tab regclass, of_column text, whole regclass, owner text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM access.read_with_whole(tab, of_column, whole);
    PERFORM access.policy(tab, 'insert_with_whole', 'INSERT', 'PERMISSIVE', format(
        'WITH CHECK (EXISTS (SELECT FROM %s w WHERE w.id = %s.%I AND w.%I = (SELECT access.my_organisation())))',
        whole, tab, of_column, owner));
    PERFORM access.read_only_in_emergency(tab, 'case_id', of_column, whole);
END $$;

-- A part of a record (a goal of a goal set): seen with its whole, written with it by the organisation that owns it.
CREATE OR REPLACE FUNCTION access.protect_part(tab regclass, of_column text, whole regclass, owner text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM access.close_table(tab);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tab);
    PERFORM access.belong_to_whole(tab, of_column, whole, owner);
    PERFORM access.let_go(tab);
    PERFORM access.let_export(tab);
    EXECUTE format('GRANT SELECT, INSERT ON %s TO concordat_app', tab);
END $$;

-- How long records are kept, what keeps them longer, and how they go. Run as the owner; can be run again.
--
-- Nobody deletes records but `retention.dispose_next`: for whoever calls it, it takes one case whose time is over, whose
-- owner has known for thirty days, and that no hold keeps; all that is due of it goes in one transaction, or nothing.
-- Which tables there are is read from the catalogue: what was protected by `access.protect` is a record.

CREATE SCHEMA IF NOT EXISTS retention;
REVOKE ALL ON SCHEMA retention FROM PUBLIC;
GRANT USAGE ON SCHEMA retention TO concordat_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA retention REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- ---- who may see and say -------------------------------------------------------------------------------------------

SELECT access.close_table(t) FROM unnest(ARRAY['retention_period', 'retention_hold', 'retention_due', 'retention_disposal',
    'retention_turn', 'retention_round']::regclass[]) AS t;

SELECT access.policy('retention_period', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()))');
SELECT access.policy('retention_period', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND created_by_id = (SELECT access.my_membership())
                 AND ends_at IS NULL AND (SELECT access.i_am(''{data_protection,programme_manager,coordinator}'', true)))');
SELECT access.policy('retention_period', 'end_own', 'UPDATE', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND ends_at IS NULL
            AND (SELECT access.i_am(''{data_protection,programme_manager,coordinator}'', true)))
     WITH CHECK (owner_id = (SELECT access.my_organisation()) AND ended_by_id = (SELECT access.my_membership()))');
GRANT SELECT, INSERT ON retention_period TO concordat_app;
GRANT UPDATE (ends_at, ended_by_id) ON retention_period TO concordat_app;

-- Seen by whoever of the owner's people may open the case; nobody else learns that something is kept, or goes.
SELECT access.policy(tab, 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation())
            AND ((SELECT access.i_see_whole()) OR case_id IN (SELECT access.my_own_cases()))
            AND case_id NOT IN (SELECT access.my_restrictions()))')
  FROM unnest(ARRAY['retention_hold', 'retention_due']::regclass[]) AS tab;
GRANT SELECT ON retention_hold, retention_due TO concordat_app;

SELECT access.policy('retention_hold', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND created_by_id = (SELECT access.my_membership())
                 AND lifted_at IS NULL AND (SELECT access.i_am(''{data_protection,programme_manager,coordinator}''))
                 AND access.is_my_case(case_id) AND case_id NOT IN (SELECT access.my_restrictions()))');
SELECT access.policy('retention_hold', 'lift_own', 'UPDATE', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND lifted_at IS NULL
            AND (SELECT access.i_am(''{data_protection,programme_manager,coordinator}'', true))
            AND case_id NOT IN (SELECT access.my_restrictions()))
     WITH CHECK (owner_id = (SELECT access.my_organisation()) AND lifted_by_id = (SELECT access.my_membership()))');
GRANT INSERT ON retention_hold TO concordat_app;
GRANT UPDATE (lifted_at, lifted_by_id, why_lifted) ON retention_hold TO concordat_app;
SELECT access.keep_to_own_cases('retention_hold', 'owner_id', 'case_id');

SELECT access.policy('retention_disposal', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation())
            AND (SELECT access.i_am(''{data_protection,programme_manager,coordinator,director,signatory}'')))');
GRANT SELECT ON retention_disposal TO concordat_app;

-- What was announced does not count once it is held: after the hold the thirty days begin anew.
CREATE OR REPLACE FUNCTION retention.withdraw_announced() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM public.retention_due d WHERE d.case_id = NEW.case_id AND access.is_held(d.case_id, d.category);
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS withdraws_announced ON retention_hold;
CREATE TRIGGER withdraws_announced AFTER INSERT ON retention_hold FOR EACH ROW EXECUTE FUNCTION retention.withdraw_announced();

-- ---- which tables --------------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION retention.has_column(tab oid, wanted text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$ SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = tab AND attname = wanted AND NOT attisdropped) $$;

CREATE OR REPLACE FUNCTION retention.key_of(tab oid) RETURNS name
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
     WHERE i.indrelid = tab AND i.indisprimary
$$;

-- `counted`: the numbers by which a name is found are no records of their own.
CREATE OR REPLACE FUNCTION retention.tables() RETURNS TABLE (tab regclass, case_column text, counted boolean)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT c.oid::regclass, CASE WHEN retention.has_column(c.oid, 'case_id') THEN 'case_id' ELSE 'id' END,
           c.oid <> 'public.cases_nametoken'::regclass
      FROM pg_class c
     WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND retention.has_column(c.oid, 'okey')
     ORDER BY c.oid
$$;

-- What hangs on a table by a foreign key of one column: a record of its own right, or a part that goes with its whole.
-- What was set because a person asked is neither: it keeps the request, which else would take it along and open anew what
-- was stopped.
CREATE OR REPLACE FUNCTION retention.hanging_on(whole oid) RETURNS TABLE (tab regclass, by_column name, is_record boolean)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT k.conrelid::regclass, a.attname, retention.has_column(k.conrelid, 'okey')
           OR whole = 'public.cases_rightsrequest'::regclass
      FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
     WHERE k.contype = 'f' AND k.confrelid = whole AND k.conrelid <> whole AND cardinality(k.conkey) = 1
    UNION ALL
    SELECT d.objoid::regclass, a.attname, false
      FROM pg_description d JOIN pg_attribute a ON a.attrelid = d.objoid AND a.attnum = d.objsubid
      JOIN pg_class w ON w.oid = whole
     WHERE d.classoid = 'pg_class'::regclass AND d.description = 'part of ' || w.relname
$$;

-- Tables from before `access.protect` let records go, and the parts of all.
DO $$
DECLARE
    one record;
BEGIN
    FOR one IN
        WITH RECURSIVE reached AS (
            SELECT tab FROM retention.tables()
            UNION
            SELECT h.tab FROM reached r CROSS JOIN LATERAL retention.hanging_on(r.tab) AS h)
        SELECT tab FROM reached WHERE tab NOT IN ('public.retention_hold'::regclass, 'public.retention_due'::regclass)
    LOOP
        PERFORM access.let_go(one.tab);
    END LOOP;
END $$;

-- ---- when ----------------------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION retention.notice() RETURNS interval
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$ SELECT interval '30 days' $$;

CREATE OR REPLACE FUNCTION retention.today() RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT (ledger.clock() AT TIME ZONE 'UTC')::date $$;

-- How many records of each category these cases hold.
CREATE OR REPLACE FUNCTION retention.count_records(wanted uuid[]) RETURNS TABLE (in_case uuid, of_category int, records bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    question text;
BEGIN
    SELECT string_agg(format('SELECT %I AS in_case, okey & 63 AS of_category FROM %s WHERE %I = ANY ($1)', case_column, tab, case_column),
                      ' UNION ALL ') INTO question FROM retention.tables() WHERE counted;
    RETURN QUERY EXECUTE format('SELECT f.in_case, f.of_category, count(*) FROM (%s) AS f GROUP BY 1, 2', question) USING wanted;
END $$;

-- What an organisation knows of a person before it has done anything (who, where, key dates), in a case that it opened
-- because a partner referred the person: that was received, and goes when the protocol says, counted from the end of the
-- service. The protocol that was in force when the service began. (ISP-16)
CREATE OR REPLACE FUNCTION retention.months_of_received(in_case uuid) RETURNS int
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT min((c.parameters ->> 'months')::int)
      FROM public.cases_link l
      JOIN public.agreements_agreement a ON a.kind = 'protocol'
       AND (a.party_a_id, a.party_b_id) IN ((l.authority_id, l.civil_id), (l.civil_id, l.authority_id))
      JOIN public.agreements_version v ON v.agreement_id = a.id AND v.starts_at <= l.starts_at AND l.starts_at < v.ends_at
       AND (SELECT count(DISTINCT s.organisation_id) FROM public.agreements_signature s WHERE s.version_id = v.id) = 2
      JOIN public.agreements_clause c ON c.version_id = v.id AND c.code = 'ISP-16'
     WHERE l.civil_case_id = in_case
$$;

-- The day from which the records of each category may go, for those that have one. While a service runs nothing has; nor
-- has what a hold keeps, nor what neither the owner nor a protocol named a time for: silence destroys nothing.
CREATE OR REPLACE FUNCTION retention.when_due(wanted uuid[]) RETURNS TABLE (in_case uuid, owner int, of_category int, records bigint, due_on date)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH ended AS (
        SELECT c.id, c.owner_id, c.child_rules, (c.closed_at AT TIME ZONE 'UTC')::date AS closed_on,
               CASE WHEN s.links = 0 THEN (c.closed_at AT TIME ZONE 'UTC')::date ELSE s.last_end END AS service_on,
               (SELECT min(i.birth_date) FROM public.cases_identity i WHERE i.case_id = c.id) AS born_on,
               retention.months_of_received(c.id) AS received_months, s.last_end
          FROM public.cases_case c
         CROSS JOIN LATERAL (
            SELECT count(*) AS links, (max(l.ends_at) AT TIME ZONE 'UTC')::date AS last_end,
                   coalesce(bool_or(l.ends_at IS NULL OR ledger.clock() < l.ends_at), false) AS runs
              FROM public.cases_link l WHERE c.id IN (l.civil_case_id, l.authority_case_id)) AS s
         WHERE c.id = ANY (wanted) AND NOT s.runs
    ), timed AS (
        SELECT e.*, n.of_category, n.records, CASE WHEN e.child_rules THEN p.child_months ELSE p.months END AS months,
               CASE p.event WHEN 'closed' THEN e.closed_on WHEN 'service' THEN e.service_on
                            WHEN 'age' THEN CASE WHEN e.closed_on IS NOT NULL
                                THEN greatest(e.closed_on, (e.born_on + make_interval(years => p.age))::date) END END AS event_on
          FROM ended e
          JOIN retention.count_records(wanted) n ON n.in_case = e.id
          LEFT JOIN LATERAL (
            SELECT * FROM public.retention_period p
             WHERE p.owner_id = e.owner_id AND p.ends_at IS NULL AND (p.category = n.of_category OR p.category IS NULL)
             ORDER BY p.category NULLS LAST LIMIT 1) AS p ON true
    ), dated AS (
        SELECT t.id, t.owner_id, t.of_category, t.records,
               CASE WHEN t.of_category = 2 AND t.closed_on IS NULL THEN NULL
                    WHEN t.of_category = 2 THEN greatest(t.closed_on, (t.event_on + make_interval(months => t.months))::date)
                    ELSE least((t.event_on + make_interval(months => t.months))::date,
                               CASE WHEN t.of_category IN (1, 3, 4)
                                    THEN (t.last_end + make_interval(months => t.received_months))::date END) END AS due_on,
               t.event_on
          FROM timed t
    )
    SELECT d.id, d.owner_id, d.of_category, d.records, d.due_on FROM dated d
     WHERE d.due_on IS NOT NULL AND NOT access.is_held(d.id, d.of_category)
       AND (d.of_category <> 2 OR d.event_on IS NOT NULL)
$$;

-- ---- telling -------------------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION retention.begin_turn() RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$ INSERT INTO public.retention_turn (id) VALUES (pg_current_xact_id()::text) ON CONFLICT DO NOTHING $$;

CREATE OR REPLACE FUNCTION retention.end_turn() RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$ DELETE FROM public.retention_turn WHERE id = pg_current_xact_id()::text $$;

-- Bring what is said about these cases up to date: what goes within thirty days, and no longer what does not.
CREATE OR REPLACE FUNCTION retention.announce(wanted uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    subjects jsonb;
BEGIN
    DELETE FROM public.retention_due d
     WHERE d.case_id = ANY (wanted) AND NOT EXISTS (
        SELECT FROM retention.when_due(wanted) n WHERE n.in_case = d.case_id AND n.of_category = d.category
           AND n.due_on <= retention.today() + retention.notice());
    WITH said AS (
        INSERT INTO public.retention_due AS d (id, owner_id, case_id, category, records, due_on, announced_at)
        SELECT gen_random_uuid(), n.owner, n.in_case, n.of_category, n.records, n.due_on, ledger.clock()
          FROM retention.when_due(wanted) n WHERE n.due_on <= retention.today() + retention.notice()
        ON CONFLICT (case_id, category) DO UPDATE SET records = EXCLUDED.records, due_on = EXCLUDED.due_on
            WHERE (d.records, d.due_on) IS DISTINCT FROM (EXCLUDED.records, EXCLUDED.due_on)
        RETURNING d.owner_id, d.case_id, d.category, (d.xmax = 0) AS is_new)
    SELECT jsonb_agg(per.subject) INTO subjects
      FROM (SELECT jsonb_build_object('owner', owner_id, 'case', case_id, 'categories', jsonb_agg(category ORDER BY category),
                                       'detail', '{}'::jsonb) AS subject
               FROM said WHERE is_new GROUP BY owner_id, case_id) AS per;
    IF subjects IS NOT NULL THEN
        PERFORM ledger.append('system', 'retention.announced', NULL, subjects);
    END IF;
END $$;

-- Look at the next `most` cases of today's round; true while the round goes on. Each case is looked at once a day.
CREATE OR REPLACE FUNCTION retention.look(most int) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    round_ public.retention_round;
    cases  uuid[];
BEGIN
    INSERT INTO public.retention_round (id, day, last, done)
    VALUES (1, retention.today(), '00000000-0000-0000-0000-000000000000', false) ON CONFLICT DO NOTHING;
    SELECT * INTO round_ FROM public.retention_round WHERE id = 1 FOR UPDATE SKIP LOCKED;
    IF NOT FOUND OR round_.done AND round_.day >= retention.today() THEN
        RETURN false;
    END IF;
    IF round_.day < retention.today() AND round_.done THEN
        round_.last := '00000000-0000-0000-0000-000000000000';
    END IF;
    cases := array(SELECT id FROM public.cases_case WHERE id > round_.last ORDER BY id LIMIT least(greatest(most, 1), 1000));
    PERFORM retention.begin_turn();
    PERFORM retention.announce(cases);
    PERFORM retention.end_turn();
    UPDATE public.retention_round
       SET day = retention.today(), done = cardinality(cases) = 0, last = coalesce(cases[cardinality(cases)], round_.last) WHERE id = 1;
    RETURN cardinality(cases) > 0;
END $$;

-- ---- going ---------------------------------------------------------------------------------------------------------

-- Remove the parts of some rows, and the parts of those.
CREATE OR REPLACE FUNCTION retention.drop_parts(whole oid, wholes uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    part  record;
    parts uuid[];
BEGIN
    FOR part IN SELECT * FROM retention.hanging_on(whole) AS h WHERE NOT h.is_record LOOP
        EXECUTE format('SELECT array_agg(p.%I) FROM %s p WHERE p.%I = ANY ($1)', retention.key_of(part.tab), part.tab, part.by_column)
           INTO parts USING wholes;
        IF parts IS NOT NULL THEN
            PERFORM retention.drop_parts(part.tab, parts);
            EXECUTE format('DELETE FROM %s WHERE %I = ANY ($1)', part.tab, retention.key_of(part.tab)) USING parts;
        END IF;
    END LOOP;
END $$;

-- Remove the records of these categories in a case, as many as nothing else hangs on, each with its parts. Returns how
-- many went of each category, and how many files.
CREATE OR REPLACE FUNCTION retention.take_away(from_case uuid, ready int[]) RETURNS TABLE (of_category int, records bigint, files bigint)
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    one     record;
    free    text;
    ids     uuid[];
    per     record;
    went    bigint[] := array_fill(0::bigint, ARRAY[63]);
    filed   bigint[] := array_fill(0::bigint, ARRAY[63]);
    again   boolean := true;
    is_set  boolean := true;  -- what was set because the person asked still stands
BEGIN
    WHILE again LOOP  -- what hung on something may have gone in this pass
        again := false;
        FOR one IN SELECT t.*, retention.key_of(t.tab) AS key FROM retention.tables() AS t LOOP
            SELECT coalesce(string_agg(format(' AND NOT EXISTS (SELECT FROM %s h WHERE h.%I = r.%I)', h.tab, h.by_column, one.key), ''), '')
              INTO free FROM retention.hanging_on(one.tab) AS h WHERE h.is_record;
            EXECUTE format('SELECT array_agg(r.%I) FROM %s r WHERE r.%I = $1 AND r.okey & 63 = ANY ($2)%s', one.key, one.tab, one.case_column, free)
               INTO ids USING from_case, ready;
            CONTINUE WHEN ids IS NULL;
            again := true;
            PERFORM retention.drop_parts(one.tab, ids);
            FOR per IN EXECUTE format('WITH gone AS (DELETE FROM %s WHERE %I = ANY ($1) RETURNING okey & 63 AS k)
                                       SELECT k, count(*) AS n FROM gone GROUP BY k', one.tab, one.key) USING ids LOOP
                IF one.counted THEN
                    went[per.k] := went[per.k] + per.n;
                END IF;
                IF retention.has_column(one.tab, 'file_id') THEN
                    filed[per.k] := filed[per.k] + per.n;
                END IF;
            END LOOP;
            DELETE FROM public.notices_notice WHERE split_part(key, ':', 2) = ANY (ids::text[]);
            DELETE FROM public.cases_disagreement WHERE record = ANY (ids);
            DELETE FROM public.cases_usestop WHERE record = ANY (ids);
            PERFORM clocks.forget(ids);
        END LOOP;
        IF is_set AND NOT again AND '{2,36}' <@ ready AND NOT EXISTS (
               SELECT FROM retention.count_records(ARRAY[from_case]) AS n WHERE n.of_category NOT IN (2, 36)) THEN
            DELETE FROM public.cases_usestop WHERE case_id = from_case;  -- the last to go: nothing is left that it keeps
            DELETE FROM public.cases_restriction WHERE case_id = from_case;
            is_set := false;
            again := true;
        END IF;
    END LOOP;
    RETURN QUERY SELECT k, went[k], filed[k] FROM generate_series(1, 63) AS k WHERE went[k] > 0;
END $$;

-- Dispose of what is due in one case; false when nothing is. Whoever calls it can neither choose the case nor hasten it.
-- A copy that was restored disposes of nothing before the owner's signatory has confirmed it: holds since then are not in it.
CREATE OR REPLACE FUNCTION retention.dispose_next() RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    next_   record;
    ready   int[];
    said    jsonb;  -- when each category was announced: that goes with the case
    went    jsonb;
    whole   boolean;
BEGIN
    -- A case on which a hold is being placed is locked by that, and left for the next time.
    SELECT c.id, c.owner_id INTO next_
      FROM public.retention_due d JOIN public.cases_case c ON c.id = d.case_id
     WHERE d.due_on <= retention.today() AND d.announced_at <= ledger.clock() - retention.notice()
       AND d.tried_on IS DISTINCT FROM retention.today()
       AND d.owner_id NOT IN (SELECT access.closed_organisations())
     ORDER BY d.due_on, c.id LIMIT 1 FOR UPDATE OF c SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM retention.begin_turn();
    PERFORM retention.announce(ARRAY[next_.id]);  -- anew: a hold, a service or another period may have come
    SELECT array_agg(d.category::int), jsonb_object_agg(d.category, d.announced_at) INTO ready, said
      FROM public.retention_due d
     WHERE d.case_id = next_.id AND d.due_on <= retention.today() AND d.announced_at <= ledger.clock() - retention.notice();
    SELECT jsonb_agg(to_jsonb(t)) INTO went FROM retention.take_away(next_.id, ready) AS t;
    whole := NOT EXISTS (SELECT FROM public.cases_case WHERE id = next_.id);
    INSERT INTO public.retention_disposal (id, owner_id, category, records, files, announced_at, at)
    SELECT gen_random_uuid(), next_.owner_id, w.of_category, w.records, w.files, (said ->> w.of_category::text)::timestamptz, ledger.clock()
      FROM jsonb_to_recordset(went) AS w (of_category int, records bigint, files bigint);
    IF whole THEN
        DELETE FROM public.cases_link l WHERE next_.id IN (l.authority_case_id, l.civil_case_id)
           AND NOT EXISTS (SELECT FROM public.cases_case c WHERE c.id IN (l.authority_case_id, l.civil_case_id));
        DELETE FROM public.notices_notice WHERE address LIKE '%' || next_.id || '%';
        PERFORM ledger.forget(next_.id);
    ELSE
        PERFORM retention.announce(ARRAY[next_.id]);
        UPDATE public.retention_due SET tried_on = retention.today() WHERE case_id = next_.id AND category = ANY (ready);
    END IF;
    IF went IS NOT NULL THEN
        PERFORM ledger.append('system', 'retention.disposed', NULL, (
            SELECT jsonb_build_array(jsonb_build_object(
                       'owner', next_.owner_id, 'case', CASE WHEN NOT whole THEN next_.id END,
                       'categories', jsonb_agg(w.of_category ORDER BY w.of_category),
                       'detail', jsonb_build_object('records', sum(w.records), 'files', sum(w.files), 'whole', whole)))
              FROM jsonb_to_recordset(went) AS w (of_category int, records bigint, files bigint)));
    END IF;
    PERFORM retention.end_turn();
    RETURN true;
END $$;

DROP POLICY IF EXISTS forget_as_owner ON notices_notice;
CREATE POLICY forget_as_owner ON notices_notice FOR DELETE TO concordat_owner USING ((SELECT access.disposing()));

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA retention FROM PUBLIC;
GRANT EXECUTE ON FUNCTION retention.look(int), retention.dispose_next() TO concordat_app;
REVOKE EXECUTE ON FUNCTION access.disposing(), access.is_held(uuid, int), access.refuse_losing_held(), access.let_go(regclass),
    access.go_with(regclass, text, regclass) FROM PUBLIC;

-- Calendars, the clocks that run, and what lapsed: who sees them, and when something is due. Run as the owner; can be run
-- again.
--
-- When a clock is due is computed here and nowhere else: nobody gives themselves longer. Who may see a clock is who may see
-- what it is about; each table on which clocks hang is named once, by `clocks.hang_on`.

CREATE SCHEMA IF NOT EXISTS clocks;
REVOKE ALL ON SCHEMA clocks FROM PUBLIC;
GRANT USAGE ON SCHEMA clocks TO concordat_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA clocks REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

SELECT access.close_table(t) FROM unnest(ARRAY['clocks_calendar', 'clocks_holiday', 'clocks_running', 'clocks_pause',
    'clocks_lapse', 'clocks_subscription']::regclass[]) AS t;

-- ---- calendars -----------------------------------------------------------------------------------------------------

-- By which days a partner counts is no secret: who waits for its answer has to know when it is due.
SELECT access.policy(tab, 'read_all', 'SELECT', 'PERMISSIVE', 'USING ((SELECT access.my_organisation()) IS NOT NULL)')
  FROM unnest('{clocks_calendar,clocks_holiday}'::regclass[]) AS tab;
SELECT access.policy('clocks_calendar', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND set_by_id = (SELECT access.my_membership())
                 AND (SELECT access.i_am(''{administrator,director,programme_manager,coordinator}'')))');
SELECT access.policy('clocks_calendar', 'update_own', 'UPDATE', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation())
            AND (SELECT access.i_am(''{administrator,director,programme_manager,coordinator}'')))
     WITH CHECK (owner_id = (SELECT access.my_organisation()) AND set_by_id = (SELECT access.my_membership()))');
GRANT SELECT, INSERT ON clocks_calendar TO concordat_app;
GRANT UPDATE (name, country, subdivision, rest_days, opens, closes, time_zone, set_at, set_by_id) ON clocks_calendar TO concordat_app;

SELECT access.policy('clocks_holiday', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (declared_by_id = (SELECT access.my_membership())
                 AND (SELECT access.i_am(''{administrator,director,programme_manager,coordinator}''))
                 AND calendar_id IN (SELECT id FROM clocks_calendar WHERE owner_id = (SELECT access.my_organisation())))');
-- A day that was entered by mistake goes while it lies ahead; what has been stays.
SELECT access.policy('clocks_holiday', 'delete_own', 'DELETE', 'PERMISSIVE',
    'USING (day > (ledger.clock() AT TIME ZONE ''UTC'')::date
            AND (SELECT access.i_am(''{administrator,director,programme_manager,coordinator}''))
            AND calendar_id IN (SELECT id FROM clocks_calendar WHERE owner_id = (SELECT access.my_organisation())))');
GRANT SELECT, INSERT, DELETE ON clocks_holiday TO concordat_app;

-- ---- when something is due -----------------------------------------------------------------------------------------

-- The end of a day's work there; a close at midnight is the end of the day.
CREATE OR REPLACE FUNCTION clocks.close_of(day date, closes time, zone text) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT (CASE WHEN closes = '00:00' THEN day + 1 ELSE day END + closes) AT TIME ZONE zone
$$;

-- As `counting.py` says it. Null while it is paused.
CREATE OR REPLACE FUNCTION clocks.count_days(start timestamptz, span int, unit text, zone text, closes time, rest int[],
    free date[], begins timestamptz[], ends timestamptz[]) RETURNS timestamptz
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    day    date := (start AT TIME ZONE zone)::date;
    days   int := CASE unit WHEN 'months' THEN (day + make_interval(months => span))::date - day WHEN 'weeks' THEN span * 7 ELSE span END;
    close_ timestamptz;
    stands boolean;
BEGIN
    WHILE days > 0 LOOP
        day := day + 1;
        CONTINUE WHEN unit = 'working_days' AND (extract(isodow FROM day)::int = ANY (rest) OR day = ANY (free));
        close_ := clocks.close_of(day, closes, zone);
        stands := false;
        FOR n IN 1 .. coalesce(cardinality(begins), 0) LOOP
            IF begins[n] <= close_ AND (ends[n] IS NULL OR close_ < ends[n]) THEN
                IF ends[n] IS NULL THEN
                    RETURN NULL;
                END IF;
                stands := true;
            END IF;
        END LOOP;
        days := days - (NOT stands)::int;
    END LOOP;
    RETURN clocks.close_of(day, closes, zone);
END $$;

CREATE OR REPLACE FUNCTION clocks.count_time(ends_at timestamptz, begins timestamptz[], ends timestamptz[]) RETURNS timestamptz
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    FOR n IN 1 .. coalesce(cardinality(begins), 0) LOOP  -- in the order of their beginnings
        EXIT WHEN begins[n] >= ends_at;
        IF ends[n] IS NULL THEN
            RETURN NULL;
        END IF;
        ends_at := ends_at + (ends[n] - begins[n]);
    END LOOP;
    RETURN ends_at;
END $$;

CREATE OR REPLACE FUNCTION clocks.due(for_owner int, start timestamptz, span int, unit text, begins timestamptz[], ends timestamptz[])
RETURNS timestamptz
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_owner public.clocks_calendar;
    free     date[];
    late     timestamptz;
    found_   timestamptz;
BEGIN
    IF unit IN ('hours', 'minutes') THEN
        RETURN clocks.count_time(start + CASE unit WHEN 'hours' THEN make_interval(hours => span) ELSE make_interval(mins => span) END,
                                 begins, ends);
    END IF;
    SELECT * INTO of_owner FROM public.clocks_calendar c WHERE c.owner_id = for_owner;
    IF NOT FOUND THEN
        RETURN clocks.count_days(start, span, unit, 'UTC', '00:00', '{6,7}', '{}', begins, ends);
    END IF;
    SELECT coalesce(array_agg(h.day), '{}') INTO free FROM public.clocks_holiday h
     WHERE h.calendar_id = of_owner.id AND h.declared_at <= start;
    found_ := clocks.count_days(start, span, unit, of_owner.time_zone, of_owner.closes, of_owner.rest_days, free, begins, ends);
    -- What was declared later moves only what had not lapsed by then.
    FOR late IN SELECT DISTINCT h.declared_at FROM public.clocks_holiday h
                 WHERE h.calendar_id = of_owner.id AND h.declared_at > start ORDER BY 1 LOOP
        EXIT WHEN found_ <= late;
        free := free || ARRAY(SELECT h.day FROM public.clocks_holiday h WHERE h.calendar_id = of_owner.id AND h.declared_at = late);
        found_ := clocks.count_days(start, span, unit, of_owner.time_zone, of_owner.closes, of_owner.rest_days, free, begins, ends);
    END LOOP;
    RETURN found_;
END $$;

CREATE OR REPLACE FUNCTION clocks.due_of(one public.clocks_running) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(one.until, clocks.due(one.owner_id, one.starts_at, one.length, one.unit, p.begins, p.ends))
      FROM (SELECT array_agg(begins_at ORDER BY begins_at) AS begins, array_agg(ends_at ORDER BY begins_at) AS ends
              FROM public.clocks_pause WHERE clock_id = one.id) AS p
$$;

-- ---- clocks that run -----------------------------------------------------------------------------------------------

-- Let clocks hang on a table: they are seen by whoever of the two organisations sees the row, and by nobody else.
CREATE OR REPLACE FUNCTION clocks.hang_on(tab regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    name text := (SELECT relname FROM pg_class WHERE oid = tab);
    open_ text := format('about_table = %L AND EXISTS (SELECT FROM %s t WHERE t.id = about_id)', name, tab);
BEGIN
    PERFORM access.policy('clocks_running', 'read_of_' || name, 'SELECT', 'PERMISSIVE', format(
        'USING ((owner_id = (SELECT access.my_organisation()) OR other_id = (SELECT access.my_organisation())) AND %s)', open_));
    PERFORM access.policy('clocks_running', 'start_of_' || name, 'INSERT', 'PERMISSIVE', format(
        'WITH CHECK (started_by_id = (SELECT access.my_membership()) AND ended_at IS NULL
                     AND (owner_id = (SELECT access.my_organisation()) OR other_id = (SELECT access.my_organisation())) AND %s)', open_));
END $$;

SELECT access.policy('clocks_running', 'read_restriction', 'SELECT', 'RESTRICTIVE',
    'USING (case_id IS NULL OR case_id NOT IN (SELECT access.my_restrictions()))');
SELECT access.read_only_in_emergency('clocks_running', 'case_id');
SELECT access.policy('clocks_running', 'end_own', 'UPDATE', 'PERMISSIVE',
    'USING (ended_at IS NULL AND (owner_id = (SELECT access.my_organisation()) OR other_id = (SELECT access.my_organisation())))
     WITH CHECK (ended_by_id = (SELECT access.my_membership()))');
GRANT SELECT, INSERT ON clocks_running TO concordat_app;
GRANT UPDATE (ended_at, ended_by_id) ON clocks_running TO concordat_app;

SELECT access.policy(tab, 'read_with_clock', 'SELECT', 'PERMISSIVE', 'USING (clock_id IN (SELECT id FROM clocks_running))')
  FROM unnest('{clocks_pause,clocks_lapse}'::regclass[]) AS tab;
SELECT access.policy('clocks_pause', 'pause', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (begun_by_id = (SELECT access.my_membership()) AND ends_at IS NULL
                 AND clock_id IN (SELECT id FROM clocks_running WHERE ended_at IS NULL))');
SELECT access.policy('clocks_pause', 'resume', 'UPDATE', 'PERMISSIVE',
    'USING (ends_at IS NULL AND clock_id IN (SELECT id FROM clocks_running))
     WITH CHECK (ended_by_id = (SELECT access.my_membership()))');
GRANT SELECT, INSERT ON clocks_pause TO concordat_app;
GRANT UPDATE (ends_at, ended_by_id) ON clocks_pause TO concordat_app;
GRANT SELECT ON clocks_lapse TO concordat_app;

-- Start a clock that only its owner sees, a partner of whoever starts it. Nothing comes back: neither the row, nor whether
-- there was one.
CREATE OR REPLACE FUNCTION clocks.start_for_partner(one jsonb) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO public.clocks_running (id, code, step, about_table, about_id, case_id, reference, address, owner_id, other_id,
                                       starts_at, length, unit, until, grounds, ahead, started_by_id, watched)
    SELECT gen_random_uuid(), r.code, r.step, r.about_table, r.about_id, NULL, r.reference, r.address, r.owner_id, NULL,
           r.starts_at, r.length, r.unit, r.until, '{}', '{}', access.my_membership(), true
      FROM jsonb_populate_record(NULL::public.clocks_running, one) AS r
     WHERE r.owner_id IN (SELECT access.known_organisations())
    ON CONFLICT DO NOTHING
$$;

-- The instants are the database's own, but for what was before there were clocks.
CREATE OR REPLACE FUNCTION clocks.keep_times() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.due_at := clocks.due_of(NEW);
        NEW.watched := true;
        NEW.ended_at := NULL;
    ELSIF OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL THEN
        NEW.ended_at := ledger.clock();
        NEW.watched := OLD.watched AND coalesce(NEW.due_at <= NEW.ended_at, false);
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS keeps_times ON clocks_running;
CREATE TRIGGER keeps_times BEFORE INSERT OR UPDATE OF ended_at ON clocks_running FOR EACH ROW EXECUTE FUNCTION clocks.keep_times();

-- A pause has one of the clock's listed grounds, and somebody else sees it; what has lapsed stands still no more.
CREATE OR REPLACE FUNCTION clocks.keep_pause() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_ public.clocks_running;
BEGIN
    SELECT * INTO of_ FROM public.clocks_running r WHERE r.id = NEW.clock_id FOR UPDATE;
    IF TG_OP = 'INSERT' THEN
        NEW.begins_at := ledger.clock();
        IF of_.ended_at IS NOT NULL OR of_.due_at <= NEW.begins_at THEN
            RAISE EXCEPTION 'it has ended or lapsed' USING ERRCODE = '23514', CONSTRAINT = 'pause_comes_before_the_lapse';
        ELSIF of_.until IS NOT NULL OR of_.other_id IS NULL OR NEW.ground <> ALL (of_.grounds) THEN
            RAISE EXCEPTION 'not on this ground' USING ERRCODE = '23514', CONSTRAINT = 'pause_has_a_listed_ground';
        END IF;
    ELSIF OLD.ends_at IS NULL AND NEW.ends_at IS NOT NULL THEN
        NEW.ends_at := ledger.clock();
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS keeps_pause ON clocks_pause;
CREATE TRIGGER keeps_pause BEFORE INSERT OR UPDATE ON clocks_pause FOR EACH ROW EXECUTE FUNCTION clocks.keep_pause();

-- ---- counting anew -------------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION clocks.count_after_pause() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.clocks_running r SET due_at = clocks.due_of(r) WHERE r.id = NEW.clock_id AND r.ended_at IS NULL;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS counts_anew ON clocks_pause;
CREATE TRIGGER counts_anew AFTER INSERT OR UPDATE ON clocks_pause FOR EACH ROW EXECUTE FUNCTION clocks.count_after_pause();

-- What has not lapsed counts by the new days; what had lapsed when they were declared stays lapsed.
CREATE OR REPLACE FUNCTION clocks.count_anew(for_owner int) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.clocks_running r SET due_at = n.due
      FROM (SELECT o.id, clocks.due_of(o) AS due FROM public.clocks_running o
             WHERE o.owner_id = for_owner AND o.ended_at IS NULL AND o.until IS NULL
               AND (o.due_at IS NULL OR o.due_at > ledger.clock())) AS n
     WHERE r.id = n.id AND r.due_at IS DISTINCT FROM n.due
$$;

CREATE OR REPLACE FUNCTION clocks.set_declared() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.declared_at := ledger.clock();
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS sets_declared ON clocks_holiday;
CREATE TRIGGER sets_declared BEFORE INSERT ON clocks_holiday FOR EACH ROW EXECUTE FUNCTION clocks.set_declared();

CREATE OR REPLACE FUNCTION clocks.count_after_holidays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM clocks.count_anew(c.owner_id) FROM public.clocks_calendar c WHERE c.id IN (SELECT t.calendar_id FROM touched t);
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS counts_anew ON clocks_holiday;
CREATE TRIGGER counts_anew AFTER INSERT ON clocks_holiday REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION clocks.count_after_holidays();
DROP TRIGGER IF EXISTS counts_anew_without ON clocks_holiday;
CREATE TRIGGER counts_anew_without AFTER DELETE ON clocks_holiday REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION clocks.count_after_holidays();

CREATE OR REPLACE FUNCTION clocks.count_after_calendar() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_timezone_names z WHERE z.name = NEW.time_zone) THEN
        RAISE EXCEPTION 'no such time zone' USING ERRCODE = '23514', CONSTRAINT = 'calendar_time_zone_is_known';
    END IF;
    PERFORM clocks.count_anew(NEW.owner_id);
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS counts_anew ON clocks_calendar;
CREATE TRIGGER counts_anew AFTER INSERT OR UPDATE ON clocks_calendar FOR EACH ROW EXECUTE FUNCTION clocks.count_after_calendar();

-- ---- what lapsed ---------------------------------------------------------------------------------------------------

-- The next clocks whose lapse nobody recorded: held by this transaction, and left alone by every other worker.
CREATE OR REPLACE FUNCTION clocks.take_lapsed(most int)
RETURNS TABLE (clock uuid, code text, step text, owner int, due_at timestamptz, still_open boolean)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT r.id, r.code, r.step, r.owner_id, r.due_at, r.ended_at IS NULL
      FROM public.clocks_running r
     WHERE r.watched AND r.due_at <= ledger.clock()
     ORDER BY r.due_at LIMIT least(greatest(most, 1), 5000) FOR UPDATE SKIP LOCKED
$$;

-- Record lapses, each once: `lapsed` says whom to tell, whom from when on above them, and which step begins. A clock that
-- has not lapsed, or whose lapse is recorded, is passed over, whoever calls this.
CREATE OR REPLACE FUNCTION clocks.record_lapses(lapsed jsonb) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    many     int;
    subjects jsonb;
BEGIN
    WITH said AS (
        SELECT r.id AS clock_id, r.due_at, f.told, f.above,
               CASE WHEN cardinality(f.above) > 0
                    THEN clocks.due(r.owner_id, r.due_at, f.above_after, 'working_days', NULL, NULL) END AS above_at
          FROM jsonb_to_recordset(lapsed) AS f (clock uuid, told text[], above text[], above_after int)
          JOIN public.clocks_running r ON r.id = f.clock AND r.watched AND r.due_at <= ledger.clock()
    ), made AS (
        INSERT INTO public.clocks_lapse (id, clock_id, at, recorded_at, told, above, above_at)
        SELECT gen_random_uuid(), s.clock_id, s.due_at, ledger.clock(), s.told, s.above, s.above_at FROM said s
        ON CONFLICT (clock_id) DO NOTHING RETURNING clock_id
    ), marked AS (
        UPDATE public.clocks_running r SET watched = false FROM made m WHERE r.id = m.clock_id
        RETURNING r.id, r.owner_id, r.other_id, r.case_id
    ), followed AS (
        INSERT INTO public.clocks_running (id, code, step, about_table, about_id, case_id, reference, address, owner_id, other_id,
                                           starts_at, length, unit, grounds, ahead, watched)
        SELECT gen_random_uuid(), r.code, f.then_step, r.about_table, r.about_id, r.case_id, r.reference, r.address, r.owner_id,
               r.other_id, r.due_at, coalesce(r.ahead[1], f.then_length), f.then_unit, r.grounds, r.ahead[2:], true
          FROM jsonb_to_recordset(lapsed) AS f (clock uuid, then_step text, then_length int, then_unit text)
          JOIN made m ON m.clock_id = f.clock JOIN public.clocks_running r ON r.id = f.clock AND r.ended_at IS NULL
         WHERE f.then_step IS NOT NULL
    ), per AS (
        -- The case is the owner's: the other party's line does not name it.
        SELECT o.owner, o.in_case, jsonb_agg(m.id) AS ids FROM marked m
         CROSS JOIN LATERAL (VALUES (m.owner_id, m.case_id), (m.other_id, NULL)) AS o (owner, in_case)
         WHERE o.owner IS NOT NULL GROUP BY 1, 2
    )
    SELECT (SELECT count(*) FROM marked),
           (SELECT jsonb_agg(jsonb_build_object('owner', p.owner, 'case', p.in_case, 'categories', '[]'::jsonb,
                                                'detail', jsonb_build_object('clocks', p.ids))) FROM per p)
      INTO many, subjects;
    IF subjects IS NOT NULL THEN
        PERFORM ledger.append('system', 'clock.lapsed', NULL, subjects);
    END IF;
    RETURN many;
END $$;

-- ---- what a member's own calendar program reads -----------------------------------------------------------------------

SELECT access.policy('clocks_subscription', 'read_own', 'SELECT', 'PERMISSIVE', 'USING (membership_id = (SELECT access.my_membership()))');
SELECT access.policy('clocks_subscription', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (membership_id = (SELECT access.my_membership()) AND ended_at IS NULL)');
SELECT access.policy('clocks_subscription', 'end_own', 'UPDATE', 'PERMISSIVE',
    'USING (membership_id = (SELECT access.my_membership()) AND ended_at IS NULL) WITH CHECK (membership_id = (SELECT access.my_membership()))');
GRANT SELECT, INSERT ON clocks_subscription TO concordat_app;
GRANT UPDATE (ended_at) ON clocks_subscription TO concordat_app;

-- Whose address this is, for whoever knows it: nobody is signed in then.
CREATE OR REPLACE FUNCTION clocks.subscriber(hash text) RETURNS TABLE (membership uuid, person uuid, stamp text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT m.id, m.user_id, s.stamp FROM public.clocks_subscription s JOIN public.people_membership m ON m.id = s.membership_id
     WHERE s.key_hash = hash AND s.ended_at IS NULL
       AND m.valid_from <= ledger.clock() AND (m.valid_until IS NULL OR ledger.clock() < m.valid_until)
$$;

-- ---- going ---------------------------------------------------------------------------------------------------------

-- A clock goes with what it is about (retention.sql), and with its case.
CREATE OR REPLACE FUNCTION clocks.forget(about uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM public.clocks_lapse l USING public.clocks_running r WHERE r.id = l.clock_id AND r.about_id = ANY (about);
    DELETE FROM public.clocks_pause p USING public.clocks_running r WHERE r.id = p.clock_id AND r.about_id = ANY (about);
    DELETE FROM public.clocks_running r WHERE r.about_id = ANY (about);
END $$;
COMMENT ON COLUMN clocks_running.case_id IS 'part of cases_case';
SELECT access.let_go(t) FROM unnest('{clocks_running,clocks_pause,clocks_lapse}'::regclass[]) AS t;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA clocks FROM PUBLIC;
GRANT EXECUTE ON FUNCTION clocks.take_lapsed(int), clocks.record_lapses(jsonb), clocks.start_for_partner(jsonb), clocks.subscriber(text),
    clocks.due(int, timestamptz, int, text, timestamptz[], timestamptz[]) TO concordat_app;

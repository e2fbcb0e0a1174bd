-- What is no longer used on a person's request and is kept as evidence (cases_usestop): for everybody but those who answer
-- for the owner under rights it is not there. And the end of a restriction. Run as the owner; can be run again.

-- The cases of which something is stopped for me. It does not bind a body that monitors by statute: no party can suspend a
-- mandate, nor hide from it by granting a request. Most of the time there is none, and then nothing else is asked.
CREATE OR REPLACE FUNCTION access.stopped_cases() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me   access.asker;
    now_ timestamptz;
BEGIN
    IF NOT EXISTS (SELECT FROM public.cases_usestop) THEN
        RETURN;
    END IF;
    me := access.me();
    now_ := ledger.clock();
    RETURN QUERY
    SELECT s.case_id FROM public.cases_usestop s
     WHERE s.starts_at <= now_ AND (s.ends_at IS NULL OR now_ < s.ends_at)
       AND (s.owner_id = me.organisation AND me.roles && '{data_protection,coordinator,programme_manager}') IS NOT TRUE
       AND NOT (coalesce(me.monitoring, false) AND s.owner_id IN (SELECT over_id FROM access.my_mandates()));
END $$;

-- Whether one record of such a case is. A category is stopped as it stood: what is written later is not held back, else its
-- writer would see it vanish.
CREATE OR REPLACE FUNCTION access.use_stopped(of_case uuid, of_kind text, of_record uuid, of_category int, made timestamptz)
RETURNS boolean LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.cases_usestop s
                    WHERE s.case_id = of_case AND s.starts_at <= (SELECT ledger.clock())
                      AND (s.ends_at IS NULL OR (SELECT ledger.clock()) < s.ends_at)
                      AND ((s.category = of_category AND made <= s.starts_at) OR (s.kind = of_kind AND s.record = of_record)))
$$;

SELECT access.close_table('cases_usestop');
ALTER TABLE cases_usestop ALTER COLUMN why_ended SET DEFAULT '', ALTER COLUMN told SET DEFAULT '', ALTER COLUMN kind SET DEFAULT '';
SELECT access.policy('cases_usestop', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND access.is_my_case(case_id)
            AND (SELECT access.i_am(''{data_protection,programme_manager,coordinator}'')))');
SELECT access.policy('cases_usestop', 'insert_category', 'INSERT', 'PERMISSIVE', 'WITH CHECK (category IS NOT NULL)');
SELECT access.policy('cases_usestop', 'insert_officer', 'INSERT', 'RESTRICTIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND access.is_my_case(case_id)
                 AND created_by_id = (SELECT access.my_membership()) AND ends_at IS NULL
                 AND (SELECT access.i_am(''{data_protection,programme_manager,coordinator}''))
                 AND EXISTS (SELECT FROM cases_rightsrequest r WHERE r.id = request_id AND r.case_id = cases_usestop.case_id))');
SELECT access.policy('cases_usestop', 'end_own', 'UPDATE', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND ends_at IS NULL AND access.is_my_case(case_id)
            AND (SELECT access.i_am(''{data_protection,programme_manager,coordinator}'')))
     WITH CHECK (owner_id = (SELECT access.my_organisation()) AND ended_by_id = (SELECT access.my_membership()))');
GRANT SELECT, INSERT ON cases_usestop TO concordat_app;
GRANT UPDATE (ends_at, ended_by_id, why_ended, told) ON cases_usestop TO concordat_app;

-- A table of records whose use may be stopped: read, and changed, only while it is not. What everybody needs is spared.
CREATE OR REPLACE FUNCTION access.stop_use(tab regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM access.policy(tab, lower(verb) || '_stopped', verb, 'RESTRICTIVE', format(
        'USING (case_id NOT IN (SELECT access.stopped_cases())
                OR NOT access.use_stopped(case_id, %L, id, okey & 63, created_at))', tab))
       FROM unnest('{SELECT,UPDATE}'::text[]) AS verb;
    PERFORM access.policy('public.cases_usestop', 'insert_' || tab, 'INSERT', 'PERMISSIVE', format(
        'WITH CHECK (kind = %L AND EXISTS (SELECT FROM %s w WHERE w.id = record AND w.case_id = cases_usestop.case_id
            AND w.owner_id = cases_usestop.owner_id AND w.okey & 63 NOT IN (1, 2, 3, 4, 7, 27, 28, 31, 36)))', tab, tab));
END $$;
REVOKE EXECUTE ON FUNCTION access.stop_use(regclass) FROM PUBLIC;

-- The records on the shelves of a case; rooms above say it of theirs.
SELECT access.stop_use(tab)
  FROM unnest(ARRAY['cases_fullrecord', 'cases_summaryrecord', 'cases_daterecord', 'cases_existencerecord',
                    'cases_thresholdrecord']::regclass[]) AS tab;

-- ---- a restriction ends, with who ended it and why --------------------------------------------------------------------

ALTER TABLE cases_restriction ALTER COLUMN why_ended SET DEFAULT '', ALTER COLUMN told SET DEFAULT '';
GRANT INSERT (request_id, why_ended, told, ended_by_id) ON cases_restriction TO concordat_app;
SELECT access.policy('cases_restriction', 'end_own', 'UPDATE', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND ended_by_id IS NULL AND access.is_my_case(case_id)
            AND (SELECT access.i_am(''{data_protection,programme_manager,coordinator}'')))
     WITH CHECK (owner_id = (SELECT access.my_organisation()) AND ended_by_id = (SELECT access.my_membership())
                 AND ends_at IS NOT NULL AND why_ended <> '''' AND told <> '''')');
GRANT UPDATE (ends_at, ended_by_id, why_ended, told) ON cases_restriction TO concordat_app;

REVOKE EXECUTE ON FUNCTION access.stopped_cases(), access.use_stopped(uuid, text, uuid, int, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.stopped_cases(), access.use_stopped(uuid, text, uuid, int, timestamptz) TO concordat_app;

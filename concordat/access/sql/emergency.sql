-- Emergency access with two people. What it opens stands in asker.sql (`my_emergencies`, `only_in_emergency`) and protect.sql;
-- here: who asks, opens, ends and looks at it afterwards, who is told, and the mark on each line of the log.
-- Run as the owner; can be run again.

-- Those who may open a case to a colleague: who answers for the organisation's records, and no technical administrator.
CREATE OR REPLACE FUNCTION access.i_answer_for_records(confirmed boolean DEFAULT false) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT access.i_am('{data_protection,programme_manager,coordinator}', confirmed) AND NOT access.i_am('{administrator}') $$;

SELECT access.close_table(t) FROM unnest('{emergency_request,emergency_told}'::regclass[]) AS t;
ALTER TABLE emergency_request ALTER COLUMN finding SET DEFAULT '', ALTER COLUMN finding_words SET DEFAULT '';

-- A request is seen by whoever made it, and by those who could open it: they see the case that it names, under the policies
-- of that case. Nobody else learns whether there is such a case. What was opened is seen by whoever is named for the case too.
SELECT access.policy('emergency_request', 'read_asker', 'SELECT', 'PERMISSIVE',
    'USING (asked_by_id = (SELECT access.my_membership()))');
SELECT access.policy('emergency_request', 'read_answering', 'SELECT', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND (SELECT access.i_answer_for_records())
            AND EXISTS (SELECT FROM cases_case c
                         WHERE c.owner_id = emergency_request.owner_id
                           AND CASE WHEN emergency_request.case_id IS NULL THEN c.reference = emergency_request.reference
                                    ELSE c.id = emergency_request.case_id END
                           AND c.id NOT IN (SELECT access.only_in_emergency())))');
SELECT access.policy('emergency_request', 'read_named', 'SELECT', 'PERMISSIVE',
    'USING (case_id IN (SELECT l.case_id FROM cases_allowlist l WHERE l.ends_at IS NULL
                                                        AND (SELECT access.my_membership()) = ANY (l.named)))');
SELECT access.policy('emergency_request', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND asked_by_id = (SELECT access.my_membership())
                 AND case_id IS NULL AND opened_at IS NULL AND asked_at <= (SELECT ledger.clock())
                 AND (SELECT access.i_am(''{programme_manager,case_officer,security_manager,coordinator,facilitator,monitor}''))
                 AND NOT (SELECT access.i_am(''{administrator}'')))');
SELECT access.policy('emergency_request', 'open', 'UPDATE', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND opened_at IS NULL AND (SELECT access.i_answer_for_records(true)))
     WITH CHECK (opened_by_id = (SELECT access.my_membership()) AND access.is_my_case(case_id))');
SELECT access.policy('emergency_request', 'end', 'UPDATE', 'PERMISSIVE',
    'USING (opened_at IS NOT NULL AND ended_by_id IS NULL
            AND (asked_by_id = (SELECT access.my_membership())
                 OR (owner_id = (SELECT access.my_organisation()) AND (SELECT access.i_answer_for_records()))))
     WITH CHECK (ended_by_id = (SELECT access.my_membership()))');
SELECT access.policy('emergency_request', 'review', 'UPDATE', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND opened_at IS NOT NULL AND reviewed_at IS NULL
            AND (SELECT access.i_answer_for_records()))
     WITH CHECK (reviewed_by_id = (SELECT access.my_membership()))');
GRANT SELECT, INSERT ON emergency_request TO concordat_app;
GRANT UPDATE (case_id, hours, opened_at, opened_by_id, ends_at, ended_by_id, reviewed_at, reviewed_by_id, finding, finding_words)
    ON emergency_request TO concordat_app;

-- ---- opening, ending, looking at it: each once, and nothing else changes ----------------------------------------------

CREATE OR REPLACE FUNCTION access.refuse_emergency(rule text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'emergency access: %', rule USING ERRCODE = '23514', CONSTRAINT = rule;
END $$;

-- Whether somebody could open a case without any emergency: by post or assignment, and not kept out by a list.
CREATE OR REPLACE FUNCTION access.opens_already(worker uuid, wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT (EXISTS (SELECT FROM public.people_membership m JOIN public.access_roleright r ON r.role = ANY (m.roles)
                     WHERE m.id = worker AND r.whole)
            OR EXISTS (SELECT FROM public.cases_assignment a WHERE a.membership_id = worker AND a.case_id = wanted
                          AND a.starts_at <= ledger.clock() AND (a.ends_at IS NULL OR ledger.clock() < a.ends_at))
            OR wanted IN (SELECT access.led_by(worker, ledger.clock())))
       AND NOT EXISTS (SELECT FROM public.cases_allowlist a WHERE a.case_id = wanted AND worker <> ALL (a.named)
                          AND (a.ends_at IS NULL OR ledger.clock() < a.ends_at))
$$;

-- Partners whose records may be read with the case: there is a link and agreements are in force.
CREATE OR REPLACE FUNCTION access.tell_partners(opened public.emergency_request) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO public.emergency_told (id, request_id, owner_id, case_id, opened_case, by_id, at)
    SELECT gen_random_uuid(), opened.id, l.owner, l.their_case, opened.case_id, opened.owner_id, opened.opened_at
      FROM (SELECT DISTINCT CASE WHEN k.civil_case_id = opened.case_id THEN k.authority_id ELSE k.civil_id END AS owner,
                   CASE WHEN k.civil_case_id = opened.case_id THEN k.authority_case_id ELSE k.civil_case_id END AS their_case
              FROM public.cases_link k
             WHERE opened.case_id IN (k.civil_case_id, k.authority_case_id)
               AND k.starts_at <= ledger.clock() AND (k.ends_at IS NULL OR ledger.clock() < k.ends_at)) AS l
     WHERE access.are_partners(opened.owner_id, l.owner)
$$;

CREATE OR REPLACE FUNCTION access.check_opening(old_ public.emergency_request, new_ public.emergency_request) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    now_  timestamptz := ledger.clock();
    asker public.people_membership;
BEGIN
    SELECT * INTO asker FROM public.people_membership m WHERE m.id = old_.asked_by_id;
    IF asker.user_id = (SELECT m.user_id FROM public.people_membership m WHERE m.id = new_.opened_by_id) THEN
        PERFORM access.refuse_emergency('emergency_needs_two_people');
    ELSIF NOT EXISTS (SELECT FROM public.cases_case c
                       WHERE c.id = new_.case_id AND c.owner_id = old_.owner_id AND c.reference = old_.reference)
          OR new_.case_id IN (SELECT access.only_in_emergency()) THEN
        PERFORM access.refuse_emergency('emergency_is_opened_by_who_sees_the_case');
    ELSIF old_.asked_at + interval '24 hours' <= now_ THEN
        PERFORM access.refuse_emergency('emergency_is_answered_within_a_day');
    ELSIF asker.valid_from > now_ OR asker.valid_until <= now_ THEN
        PERFORM access.refuse_emergency('emergency_is_for_somebody_at_work');
    ELSIF new_.hours > old_.hours THEN
        PERFORM access.refuse_emergency('emergency_lasts_no_longer_than_asked');
    ELSIF EXISTS (SELECT FROM public.cases_conflict c WHERE c.membership_id = asker.id AND c.case_id = new_.case_id) THEN
        PERFORM access.refuse_emergency('emergency_is_without_conflict');
    ELSIF EXISTS (SELECT FROM public.cases_restriction r
                   WHERE r.case_id = new_.case_id AND (r.membership_id = asker.id OR r.organisation_id = asker.organisation_id)
                     AND r.starts_at <= now_ AND (r.ends_at IS NULL OR now_ < r.ends_at)) THEN
        PERFORM access.refuse_emergency('emergency_lifts_no_restriction');
    ELSIF access.opens_already(asker.id, new_.case_id) THEN
        PERFORM access.refuse_emergency('emergency_opens_what_is_closed');
    END IF;
END $$;

CREATE OR REPLACE FUNCTION access.check_review(old_ public.emergency_request, reviewer uuid) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF ledger.clock() < old_.ends_at THEN
        PERFORM access.refuse_emergency('emergency_is_looked_at_after_its_end');
    ELSIF (SELECT m.user_id FROM public.people_membership m WHERE m.id = reviewer)
          IN (SELECT m.user_id FROM public.people_membership m WHERE m.id IN (old_.asked_by_id, old_.opened_by_id)) THEN
        PERFORM access.refuse_emergency('emergency_is_looked_at_by_a_third');
    END IF;
END $$;

-- The instants are the database's own. What is not named here stays as it was.
CREATE OR REPLACE FUNCTION access.step_of_emergency() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    said public.emergency_request := NEW;
BEGIN
    NEW := OLD;
    IF OLD.opened_at IS NULL AND said.opened_by_id IS NOT NULL THEN
        PERFORM access.check_opening(OLD, said);
        NEW.case_id := said.case_id;
        NEW.hours := said.hours;
        NEW.opened_by_id := said.opened_by_id;
        NEW.opened_at := ledger.clock();
        NEW.ends_at := NEW.opened_at + make_interval(hours => said.hours);
    ELSIF OLD.ended_by_id IS NULL AND said.ended_by_id IS NOT NULL AND ledger.clock() < OLD.ends_at THEN
        NEW.ended_by_id := said.ended_by_id;
        NEW.ends_at := ledger.clock();
    ELSIF OLD.reviewed_by_id IS NULL AND said.reviewed_by_id IS NOT NULL THEN
        PERFORM access.check_review(OLD, said.reviewed_by_id);
        NEW.reviewed_by_id := said.reviewed_by_id;
        NEW.reviewed_at := ledger.clock();
        NEW.finding := said.finding;
        NEW.finding_words := said.finding_words;
    ELSE
        PERFORM access.refuse_emergency('emergency_stands_as_it_was');
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS a_step ON emergency_request;
CREATE TRIGGER a_step BEFORE UPDATE ON emergency_request FOR EACH ROW EXECUTE FUNCTION access.step_of_emergency();

CREATE OR REPLACE FUNCTION access.tell_of_emergency() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM access.tell_partners(NEW);
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS tell ON emergency_request;
CREATE TRIGGER tell AFTER UPDATE ON emergency_request FOR EACH ROW
    WHEN (OLD.opened_at IS NULL AND NEW.opened_at IS NOT NULL) EXECUTE FUNCTION access.tell_of_emergency();

-- ---- partners are told, where they know of the case ----------------------------------------------------------------------

-- To those who answer for a partner's records and may open its own case, as long as the case that was opened is not closed
-- to them; to an authority only while the person agrees, as with every link.
SELECT access.policy('emergency_told', 'read_partner', 'SELECT', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND (SELECT access.i_answer_for_records())
            AND case_id IN (SELECT id FROM cases_case) AND opened_case NOT IN (SELECT access.my_restrictions())
            AND (NOT (SELECT access.i_am_authority())
                 OR EXISTS (SELECT FROM access.agreed_link l WHERE l.authority_case = case_id AND l.civil_case = opened_case)))');
GRANT SELECT ON emergency_told TO concordat_app;

-- ---- each line of the log says so -------------------------------------------------------------------------------------------

-- The number of the emergency access is put into the line of whatever is read by it: of the case itself, and of a partner's
-- case that is reached from it. Before the line is sealed: its leaf is made of the rows.
CREATE OR REPLACE FUNCTION access.mark_emergency() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    opened uuid;
BEGIN
    IF NEW."case" IS NULL OR NOT EXISTS (SELECT FROM public.emergency_request WHERE ends_at > ledger.clock()) THEN
        RETURN NEW;
    END IF;
    SELECT e.number INTO opened FROM access.my_emergencies() AS e
     WHERE e.case_id IN (SELECT access.only_in_emergency())
       AND (e.case_id = NEW."case" OR EXISTS (SELECT FROM public.cases_link l
                                               WHERE l.civil_case_id = e.case_id AND l.authority_case_id = NEW."case"
                                                  OR l.authority_case_id = e.case_id AND l.civil_case_id = NEW."case"))
       AND EXISTS (SELECT FROM public.ledger_entry n WHERE n.id = NEW.entry_id AND n.membership = access.my_membership())
     ORDER BY e.opened_at DESC LIMIT 1;
    IF opened IS NOT NULL THEN
        NEW.detail := NEW.detail || jsonb_build_object('emergency', opened);
        NEW.commitment := ledger.commitment_of(NEW.salt, NEW."case", NEW.categories, NEW.detail);
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS mark_emergency ON ledger_subject;
CREATE TRIGGER mark_emergency BEFORE INSERT ON ledger_subject FOR EACH ROW EXECUTE FUNCTION access.mark_emergency();

-- What was read, when, of whom, out of the log: for those who answer for the records and may open the case.
CREATE OR REPLACE FUNCTION access.emergency_report(wanted uuid) RETURNS TABLE (
    at timestamptz, kind text, what text, owner int, categories smallint[]
) LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT n.at, n.kind, n.what, s.owner, s.categories
      FROM public.emergency_request r
      JOIN public.ledger_entry n ON n.membership = r.asked_by_id AND n.at >= r.opened_at AND n.at <= r.ends_at
      JOIN public.ledger_subject s ON s.entry_id = n.id AND s.detail ->> 'emergency' = r.id::text
     WHERE r.id = wanted AND r.owner_id = access.my_organisation() AND access.i_answer_for_records()
       AND access.is_my_case(r.case_id) AND r.case_id NOT IN (SELECT access.only_in_emergency())
     ORDER BY n.at, s.owner
$$;

-- ---- tables of before ----------------------------------------------------------------------------------------------------

-- Read, not changed: whatever is about a case and may be written. New tables of records get it from `protect`.
DO $$
DECLARE
    old record;
BEGIN
    FOR old IN SELECT c.oid::regclass AS tab, EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'category') AS various
                 FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'case_id' AND NOT a.attisdropped
                WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relrowsecurity
                  AND c.relname NOT LIKE 'emergency\_%'
                  AND (has_table_privilege('concordat_app', c.oid, 'INSERT, UPDATE, DELETE')
                       OR has_any_column_privilege('concordat_app', c.oid, 'INSERT, UPDATE'))
    LOOP
        PERFORM access.read_only_in_emergency(old.tab, 'case_id');
        IF old.various AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = old.tab AND attname = 'okey') THEN
            PERFORM access.seal_in_emergency(old.tab, 'case_id');
        END IF;
    END LOOP;
    FOR old IN SELECT p.polrelid::regclass AS tab, k.confrelid::regclass AS whole, a.attname AS of_column
                 FROM pg_policy p JOIN pg_constraint k ON k.conrelid = p.polrelid AND k.contype = 'f'
                 JOIN pg_attribute a ON a.attrelid = p.polrelid AND a.attnum = k.conkey[1]
                WHERE p.polname = 'insert_with_whole'
                  AND pg_get_expr(p.polwithcheck, p.polrelid) LIKE '%' || a.attname || '%'
                  AND EXISTS (SELECT FROM pg_attribute w WHERE w.attrelid = k.confrelid AND w.attname = 'case_id')
    LOOP
        PERFORM access.read_only_in_emergency(old.tab, 'case_id', old.of_column, old.whole);
    END LOOP;
END $$;
SELECT access.read_only_in_emergency('cases_case', 'id');
-- But whoever finds that they should not read it says so: a conflict of interest of one's own closes it at once.
SELECT access.policy('cases_conflict', 'insert_emergency', 'INSERT', 'RESTRICTIVE',
    'WITH CHECK (membership_id = (SELECT access.my_membership()) OR case_id NOT IN (SELECT access.only_in_emergency()))');
SELECT access.policy('cases_link', lower(verb) || '_emergency', verb, 'RESTRICTIVE',
    CASE verb WHEN 'INSERT' THEN 'WITH CHECK' ELSE 'USING' END
    || ' (civil_case_id NOT IN (SELECT access.only_in_emergency()) AND authority_case_id NOT IN (SELECT access.only_in_emergency()))')
  FROM unnest('{INSERT,UPDATE}'::text[]) AS verb;

SELECT access.let_go(t) FROM unnest('{emergency_request,emergency_told}'::regclass[]) AS t;

REVOKE EXECUTE ON FUNCTION access.i_answer_for_records(boolean), access.refuse_emergency(text), access.opens_already(uuid, uuid),
    access.tell_partners(public.emergency_request), access.check_opening(public.emergency_request, public.emergency_request),
    access.check_review(public.emergency_request, uuid), access.step_of_emergency(), access.tell_of_emergency(),
    access.mark_emergency(), access.emergency_report(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.i_answer_for_records(boolean), access.emergency_report(uuid) TO concordat_app;

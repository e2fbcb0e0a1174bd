-- Who is asking, and the sets that the policies compare with. Every function answers for the signed context only.
-- `OFFSET 0` keeps the planner from asking `me()` again for each of its columns.
-- SECURITY DEFINER with a pinned search path; PARALLEL RESTRICTED, because a parallel worker has another process id.

CREATE SCHEMA IF NOT EXISTS access;
REVOKE ALL ON SCHEMA access FROM PUBLIC;
GRANT USAGE ON SCHEMA access TO concordat_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA access REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

DO $$ BEGIN
    CREATE TYPE access.asker AS (
        organisation int, membership uuid, purpose text, level int, roles text[],
        authority boolean, monitoring boolean, victim_liaison boolean,
        readable bigint, writable bigint, whole boolean, reads_log boolean
    );
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;

CREATE OR REPLACE FUNCTION access.activity_of(purpose text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE purpose WHEN 'intervention' THEN 'custody' WHEN 'family_support' THEN 'families'
        WHEN 'reintegration' THEN 'reintegration' WHEN 'supervision' THEN 'supervision'
        WHEN 'monitoring' THEN 'monitoring' WHEN 'assessment' THEN 'assessment' WHEN 'oversight' THEN 'oversight' END
$$;

-- Full includes summary, summary includes date, date includes existence. Threshold stands apart.
CREATE OR REPLACE FUNCTION access.width(form text) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE form WHEN 'full' THEN 4 WHEN 'summary' THEN 3 WHEN 'date' THEN 2 WHEN 'existence' THEN 1 END
$$;

CREATE OR REPLACE FUNCTION access.covers(given text, wanted text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN 'threshold' IN (given, wanted) THEN given = wanted
                ELSE access.width(given) >= access.width(wanted) END
$$;

-- The membership is read at every request: a leaver is out, and a changed role holds, the same second.
CREATE OR REPLACE FUNCTION access.me() RETURNS access.asker
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    who  ledger.context := ledger.bearer();
    me   access.asker;
    now_ timestamptz;
BEGIN
    IF who.membership IS NULL THEN
        RETURN NULL;
    END IF;
    now_ := ledger.clock();
    SELECT m.organisation_id, m.id, who.purpose, who.level, m.roles, o.side = 'authority', o.monitoring, o.victim_liaison
      INTO me.organisation, me.membership, me.purpose, me.level, me.roles, me.authority, me.monitoring, me.victim_liaison
      FROM public.people_membership m
      JOIN public.organisations_organisation o ON o.id = m.organisation_id
     WHERE m.id = who.membership AND m.organisation_id = who.organisation AND m.user_id = who.person
       AND m.valid_from <= now_ AND (m.valid_until IS NULL OR now_ < m.valid_until);
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT coalesce(bit_or(r.readable), 0), coalesce(bit_or(r.writable), 0),
           coalesce(bool_or(r.whole), false), coalesce(bool_or(r.reads_log), false)
      INTO me.readable, me.writable, me.whole, me.reads_log
      FROM public.access_roleright r WHERE r.role = ANY (me.roles);
    RETURN me;
END $$;

CREATE OR REPLACE FUNCTION access.my_organisation() RETURNS int
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT (access.me()).organisation $$;

CREATE OR REPLACE FUNCTION access.my_membership() RETURNS uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT (access.me()).membership $$;

-- Whose records the owner's own functions may count: the asker's organisation's, while `access.simulate` counts; else nobody's.
CREATE OR REPLACE FUNCTION access.counted_organisation() RETURNS int
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT (access.me()).organisation WHERE current_setting('concordat.counting', true) = 'on' $$;

CREATE OR REPLACE FUNCTION access.i_see_whole() RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT coalesce((access.me()).whole, false) $$;

CREATE OR REPLACE FUNCTION access.i_am_authority() RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT coalesce((access.me()).authority, false) $$;

CREATE OR REPLACE FUNCTION access.i_monitor() RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT coalesce((access.me()).monitoring, false) $$;

CREATE OR REPLACE FUNCTION access.i_liaise_with_victims() RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT coalesce((access.me()).victim_liaison, false) $$;

CREATE OR REPLACE FUNCTION access.i_read_the_log() RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT coalesce((access.me()).reads_log, false) $$;

-- Any of these roles, and for weighty acts the second factor confirmed within the last minutes.
CREATE OR REPLACE FUNCTION access.i_am(wanted text[], confirmed boolean DEFAULT false) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT coalesce((m.me).roles && wanted AND ((m.me).level >= 2 OR NOT confirmed), false)
        FROM (SELECT access.me() AS me OFFSET 0) AS m $$;

CREATE OR REPLACE FUNCTION access.my_mask(wanted text) RETURNS bigint
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT coalesce(CASE wanted WHEN 'read' THEN (m.me).readable ELSE (m.me).writable END, 0)
        FROM (SELECT access.me() AS me OFFSET 0) AS m $$;

-- ---- sets of cases ---------------------------------------------------------------------------------------------

-- Organisations whose signatory has not yet confirmed a restored copy: nothing passes to or from them.
CREATE OR REPLACE FUNCTION access.closed_organisations() RETURNS SETOF int
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT organisation_id FROM public.agreements_closure WHERE confirmed_at IS NULL $$;

-- Cases of my organisation that two people opened to me in an emergency (emergency.sql), and since when. It ends by itself
-- at its instant, with my membership, with a conflict of interest, and while a restored copy is not confirmed.
-- Most of the time there is none, and then nothing else is asked.
CREATE OR REPLACE FUNCTION access.my_emergencies() RETURNS TABLE (case_id uuid, opened_at timestamptz, number uuid)
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me   access.asker;
    now_ timestamptz := ledger.clock();
BEGIN
    IF NOT EXISTS (SELECT FROM public.emergency_request WHERE ends_at > now_) THEN
        RETURN;
    END IF;
    me := access.me();
    RETURN QUERY
    SELECT e.case_id, e.opened_at, e.id FROM public.emergency_request e
     WHERE e.asked_by_id = me.membership AND e.owner_id = me.organisation AND e.opened_at <= now_ AND now_ < e.ends_at
       AND NOT EXISTS (SELECT FROM public.cases_conflict c WHERE c.membership_id = me.membership AND c.case_id = e.case_id)
       AND me.organisation NOT IN (SELECT access.closed_organisations());
END $$;

-- Those of them that I could not open otherwise: they are read, not changed, and not the sealed categories.
CREATE OR REPLACE FUNCTION access.only_in_emergency() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me   access.asker;
    now_ timestamptz := ledger.clock();
BEGIN
    IF NOT EXISTS (SELECT FROM public.emergency_request WHERE ends_at > now_) THEN
        RETURN;
    END IF;
    me := access.me();
    RETURN QUERY
    SELECT e.case_id FROM access.my_emergencies() AS e
     WHERE NOT me.whole
           AND NOT EXISTS (SELECT FROM public.cases_assignment a
                            WHERE a.membership_id = me.membership AND a.case_id = e.case_id
                              AND a.starts_at <= now_ AND (a.ends_at IS NULL OR now_ < a.ends_at))
           AND e.case_id NOT IN (SELECT access.led_by(me.membership, now_))
        OR EXISTS (SELECT FROM public.cases_allowlist a
                    WHERE a.case_id = e.case_id AND (a.ends_at IS NULL OR now_ < a.ends_at)
                      AND (me.membership = ANY (a.named)) IS NOT TRUE);
END $$;

-- Cases that are open to named people only, and I am not named; and what other organisations keep about the same person,
-- where the case on our side is one of them: a referral or a notice to us would tell of it. A list holds from the second
-- in which it is written, and does not lapse; one that stood when a case of ours was opened to me in an emergency does not
-- hold against me meanwhile, one that is written later does. It does not bind a body that monitors by statute: no party can suspend a mandate.
-- Most of the time there is no list at all, and then nothing else is asked.
CREATE OR REPLACE FUNCTION access.closed_to_me() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me   access.asker;
    now_ timestamptz;
BEGIN
    IF NOT EXISTS (SELECT FROM public.cases_allowlist) THEN
        RETURN;
    END IF;
    me := access.me();
    now_ := ledger.clock();
    RETURN QUERY
    WITH opened AS MATERIALIZED (
    SELECT e.case_id, e.opened_at FROM access.my_emergencies() AS e
    ), closed AS MATERIALIZED (
    SELECT a.case_id FROM public.cases_allowlist a
     WHERE (a.ends_at IS NULL OR now_ < a.ends_at) AND (me.membership = ANY (a.named)) IS NOT TRUE
       AND NOT EXISTS (SELECT FROM opened WHERE opened.case_id = a.case_id AND a.starts_at <= opened.opened_at)
       AND NOT (coalesce(me.monitoring, false) AND a.owner_id IN (SELECT over_id FROM access.my_mandates()))
    )
    SELECT closed.case_id FROM closed
    UNION
    SELECT l.authority_case_id FROM closed JOIN public.cases_link l ON l.civil_case_id = closed.case_id
     WHERE l.civil_id = me.organisation
    UNION
    SELECT l.civil_case_id FROM closed JOIN public.cases_link l ON l.authority_case_id = closed.case_id
     WHERE l.authority_id = me.organisation;
END $$;

-- The cases of teams that somebody leads: seen, also where they are not fit to work on them; not with a conflict of interest.
CREATE OR REPLACE FUNCTION access.led_by(worker uuid, at timestamptz) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT c.case_id FROM public.cases_teammember m JOIN public.cases_teamcase c ON c.team_id = m.team_id
     WHERE m.membership_id = worker AND m.leads
       AND m.starts_at <= at AND (m.ends_at IS NULL OR at < m.ends_at)
       AND c.starts_at <= at AND (c.ends_at IS NULL OR at < c.ends_at)
       AND NOT EXISTS (SELECT FROM public.cases_conflict k WHERE k.membership_id = worker AND k.case_id = c.case_id);
END $$;

-- My caseload: what I am assigned to (also as a member of a team: teams.sql), the cases of a team that I lead, and what is
-- open to me in an emergency. Who asks and when is asked once.
CREATE OR REPLACE FUNCTION access.my_own_cases() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ WITH me AS MATERIALIZED (SELECT access.my_membership() AS id, ledger.clock() AS now_)
      SELECT mine.case_id FROM (
          SELECT a.case_id FROM public.cases_assignment a
           WHERE a.membership_id = (SELECT id FROM me)
             AND a.starts_at <= (SELECT now_ FROM me) AND (a.ends_at IS NULL OR (SELECT now_ FROM me) < a.ends_at)
          UNION ALL SELECT access.led_by(me.id, me.now_) FROM me
          UNION ALL SELECT e.case_id FROM access.my_emergencies() AS e) AS mine
       WHERE mine.case_id NOT IN (SELECT access.closed_to_me()) $$;

CREATE OR REPLACE FUNCTION access.my_restrictions() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT case_id FROM public.cases_restriction
       WHERE (membership_id = (SELECT access.my_membership()) OR organisation_id = (SELECT access.my_organisation()))
         AND starts_at <= (SELECT ledger.clock()) AND (ends_at IS NULL OR (SELECT ledger.clock()) < ends_at)
      UNION ALL SELECT access.closed_to_me() $$;

-- One's own case, and one that one may work on: hidden and missing give the same answer.
CREATE OR REPLACE FUNCTION access.is_my_case(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT EXISTS (SELECT FROM public.cases_case WHERE id = wanted AND owner_id = (SELECT access.my_organisation()))
         AND (access.i_see_whole() OR wanted IN (SELECT access.my_own_cases()))
         AND wanted NOT IN (SELECT access.my_restrictions()) $$;

CREATE OR REPLACE FUNCTION access.is_fit(worker uuid, clearance text, courses text[]) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT (clearance = '' OR EXISTS (
                SELECT FROM public.people_clearance c
                 WHERE c.membership_id = worker AND (c.level = clearance OR c.level = 'enhanced')
                   AND c.valid_from <= (SELECT ledger.clock()) AND (SELECT ledger.clock()) < c.valid_until))
       AND NOT EXISTS (
                SELECT FROM unnest(courses) AS course
                 WHERE NOT EXISTS (
                    SELECT FROM public.people_training t
                     WHERE t.membership_id = worker AND t.code = course
                       AND t.valid_from <= (SELECT ledger.clock()) AND (SELECT ledger.clock()) < t.valid_until))
$$;

-- Where the persons of these cases are now; one row for each case that has a place.
-- A transfer for security takes effect for others once they may know of it: what closes before would tell.
CREATE OR REPLACE FUNCTION access.places_of(wanted uuid[]) RETURNS TABLE (authority_case uuid, place uuid)
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    now_ timestamptz := ledger.clock();
BEGIN
    RETURN QUERY
    SELECT DISTINCT ON (p.case_id) p.case_id, p.place_id FROM public.cases_placement p
     WHERE p.case_id = ANY (wanted) AND (p.ends_at IS NULL OR now_ < p.ends_at)
       AND p.starts_at + CASE WHEN p.security THEN interval '24 hours' ELSE interval '0' END <= now_
     ORDER BY p.case_id, p.starts_at DESC;
END $$;

CREATE OR REPLACE FUNCTION access.place_of(authority_case uuid) RETURNS uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT place FROM access.places_of(ARRAY[authority_case]) $$;

-- The links of my organisation at one of its cases or of a partner's, seen from its own side. One whose case on this side
-- is closed to me leads nowhere.
CREATE OR REPLACE FUNCTION access.my_links_at(wanted uuid) RETURNS TABLE (
    link uuid, own_case uuid, other_case uuid, other int, authority_case uuid, civil_case uuid, activity text
) LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT l.id, CASE WHEN l.civil_id = me THEN l.civil_case_id ELSE l.authority_case_id END,
           CASE WHEN l.civil_id = me THEN l.authority_case_id ELSE l.civil_case_id END,
           CASE WHEN l.civil_id = me THEN l.authority_id ELSE l.civil_id END,
           l.authority_case_id, l.civil_case_id, l.activity
      FROM public.cases_link l, access.my_organisation() AS me
     WHERE wanted IN (l.authority_case_id, l.civil_case_id) AND me IN (l.civil_id, l.authority_id)
       AND l.starts_at <= (SELECT ledger.clock()) AND (l.ends_at IS NULL OR (SELECT ledger.clock()) < l.ends_at)
       AND CASE WHEN l.civil_id = me THEN l.civil_case_id ELSE l.authority_case_id END NOT IN (SELECT access.closed_to_me())
$$;

-- The other side of the cases that I am assigned to, whether or not an agreement is in force.
CREATE OR REPLACE FUNCTION access.my_warned_cases() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT l.other_case FROM access.my_own_cases() AS own CROSS JOIN LATERAL access.my_links_at(own) AS l
       WHERE l.own_case = own $$;

CREATE OR REPLACE FUNCTION access.has_conflict(worker uuid, one uuid, other uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT EXISTS (SELECT FROM public.cases_conflict WHERE membership_id = worker AND case_id IN (one, other)) $$;

CREATE OR REPLACE FUNCTION access.is_assigned(worker uuid, own_case uuid, wanted text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT EXISTS (SELECT FROM public.cases_assignment
       WHERE membership_id = worker AND case_id = own_case AND activity = wanted
         AND starts_at <= (SELECT ledger.clock()) AND (ends_at IS NULL OR (SELECT ledger.clock()) < ends_at))
    OR worker = access.my_membership() AND EXISTS (SELECT FROM access.my_emergencies() AS e WHERE e.case_id = own_case) $$;

-- Conditions 3, 4 and 5: terms in force at the place, a fit worker without conflict, assigned; along one link.
-- Asked for all links at once, beginning with the few terms and the worker's own cases: an organisation has thousands.
CREATE OR REPLACE FUNCTION access.my_reach() RETURNS TABLE (other_case uuid, civil_case uuid)
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me   access.asker := access.me();
    now_ timestamptz := ledger.clock();
    done text := access.activity_of(me.purpose);
BEGIN
    RETURN QUERY
    WITH terms AS MATERIALIZED (
        SELECT t.owner, t.place, t.whole_team FROM public.access_terms t
         WHERE t.recipient = me.organisation AND t.activity = done AND t.valid @> now_
           AND access.is_fit(me.membership, t.clearance, t.trainings)
           AND t.owner NOT IN (SELECT access.closed_organisations())
           AND me.organisation NOT IN (SELECT access.closed_organisations())
    ), mine AS MATERIALIZED (
        SELECT a.case_id FROM public.cases_assignment a
         WHERE a.membership_id = me.membership AND a.activity = done
           AND a.starts_at <= now_ AND (a.ends_at IS NULL OR now_ < a.ends_at)
        UNION SELECT e.case_id FROM access.my_emergencies() AS e
    ), closed AS MATERIALIZED (
        SELECT access.closed_to_me() AS case_id
    ), link AS (
        -- case by case (OFFSET 0): else all links of the organisation are brought, of which a worker has a few
        SELECT l.* FROM mine CROSS JOIN LATERAL (
            SELECT * FROM public.cases_link k WHERE k.civil_case_id = mine.case_id OFFSET 0) AS l WHERE l.civil_id = me.organisation
        UNION
        SELECT l.* FROM mine CROSS JOIN LATERAL (
            SELECT * FROM public.cases_link k WHERE k.authority_case_id = mine.case_id OFFSET 0) AS l WHERE l.authority_id = me.organisation
        UNION
        SELECT l.* FROM public.cases_link l
         WHERE EXISTS (SELECT FROM terms WHERE terms.whole_team) AND me.organisation IN (l.civil_id, l.authority_id)
    ), way AS MATERIALIZED (
        SELECT link.*, link.civil_id = me.organisation AS from_civil FROM link
         WHERE link.activity = done AND link.starts_at <= now_ AND (link.ends_at IS NULL OR now_ < link.ends_at)
    )
    SELECT CASE WHEN w.from_civil THEN w.authority_case_id ELSE w.civil_case_id END, w.civil_case_id
      FROM way w
      JOIN access.places_of(array(SELECT way.authority_case_id FROM way)) p ON p.authority_case = w.authority_case_id
      JOIN terms t ON t.owner = CASE WHEN w.from_civil THEN w.authority_id ELSE w.civil_id END AND t.place = p.place
     WHERE (t.whole_team OR CASE WHEN w.from_civil THEN w.civil_case_id ELSE w.authority_case_id END IN (SELECT mine.case_id FROM mine))
       AND NOT EXISTS (SELECT FROM public.cases_conflict c
                        WHERE c.membership_id = me.membership AND c.case_id IN (w.authority_case_id, w.civil_case_id))
       AND NOT EXISTS (SELECT FROM closed WHERE closed.case_id IN (w.authority_case_id, w.civil_case_id));
END $$;

CREATE OR REPLACE FUNCTION access.my_cases() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT other_case FROM access.my_reach() $$;

-- Condition 6, along the same link: the person (or the relative) agrees now. Asked for many cases at once.
CREATE OR REPLACE FUNCTION access.agreeing(wanted uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT p.case_id FROM public.cases_participation p
     WHERE p.case_id = ANY (wanted) AND p.starts_at <= (SELECT ledger.clock()) AND (SELECT ledger.clock()) < p.ends_at
       AND (p.withdrawn_at IS NULL OR (SELECT ledger.clock()) < p.withdrawn_at)
$$;

CREATE OR REPLACE FUNCTION access.participates(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT EXISTS (SELECT FROM access.agreeing(ARRAY[wanted])) $$;

CREATE OR REPLACE FUNCTION access.agreeing_relatives(wanted uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT p.case_id FROM public.cases_relativeagreement p
     WHERE p.case_id = ANY (wanted) AND p.starts_at <= (SELECT ledger.clock()) AND (SELECT ledger.clock()) < p.ends_at
       AND (p.withdrawn_at IS NULL OR (SELECT ledger.clock()) < p.withdrawn_at)
$$;

CREATE OR REPLACE FUNCTION access.relative_agrees(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT EXISTS (SELECT FROM access.agreeing_relatives(ARRAY[wanted])) $$;

CREATE OR REPLACE FUNCTION access.my_agreeing_cases() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH reach AS MATERIALIZED (SELECT * FROM access.my_reach())
    SELECT other_case FROM reach WHERE civil_case IN (SELECT access.agreeing(array(SELECT civil_case FROM reach)))
$$;

CREATE OR REPLACE FUNCTION access.my_relatives_cases() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH reach AS MATERIALIZED (SELECT * FROM access.my_reach())
    SELECT other_case FROM reach WHERE civil_case IN (SELECT access.agreeing_relatives(array(SELECT civil_case FROM reach)))
$$;

-- The links of mine whose person agrees now: for what is not read by a rule. A view, not a function: the planner looks at
-- the few links that a page is about, or makes the whole set once for a long list. Made by the owner, it is not narrowed
-- by the policies of its tables; it gives out numbers of cases, of one's own links only.
CREATE OR REPLACE VIEW access.agreed_link WITH (security_barrier) AS
    SELECT l.authority_case_id AS authority_case, l.civil_case_id AS civil_case
      FROM public.cases_link l JOIN public.cases_participation p ON p.case_id = l.civil_case_id
     WHERE (SELECT access.my_organisation()) IN (l.authority_id, l.civil_id)
       AND CASE WHEN l.civil_id = (SELECT access.my_organisation()) THEN l.civil_case_id ELSE l.authority_case_id END
           NOT IN (SELECT access.closed_to_me())
       AND l.starts_at <= (SELECT ledger.clock()) AND (l.ends_at IS NULL OR (SELECT ledger.clock()) < l.ends_at)
       AND p.starts_at <= (SELECT ledger.clock()) AND (SELECT ledger.clock()) < p.ends_at
       AND (p.withdrawn_at IS NULL OR (SELECT ledger.clock()) < p.withdrawn_at);
COMMENT ON VIEW access.agreed_link IS 'open: narrowed to the links of the asker''s own organisation';
REVOKE ALL ON access.agreed_link FROM PUBLIC;
GRANT SELECT ON access.agreed_link TO concordat_app;

CREATE OR REPLACE FUNCTION access.my_relatives() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT unnest(ARRAY[l.authority_case_id, l.civil_case_id])
      FROM public.cases_link l JOIN public.cases_relativeagreement p ON p.case_id = l.civil_case_id
     WHERE (SELECT access.my_organisation()) IN (l.authority_id, l.civil_id)
       AND CASE WHEN l.civil_id = (SELECT access.my_organisation()) THEN l.civil_case_id ELSE l.authority_case_id END
           NOT IN (SELECT access.closed_to_me())
       AND l.starts_at <= (SELECT ledger.clock()) AND (l.ends_at IS NULL OR (SELECT ledger.clock()) < l.ends_at)
       AND p.starts_at <= (SELECT ledger.clock()) AND (SELECT ledger.clock()) < p.ends_at
       AND (p.withdrawn_at IS NULL OR (SELECT ledger.clock()) < p.withdrawn_at)
$$;

-- ---- keys ------------------------------------------------------------------------------------------------------

-- Conditions 1, 2 and the prohibitions: the keys in force now, for my purpose and roles, in tables of this form.
CREATE OR REPLACE FUNCTION access.keys(wanted_form text, wanted_condition text) RETURNS int[]
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT key), '{}')
      FROM (SELECT access.me() AS me OFFSET 0) AS m
      JOIN public.access_keys k
        ON k.recipient = (m.me).organisation AND k.purpose = (m.me).purpose AND k.role = ANY ((m.me).roles)
       AND k.form = wanted_form AND k.condition = wanted_condition AND k.valid @> (SELECT ledger.clock())
     CROSS JOIN LATERAL unnest(k.keys) AS key
$$;

CREATE OR REPLACE FUNCTION access.my_mandates() RETURNS SETOF public.agreements_mandate
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT * FROM public.agreements_mandate
     WHERE body_id = access.my_organisation()
       AND starts_at <= (SELECT ledger.clock()) AND (ends_at IS NULL OR (SELECT ledger.clock()) < ends_at)
       AND over_id NOT IN (SELECT access.closed_organisations())
       AND body_id NOT IN (SELECT access.closed_organisations())
$$;

-- Ceilings are taken away as from the keys of agreements: what a relative agreed to under a rule is not a mandate's.
CREATE OR REPLACE FUNCTION access.mandate_keys(wanted_form text) RETURNS int[]
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me access.asker := access.me();
BEGIN
    RETURN (SELECT coalesce(array_agg(DISTINCT n.over_id * 64 + c.category), '{}')
              FROM access.my_mandates() AS n
              JOIN public.organisations_organisation o ON o.id = n.over_id
              JOIN public.agreements_mandatecell c ON c.mandate_id = n.id
             WHERE c.purpose = me.purpose AND access.covers(c.form, wanted_form)
               AND NOT access.sealed(c.category, wanted_form, 'none', o.side, CASE WHEN me.authority THEN 'authority' ELSE 'civil' END));
END $$;

-- Where the person of a case is: at the place of the case itself, or of an authority's case that is linked to it.
CREATE OR REPLACE FUNCTION access.places_of_person(wanted uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT access.place_of(wanted)
    UNION SELECT access.place_of(authority_case_id) FROM public.cases_link
           WHERE civil_case_id = wanted AND starts_at <= (SELECT ledger.clock()) AND (ends_at IS NULL OR (SELECT ledger.clock()) < ends_at)
$$;

CREATE OR REPLACE FUNCTION access.mandate_reaches(mandate uuid, places uuid[]) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT NOT EXISTS (SELECT FROM public.agreements_mandateplace p WHERE p.mandate_id = mandate)
        OR EXISTS (SELECT FROM public.agreements_mandateplace p WHERE p.mandate_id = mandate AND p.place_id = ANY (places))
$$;

-- A mandate stands for conditions 1, 2, 3 and 6; conflict (4) and assignment (5) are asked all the same. A body whose
-- whole team visits needs no link; else a link of the mandate's own activity and an assignment.
CREATE OR REPLACE FUNCTION access.mandate_opens(key int, wanted uuid, wanted_form text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM (SELECT access.me() AS me OFFSET 0) AS m
         CROSS JOIN LATERAL access.my_mandates() AS n
          JOIN public.agreements_mandatecell c ON c.mandate_id = n.id
         WHERE n.over_id * 64 + c.category = key AND c.purpose = (m.me).purpose AND access.covers(c.form, wanted_form)
           AND CASE WHEN n.whole_team THEN
                    access.mandate_reaches(n.id, array(SELECT access.places_of_person(wanted)))
                    AND NOT access.has_conflict((m.me).membership, wanted, wanted)
               ELSE EXISTS (
                    SELECT FROM access.my_links_at(wanted) AS l
                     WHERE l.other_case = wanted AND l.activity = n.activity
                       AND access.mandate_reaches(n.id, ARRAY[access.place_of(l.authority_case)])
                       AND NOT access.has_conflict((m.me).membership, l.own_case, l.other_case)
                       AND access.is_assigned((m.me).membership, l.own_case, l.activity)) END)
$$;

-- ---- partners --------------------------------------------------------------------------------------------------

-- Whether framework, protocol and activity terms are all in force between two organisations now.
CREATE OR REPLACE FUNCTION access.are_partners(one int, other int) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.access_terms t
                    WHERE t.recipient = one AND t.owner = other AND t.valid @> (SELECT ledger.clock()))
       AND EXISTS (SELECT FROM public.access_grant g
                    WHERE (g.recipient, g.owner) IN ((one, other), (other, one)) AND g.valid @> (SELECT ledger.clock()))
       AND one NOT IN (SELECT access.closed_organisations()) AND other NOT IN (SELECT access.closed_organisations())
$$;

-- The organisations with which it is so: joint papers, such as a referral, are open to them.
CREATE OR REPLACE FUNCTION access.partners() RETURNS SETOF int
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT DISTINCT t.owner FROM public.access_terms t
     WHERE t.recipient = (SELECT access.my_organisation()) AND t.valid @> (SELECT ledger.clock())
       AND access.are_partners(t.recipient, t.owner)
$$;

-- The same, and those with whom it was so within the wind-down: what is owed still passes, nothing else.
CREATE OR REPLACE FUNCTION access.wind_down_partners() RETURNS SETOF int
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT DISTINCT t.owner FROM public.access_terms t
     WHERE t.recipient = (SELECT access.my_organisation())
       AND lower(t.valid) <= (SELECT ledger.clock()) AND (SELECT ledger.clock()) < upper(t.valid) + interval '30 days'
       AND t.owner NOT IN (SELECT access.closed_organisations())
       AND t.recipient NOT IN (SELECT access.closed_organisations())
$$;

-- Organisations that share an agreement with mine, in whatever state: their people's names may be shown.
CREATE OR REPLACE FUNCTION access.known_organisations() RETURNS SETOF int
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN party_a_id = me THEN party_b_id ELSE party_a_id END
      FROM public.agreements_agreement, access.my_organisation() AS me WHERE me IN (party_a_id, party_b_id)
$$;

-- What another party is still drafting: its title alone would tell what it has in mind.
CREATE OR REPLACE FUNCTION access.drafts_of_others() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.id FROM public.agreements_agreement a JOIN public.people_membership m ON m.id = a.created_by_id,
           access.my_organisation() AS me
     WHERE me IN (a.party_a_id, a.party_b_id) AND m.organisation_id <> me
       AND NOT EXISTS (SELECT FROM public.agreements_version v
                        WHERE v.agreement_id = a.id AND (v.proposed_at IS NOT NULL OR v.drafted_for_id = me))
$$;

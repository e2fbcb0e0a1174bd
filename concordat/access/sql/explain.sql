-- Why a cell is closed, said only within what may be said. It explains; the policies alone enforce.

-- Of several ways to a record, the one nearest to a yes counts.
CREATE OR REPLACE FUNCTION access.nearest(answers text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT answer FROM unnest(answers) AS answer WHERE answer IS NOT NULL
     ORDER BY array_position(ARRAY['framework', 'rule', 'terms', 'worker', 'assignment', 'not_currently', 'prohibition',
                                   'yes'], answer) DESC LIMIT 1
$$;

-- My links to one case for one activity; a single row of nulls where there is none.
CREATE OR REPLACE FUNCTION access.links_or_none(wanted uuid, wanted_activity text) RETURNS TABLE (
    own_case uuid, authority_case uuid, civil_case uuid
) LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT l.own_case, l.authority_case, l.civil_case
      FROM (SELECT) AS one LEFT JOIN access.my_links_at(wanted) AS l ON l.other_case = wanted AND l.activity = wanted_activity
$$;

DO $$ BEGIN
    CREATE TYPE access.way AS (worker boolean, assigned boolean, agrees boolean, relative_agrees boolean);
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;

-- What is missing first along the agreements.
CREATE OR REPLACE FUNCTION access.missing_by_agreements(
    me access.asker, giver int, category smallint, form text, ways access.way[], restricted boolean
) RETURNS text LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    now_       timestamptz := ledger.clock();
    conditions text[] := access.conditions_for_me(me, giver, category, form);
    answers    text[] := '{terms}';
    -- Few partners forbid anything; whether it stands is asked only where something is written.
    forbidden  boolean := EXISTS (SELECT FROM public.agreements_prohibition p
                                   WHERE p.recipient_id = me.organisation AND p.owner_id = giver AND p.category = $3);
    way        access.way;
BEGIN
    IF giver IN (SELECT access.closed_organisations()) OR me.organisation IN (SELECT access.closed_organisations())
       OR NOT EXISTS (SELECT FROM public.access_framework f
                       WHERE f.recipient = me.organisation AND f.owner = giver AND f.valid @> now_) THEN
        RETURN 'framework';
    ELSIF conditions IS NULL THEN
        RETURN 'rule';
    END IF;
    FOREACH way IN ARRAY coalesce(ways, '{}') LOOP
        answers := answers || CASE
            WHEN NOT way.worker OR (me.readable >> category) & 1 = 0 THEN 'worker'
            WHEN NOT way.assigned THEN 'assignment'
            WHEN restricted OR NOT ('none' = ANY (conditions)
                                    OR ('participation' = ANY (conditions) AND way.agrees)
                                    OR ('relative' = ANY (conditions) AND way.relative_agrees)) THEN 'not_currently'
            WHEN forbidden AND access.prohibited(me.organisation, giver, category) @> now_ THEN 'prohibition'
            ELSE 'yes' END;
    END LOOP;
    RETURN access.nearest(answers);
END $$;

-- What is missing first along the mandates; null where there is none.
CREATE OR REPLACE FUNCTION access.missing_by_mandates(
    me access.asker, wanted uuid, giver int, category smallint, form text, restricted boolean
) RETURNS text LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    answers text[] := '{}';
    may     boolean := (me.readable >> category) & 1 = 1;
    way     record;
BEGIN
    IF NOT EXISTS (SELECT FROM public.agreements_mandate WHERE body_id = me.organisation AND over_id = giver) THEN
        RETURN NULL;
    END IF;
    FOR way IN
        SELECT n.id, n.whole_team, n.activity, l.*,
               access.conditions_of_mandate(n.id, giver, category, form, me.purpose) AS given
          FROM access.my_mandates() AS n CROSS JOIN LATERAL access.links_or_none(wanted, n.activity) AS l
         WHERE n.over_id = giver
    LOOP
        answers := answers || CASE
            WHEN NOT way.given THEN 'rule'
            WHEN way.whole_team THEN CASE
                WHEN NOT access.mandate_reaches(way.id, array(SELECT access.places_of_person(wanted))) THEN 'terms'
                WHEN NOT may OR access.has_conflict(me.membership, wanted, wanted) THEN 'worker'
                WHEN restricted THEN 'not_currently' ELSE 'yes' END
            WHEN access.places_looked_at(giver, wanted, way.authority_case, NULL) <> ARRAY[NULL::uuid]
                 AND NOT access.mandate_reaches(way.id, access.places_looked_at(giver, wanted, way.authority_case, NULL)) THEN 'terms'
            WHEN NOT may OR access.has_conflict(me.membership, coalesce(way.authority_case, wanted), coalesce(way.civil_case, wanted))
                THEN 'worker'
            WHEN way.own_case IS NULL OR NOT access.is_assigned(me.membership, way.own_case, way.activity) THEN 'assignment'
            WHEN restricted THEN 'not_currently' ELSE 'yes' END;
    END LOOP;
    RETURN access.nearest(answers);
END $$;

-- The conditions of the rules in force that give this cell to me; null where there is none.
CREATE OR REPLACE FUNCTION access.conditions_for_me(me access.asker, giver int, wanted smallint, wanted_form text) RETURNS text[]
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT array_agg(DISTINCT g.condition)
      FROM public.organisations_organisation r
      JOIN public.organisations_organisation o ON o.id = giver
      JOIN public.access_grant g ON g.recipient = r.id AND g.owner = giver AND g.category = wanted
       AND g.purpose = me.purpose AND g.role = ANY (me.roles) AND access.covers(g.form, wanted_form)
       AND g.valid @> ledger.clock() AND NOT access.sealed(wanted, wanted_form, g.condition, o.side, r.side)
     WHERE r.id = me.organisation
$$;

CREATE OR REPLACE FUNCTION access.conditions_of_mandate(
    wanted_mandate uuid, giver int, wanted smallint, wanted_form text, wanted_purpose text
) RETURNS boolean LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.agreements_mandatecell c
                    WHERE c.mandate_id = wanted_mandate AND c.category = wanted AND c.purpose = wanted_purpose
                      AND access.covers(c.form, wanted_form))
       AND NOT access.sealed(wanted, wanted_form, 'none', (SELECT side FROM public.organisations_organisation WHERE id = giver),
                             CASE WHEN access.i_am_authority() THEN 'authority' ELSE 'civil' END)
$$;

-- Where to look for terms: where the linked authority's case is; without a link where the authority's own case is, and
-- for a case of civil society anywhere (then `anywhere` is handed back).
CREATE OR REPLACE FUNCTION access.places_looked_at(giver int, wanted uuid, authority_case uuid, anywhere uuid) RETURNS uuid[]
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN authority_case IS NOT NULL THEN array_remove(ARRAY[access.place_of(authority_case)], NULL)
                WHEN (SELECT side FROM public.organisations_organisation WHERE id = giver) = 'authority'
                    THEN array_remove(ARRAY[access.place_of(wanted)], NULL)
                ELSE ARRAY[anywhere] END
$$;

-- The ways from me to one case along terms in force: what each comes to, whichever category is asked for.
CREATE OR REPLACE FUNCTION access.ways_to(me access.asker, wanted uuid, giver int) RETURNS access.way[]
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT array_agg(ROW(
               access.is_fit(me.membership, t.clearance, t.trainings)
               AND NOT access.has_conflict(me.membership, coalesce(l.authority_case, wanted), coalesce(l.civil_case, wanted)),
               l.own_case IS NOT NULL AND (t.whole_team OR access.is_assigned(me.membership, l.own_case, t.activity)),
               access.participates(l.civil_case), access.relative_agrees(l.civil_case))::access.way)
      FROM access.links_or_none(wanted, access.activity_of(me.purpose)) AS l
      JOIN public.access_terms t ON t.recipient = me.organisation AND t.owner = giver
       AND t.activity = access.activity_of(me.purpose) AND t.valid @> ledger.clock()
       AND t.place = ANY (access.places_looked_at(giver, wanted, l.authority_case, t.place))
$$;

CREATE OR REPLACE FUNCTION access.missing_along(
    me access.asker, wanted uuid, giver int, category smallint, form text, ways access.way[], restricted boolean
) RETURNS text LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN me.organisation IS NULL THEN 'framework'
                WHEN access.sealed(category, form, 'relative', 'civil', 'authority') THEN 'ceiling'
                ELSE access.nearest(ARRAY[
                    access.missing_by_agreements(me, giver, category, form, ways, restricted),
                    access.missing_by_mandates(me, wanted, giver, category, form, restricted)]) END
$$;

-- The first missing condition between my organisation and the owner of a record, for a case of theirs.
-- Not granted to the application: asked through `why`, which starts from one's own case.
CREATE OR REPLACE FUNCTION access.first_missing(wanted uuid, giver int, category smallint, form text) RETURNS text
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT access.missing_along(m.me, wanted, giver, category, form, access.ways_to(m.me, wanted, giver),
                                wanted IN (SELECT access.my_restrictions()))
      FROM (SELECT access.me() AS me OFFSET 0) AS m
$$;

-- Other organisations' cases that one's own case is linked to: only where one's own rows prove it.
CREATE OR REPLACE FUNCTION access.linked_cases(own uuid) RETURNS TABLE (owner int, case_id uuid, activity text)
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT l.other, l.other_case, l.activity FROM access.my_links_at(own) AS l
     WHERE l.own_case = own AND access.is_my_case(own)
       AND (NOT access.i_am_authority() OR access.participates(l.civil_case))
$$;

-- What would be missing along the agreements if there were no link: nothing here depends on the person of the case.
CREATE OR REPLACE FUNCTION access.missing_without_link(own uuid, giver int, category smallint, form text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me   access.asker := access.me();
    now_ timestamptz := ledger.clock();
    done text := access.activity_of(me.purpose);
BEGIN
    IF access.sealed(category, form, 'relative', 'civil', 'authority') THEN
        RETURN 'ceiling';
    ELSIF giver IN (SELECT access.closed_organisations()) OR me.organisation IN (SELECT access.closed_organisations())
       OR NOT EXISTS (SELECT FROM public.access_framework f
                       WHERE f.recipient = me.organisation AND f.owner = giver AND f.valid @> now_) THEN
        RETURN 'framework';
    ELSIF access.conditions_for_me(me, giver, category, form) IS NULL THEN
        RETURN 'rule';
    END IF;
    RETURN (SELECT access.nearest(array_append(array_agg(CASE
                WHEN NOT access.is_fit(me.membership, t.clearance, t.trainings) OR (me.readable >> category) & 1 = 0
                     OR access.has_conflict(me.membership, own, own) THEN 'worker'
                WHEN NOT (t.whole_team OR access.is_assigned(me.membership, own, done)) THEN 'assignment'
                ELSE 'not_currently' END), 'terms'))
              FROM public.access_terms t
             WHERE t.recipient = me.organisation AND t.owner = giver AND t.activity = done AND t.valid @> now_
               AND (NOT me.authority OR t.place = access.place_of(own)));
END $$;

-- From a case of my organisation, for many cells at once: what does not depend on the cell is asked once. To an authority
-- a link whose person does not agree now is no link, so that its answers never tell whether there is one.
CREATE OR REPLACE FUNCTION access.missing_from(own uuid, giver int, categories smallint[], forms text[]) RETURNS TABLE (
    category smallint, form text, answer text
) LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH asker AS MATERIALIZED (SELECT access.me() AS me),
         link AS MATERIALIZED (
        SELECT l.other_case, access.ways_to(me, l.other_case, giver) AS ways,
               l.other_case IN (SELECT access.my_restrictions()) AS restricted
          FROM asker, access.my_links_at(own) AS l
         WHERE l.own_case = own AND l.other = giver AND l.activity = access.activity_of((me).purpose)
           AND (NOT coalesce((me).authority, false) OR access.participates(l.civil_case))
    )
    SELECT c.category, c.form, coalesce(
               (SELECT access.nearest(array_agg(access.missing_along(
                           me, link.other_case, giver, c.category, c.form, link.ways, link.restricted))) FROM link),
               access.missing_without_link(own, giver, c.category, c.form))
      FROM asker, unnest(categories, forms) AS c (category, form)
$$;

-- Asked from one's own case, which proves that one knew. Nothing where the case is not one's own.
CREATE OR REPLACE FUNCTION access.why(own uuid, giver int, categories smallint[], forms text[]) RETURNS TABLE (
    category smallint, form text, answer text
) LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT * FROM access.missing_from(own, giver, categories, forms) WHERE (SELECT access.is_my_case(own))
$$;

-- The same for a colleague, asked by whoever says who works on cases; NULL for everybody else, and for a stranger.
-- The colleague's context is made for this one question and taken away before anything is handed back.
CREATE OR REPLACE FUNCTION access.why_for(colleague uuid, own uuid, giver int, category smallint, form text) RETURNS text
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    kept    text := current_setting('concordat.context', true);
    me      access.asker := access.me();
    payload text;
    answer  text;
BEGIN
    IF NOT access.is_my_case(own) OR NOT access.i_am('{coordinator,programme_manager}') THEN
        RETURN NULL;
    END IF;
    SELECT concat_ws('|', m.id, m.organisation_id, m.user_id, me.purpose, 1,
                     ceil(extract(epoch FROM statement_timestamp()))::bigint + 5, pg_backend_pid(), gen_random_uuid())
      INTO payload FROM public.people_membership m WHERE m.id = colleague AND m.organisation_id = me.organisation;
    IF payload IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM set_config('concordat.context', payload || '|' || encode(sha256(k.outer_pad || sha256(
                k.inner_pad || convert_to(payload, 'UTF8'))), 'hex'), true)
       FROM (SELECT * FROM public.ledger_key ORDER BY id LIMIT 1) AS k;
    answer := (SELECT m.answer FROM access.missing_from(own, giver, ARRAY[category], ARRAY[form]) AS m);
    PERFORM set_config('concordat.context', kept, true);
    RETURN answer;
END $$;

-- The forms and conditions in which the rules in force give a category to me: for the words "you see a summary".
CREATE OR REPLACE FUNCTION access.my_rules(giver int) RETURNS TABLE (
    category smallint, form text, condition text, rule uuid
) LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT g.category, g.form, g.condition, g.rule
      FROM (SELECT access.me() AS me OFFSET 0) AS m
      JOIN public.access_grant g ON g.recipient = (m.me).organisation AND g.owner = giver
       AND g.purpose = (m.me).purpose AND g.role = ANY ((m.me).roles) AND g.valid @> ledger.clock()
     WHERE (((m.me).readable >> g.category) & 1) = 1
$$;

-- Everything in `access` is for policies and the functions above; the application calls what is granted here, and what
-- later rooms grant of their own.
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA access FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.me(), access.my_organisation(), access.my_membership(), access.i_see_whole(),
    access.i_am_authority(), access.i_monitor(), access.i_liaise_with_victims(), access.i_read_the_log(), access.i_am(text[], boolean), access.my_mask(text),
    access.my_own_cases(), access.is_my_case(uuid), access.my_restrictions(), access.closed_to_me(), access.my_emergencies(), access.only_in_emergency(), access.my_cases(),
    access.my_agreeing_cases(), access.my_relatives_cases(), access.my_relatives(), access.my_warned_cases(), access.keys(text, text), access.mandate_keys(text),
    access.mandate_opens(int, uuid, text), access.partners(), access.wind_down_partners(),
    access.known_organisations(), access.drafts_of_others(), access.why(uuid, int, smallint[], text[]),
    access.why_for(uuid, uuid, int, smallint, text), access.linked_cases(uuid), access.my_rules(int)
    TO concordat_app;

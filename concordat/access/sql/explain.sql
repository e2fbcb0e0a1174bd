-- Why a cell is closed, said only within what may be said. It explains; the policies alone enforce.

-- The first missing condition between my organisation and the owner of a record, for a case of theirs.
-- Not granted to the application: asked through `why`, which starts from one's own case.
CREATE OR REPLACE FUNCTION access.first_missing(wanted uuid, giver int, category smallint, form text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me    access.asker := access.me();
    now_  timestamptz := ledger.clock();
    key   int := giver * 64 + category;
    rules text[];
    near  record;
    sides record;
BEGIN
    IF me.organisation IS NULL THEN
        RETURN 'framework';
    END IF;
    SELECT o.side AS owner, r.side AS recipient INTO sides FROM public.organisations_organisation o,
           public.organisations_organisation r WHERE o.id = giver AND r.id = me.organisation;
    IF access.sealed(category, form, 'relative', sides.owner, sides.recipient) THEN
        RETURN 'ceiling';
    END IF;
    IF access.mandate_opens(key, wanted, form) AND (me.readable >> category) & 1 = 1
       AND NOT access.sealed(category, form, 'none', sides.owner, sides.recipient) THEN
        RETURN CASE WHEN wanted IN (SELECT access.my_restrictions()) THEN 'not_currently' ELSE 'yes' END;
    END IF;
    IF giver IN (SELECT access.closed_organisations()) OR me.organisation IN (SELECT access.closed_organisations())
       OR NOT EXISTS (SELECT FROM public.access_framework f
                       WHERE f.recipient = me.organisation AND f.owner = giver AND f.valid @> now_) THEN
        RETURN 'framework';
    END IF;
    SELECT array_agg(DISTINCT g.condition) INTO rules FROM public.access_grant g
     WHERE g.recipient = me.organisation AND g.owner = giver AND g.category = first_missing.category
       AND g.purpose = me.purpose AND g.role = ANY (me.roles) AND access.covers(g.form, first_missing.form)
       AND g.valid @> now_ AND NOT access.sealed(g.category, first_missing.form, g.condition, sides.owner, sides.recipient);
    IF rules IS NULL OR (me.readable >> category) & 1 = 0 THEN
        RETURN 'rule';
    END IF;
    -- The terms that come nearest to a yes.
    SELECT access.is_fit(me.membership, t.clearance, t.trainings)
           AND NOT access.has_conflict(me.membership, l.authority_case, l.civil_case) AS fit,
           t.whole_team OR access.is_assigned(me.membership, l.own_case, l.activity) AS assigned
      INTO near
      FROM access.my_links() AS l
      JOIN public.access_terms t ON t.recipient = me.organisation AND t.owner = giver AND t.activity = l.activity
       AND t.valid @> now_ AND t.place = access.place_of(l.authority_case)
     WHERE l.other_case = wanted AND l.activity = access.activity_of(me.purpose)
     ORDER BY 1 DESC, 2 DESC LIMIT 1;
    IF near IS NULL THEN
        RETURN CASE WHEN EXISTS (
            SELECT FROM public.access_terms t WHERE t.recipient = me.organisation AND t.owner = giver
               AND t.activity = access.activity_of(me.purpose) AND t.valid @> now_
               AND (t.place = access.place_of(wanted) OR t.place IN (
                       SELECT access.place_of(l.authority_case) FROM access.my_links() AS l WHERE l.other_case = wanted))
        ) THEN 'assignment' ELSE 'terms' END;
    END IF;
    IF NOT near.fit THEN
        RETURN 'worker';
    ELSIF NOT near.assigned THEN
        RETURN 'assignment';
    ELSIF wanted IN (SELECT access.my_restrictions()) OR NOT (
            'none' = ANY (rules)
            OR ('participation' = ANY (rules) AND wanted IN (SELECT access.my_participations()))
            OR ('relative' = ANY (rules) AND wanted IN (SELECT access.my_relatives()))) THEN
        RETURN 'not_currently';
    ELSIF access.prohibited(me.organisation, giver, category) @> now_ THEN
        RETURN 'prohibition';
    END IF;
    RETURN 'yes';
END $$;

-- Asked from one's own case, which proves that one knew. NULL where the case is not one's own.
CREATE OR REPLACE FUNCTION access.why(own uuid, giver int, category smallint, form text) RETURNS text
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN access.is_my_case(own) THEN coalesce(
        (SELECT access.first_missing(l.other_case, giver, category, form) FROM access.my_links() AS l
          WHERE l.own_case = own AND l.other = giver ORDER BY 1 DESC LIMIT 1), 'not_currently') END
$$;

-- Other organisations' cases that one's own case is linked to: only where one's own rows prove it.
CREATE OR REPLACE FUNCTION access.linked_cases(own uuid) RETURNS TABLE (owner int, case_id uuid, activity text)
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT l.other, l.other_case, l.activity FROM access.my_links() AS l
     WHERE l.own_case = own AND access.is_my_case(own)
       AND (NOT access.i_am_authority() OR access.participates(l.civil_case))
$$;

-- The forms and conditions in which the rules in force give a category to me: for the words "you see a summary".
CREATE OR REPLACE FUNCTION access.my_rules(giver int) RETURNS TABLE (
    category smallint, form text, condition text, rule uuid
) LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT g.category, g.form, g.condition, g.rule
      FROM (SELECT access.me() AS me) AS m
      JOIN public.access_grant g ON g.recipient = (m.me).organisation AND g.owner = giver
       AND g.purpose = (m.me).purpose AND g.role = ANY ((m.me).roles) AND g.valid @> ledger.clock()
     WHERE (((m.me).readable >> g.category) & 1) = 1
$$;

-- Everything in `access` is for policies and the functions above; the application calls what is granted here.
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA access FROM PUBLIC, concordat_app;
GRANT EXECUTE ON FUNCTION access.me(), access.my_organisation(), access.my_membership(), access.i_see_whole(),
    access.i_am_authority(), access.i_read_the_log(), access.i_am(text[], boolean), access.my_mask(text),
    access.my_own_cases(), access.is_my_case(uuid), access.my_restrictions(), access.my_cases(),
    access.my_participations(), access.my_relatives(), access.keys(text, text), access.mandate_keys(text),
    access.mandate_opens(int, uuid, text), access.partners(), access.wind_down_partners(),
    access.known_organisations(), access.why(uuid, int, smallint, text), access.linked_cases(uuid), access.my_rules(int)
    TO concordat_app;

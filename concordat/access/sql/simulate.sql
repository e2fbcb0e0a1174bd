-- What signing a version would open and close, found by signing it: the real triggers compile, the cells are read off, and
-- everything is rolled back inside the function. Run as the owner; can be run again.

-- The cells that are effective between two organisations, and when from now on: keys in force (conditions 1, 2 and the
-- prohibitions) together with activity terms at a place (condition 3).
CREATE OR REPLACE FUNCTION access.cells_between(one int, other int) RETURNS TABLE (
    recipient int, owner int, category int, form text, purpose text, role text, condition text, place uuid, valid tstzmultirange
) LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT k.recipient, key / 64, key % 64, k.form, k.purpose, k.role, k.condition, t.place,
           range_agg(k.valid * t.valid * tstzrange(ledger.clock(), NULL))
      FROM public.access_keys k
     CROSS JOIN LATERAL unnest(k.keys) AS key
      JOIN public.access_terms t ON t.recipient = k.recipient AND t.owner = key / 64
       AND t.activity = access.activity_of(k.purpose) AND t.valid && k.valid
     WHERE (k.recipient, key / 64) IN ((one, other), (other, one)) AND k.condition <> 'any'
       -- a member with two roles reads what either may read: only what no role reads is left out
       AND EXISTS (SELECT FROM public.access_roleright r WHERE (r.readable >> (key % 64)) & 1 = 1)
       AND NOT isempty(k.valid * t.valid * tstzrange(ledger.clock(), NULL))
     GROUP BY k.recipient, key, k.form, k.purpose, k.role, k.condition, t.place
$$;

CREATE OR REPLACE FUNCTION access.cells_as_json(one int, other int) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(jsonb_agg(to_jsonb(c)), '[]') FROM access.cells_between(one, other) AS c
$$;

-- Both sets beside each other: what opens is what is there after and not before, and the other way round.
CREATE OR REPLACE FUNCTION access.cells_that_differ(before jsonb, after jsonb) RETURNS TABLE (
    recipient int, owner int, category int, form text, purpose text, role text, condition text, place uuid,
    before tstzmultirange, after tstzmultirange, opens tstzmultirange, ceases tstzmultirange
) LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
    WITH old AS (SELECT * FROM jsonb_to_recordset($1) AS x (recipient int, owner int, category int, form text, purpose text,
                                                            role text, condition text, place uuid, valid tstzmultirange)),
         new AS (SELECT * FROM jsonb_to_recordset($2) AS x (recipient int, owner int, category int, form text, purpose text,
                                                            role text, condition text, place uuid, valid tstzmultirange))
    SELECT recipient, owner, category, form, purpose, role, condition, place, was, becomes, becomes - was, was - becomes
      FROM old FULL JOIN new USING (recipient, owner, category, form, purpose, role, condition, place)
     CROSS JOIN LATERAL (SELECT coalesce(old.valid, '{}') AS was, coalesce(new.valid, '{}') AS becomes) AS both_
$$;

-- Fewer than ten stay unknown, and what is shown is full tens: two answers, taken from each other, tell of no small group.
CREATE OR REPLACE FUNCTION access.full_tens(n bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$ SELECT n / 10 * 10 $$;

-- How many of the asker's own records, cases and persons under 18 stand in the cells that open or cease. What depends on
-- somebody else is not asked: whether a person agrees, who is assigned, where the other side's cases are. For an
-- authority a cell reaches its cases at the place of the terms; for civil society its cases that are linked to the other side.
-- Every protected table is counted, whichever room it belongs to; its form stands in its policy.
CREATE OR REPLACE FUNCTION access.count_own(cells jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me     access.asker := access.me();
    tables text := (
        SELECT string_agg(format('SELECT tableoid, ctid, %L AS form, okey, %I AS case_id FROM public.%I WHERE okey = ANY ($3)',
                                 substring(p.qual FROM 'access\.keys\(''(\w+)'''),
                                 CASE WHEN p.tablename = 'cases_case' THEN 'id' ELSE 'case_id' END, p.tablename), ' UNION ALL ')
          FROM pg_policies p WHERE p.schemaname = 'public' AND p.policyname = 'read_by_agreement'
           AND p.tablename <> 'cases_nametoken');  -- pieces of names for the search are no records
    found  jsonb;
BEGIN
    PERFORM set_config('concordat.counting', 'on', true);
    EXECUTE format($count$
        WITH cell AS (
            SELECT DISTINCT c.way, c.owner * 64 + c.category AS key, c.form, c.recipient, access.activity_of(c.purpose) AS activity, c.place
              FROM jsonb_to_recordset($1) AS c (way text, owner int, category int, form text, recipient int, purpose text, place uuid)
        ), own AS MATERIALIZED (
            SELECT id, child_rules FROM public.cases_case
             WHERE owner_id = ($2).organisation AND id NOT IN (SELECT access.my_restrictions())
        ), reach AS MATERIALIZED (
            SELECT p.authority_case AS case_id, p.place, NULL::int AS recipient, NULL::text AS activity
              FROM access.places_of(array(SELECT id FROM own WHERE ($2).authority)) AS p
            UNION ALL
            SELECT l.civil_case_id, NULL, l.authority_id, l.activity FROM public.cases_link l
             WHERE l.civil_id = ($2).organisation AND l.starts_at <= ledger.clock()
               AND (l.ends_at IS NULL OR ledger.clock() < l.ends_at)
        ), hit AS MATERIALIZED (
            SELECT DISTINCT cell.way, r.tableoid, r.ctid, r.okey %% 64 AS category, r.case_id, own.child_rules
              FROM (%s) AS r
              JOIN own ON own.id = r.case_id
              JOIN reach ON reach.case_id = r.case_id
              JOIN cell ON cell.key = r.okey AND cell.form = r.form
               AND (reach.place = cell.place OR (reach.recipient = cell.recipient AND reach.activity = cell.activity))
        ), counted AS (
            SELECT way, category, count(*) AS records, count(DISTINCT case_id) AS cases,
                   count(DISTINCT case_id) FILTER (WHERE child_rules) AS children
              FROM hit GROUP BY GROUPING SETS ((way, category), (way))
        )
        SELECT coalesce(jsonb_agg(jsonb_build_object('way', way, 'category', category, 'records', access.full_tens(records),
                   'cases', access.full_tens(cases), 'children', access.full_tens(children))), '[]') FROM counted
    $count$, tables) INTO found
      USING (SELECT coalesce(jsonb_agg(c), '[]') FROM jsonb_array_elements(cells) AS c WHERE (c ->> 'owner')::int = me.organisation),
            me, array(SELECT DISTINCT (c ->> 'owner')::int * 64 + (c ->> 'category')::int FROM jsonb_array_elements(cells) AS c
                       WHERE (c ->> 'owner')::int = me.organisation);
    PERFORM set_config('concordat.counting', '', true);
    RETURN found;
END $$;

-- Both signatures, as if they were given now. Not granted to anybody: it is called by `simulate`, which takes it back.
CREATE OR REPLACE FUNCTION access.sign_for_a_moment(wanted uuid, signer uuid) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.agreements_version
       SET document = 'simulated', hash = encode(sha256('simulated'), 'hex'), proposed_at = ledger.clock(), proposed_by_id = signer
     WHERE id = wanted AND proposed_at IS NULL;
    INSERT INTO public.agreements_signature (id, version_id, organisation_id, membership_id, signed_at, hash)
    SELECT gen_random_uuid(), v.id, party, signer, ledger.clock(), v.hash
      FROM public.agreements_version v
      JOIN public.agreements_agreement a ON a.id = v.agreement_id
     CROSS JOIN LATERAL unnest(ARRAY[a.party_a_id, a.party_b_id]) AS party
     WHERE v.id = wanted
       AND NOT EXISTS (SELECT FROM public.agreements_signature s WHERE s.version_id = v.id AND s.organisation_id = party);
$$;

-- What the asker may learn of a version before it is signed: the cells of both sides that it touches, and counts of the
-- asker's own records. NULL for whoever does not see the version. Nothing is left behind: no row, no lock, no line.
CREATE OR REPLACE FUNCTION access.simulate(wanted uuid) RETURNS jsonb
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    me     access.asker := access.me();
    about  record;
    before jsonb;
    after  jsonb;
    cells  jsonb;
    counts jsonb;
BEGIN
    SELECT a.party_a_id, a.party_b_id, greatest(v.starts_at, ledger.clock()) AS begins INTO about
      FROM public.agreements_version v JOIN public.agreements_agreement a ON a.id = v.agreement_id
     WHERE v.id = wanted AND me.organisation IN (a.party_a_id, a.party_b_id)
       AND (v.proposed_at IS NOT NULL OR v.drafted_for_id = me.organisation);
    IF NOT FOUND OR NOT access.i_am('{partnership_officer,director,signatory}') THEN
        RETURN NULL;
    END IF;
    BEGIN
        before := access.cells_as_json(about.party_a_id, about.party_b_id);
        PERFORM access.sign_for_a_moment(wanted, me.membership);
        after := access.cells_as_json(about.party_a_id, about.party_b_id);
        cells := (SELECT coalesce(jsonb_agg(jsonb_build_object(
                      'recipient', recipient, 'owner', owner, 'category', category, 'form', form, 'purpose', purpose,
                      'role', role, 'condition', condition, 'place', place,
                      'before', d.before @> about.begins, 'after', d.after @> about.begins,
                      'opens', access.pieces(d.opens), 'ceases', access.pieces(d.ceases))), '[]')
                    FROM access.cells_that_differ(before, after) AS d);
        counts := access.count_own((SELECT coalesce(jsonb_agg(c || jsonb_build_object('way', way)), '[]')
                                      FROM jsonb_array_elements(cells) AS c
                                     CROSS JOIN (VALUES ('opens'), ('ceases')) AS w (way) WHERE c -> way <> '[]'));
        RAISE EXCEPTION 'simulated' USING ERRCODE = 'CSIM0';
    EXCEPTION WHEN SQLSTATE 'CSIM0' THEN
        NULL;  -- everything above is undone; what was found stays in the variables
    END;
    RETURN jsonb_build_object('begins', about.begins, 'cells', cells, 'counts', counts);
END $$;

CREATE OR REPLACE FUNCTION access.pieces(valid tstzmultirange) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_array(lower(piece), upper(piece)) ORDER BY piece), '[]') FROM unnest(valid) AS piece
$$;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA access FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.simulate(uuid) TO concordat_app;

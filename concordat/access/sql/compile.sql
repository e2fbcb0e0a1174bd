-- Signed agreements become plain rows with an interval of validity, in the transaction that changes them.
-- Time is part of the result: lapse, a future start and the end of a suspension need no job and no second compilation.

-- A version signed by both parties, with the instant from which it could be in force.
CREATE OR REPLACE VIEW access.signed AS
SELECT v.id, v.agreement_id, v.number, a.kind, a.party_a_id, a.party_b_id, a.framework_id, a.activity, v.whole_team_of,
       greatest(v.starts_at, sa.signed_at, sb.signed_at) AS begins, v.ends_at
  FROM public.agreements_version v
  JOIN public.agreements_agreement a ON a.id = v.agreement_id
  JOIN public.agreements_signature sa ON sa.version_id = v.id AND sa.organisation_id = a.party_a_id
  JOIN public.agreements_signature sb ON sb.version_id = v.id AND sb.organisation_id = a.party_b_id
 WHERE greatest(v.starts_at, sa.signed_at, sb.signed_at) < v.ends_at;

-- When it stands by itself: replaced by a newer one and ended are subtracted. A prohibition holds as long as it stands.
CREATE OR REPLACE VIEW access.version_standing AS
SELECT s.*,
       tstzmultirange(tstzrange(s.begins, s.ends_at))
       - coalesce((SELECT range_agg(tstzrange(n.begins, NULL)) FROM access.signed n
                    WHERE n.agreement_id = s.agreement_id AND n.number > s.number), '{}')
       - coalesce((SELECT range_agg(tstzrange(e.at, NULL)) FROM public.agreements_ending e
                    WHERE e.agreement_id = s.agreement_id), '{}') AS standing
  FROM access.signed s;

-- When it is in force by itself: suspensions are subtracted too. They pause what is given, never a "never".
CREATE OR REPLACE VIEW access.version_force AS
SELECT s.*,
       s.standing
       - coalesce((SELECT range_agg(tstzrange(p.starts_at, least(p.ends_at, p.lifted_at)))
                     FROM public.agreements_suspension p
                    WHERE p.agreement_id = s.agreement_id AND p.starts_at < least(p.ends_at, p.lifted_at)), '{}') AS force
  FROM access.version_standing s;

-- A protocol or terms are in force only while their framework is.
CREATE OR REPLACE VIEW access.in_force AS
SELECT v.*,
       CASE WHEN v.kind = 'framework' THEN v.force
            ELSE v.force * coalesce((SELECT range_agg(f.force) FROM access.version_force f
                                      WHERE f.agreement_id = v.framework_id), '{}') END AS valid
  FROM access.version_force v;

-- What no agreement can open, subtracted when compiling; `policies.sql` states it again in other words.
CREATE OR REPLACE FUNCTION access.sealed(
    category smallint, form text, condition text, owner_side text, recipient_side text
) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT category IN (20, 25, 26, 29, 33, 40)
        OR (category = 38 AND form NOT IN ('date', 'existence'))
        OR (category = 16 AND owner_side = 'civil' AND recipient_side = 'authority' AND condition <> 'relative')
$$;

-- Compiled are the agreements of one recipient. Each step is planned once on a connection (plpgsql keeps its plans), and
-- what is in force is worked out once for all of them: the views above take longer to plan than to run.
CREATE OR REPLACE FUNCTION access.compile_recipient(who int) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    -- A row, not an advisory lock: two signatures for one recipient queue here.
    INSERT INTO public.access_compilelock (recipient, version) VALUES (who, 1)
        ON CONFLICT (recipient) DO UPDATE SET version = public.access_compilelock.version + 1;
    DELETE FROM public.access_framework WHERE recipient = who;
    DELETE FROM public.access_terms WHERE recipient = who;
    DELETE FROM public.access_grant WHERE recipient = who;
    DELETE FROM public.access_keys WHERE recipient = who;
    PERFORM access.compile_papers(who), access.compile_keys(who);
END $$;

-- Frameworks, terms and rules in force, with their intervals.
-- Rules only between the parties of their own protocol: two organisations cannot sign away the data of a third.
CREATE OR REPLACE FUNCTION access.compile_papers(who int) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    WITH force AS MATERIALIZED (
        SELECT * FROM access.in_force f WHERE who IN (f.party_a_id, f.party_b_id)
    ), framework AS (
        INSERT INTO public.access_framework (recipient, owner, agreement, valid)
        SELECT who, CASE WHEN f.party_a_id = who THEN f.party_b_id ELSE f.party_a_id END, f.agreement_id, piece
          FROM force f CROSS JOIN LATERAL unnest(f.valid) AS piece WHERE f.kind = 'framework'
    ), terms AS (
        INSERT INTO public.access_terms (recipient, owner, activity, place, clearance, trainings, whole_team, valid, version)
        SELECT who, CASE WHEN t.party_a_id = who THEN t.party_b_id ELSE t.party_a_id END, t.activity, p.place_id,
               coalesce(r.clearance, ''), coalesce(r.trainings, '{}'), who = ANY (t.whole_team_of), piece, t.id
          FROM force t
          JOIN public.agreements_termsplace p ON p.version_id = t.id
          LEFT JOIN public.agreements_termsrequirement r ON r.version_id = t.id AND r.organisation_id = who
         CROSS JOIN LATERAL unnest(t.valid) AS piece
         WHERE t.kind = 'terms'
    )
    INSERT INTO public.access_grant (recipient, owner, category, form, purpose, role, condition, valid, rule)
    SELECT who, r.owner_id, r.category, r.form, r.purpose, r.role, r.condition, piece, r.id
      FROM force v JOIN public.agreements_sharingrule r ON r.version_id = v.id
     CROSS JOIN LATERAL unnest(v.valid * tstzmultirange(tstzrange(r.starts_at, r.ends_at))) AS piece
     WHERE v.kind = 'protocol' AND r.recipient_id = who AND r.owner_id IN (v.party_a_id, v.party_b_id);
END $$;

-- When a prohibition stands: while its version does, suspended or not.
CREATE OR REPLACE FUNCTION access.prohibited(who int, giver int, wanted smallint) RETURNS tstzmultirange
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(range_agg(v.standing), '{}')
      FROM public.agreements_prohibition p JOIN access.version_standing v ON v.id = p.version_id
     WHERE p.recipient_id = who AND p.owner_id = giver AND p.category = wanted AND v.kind = 'protocol'
       AND giver IN (v.party_a_id, v.party_b_id) AND who IN (v.party_a_id, v.party_b_id)
$$;

-- For each purpose, role, table form and condition: pieces of time in which the set of keys is constant.
-- Condition 'any' is the union; it is what an index can answer.
CREATE OR REPLACE FUNCTION access.compile_keys(who int) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    WITH cell AS MATERIALIZED (
        SELECT DISTINCT owner, category FROM public.access_grant WHERE recipient = who
    ), never AS MATERIALIZED (
        SELECT owner, category, access.prohibited(who, owner, category) AS standing FROM cell
         WHERE (owner, category) IN (SELECT p.owner_id, p.category FROM public.agreements_prohibition p WHERE p.recipient_id = who)
    ), given AS MATERIALIZED (
        SELECT g.purpose, g.role, f.form, c.condition, piece AS valid, g.owner * 64 + g.category AS key
          FROM public.access_grant g
          JOIN public.organisations_organisation o ON o.id = g.owner
          JOIN public.organisations_organisation r ON r.id = g.recipient
          LEFT JOIN never n ON n.owner = g.owner AND n.category = g.category
         CROSS JOIN (VALUES ('full'), ('summary'), ('date'), ('existence'), ('threshold')) AS f (form)
         CROSS JOIN LATERAL (VALUES (g.condition), ('any')) AS c (condition)
         CROSS JOIN LATERAL unnest(tstzmultirange(g.valid) - coalesce(n.standing, '{}')) AS piece
         WHERE g.recipient = who AND access.covers(g.form, f.form)
           AND NOT access.sealed(g.category, f.form, g.condition, o.side, r.side)
    ), edge AS (
        SELECT purpose, role, form, condition, lower(valid) AS at FROM given
        UNION
        SELECT purpose, role, form, condition, upper(valid) FROM given WHERE NOT upper_inf(valid)
    ), piece AS (
        SELECT purpose, role, form, condition,
               tstzrange(at, lead(at) OVER (PARTITION BY purpose, role, form, condition ORDER BY at NULLS FIRST)) AS valid
          FROM edge
    )
    INSERT INTO public.access_keys (recipient, purpose, role, form, condition, valid, keys)
    SELECT who, p.purpose, p.role, p.form, p.condition, p.valid, array_agg(DISTINCT g.key ORDER BY g.key)
      FROM piece p
      JOIN given g USING (purpose, role, form, condition)
     WHERE g.valid @> p.valid
     GROUP BY p.purpose, p.role, p.form, p.condition, p.valid;
END $$;

CREATE OR REPLACE FUNCTION access.compile_all() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT access.compile_recipient(id) FROM (SELECT id FROM public.organisations_organisation ORDER BY id) AS o;
$$;

-- Statement triggers: each party of each changed agreement is compiled once, in the order of its number, so that
-- two signatures do not wait for each other.
CREATE OR REPLACE FUNCTION access.compile_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    agreements uuid[] := '{}';
    found_here uuid[];
    pick text := CASE TG_TABLE_NAME
        WHEN 'agreements_agreement' THEN 'SELECT array_agg(id) FROM %I'
        WHEN 'agreements_signature' THEN
            'SELECT array_agg(v.agreement_id) FROM %I s JOIN public.agreements_version v ON v.id = s.version_id'
        ELSE 'SELECT array_agg(agreement_id) FROM %I' END;
BEGIN
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        EXECUTE format(pick, 'new_rows') INTO found_here;
        agreements := agreements || found_here;
    END IF;
    IF TG_OP IN ('UPDATE', 'DELETE') THEN
        EXECUTE format(pick, 'old_rows') INTO found_here;
        agreements := agreements || found_here;
    END IF;
    PERFORM access.compile_recipient(who) FROM (
        SELECT DISTINCT who FROM public.agreements_agreement a
         CROSS JOIN LATERAL unnest(ARRAY[a.party_a_id, a.party_b_id]) AS who
         WHERE a.id = ANY (agreements) ORDER BY who) AS one_by_one;
    RETURN NULL;
END $$;

DO $$
DECLARE
    source text;
BEGIN
    FOREACH source IN ARRAY ARRAY['agreement', 'version', 'signature', 'suspension', 'ending'] LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS compile_insert ON public.agreements_%s', source);
        EXECUTE format('DROP TRIGGER IF EXISTS compile_update ON public.agreements_%s', source);
        EXECUTE format('DROP TRIGGER IF EXISTS compile_delete ON public.agreements_%s', source);
        EXECUTE format('CREATE TRIGGER compile_insert AFTER INSERT ON public.agreements_%s REFERENCING NEW TABLE AS
                        new_rows FOR EACH STATEMENT EXECUTE FUNCTION access.compile_changed()', source);
        EXECUTE format('CREATE TRIGGER compile_update AFTER UPDATE ON public.agreements_%s REFERENCING OLD TABLE AS
                        old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION access.compile_changed()',
                       source);
        EXECUTE format('CREATE TRIGGER compile_delete AFTER DELETE ON public.agreements_%s REFERENCING OLD TABLE AS
                        old_rows FOR EACH STATEMENT EXECUTE FUNCTION access.compile_changed()', source);
    END LOOP;
END $$;

-- What agreements, posts and papers say on another day, or if a version were signed: asked on the page of a case, and
-- answered without looking at any case, link or person. What the person chose, on any day, changes nothing here.
-- Run as the owner; can be run again.

CREATE OR REPLACE FUNCTION access.by_papers_from(worker uuid, giver int, wanted smallint, purpose text, moment timestamptz)
RETURNS TABLE (form text, missing text) LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(s.form, p.form),
           CASE WHEN NOT (m.valid_from <= moment AND (m.valid_until IS NULL OR moment < m.valid_until)) THEN 'worker'
                WHEN s.form IS NULL THEN coalesce(p.missing, CASE WHEN p.member IS NULL THEN 'framework' END)
                WHEN NOT EXISTS (SELECT FROM public.access_roleright x
                                  WHERE x.role = ANY (m.roles) AND (x.readable >> wanted) & 1 = 1) THEN 'worker' END
      FROM public.people_membership m
      JOIN public.organisations_organisation r ON r.id = m.organisation_id
      JOIN public.organisations_organisation o ON o.id = $2
      LEFT JOIN access.by_papers(ARRAY[worker], wanted, ARRAY[$4], moment) AS p ON p.giver = $2
      LEFT JOIN LATERAL (
            SELECT c.form::text FROM public.agreements_mandate n JOIN public.agreements_mandatecell c ON c.mandate_id = n.id
             WHERE n.body_id = m.organisation_id AND n.over_id = $2 AND c.category = wanted AND c.purpose = $4
               AND n.starts_at <= moment AND (n.ends_at IS NULL OR moment < n.ends_at)
               AND NOT access.sealed(wanted, c.form, 'none', o.side, r.side)
             ORDER BY access.width(c.form) DESC NULLS LAST LIMIT 1) AS s ON true
     WHERE m.id = worker
$$;

-- For oneself, or for a colleague where one says who works on cases. With a version, which whoever asks may try out and
-- which is between both organisations, it is signed for a moment and that is taken back (simulate.sql). Nothing where one
-- may not ask that.
CREATE OR REPLACE FUNCTION access.why_if(colleague uuid, giver int, wanted smallint, moment timestamptz, version uuid)
RETURNS TABLE (form text, missing text)
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    me     access.asker := access.me();
    worker uuid := coalesce(colleague, me.membership);
    begins timestamptz;
BEGIN
    IF worker <> me.membership AND NOT (access.i_am('{coordinator,programme_manager}') AND EXISTS (
           SELECT FROM public.people_membership m WHERE m.id = worker AND m.organisation_id = me.organisation)) THEN
        RETURN;
    ELSIF version IS NULL THEN
        RETURN QUERY SELECT * FROM access.by_papers_from(worker, giver, wanted, me.purpose, moment);
        RETURN;
    END IF;
    SELECT greatest(v.starts_at, moment, ledger.clock()) INTO begins  -- not before it can be signed
      FROM public.agreements_version v JOIN public.agreements_agreement a ON a.id = v.agreement_id
     WHERE v.id = version AND me.organisation IN (a.party_a_id, a.party_b_id) AND giver IN (a.party_a_id, a.party_b_id)
       AND (v.proposed_at IS NOT NULL OR v.drafted_for_id = me.organisation);
    IF begins IS NULL OR NOT access.i_am('{partnership_officer,director,signatory}') THEN
        RETURN;
    END IF;
    BEGIN
        PERFORM access.sign_for_a_moment(version, me.membership);
        SELECT p.form, p.missing INTO form, missing FROM access.by_papers_from(worker, giver, wanted, me.purpose, begins) AS p;
        RAISE EXCEPTION 'simulated' USING ERRCODE = 'CSIM0';
    EXCEPTION WHEN SQLSTATE 'CSIM0' THEN
        NULL;  -- the signatures are undone; what was found stays in the variables
    END;
    RETURN NEXT;
END $$;

REVOKE EXECUTE ON FUNCTION access.by_papers_from(uuid, int, smallint, text, timestamptz),
    access.why_if(uuid, int, smallint, timestamptz, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.why_if(uuid, int, smallint, timestamptz, uuid) TO concordat_app;

-- What the operator is told who asks why somebody cannot see something: what the agreements, the posts and the papers of
-- the worker say, at any moment. No case is looked at, so that nothing here can tell whether there is one; the number
-- that was asked about only stands in the log. Run as the owner; can be run again. Not granted to the application.

DROP FUNCTION IF EXISTS access.why_told(text, uuid, smallint, text[], timestamptz);
CREATE FUNCTION access.why_told(asker text, about uuid, wanted smallint, purposes text[], moment timestamptz)
RETURNS TABLE (organisation text, post text, giver text, purpose text, form text, missing text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found uuid[] := array(
        SELECT m.id FROM public.people_membership m JOIN public.people_user u ON u.id = m.user_id
         WHERE lower(u.email) = lower(asker) AND m.valid_from <= moment AND (m.valid_until IS NULL OR moment < m.valid_until));
BEGIN
    PERFORM ledger.append('system', 'why.asked', NULL, jsonb_build_array(jsonb_build_object(
        'owner', coalesce(m.organisation_id, 0), 'categories', jsonb_build_array(wanted),
        'detail', jsonb_build_object('member', m.id, 'asked', about, 'at', moment))))
       FROM (SELECT) AS one LEFT JOIN public.people_membership m ON m.id = ANY (found);
    RETURN QUERY
    SELECT r.name::text, m.title::text, o.name::text, p.purpose, p.form, p.missing
      FROM access.by_papers(found, wanted, purposes, moment) AS p
      JOIN public.people_membership m ON m.id = p.member
      JOIN public.organisations_organisation r ON r.id = m.organisation_id
      JOIN public.organisations_organisation o ON o.id = p.giver
     ORDER BY 1, 3, 4;
END $$;

-- As `access.is_fit`, at a moment.
CREATE OR REPLACE FUNCTION access.was_fit(worker uuid, clearance text, courses text[], moment timestamptz) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT (clearance = '' OR EXISTS (
                SELECT FROM public.people_clearance c
                 WHERE c.membership_id = worker AND (c.level = clearance OR c.level = 'enhanced')
                   AND c.valid_from <= moment AND moment < c.valid_until))
       AND NOT EXISTS (
                SELECT FROM unnest(courses) AS course
                 WHERE NOT EXISTS (
                    SELECT FROM public.people_training t
                     WHERE t.membership_id = worker AND t.code = course
                       AND t.valid_from <= moment AND moment < t.valid_until))
$$;

-- What is missing first for posts at a moment, from each organisation with which there was ever a framework: only what
-- agreements, posts and papers say, in the order of the conditions. No case is looked at, and no person.
CREATE OR REPLACE FUNCTION access.by_papers(members uuid[], wanted smallint, purposes text[], moment timestamptz)
RETURNS TABLE (member uuid, giver int, purpose text, form text, missing text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT m.id, f.owner, p.purpose, g.form, CASE
               WHEN access.sealed(wanted, g.form, 'relative', 'civil', 'authority') THEN 'ceiling'
               WHEN m.organisation_id IN (SELECT access.closed_organisations())
                 OR f.owner IN (SELECT access.closed_organisations()) OR NOT f.valid @> moment THEN 'framework'
               WHEN g.form IS NULL THEN 'rule'
               WHEN t.terms = 0 THEN 'terms'
               WHEN NOT EXISTS (SELECT FROM public.access_roleright x
                                 WHERE x.role = ANY (m.roles) AND (x.readable >> wanted) & 1 = 1)
                 OR t.fit = 0 THEN 'worker'
               WHEN access.prohibited(m.organisation_id, f.owner, wanted) @> moment THEN 'prohibition' END
      FROM public.people_membership m
      JOIN public.organisations_organisation r ON r.id = m.organisation_id
      JOIN (SELECT w.recipient, w.owner, range_agg(w.valid) AS valid FROM public.access_framework w GROUP BY 1, 2) f
        ON f.recipient = m.organisation_id
      JOIN public.organisations_organisation o ON o.id = f.owner
     CROSS JOIN unnest(purposes) AS p (purpose)
      LEFT JOIN LATERAL (
            SELECT n.form::text FROM public.access_grant n
             WHERE n.recipient = m.organisation_id AND n.owner = f.owner AND n.category = wanted AND n.purpose = p.purpose
               AND n.role = ANY (m.roles) AND n.valid @> moment
               AND NOT access.sealed(wanted, n.form, n.condition, o.side, r.side)
             ORDER BY access.width(n.form) DESC NULLS LAST LIMIT 1) g ON true
     CROSS JOIN LATERAL (
            SELECT count(*) AS terms, count(*) FILTER (WHERE access.was_fit(m.id, s.clearance, s.trainings, moment)) AS fit
              FROM public.access_terms s
             WHERE s.recipient = m.organisation_id AND s.owner = f.owner AND s.valid @> moment
               AND s.activity = access.activity_of(p.purpose)) t
     WHERE m.id = ANY (members)
$$;

REVOKE EXECUTE ON FUNCTION access.why_told(text, uuid, smallint, text[], timestamptz),
    access.by_papers(uuid[], smallint, text[], timestamptz), access.was_fit(uuid, text, text[], timestamptz) FROM PUBLIC;

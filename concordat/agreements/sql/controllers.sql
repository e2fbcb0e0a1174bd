-- Who is responsible for which record, as it was agreed and stated: in one statement for everybody whom a page names, as
-- whoever asks, under their policies. Run as the owner; can be run again.
--
-- For each organisation the law that it stated last; and what the newest signed protocol with one's own says in clause 1
-- (a suspension or an end takes nobody's responsibility away for what was recorded).

CREATE SCHEMA IF NOT EXISTS agreements;
REVOKE ALL ON SCHEMA agreements FROM PUBLIC;
GRANT USAGE ON SCHEMA agreements TO concordat_app;

CREATE OR REPLACE FUNCTION agreements.responsible(wanted int[])
RETURNS TABLE (organisation int, law text, enforcement smallint[], citation text, first_party int, agreed jsonb)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT w.organisation, r.law::text, r.enforcement, r.citation::text, p.party_a_id, p.parameters
      FROM unnest(wanted) AS w (organisation)
      LEFT JOIN LATERAL (
        SELECT g.law, g.enforcement, g.citation FROM public.controllers_regime g
         WHERE g.organisation_id = w.organisation ORDER BY g.stated_at DESC LIMIT 1) AS r ON true
      LEFT JOIN LATERAL (
        SELECT a.party_a_id, c.parameters
          FROM public.agreements_agreement a
          JOIN public.agreements_version v ON v.agreement_id = a.id AND v.starts_at <= statement_timestamp()
           AND (SELECT count(*) FROM public.agreements_signature s WHERE s.version_id = v.id) = 2
          JOIN public.agreements_clause c ON c.version_id = v.id AND c.code = 'ISP-1'
         WHERE a.kind = 'protocol'
           AND (a.party_a_id, a.party_b_id) IN ((w.organisation, access.my_organisation()), (access.my_organisation(), w.organisation))
         ORDER BY v.starts_at DESC, v.number DESC LIMIT 1) AS p ON true
$$;
REVOKE EXECUTE ON FUNCTION agreements.responsible(int[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION agreements.responsible(int[]) TO concordat_app;

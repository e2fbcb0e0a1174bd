-- Who of one's own organisation changed a thing last. Run as the owner; can be run again.
-- Asked only where somebody was about to change the same thing: colleagues may know of each other there, although not
-- everybody of an organisation reads its log. What another organisation did is never among it.
CREATE OR REPLACE FUNCTION ledger.changed_by(thing text, since timestamptz, OUT membership uuid, OUT at timestamptz)
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT e.membership, e.at FROM ledger.bearer() AS who
      JOIN public.ledger_entry e ON e.kind = 'change' AND e.at >= since AND e.organisation = who.organisation
      JOIN public.ledger_subject s ON s.entry_id = e.id AND s.owner = who.organisation
     WHERE EXISTS (SELECT FROM jsonb_each_text(s.detail) AS said WHERE said.value = thing)
     ORDER BY e.at DESC LIMIT 1
$$;
REVOKE EXECUTE ON FUNCTION ledger.changed_by(text, timestamptz) FROM PUBLIC, concordat_app, concordat_signin;
GRANT EXECUTE ON FUNCTION ledger.changed_by(text, timestamptz) TO concordat_app;

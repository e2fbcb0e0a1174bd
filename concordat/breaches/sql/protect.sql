-- Who sees what got out, and by when a partner is told. Run as the owner; can be run again.

CREATE SCHEMA IF NOT EXISTS breaches;
REVOKE ALL ON SCHEMA breaches FROM PUBLIC;
GRANT USAGE ON SCHEMA breaches TO concordat_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA breaches REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

SELECT access.close_table(t) FROM unnest(ARRAY['breaches_breach', 'breaches_telling']::regclass[]) AS t;

-- Anybody may report, and sees what they reported; the rest is for those who deal with it.
SELECT access.policy('breaches_breach', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation())
            AND (reported_by_id = (SELECT access.my_membership())
                 OR (SELECT access.i_am(''{data_protection,director,programme_manager,coordinator}''))))');
SELECT access.policy('breaches_breach', 'report', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND reported_by_id = (SELECT access.my_membership())
                 AND assessed_at IS NULL AND authority_by_id IS NULL AND persons_by_id IS NULL AND closed_at IS NULL)');
SELECT access.policy('breaches_breach', 'deal_with', 'UPDATE', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND closed_at IS NULL
            AND (SELECT access.i_am(''{data_protection,director,programme_manager,coordinator}'')))
     WITH CHECK (owner_id = (SELECT access.my_organisation()))');
GRANT SELECT, INSERT ON breaches_breach TO concordat_app;
GRANT UPDATE (categories, persons, harm, measures, authority_hours, assessed_at, assessed_by_id, authority_at, authority_reference,
    authority_why_not, authority_by_id, persons_on, persons_how, persons_why_not, persons_by_id, closed_at, closed_by_id, lessons)
    ON breaches_breach TO concordat_app;

SELECT access.policy('breaches_telling', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation())
            AND (SELECT access.i_am(''{data_protection,director,programme_manager,coordinator}'')))');
SELECT access.policy('breaches_telling', 'read_told', 'SELECT', 'PERMISSIVE',
    'USING (to_id = (SELECT access.my_organisation()) AND sent_at IS NOT NULL
            AND (SELECT access.i_am(''{data_protection,director,programme_manager,coordinator,signatory}'')))');
SELECT access.policy('breaches_telling', 'plan', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND sent_at IS NULL
                 AND to_id IN (SELECT access.known_organisations())
                 AND (SELECT access.i_am(''{data_protection,director,programme_manager,coordinator}''))
                 AND EXISTS (SELECT FROM breaches_breach b WHERE b.id = breach_id AND b.owner_id = breaches_telling.owner_id AND b.closed_at IS NULL))');
SELECT access.policy('breaches_telling', 'tell', 'UPDATE', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND sent_at IS NULL
            AND (SELECT access.i_am(''{data_protection,director,programme_manager,coordinator}'')))
     WITH CHECK (owner_id = (SELECT access.my_organisation()) AND sent_by_id = (SELECT access.my_membership()) AND read_at IS NULL)');
SELECT access.policy('breaches_telling', 'take_note', 'UPDATE', 'PERMISSIVE',
    'USING (to_id = (SELECT access.my_organisation()) AND sent_at IS NOT NULL AND read_at IS NULL
            AND (SELECT access.i_am(''{data_protection,director,programme_manager,coordinator,signatory}'')))
     WITH CHECK (to_id = (SELECT access.my_organisation()) AND read_by_id = (SELECT access.my_membership()))');
GRANT SELECT, INSERT ON breaches_telling TO concordat_app;
GRANT UPDATE (text, sent_at, sent_by_id, read_at, read_by_id) ON breaches_telling TO concordat_app;

-- The hours that the newest signed protocol of two organisations states in clause 17; the duty outlives the protocol.
CREATE OR REPLACE FUNCTION breaches.hours_of(one int, other int, what text, otherwise int) RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT least(coalesce((
        SELECT (c.parameters ->> what)::int
          FROM public.agreements_agreement a
          JOIN public.agreements_version v ON v.agreement_id = a.id
           AND (SELECT count(*) FROM public.agreements_signature s WHERE s.version_id = v.id) = 2
          JOIN public.agreements_clause c ON c.version_id = v.id AND c.code = 'ISP-17'
         WHERE a.kind = 'protocol' AND (a.party_a_id, a.party_b_id) IN ((one, other), (other, one))
         ORDER BY v.starts_at DESC, v.number DESC LIMIT 1), otherwise), otherwise)
$$;

-- The times are the database's own: nobody gives themselves longer, or says that they told earlier than they did.
CREATE OR REPLACE FUNCTION breaches.keep_times() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.hours := breaches.hours_of(NEW.owner_id, NEW.to_id, 'tell_hours', 24);
        NEW.due_at := (SELECT b.known_at + make_interval(hours => NEW.hours) FROM public.breaches_breach b WHERE b.id = NEW.breach_id);
        RETURN NEW;
    END IF;
    IF OLD.sent_at IS NOT NULL AND (OLD.text, OLD.sent_at, OLD.sent_by_id) IS DISTINCT FROM (NEW.text, NEW.sent_at, NEW.sent_by_id)
       OR OLD.read_at IS NOT NULL THEN
        RAISE EXCEPTION 'what a partner was told stays' USING ERRCODE = '23514', CONSTRAINT = 'telling_stays';
    END IF;
    IF OLD.sent_at IS NULL AND NEW.sent_at IS NOT NULL THEN
        NEW.sent_at := ledger.clock();
    ELSIF OLD.read_at IS NULL AND NEW.read_at IS NOT NULL THEN
        NEW.read_at := ledger.clock();
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS keeps_times ON breaches_telling;
CREATE TRIGGER keeps_times BEFORE INSERT OR UPDATE ON breaches_telling FOR EACH ROW EXECUTE FUNCTION breaches.keep_times();

-- What was reported stays, and so does what was decided about telling; of a closed one nothing changes.
CREATE OR REPLACE FUNCTION breaches.refuse_rewriting() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.known_at > ledger.clock() THEN
            RAISE EXCEPTION 'known before it is reported' USING ERRCODE = '23514', CONSTRAINT = 'breach_was_known_before';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.closed_at IS NOT NULL OR OLD.authority_by_id IS NOT NULL AND OLD.authority_at IS NOT NULL
           AND (OLD.authority_at, OLD.authority_by_id) IS DISTINCT FROM (NEW.authority_at, NEW.authority_by_id)
       OR OLD.persons_on IS NOT NULL AND (OLD.persons_on, OLD.persons_by_id) IS DISTINCT FROM (NEW.persons_on, NEW.persons_by_id) THEN
        RAISE EXCEPTION 'what was told stays' USING ERRCODE = '23514', CONSTRAINT = 'breach_stays';
    END IF;
    IF NEW.closed_at IS NOT NULL AND EXISTS (SELECT FROM public.breaches_telling t WHERE t.breach_id = NEW.id AND t.sent_at IS NULL) THEN
        RAISE EXCEPTION 'a partner is not told' USING ERRCODE = '23514', CONSTRAINT = 'breach_is_closed_when_partners_know';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS not_rewritten ON breaches_breach;
CREATE TRIGGER not_rewritten BEFORE INSERT OR UPDATE ON breaches_breach FOR EACH ROW EXECUTE FUNCTION breaches.refuse_rewriting();

-- Whose records, and of which categories, members of one's own organisation read in the week before: a hint for whoever
-- assesses. No case, no member, no numbers.
CREATE OR REPLACE FUNCTION breaches.read_before(about uuid) RETURNS TABLE (owner int, category int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT DISTINCT s.owner, c::int
      FROM public.breaches_breach b
      JOIN public.ledger_entry e ON e.organisation = b.owner_id AND e.kind = 'read' AND e.at <= b.known_at AND e.at > b.known_at - interval '7 days'
      JOIN public.ledger_subject s ON s.entry_id = e.id AND s.owner > 0
     CROSS JOIN LATERAL unnest(s.categories) AS c
     WHERE b.id = about AND b.owner_id = access.my_organisation()
       AND (s."case" IS NULL OR s."case" NOT IN (SELECT access.my_restrictions()))
       AND access.i_am('{data_protection,director,programme_manager,coordinator}')
     ORDER BY 1, 2
$$;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA breaches FROM PUBLIC;
GRANT EXECUTE ON FUNCTION breaches.read_before(uuid), breaches.hours_of(int, int, text, int) TO concordat_app;

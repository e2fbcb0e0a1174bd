-- Who sees a pass, who decides, and whom it lets in. Run as the owner; can be run again.

SELECT access.close_table(t) FROM unnest(ARRAY['custody_pass', 'custody_item']::regclass[]) AS t;

-- The worker and the coordinators of the provider; at the place, security and programmes.
SELECT access.policy('custody_pass', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation())
            AND ((SELECT access.i_am(''{coordinator,director,signatory}'')) OR worker_id = (SELECT access.my_membership())))');
SELECT access.policy('custody_pass', 'read_received', 'SELECT', 'PERMISSIVE',
    'USING (to_id = (SELECT access.my_organisation())
            AND (SELECT access.i_am(''{security_manager,programme_manager,director,signatory}'')))');
SELECT access.policy('custody_pass', 'ask', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND asked_by_id = (SELECT access.my_membership())
                 AND (SELECT access.i_am(''{coordinator,director}''))
                 AND decided_at IS NULL AND appealed_at IS NULL AND ended_at IS NULL)');
SELECT access.policy('custody_pass', 'change', 'UPDATE', 'PERMISSIVE',
    'USING (ended_at IS NULL
            AND (owner_id = (SELECT access.my_organisation()) AND (SELECT access.i_am(''{coordinator,director}''))
                 OR to_id = (SELECT access.my_organisation()) AND (SELECT access.i_am(''{security_manager,director,signatory}''))))
     WITH CHECK (true)');
GRANT SELECT, INSERT ON custody_pass TO concordat_app;
GRANT UPDATE (decided_at, decided_by_id, granted, ground, words, appealed_at, appealed_by_id, appeal, settled_at, settled_by_id,
    settlement, ended_at, ended_by_id, why_ended) ON custody_pass TO concordat_app;

SELECT access.policy('custody_item', 'read_with_pass', 'SELECT', 'PERMISSIVE',
    'USING (EXISTS (SELECT FROM custody_pass p WHERE p.id = of_id))');
SELECT access.policy('custody_item', 'ask', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (allowed IS NULL AND EXISTS (SELECT FROM custody_pass p WHERE p.id = of_id AND p.decided_at IS NULL
                                                AND p.owner_id = (SELECT access.my_organisation())))');
SELECT access.policy('custody_item', 'decide', 'UPDATE', 'PERMISSIVE',
    'USING (allowed IS NULL AND EXISTS (SELECT FROM custody_pass p WHERE p.id = of_id AND p.decided_at IS NULL
                                           AND p.to_id = (SELECT access.my_organisation())
                                           AND (SELECT access.i_am(''{security_manager,director,signatory}''))))
     WITH CHECK (allowed IS NOT NULL)');
GRANT SELECT, INSERT ON custody_item TO concordat_app;
GRANT UPDATE (allowed) ON custody_item TO concordat_app;

-- Whether the worker holds what the terms in force at the place ask for, and the induction that every pass asks for.
CREATE OR REPLACE FUNCTION custody.is_ready(one public.custody_pass) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT access.is_fit(one.worker_id, '', '{induction}'::text[])
       AND EXISTS (SELECT FROM public.people_membership m
                    WHERE m.id = one.worker_id AND m.organisation_id = one.owner_id AND m.valid_from <= ledger.clock()
                      AND (m.valid_until IS NULL OR ledger.clock() < m.valid_until))
       AND EXISTS (SELECT FROM public.access_terms t JOIN public.agreements_agreement a ON a.id = one.terms_id
                    WHERE t.recipient = one.owner_id AND t.owner = one.to_id AND t.place = one.place_id
                      AND t.activity = a.activity AND t.valid @> ledger.clock()
                      AND access.is_fit(one.worker_id, t.clearance, t.trainings))
$$;

-- The passes, among those that I see, that open the gate on a day: granted, not ended, and the worker is ready now.
CREATE OR REPLACE FUNCTION custody.open_passes(on_ date) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT p.id FROM public.custody_pass p
     WHERE access.my_organisation() IN (p.owner_id, p.to_id) AND p.granted AND p.ended_at IS NULL
       AND on_ BETWEEN p.from_on AND p.until_on AND custody.is_ready(p)
$$;

-- Nobody is asked for who is not ready; each step is taken by its own side, by the database's clock, and stays.
CREATE OR REPLACE FUNCTION custody.keep_pass() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    mine int := access.my_organisation();
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (SELECT FROM public.agreements_agreement a
                         JOIN public.organisations_place p ON p.id = NEW.place_id AND p.organisation_id = NEW.to_id
                        WHERE a.id = NEW.terms_id AND a.kind = 'terms' AND NEW.owner_id <> NEW.to_id
                          AND (a.party_a_id, a.party_b_id) IN ((NEW.owner_id, NEW.to_id), (NEW.to_id, NEW.owner_id))) THEN
            RAISE EXCEPTION 'not between the parties' USING ERRCODE = '23514', CONSTRAINT = 'pass_is_between_the_parties';
        ELSIF NOT custody.is_ready(NEW) THEN
            RAISE EXCEPTION 'the worker is not ready' USING ERRCODE = '23514', CONSTRAINT = 'pass_needs_a_ready_worker';
        END IF;
        NEW.asked_at := ledger.clock();
        RETURN NEW;
    END IF;
    IF OLD.decided_at IS NULL AND NEW.decided_at IS NOT NULL THEN
        IF mine <> OLD.to_id OR NEW.decided_by_id <> access.my_membership() THEN
            RAISE EXCEPTION 'decided by the place' USING ERRCODE = '42501';
        END IF;
        NEW.decided_at := ledger.clock();
    ELSIF OLD.settled_at IS NULL AND NEW.settled_at IS NOT NULL THEN
        IF mine <> OLD.to_id OR NEW.settled_by_id <> access.my_membership() OR OLD.appealed_at IS NULL THEN
            RAISE EXCEPTION 'settled by the place' USING ERRCODE = '42501';
        END IF;
        NEW.settled_at := ledger.clock();
    ELSIF OLD.decided_at IS NOT NULL AND (OLD.granted, OLD.ground, OLD.words, OLD.decided_at, OLD.decided_by_id)
          IS DISTINCT FROM (NEW.granted, NEW.ground, NEW.words, NEW.decided_at, NEW.decided_by_id) THEN
        RAISE EXCEPTION 'what was decided stays' USING ERRCODE = '23514', CONSTRAINT = 'pass_stays';
    END IF;
    IF OLD.decided_at IS NOT NULL AND (OLD.ground, OLD.words, OLD.decided_at, OLD.decided_by_id)
          IS DISTINCT FROM (NEW.ground, NEW.words, NEW.decided_at, NEW.decided_by_id)
       OR OLD.appealed_at IS NOT NULL AND (OLD.appealed_at, OLD.appealed_by_id, OLD.appeal)
          IS DISTINCT FROM (NEW.appealed_at, NEW.appealed_by_id, NEW.appeal)
       OR OLD.settled_at IS NOT NULL AND (OLD.granted, OLD.settled_at, OLD.settled_by_id, OLD.settlement)
          IS DISTINCT FROM (NEW.granted, NEW.settled_at, NEW.settled_by_id, NEW.settlement) THEN
        RAISE EXCEPTION 'what was written stays' USING ERRCODE = '23514', CONSTRAINT = 'pass_stays';
    END IF;
    IF OLD.appealed_at IS NULL AND NEW.appealed_at IS NOT NULL THEN
        IF mine <> OLD.owner_id OR OLD.granted IS DISTINCT FROM false THEN
            RAISE EXCEPTION 'appealed by the provider' USING ERRCODE = '42501';
        END IF;
        NEW.appealed_at := ledger.clock();
    END IF;
    IF OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL THEN
        IF NEW.ended_by_id <> access.my_membership() THEN
            RAISE EXCEPTION 'ended by another' USING ERRCODE = '42501';
        END IF;
        NEW.ended_at := ledger.clock();
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS keeps_pass ON custody_pass;
CREATE TRIGGER keeps_pass BEFORE INSERT OR UPDATE ON custody_pass FOR EACH ROW EXECUTE FUNCTION custody.keep_pass();

REVOKE EXECUTE ON FUNCTION custody.is_ready(public.custody_pass), custody.open_passes(date), custody.keep_pass() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION custody.open_passes(date) TO concordat_app;

-- What it does that an organisation leaves. Run as the owner; can be run again.
--
-- In the transaction in which a second person confirms, every agreement of the organisation ends, so no partner reads its
-- records any more. Its members are out within seconds, by the worker, because nobody changes a membership of their own.

CREATE SCHEMA IF NOT EXISTS leaving;
REVOKE ALL ON SCHEMA leaving FROM PUBLIC;
GRANT USAGE ON SCHEMA leaving TO concordat_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA leaving REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

SELECT access.close_table('leaving_departure');
-- Read by whoever leads the organisation; once it is so, by those who had an agreement with it.
SELECT access.policy('leaving_departure', 'read_leaders', 'SELECT', 'PERMISSIVE',
    'USING (organisation_id = (SELECT access.my_organisation())
            AND (SELECT access.i_am(''{director,data_protection,programme_manager,coordinator,signatory,administrator}'')))');
SELECT access.policy('leaving_departure', 'read_partners', 'SELECT', 'PERMISSIVE',
    'USING (confirmed_at IS NOT NULL AND organisation_id IN (SELECT access.known_organisations()))');
SELECT access.policy('leaving_departure', 'declare', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (organisation_id = (SELECT access.my_organisation()) AND declared_by_id = (SELECT access.my_membership())
                 AND confirmed_at IS NULL AND withdrawn_at IS NULL AND carried_out_at IS NULL
                 AND (SELECT access.i_am(''{director,signatory}'', true)))');
SELECT access.policy('leaving_departure', 'confirm', 'UPDATE', 'PERMISSIVE',
    'USING (organisation_id = (SELECT access.my_organisation()) AND confirmed_at IS NULL AND withdrawn_at IS NULL
            AND declared_by_id <> (SELECT access.my_membership())
            AND (SELECT access.i_am(''{director,data_protection,programme_manager,coordinator,signatory}'', true)))
     WITH CHECK (organisation_id = (SELECT access.my_organisation()) AND confirmed_by_id = (SELECT access.my_membership())
                 AND withdrawn_at IS NULL
                 AND (SELECT access.i_am(''{director,data_protection,programme_manager,coordinator,signatory}'', true)))');
SELECT access.policy('leaving_departure', 'withdraw', 'UPDATE', 'PERMISSIVE',
    'USING (organisation_id = (SELECT access.my_organisation()) AND confirmed_at IS NULL AND withdrawn_at IS NULL
            AND (SELECT access.i_am(''{director,data_protection,programme_manager,coordinator,signatory}'')))
     WITH CHECK (organisation_id = (SELECT access.my_organisation()) AND withdrawn_by_id = (SELECT access.my_membership())
                 AND confirmed_at IS NULL)');
GRANT SELECT, INSERT ON leaving_departure TO concordat_app;
GRANT UPDATE (withdrawn_at, withdrawn_by_id, confirmed_at, confirmed_by_id) ON leaving_departure TO concordat_app;

-- What is confirmed stays; confirming ends every agreement in the same second, also one whose notice still runs.
CREATE OR REPLACE FUNCTION leaving.end_agreements() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.agreements_ending (id, agreement_id, organisation_id, reason, ground, at, created_by_id)
    SELECT gen_random_uuid(), a.id, NEW.organisation_id, NEW.reason, '', NEW.confirmed_at, NEW.confirmed_by_id
      FROM public.agreements_agreement a
     WHERE NEW.organisation_id IN (a.party_a_id, a.party_b_id)
       AND NOT EXISTS (SELECT FROM public.agreements_ending e WHERE e.agreement_id = a.id)
       AND EXISTS (SELECT FROM public.agreements_signature s JOIN public.agreements_version v ON v.id = s.version_id WHERE v.agreement_id = a.id);
    UPDATE public.agreements_ending e SET at = NEW.confirmed_at
      FROM public.agreements_agreement a
     WHERE a.id = e.agreement_id AND NEW.organisation_id IN (a.party_a_id, a.party_b_id) AND e.at > NEW.confirmed_at;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS ends_agreements ON leaving_departure;
CREATE TRIGGER ends_agreements AFTER UPDATE ON leaving_departure
    FOR EACH ROW WHEN (OLD.confirmed_at IS NULL AND NEW.confirmed_at IS NOT NULL) EXECUTE FUNCTION leaving.end_agreements();

CREATE OR REPLACE FUNCTION leaving.refuse_undoing() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.withdrawn_at IS NOT NULL OR (OLD.id, OLD.organisation_id, OLD.reason, OLD.declared_at, OLD.declared_by_id)
           IS DISTINCT FROM (NEW.id, NEW.organisation_id, NEW.reason, NEW.declared_at, NEW.declared_by_id)
       OR OLD.confirmed_at IS NOT NULL AND (OLD.confirmed_at, OLD.confirmed_by_id) IS DISTINCT FROM (NEW.confirmed_at, NEW.confirmed_by_id)
       OR OLD.carried_out_at IS NOT NULL THEN
        RAISE EXCEPTION 'that an organisation left is not undone' USING ERRCODE = '23514', CONSTRAINT = 'departure_is_not_undone';
    END IF;
    -- The instant is the database's own: nobody dates it back or ahead.
    IF OLD.confirmed_at IS NULL AND NEW.confirmed_at IS NOT NULL THEN
        NEW.confirmed_at := ledger.clock();
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS not_undone ON leaving_departure;
CREATE TRIGGER not_undone BEFORE UPDATE OR DELETE ON leaving_departure FOR EACH ROW EXECUTE FUNCTION leaving.refuse_undoing();

-- Let the members of those who have left go: at once; those who led it keep one post, without any work on cases, for
-- thirty days, in which they take everything out. Whoever calls it can hasten nothing.
CREATE OR REPLACE FUNCTION leaving.carry_out() RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    left_ record;
    done  bigint := 0;
BEGIN
    FOR left_ IN SELECT * FROM public.leaving_departure
                  WHERE confirmed_at IS NOT NULL AND carried_out_at IS NULL FOR UPDATE SKIP LOCKED LOOP
        UPDATE public.people_membership m
           SET valid_until = left_.confirmed_at + CASE WHEN leads THEN interval '30 days' ELSE interval '0' END,
               roles = CASE WHEN NOT leads THEN m.roles
                            WHEN 'data_protection' = ANY (m.roles) THEN '{director,data_protection}' ELSE '{director}' END
          FROM (SELECT id, roles && '{director,data_protection,programme_manager,coordinator,signatory}' AS leads FROM public.people_membership) AS l
         WHERE l.id = m.id AND m.organisation_id = left_.organisation_id
           AND (m.valid_until IS NULL OR m.valid_until > left_.confirmed_at);
        UPDATE public.leaving_departure SET carried_out_at = ledger.clock() WHERE id = left_.id;
        PERFORM ledger.append('system', 'organisation.left', NULL,
            jsonb_build_array(jsonb_build_object('owner', left_.organisation_id, 'detail', jsonb_build_object('departure', left_.id))));
        done := done + 1;
    END LOOP;
    RETURN done;
END $$;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA leaving FROM PUBLIC;
GRANT EXECUTE ON FUNCTION leaving.carry_out() TO concordat_app;

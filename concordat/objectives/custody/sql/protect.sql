-- Who sees a report of interference, and what must always be true of it. Run as the owner; can be run again.

CREATE SCHEMA IF NOT EXISTS custody;
REVOKE ALL ON SCHEMA custody FROM PUBLIC;
GRANT USAGE ON SCHEMA custody TO concordat_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA custody REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

SELECT access.close_table(t) FROM unnest(ARRAY['custody_interference', 'custody_reporter']::regclass[]) AS t;

-- The reports that I made myself. The row that says so is mine and my organisation's leads' alone.
CREATE OR REPLACE FUNCTION custody.my_reports() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT interference_id FROM public.custody_reporter WHERE membership_id = (SELECT access.my_membership()) $$;

SELECT access.policy('custody_interference', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation())
            AND ((SELECT access.i_am(''{coordinator,director,signatory}'')) OR id IN (SELECT custody.my_reports())))');
SELECT access.policy('custody_interference', 'read_received', 'SELECT', 'PERMISSIVE',
    'USING (to_id = (SELECT access.my_organisation())
            AND (SELECT access.i_am(''{programme_manager,security_manager,director,signatory}'')))');
SELECT access.policy('custody_interference', 'report', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND answered_at IS NULL AND replied_at IS NULL)');
SELECT access.policy('custody_interference', 'answer', 'UPDATE', 'PERMISSIVE',
    'USING (to_id = (SELECT access.my_organisation()) AND answered_at IS NULL
            AND (SELECT access.i_am(''{programme_manager,security_manager,director,signatory}'')))
     WITH CHECK (to_id = (SELECT access.my_organisation()) AND answered_by_id = (SELECT access.my_membership())
                 AND replied_at IS NULL)');
SELECT access.policy('custody_interference', 'reply', 'UPDATE', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND answered_at IS NOT NULL AND replied_at IS NULL
            AND (SELECT access.i_am(''{coordinator,director,signatory}'')))
     WITH CHECK (owner_id = (SELECT access.my_organisation()) AND replied_by_id = (SELECT access.my_membership()))');
GRANT SELECT, INSERT ON custody_interference TO concordat_app;
GRANT UPDATE (answered_at, answered_by_id, outcome, answer, replied_at, replied_by_id, settled, reply)
    ON custody_interference TO concordat_app;

SELECT access.policy('custody_reporter', 'read_own_side', 'SELECT', 'PERMISSIVE',
    'USING (EXISTS (SELECT FROM custody_interference i WHERE i.id = interference_id
                       AND i.owner_id = (SELECT access.my_organisation())))');
GRANT SELECT ON custody_reporter TO concordat_app;

-- Who reports is written by the database with the report: nobody is named by others, or afterwards.
CREATE OR REPLACE FUNCTION custody.name_reporter() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.custody_reporter (interference_id, membership_id) VALUES (NEW.id, access.my_membership());
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS names_reporter ON custody_interference;
CREATE TRIGGER names_reporter AFTER INSERT ON custody_interference FOR EACH ROW EXECUTE FUNCTION custody.name_reporter();

-- It goes from the civil party of terms to the authority, about a place of the authority; the times are the database's
-- own; and what one side wrote is changed by nobody.
CREATE OR REPLACE FUNCTION custody.keep() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (SELECT FROM public.agreements_agreement a
                         JOIN public.organisations_organisation o ON o.id = NEW.owner_id AND o.side = 'civil'
                         JOIN public.organisations_organisation t ON t.id = NEW.to_id AND t.side = 'authority'
                         JOIN public.organisations_place p ON p.id = NEW.place_id AND p.organisation_id = NEW.to_id
                        WHERE a.id = NEW.terms_id AND a.kind = 'terms'
                          AND (a.party_a_id, a.party_b_id) IN ((NEW.owner_id, NEW.to_id), (NEW.to_id, NEW.owner_id))) THEN
            RAISE EXCEPTION 'not between the parties' USING ERRCODE = '23514', CONSTRAINT = 'interference_is_between_the_parties';
        END IF;
        NEW.made_at := ledger.clock();
        IF NEW.happened_on > (NEW.made_at + interval '14 hours')::date
           OR NEW.due_on NOT BETWEEN NEW.made_at::date + 7 AND NEW.made_at::date + 60 THEN
            RAISE EXCEPTION 'a day that cannot be' USING ERRCODE = '23514', CONSTRAINT = 'interference_happened_before';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.replied_at IS NOT NULL
       OR OLD.answered_at IS NOT NULL AND (OLD.answered_at, OLD.answered_by_id, OLD.outcome, OLD.answer)
          IS DISTINCT FROM (NEW.answered_at, NEW.answered_by_id, NEW.outcome, NEW.answer) THEN
        RAISE EXCEPTION 'what was written stays' USING ERRCODE = '23514', CONSTRAINT = 'interference_stays';
    END IF;
    IF OLD.answered_at IS NULL AND NEW.answered_at IS NOT NULL THEN
        NEW.answered_at := ledger.clock();
    ELSIF OLD.replied_at IS NULL AND NEW.replied_at IS NOT NULL THEN
        NEW.replied_at := ledger.clock();
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS keeps ON custody_interference;
CREATE TRIGGER keeps BEFORE INSERT OR UPDATE ON custody_interference FOR EACH ROW EXECUTE FUNCTION custody.keep();

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA custody FROM PUBLIC;
GRANT EXECUTE ON FUNCTION custody.my_reports() TO concordat_app;

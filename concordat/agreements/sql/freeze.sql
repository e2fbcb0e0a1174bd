-- What was proposed does not change, and a signature is for exactly the hash that was proposed.

CREATE SCHEMA IF NOT EXISTS agreements;
REVOKE ALL ON SCHEMA agreements FROM PUBLIC;

CREATE OR REPLACE FUNCTION agreements.refuse_frozen() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    touched uuid := CASE TG_OP WHEN 'DELETE' THEN OLD.version_id ELSE NEW.version_id END;
BEGIN
    IF EXISTS (SELECT FROM public.agreements_version WHERE id = touched AND proposed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a proposed version does not change; write a new one' USING ERRCODE = '23514', CONSTRAINT = 'version_is_frozen';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE OR REPLACE FUNCTION agreements.refuse_version_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF OLD.proposed_at IS NOT NULL THEN
        RAISE EXCEPTION 'a proposed version does not change; write a new one' USING ERRCODE = '23514', CONSTRAINT = 'version_is_frozen';
    END IF;
    IF NEW.proposed_at IS NOT NULL AND NEW.hash <> encode(sha256(convert_to(NEW.document, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'the hash is not that of the document' USING ERRCODE = '23514', CONSTRAINT = 'version_hash_is_true';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS frozen ON public.agreements_version;
CREATE TRIGGER frozen BEFORE UPDATE ON public.agreements_version
    FOR EACH ROW EXECUTE FUNCTION agreements.refuse_version_change();

CREATE OR REPLACE FUNCTION agreements.refuse_other_hash() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.agreements_version v JOIN public.agreements_agreement a ON a.id = v.agreement_id
         WHERE v.id = NEW.version_id AND v.proposed_at IS NOT NULL AND v.hash = NEW.hash
           AND NEW.organisation_id IN (a.party_a_id, a.party_b_id)
    ) THEN
        RAISE EXCEPTION 'only the proposed text can be signed, by one of its parties' USING ERRCODE = '23514', CONSTRAINT = 'signature_is_for_the_proposed_text';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS proposed_text ON public.agreements_signature;
CREATE TRIGGER proposed_text BEFORE INSERT OR UPDATE ON public.agreements_signature
    FOR EACH ROW EXECUTE FUNCTION agreements.refuse_other_hash();

-- A suspension is written once; all that can follow is that it is lifted, once.
CREATE OR REPLACE FUNCTION agreements.refuse_second_lifting() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF OLD.lifted_at IS NOT NULL THEN
        RAISE EXCEPTION 'this suspension is already lifted' USING ERRCODE = '23514', CONSTRAINT = 'suspension_is_lifted_once';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS lifted_once ON public.agreements_suspension;
CREATE TRIGGER lifted_once BEFORE UPDATE ON public.agreements_suspension
    FOR EACH ROW EXECUTE FUNCTION agreements.refuse_second_lifting();

-- Which side an organisation stands on is fixed by its first signature: ceilings depend on it.
CREATE OR REPLACE FUNCTION agreements.refuse_side_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.agreements_signature WHERE organisation_id = OLD.id) THEN
        RAISE EXCEPTION 'an organisation that has signed does not change sides' USING ERRCODE = '23514', CONSTRAINT = 'side_is_fixed_by_signature';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS side_is_fixed ON public.organisations_organisation;
CREATE TRIGGER side_is_fixed BEFORE UPDATE OF side, monitoring, victim_liaison ON public.organisations_organisation
    FOR EACH ROW WHEN (OLD.side <> NEW.side OR OLD.monitoring <> NEW.monitoring OR OLD.victim_liaison <> NEW.victim_liaison)
    EXECUTE FUNCTION agreements.refuse_side_change();
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA agreements FROM PUBLIC;

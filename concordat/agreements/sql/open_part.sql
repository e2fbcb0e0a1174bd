-- The open part of an agreement: published by the last signature and by nothing else, and then read by everybody, also by
-- whoever has not signed in. Run as the owner; can be run again.

-- What is proposed is what was hashed; its number stands in the text that is signed.
CREATE OR REPLACE FUNCTION agreements.refuse_open_part() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.published_at IS NOT NULL OR NEW.whole_hash <> '' OR NEW.hash <> encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'the hash is not that of the open part' USING ERRCODE = '23514', CONSTRAINT = 'open_part_hash_is_true';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS hash_is_true ON public.agreements_openpart;
CREATE TRIGGER hash_is_true BEFORE INSERT ON public.agreements_openpart FOR EACH ROW EXECUTE FUNCTION agreements.refuse_open_part();

CREATE OR REPLACE FUNCTION agreements.publish_open_part() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.agreements_openpart p SET published_at = ledger.clock(), whole_hash = v.hash
      FROM public.agreements_version v JOIN public.agreements_agreement a ON a.id = v.agreement_id
     WHERE v.id = NEW.version_id AND p.version_id = v.id AND p.published_at IS NULL AND position(p.hash IN v.document) > 0
       AND (SELECT count(DISTINCT s.organisation_id) FROM public.agreements_signature s
             WHERE s.version_id = v.id AND s.organisation_id IN (a.party_a_id, a.party_b_id)) = 2;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS publishes ON public.agreements_signature;
CREATE TRIGGER publishes AFTER INSERT ON public.agreements_signature FOR EACH ROW EXECUTE FUNCTION agreements.publish_open_part();

-- What may be said about a published text: begins later, in force, replaced, ended. A suspension is no business of the
-- public. Of what is not published there is no answer.
CREATE OR REPLACE FUNCTION agreements.open_state(wanted uuid) RETURNS text
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
    WITH part AS (
        SELECT v.id, v.agreement_id, v.number, a.framework_id,
               greatest(v.starts_at, (SELECT max(s.signed_at) FROM public.agreements_signature s WHERE s.version_id = v.id)) AS begins,
               least(v.ends_at, (SELECT min(e.at) FROM public.agreements_ending e WHERE e.agreement_id IN (a.id, a.framework_id))) AS over
          FROM public.agreements_openpart p
          JOIN public.agreements_version v ON v.id = p.version_id
          JOIN public.agreements_agreement a ON a.id = v.agreement_id
         WHERE p.version_id = wanted AND p.published_at IS NOT NULL
    ), later AS (
        SELECT 1 FROM part JOIN public.agreements_version n ON n.agreement_id = part.agreement_id AND n.number > part.number
         WHERE n.starts_at <= ledger.clock() AND n.ends_at > n.starts_at
           AND (SELECT count(DISTINCT s.organisation_id) FROM public.agreements_signature s WHERE s.version_id = n.id) = 2
    ), above AS (
        SELECT 1 FROM part JOIN public.agreements_version f ON f.agreement_id = part.framework_id
         WHERE f.starts_at <= ledger.clock() AND ledger.clock() < f.ends_at
           AND (SELECT count(DISTINCT s.organisation_id) FROM public.agreements_signature s WHERE s.version_id = f.id) = 2
    )
    SELECT CASE WHEN part.over <= ledger.clock() THEN 'ended'
                WHEN part.begins > ledger.clock() THEN 'later'
                WHEN EXISTS (SELECT FROM later) THEN 'replaced'
                WHEN part.framework_id IS NOT NULL AND NOT EXISTS (SELECT FROM above) THEN 'ended'
                ELSE 'force' END
      FROM part
$$;
REVOKE EXECUTE ON FUNCTION agreements.refuse_open_part(), agreements.publish_open_part(), agreements.open_state(uuid) FROM PUBLIC;

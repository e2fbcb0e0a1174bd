-- The scan of a signature on paper hangs on the version that was signed, and stays there. Run as the owner; can be run again.

-- Runs as whoever signs: the policies say which files they see.
CREATE OR REPLACE FUNCTION files.refuse_missing_scan() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.files_agreementfile a JOIN public.files_file f ON f.id = a.file_id
         WHERE f.id = NEW.scan AND a.version_id = NEW.version_id AND f.owner_id = NEW.organisation_id
           AND f.removed_at IS NULL AND f.state IN ('clean', 'unscanned')
    ) THEN
        RAISE EXCEPTION 'the scan is not attached to this version' USING ERRCODE = '23514', CONSTRAINT = 'scan_is_attached';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS scan_is_there ON public.agreements_signature;
CREATE TRIGGER scan_is_there BEFORE INSERT ON public.agreements_signature
    FOR EACH ROW WHEN (NEW.scan IS NOT NULL) EXECUTE FUNCTION files.refuse_missing_scan();

CREATE OR REPLACE FUNCTION files.refuse_losing_scan() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.agreements_signature WHERE scan = NEW.id) THEN
        RAISE EXCEPTION 'the scan of a signature stays' USING ERRCODE = '23514', CONSTRAINT = 'scan_of_a_signature_stays';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS scan_stays ON public.files_file;
CREATE TRIGGER scan_stays BEFORE UPDATE ON public.files_file
    FOR EACH ROW WHEN (NEW.removed_at IS NOT NULL) EXECUTE FUNCTION files.refuse_losing_scan();
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA files FROM PUBLIC;
GRANT EXECUTE ON FUNCTION files.refuse_missing_scan() TO concordat_app;

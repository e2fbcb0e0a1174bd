-- A session of a worker who is not supervised, or who has stopped, is refused like any other that is before its time.
-- Run as the owner; can be run again.

CREATE OR REPLACE FUNCTION referrals.refuse_unsafe_session() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    against text := safety.against_session(NEW.worker_id, NEW.case_id, NEW.starts_at);
BEGIN
    IF against IS NOT NULL THEN
        RAISE EXCEPTION 'session refused' USING ERRCODE = '23514', CONSTRAINT = against;
    END IF;
    RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION referrals.refuse_unsafe_session() FROM PUBLIC;
DROP TRIGGER IF EXISTS supervised_worker ON referrals_session;
CREATE TRIGGER supervised_worker BEFORE INSERT ON referrals_session
    FOR EACH ROW WHEN (NEW.held) EXECUTE FUNCTION referrals.refuse_unsafe_session();

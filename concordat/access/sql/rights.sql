-- What a person asks under their rights: kept and answered by the organisation whose records it is about, given to nobody
-- else by any agreement. Run as the owner; can be run again.

SELECT access.protect('cases_rightsrequest', 'owner_id', '36', 'case_id', 'full');
SELECT access.policy('cases_rightsrequest', 'read_only_own', 'SELECT', 'RESTRICTIVE',
    'USING (owner_id = (SELECT access.my_organisation()))');
REVOKE UPDATE ON cases_rightsrequest FROM concordat_app;
GRANT UPDATE (why_longer, due_on, outcome, answer, told, complain_to, answered_at, answered_by_id)
    ON cases_rightsrequest TO concordat_app;

-- By when it is answered follows from when it was asked, whoever writes; an answer stands.
CREATE OR REPLACE FUNCTION access.time_request() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.answered_at IS NOT NULL THEN
        RAISE EXCEPTION 'answered already' USING ERRCODE = '23514', CONSTRAINT = 'rights_request_is_answered_once';
    ELSIF TG_OP = 'UPDATE' AND OLD.why_longer <> '' AND NEW.why_longer <> OLD.why_longer THEN
        RAISE EXCEPTION 'prolonged already' USING ERRCODE = '23514', CONSTRAINT = 'rights_request_stands_as_asked';
    END IF;
    NEW.due_on := NEW.asked_on + CASE WHEN NEW.why_longer = '' THEN interval '1 month' ELSE interval '3 months' END;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS timed ON cases_rightsrequest;
CREATE TRIGGER timed BEFORE INSERT OR UPDATE ON cases_rightsrequest FOR EACH ROW EXECUTE FUNCTION access.time_request();
REVOKE EXECUTE ON FUNCTION access.time_request() FROM PUBLIC;

-- A transfer for security is known to its own organisation at once and to others 24 hours after it began (CLK-16). Before,
-- nothing that they see moves: the stay before it stays open, and `access.place_of` goes on naming that place.

SELECT access.policy('cases_placement', 'read_embargo', 'SELECT', 'RESTRICTIVE',
    'USING (owner_id = (SELECT access.my_organisation()) OR NOT security
            OR starts_at + interval ''24 hours'' <= (SELECT ledger.clock()))');

-- The mark is written with a new row, and by nobody afterwards: an embargo is not lifted by hand.
GRANT INSERT (security) ON cases_placement TO concordat_app;
REVOKE UPDATE (security) ON cases_placement FROM concordat_app;

CREATE SCHEMA IF NOT EXISTS cases;
REVOKE ALL ON SCHEMA cases FROM PUBLIC;
GRANT USAGE ON SCHEMA cases TO concordat_app;

-- The stays before, ended when nobody need be kept from knowing any more. Nothing depends on when that happens.
CREATE OR REPLACE FUNCTION cases.end_embargoes() RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    ended bigint;
BEGIN
    WITH closed AS (
        UPDATE public.cases_placement AS before SET ends_at = moved.starts_at
          FROM public.cases_placement AS moved
         WHERE moved.case_id = before.case_id AND moved.security AND moved.starts_at > before.starts_at
           AND before.ends_at IS NULL AND moved.starts_at + interval '24 hours' <= ledger.clock()
        RETURNING before.owner_id, before.case_id)
    SELECT count(ledger.append('system', 'placement.embargo_ended', NULL, jsonb_build_array(jsonb_build_object(
               'owner', owner_id, 'case', case_id, 'categories', jsonb_build_array(3)))))
      INTO ended FROM closed;
    RETURN ended;
END $$;
REVOKE EXECUTE ON FUNCTION cases.end_embargoes() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases.end_embargoes() TO concordat_app;

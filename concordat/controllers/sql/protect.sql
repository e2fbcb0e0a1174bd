-- Who reads under which law an organisation keeps data, and who states it. Run as the owner; can be run again.

CREATE SCHEMA IF NOT EXISTS controllers;
REVOKE ALL ON SCHEMA controllers FROM PUBLIC;
GRANT USAGE ON SCHEMA controllers TO concordat_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA controllers REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

SELECT access.close_table('controllers_regime');

-- Everybody of the organisation, and of those it has agreements with: whoever reads a record may know whom to ask about it.
SELECT access.policy('controllers_regime', 'read_known', 'SELECT', 'PERMISSIVE',
    'USING (organisation_id = (SELECT access.my_organisation()) OR organisation_id IN (SELECT access.known_organisations()))');
-- And a body that reads by statute, of those whom its mandate is over; and those, of it.
SELECT access.policy('controllers_regime', 'read_by_mandate', 'SELECT', 'PERMISSIVE',
    'USING (EXISTS (SELECT FROM agreements_mandate n
                     WHERE (n.body_id, n.over_id) IN ((organisation_id, (SELECT access.my_organisation())),
                                                      ((SELECT access.my_organisation()), organisation_id))))');
SELECT access.policy('controllers_regime', 'state_it', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (organisation_id = (SELECT access.my_organisation()) AND stated_by_id = (SELECT access.my_membership())
                 AND (SELECT access.i_am(''{data_protection}'')))');
GRANT SELECT, INSERT ON controllers_regime TO concordat_app;

-- Law enforcement is a task of authorities, and a statute of monitoring that of bodies which monitor.
CREATE OR REPLACE FUNCTION controllers.keep() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    it public.organisations_organisation;
BEGIN
    SELECT * INTO it FROM public.organisations_organisation WHERE id = NEW.organisation_id;
    IF (NEW.law = 'enforcement' OR NEW.enforcement <> '{}') AND it.side <> 'authority' THEN
        RAISE EXCEPTION 'no authority' USING ERRCODE = '23514', CONSTRAINT = 'regime_of_an_authority';
    END IF;
    IF NEW.law = 'monitoring' AND NOT it.monitoring THEN
        RAISE EXCEPTION 'monitors nothing' USING ERRCODE = '23514', CONSTRAINT = 'regime_of_a_monitoring_body';
    END IF;
    NEW.stated_at := ledger.clock();
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS kept ON controllers_regime;
CREATE TRIGGER kept BEFORE INSERT ON controllers_regime FOR EACH ROW EXECUTE FUNCTION controllers.keep();

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA controllers FROM PUBLIC;

-- Who may ask for an export, agree to it, stop it and fetch it. Run as the owner; can be run again.

SELECT access.close_table(t) FROM unnest(ARRAY['exports_export', 'exports_piece', 'exports_turn']::regclass[]) AS t;

-- Told to everybody who leads the organisation.
SELECT access.policy('exports_export', 'read_leaders', 'SELECT', 'PERMISSIVE',
    'USING (organisation_id = (SELECT access.my_organisation())
            AND (SELECT access.i_am(''{director,data_protection,programme_manager,coordinator,signatory,administrator}'')))');
SELECT access.policy('exports_export', 'insert_asker', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (organisation_id = (SELECT access.my_organisation()) AND asked_by_id = (SELECT access.my_membership())
                 AND agreed_at IS NULL AND made_at IS NULL AND stopped_at IS NULL AND failed_at IS NULL
                 AND fetched_at IS NULL AND deleted_at IS NULL AND size IS NULL AND sha256 = '''' AND counts = ''{}''
                 AND (SELECT access.i_am(''{director,data_protection,programme_manager}'', true)))');
SELECT access.policy('exports_export', 'agree', 'UPDATE', 'PERMISSIVE',
    'USING (organisation_id = (SELECT access.my_organisation()) AND agreed_at IS NULL AND stopped_at IS NULL AND made_at IS NULL
            AND asked_by_id <> (SELECT access.my_membership())
            AND (SELECT access.i_am(''{director,data_protection,programme_manager,coordinator,signatory}'', true)))
     WITH CHECK (organisation_id = (SELECT access.my_organisation()) AND agreed_by_id = (SELECT access.my_membership())
                 AND stopped_at IS NULL AND fetched_at IS NULL
                 AND (SELECT access.i_am(''{director,data_protection,programme_manager,coordinator,signatory}'', true)))');
SELECT access.policy('exports_export', 'stop', 'UPDATE', 'PERMISSIVE',
    'USING (organisation_id = (SELECT access.my_organisation()) AND stopped_at IS NULL
            AND (SELECT access.i_am(''{director,data_protection,programme_manager,coordinator,signatory,administrator}'')))
     WITH CHECK (organisation_id = (SELECT access.my_organisation()) AND stopped_by_id = (SELECT access.my_membership()))');
SELECT access.policy('exports_export', 'fetch', 'UPDATE', 'PERMISSIVE',
    'USING (asked_by_id = (SELECT access.my_membership()) AND made_at IS NOT NULL AND stopped_at IS NULL
            AND (SELECT access.i_am(''{director,data_protection,programme_manager}'', true)))
     WITH CHECK (asked_by_id = (SELECT access.my_membership()) AND stopped_at IS NULL AND made_at IS NOT NULL AND fetched_at IS NOT NULL
                 AND (SELECT access.i_am(''{director,data_protection,programme_manager}'', true)))');
GRANT SELECT ON exports_export TO concordat_app;
GRANT INSERT ON exports_export TO concordat_app;
GRANT UPDATE (agreed_at, agreed_by_id, stopped_at, stopped_by_id, fetched_at) ON exports_export TO concordat_app;

-- Fetched by whoever asked, with the second factor, and by nobody else.
SELECT access.policy('exports_piece', 'read_asker', 'SELECT', 'PERMISSIVE',
    'USING ((SELECT access.i_am(''{director,data_protection,programme_manager}'', true))
            AND EXISTS (SELECT FROM exports_export e WHERE e.id = export_id AND e.asked_by_id = (SELECT access.my_membership())
                           AND e.made_at IS NOT NULL AND e.stopped_at IS NULL AND e.deleted_at IS NULL))');
GRANT SELECT ON exports_piece TO concordat_app;
ALTER TABLE exports_piece ALTER COLUMN data SET STORAGE EXTERNAL;

-- The agreement of another, once given, is not taken over by the one who asked: what was agreed to is what is made.
CREATE OR REPLACE FUNCTION exports.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (OLD.id, OLD.organisation_id, OLD.public_key, OLD.asked_at, OLD.asked_by_id)
       IS DISTINCT FROM (NEW.id, NEW.organisation_id, NEW.public_key, NEW.asked_at, NEW.asked_by_id)
       OR OLD.agreed_at IS NOT NULL AND (NEW.agreed_at, NEW.agreed_by_id) IS DISTINCT FROM (OLD.agreed_at, OLD.agreed_by_id)
       OR OLD.stopped_at IS NOT NULL AND (NEW.stopped_at, NEW.stopped_by_id) IS DISTINCT FROM (OLD.stopped_at, OLD.stopped_by_id)
       OR OLD.made_at IS NOT NULL AND (NEW.made_at, NEW.size, NEW.sha256, NEW.counts) IS DISTINCT FROM (OLD.made_at, OLD.size, OLD.sha256, OLD.counts)
       OR NEW.agreed_by_id IS DISTINCT FROM OLD.agreed_by_id AND (NEW.stopped_at IS NOT NULL OR NEW.made_at IS NOT NULL) THEN
        RAISE EXCEPTION 'what was asked for and agreed to is not changed';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS stays_as_asked ON exports_export;
CREATE TRIGGER stays_as_asked BEFORE UPDATE ON exports_export FOR EACH ROW EXECUTE FUNCTION exports.refuse_change();

-- Tables of before: the owner's functions see what an export is made of, while it is made (protect.sql does it for new ones).
DO $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT c.tab FROM exports.contents() c JOIN pg_class w ON w.oid = c.tab AND w.relforcerowsecurity LOOP
        PERFORM access.let_export(one.tab);
    END LOOP;
    PERFORM access.let_export('files_content');
END $$;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA exports FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION access.let_export(regclass) FROM PUBLIC;

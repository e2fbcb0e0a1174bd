-- Critical incidents: seen by the lead and the director of the organisation; the parties read what is written for them.
-- Run as the owner; can be run again.

SELECT access.close_table(t) FROM unnest(ARRAY['safety_incident', 'safety_involved', 'safety_moment', 'safety_note']::regclass[]) AS t;

-- The incidents of which my organisation is a party, to those of it who answer for its work.
CREATE OR REPLACE FUNCTION safety.my_reviews() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT incident_id FROM public.safety_involved
     WHERE party_id = access.my_organisation() AND access.i_am('{safeguarding,director,programme_manager,signatory}')
$$;

-- Those of my own organisation that go on, to the lead and the director.
CREATE OR REPLACE FUNCTION safety.my_open_incidents() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT id FROM public.safety_incident
     WHERE owner_id = access.my_organisation() AND finished_at IS NULL AND access.i_am('{safeguarding,director}')
$$;

SELECT access.policy('safety_incident', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND (SELECT access.i_am(''{safeguarding,director}'')))');
SELECT access.policy('safety_incident', 'read_as_a_party', 'SELECT', 'PERMISSIVE', 'USING (id IN (SELECT safety.my_reviews()))');
SELECT access.policy('safety_incident', 'record', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND opened_by_id = (SELECT access.my_membership())
                 AND NOT (SELECT access.i_am_authority()) AND started_at IS NULL AND finished_at IS NULL
                 AND (SELECT access.i_am(''{safeguarding,director}'')))');
SELECT access.policy('safety_incident', 'go_on', 'UPDATE', 'PERMISSIVE',
    'USING (id IN (SELECT safety.my_open_incidents())) WITH CHECK (owner_id = (SELECT access.my_organisation()))');
GRANT SELECT, INSERT ON safety_incident TO concordat_app;
GRANT UPDATE (level, started_at, started_by_id, finished_at, finished_by_id) ON safety_incident TO concordat_app;

SELECT access.policy('safety_involved', 'read_with_incident', 'SELECT', 'PERMISSIVE',
    'USING (EXISTS (SELECT FROM safety_incident i WHERE i.id = incident_id))');
SELECT access.policy('safety_involved', 'involve', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (by_id = (SELECT access.my_membership()) AND incident_id IN (SELECT safety.my_open_incidents())
                 AND party_id IN (SELECT access.known_organisations()))');
GRANT SELECT, INSERT ON safety_involved TO concordat_app;

-- The timeline stays with the organisation: it names people and places.
SELECT access.policy('safety_moment', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (EXISTS (SELECT FROM safety_incident i WHERE i.id = incident_id AND i.owner_id = (SELECT access.my_organisation())))');
SELECT access.policy('safety_moment', 'add', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (by_id = (SELECT access.my_membership()) AND incident_id IN (SELECT safety.my_open_incidents()))');
GRANT SELECT, INSERT ON safety_moment TO concordat_app;

SELECT access.policy('safety_note', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (EXISTS (SELECT FROM safety_incident i WHERE i.id = incident_id AND i.owner_id = (SELECT access.my_organisation())))');
SELECT access.policy('safety_note', 'read_as_a_party', 'SELECT', 'PERMISSIVE',
    'USING (incident_id IN (SELECT safety.my_reviews())
            AND (subject IN (''terms'', ''finding'', ''recommendation'', ''delay'') OR author_id = (SELECT access.my_organisation())))');
SELECT access.policy('safety_note', 'write', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (by_id = (SELECT access.my_membership()) AND author_id = (SELECT access.my_organisation()) AND subject <> ''reply''
                 AND done_on IS NULL AND incident_id IN (SELECT safety.my_open_incidents()))');
SELECT access.policy('safety_note', 'reply', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (by_id = (SELECT access.my_membership()) AND author_id = (SELECT access.my_organisation()) AND subject = ''reply''
                 AND incident_id IN (SELECT safety.my_reviews()))');
SELECT access.policy('safety_note', 'say_done', 'UPDATE', 'PERMISSIVE',
    'USING (subject = ''recommendation'' AND done_on IS NULL AND author_id = (SELECT access.my_organisation())
            AND (SELECT access.i_am(''{safeguarding,director}'')))
     WITH CHECK (author_id = (SELECT access.my_organisation()))');
GRANT SELECT, INSERT ON safety_note TO concordat_app;
GRANT UPDATE (done_on) ON safety_note TO concordat_app;

-- A review ends when every party had its reply or two weeks for it, and not without a finding or a learning.
CREATE OR REPLACE FUNCTION safety.keep_review() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF OLD.started_at IS NOT NULL AND (NEW.level, NEW.started_at, NEW.started_by_id) IS DISTINCT FROM (OLD.level, OLD.started_at, OLD.started_by_id) THEN
        RAISE EXCEPTION 'decided' USING ERRCODE = '23514', CONSTRAINT = 'level_of_review_stays';
    ELSIF NEW.finished_at IS NOT NULL AND NOT EXISTS (SELECT FROM public.safety_note n WHERE n.incident_id = NEW.id AND n.subject = 'finding') THEN
        RAISE EXCEPTION 'no finding' USING ERRCODE = '23514', CONSTRAINT = 'review_ends_with_a_finding';
    ELSIF NEW.finished_at IS NOT NULL AND EXISTS (
        SELECT FROM public.safety_involved p WHERE p.incident_id = NEW.id
           AND NOT EXISTS (SELECT FROM public.safety_note r WHERE r.incident_id = NEW.id AND r.subject = 'reply' AND r.author_id = p.party_id)
           AND (SELECT max(f.at) FROM public.safety_note f WHERE f.incident_id = NEW.id AND f.subject = 'finding') > ledger.clock() - interval '14 days') THEN
        RAISE EXCEPTION 'right of reply' USING ERRCODE = '23514', CONSTRAINT = 'parties_may_reply_first';
    END IF;
    IF OLD.started_at IS NULL AND NEW.started_at IS NOT NULL THEN
        NEW.started_at := ledger.clock();
    END IF;
    IF NEW.finished_at IS NOT NULL THEN
        NEW.finished_at := ledger.clock();
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS keeps_review ON safety_incident;
CREATE TRIGGER keeps_review BEFORE UPDATE ON safety_incident FOR EACH ROW EXECUTE FUNCTION safety.keep_review();

CREATE OR REPLACE FUNCTION safety.date_note() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.at := ledger.clock();
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS dates_note ON safety_note;
CREATE TRIGGER dates_note BEFORE INSERT ON safety_note FOR EACH ROW EXECUTE FUNCTION safety.date_note();
DROP TRIGGER IF EXISTS dates_moment ON safety_moment;
CREATE TRIGGER dates_moment BEFORE INSERT ON safety_moment FOR EACH ROW EXECUTE FUNCTION safety.date_note();

-- Ten years after a review ended.
CREATE OR REPLACE FUNCTION safety.forget_reviews() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    ten timestamptz := ledger.clock() - interval '10 years';
BEGIN
    DELETE FROM public.safety_note n USING public.safety_incident i WHERE i.id = n.incident_id AND i.finished_at < ten;
    DELETE FROM public.safety_moment n USING public.safety_incident i WHERE i.id = n.incident_id AND i.finished_at < ten;
    DELETE FROM public.safety_involved n USING public.safety_incident i WHERE i.id = n.incident_id AND i.finished_at < ten;
    DELETE FROM public.safety_incident WHERE finished_at < ten;
END $$;

REVOKE EXECUTE ON FUNCTION safety.my_reviews(), safety.my_open_incidents(), safety.keep_review(), safety.date_note(), safety.forget_reviews() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION safety.my_reviews(), safety.my_open_incidents(), safety.forget_reviews() TO concordat_app;

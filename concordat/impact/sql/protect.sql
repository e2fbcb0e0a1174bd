-- Who sees an assessment, what it is about, and what stays. Run as the owner; can be run again.

CREATE SCHEMA IF NOT EXISTS impact;
REVOKE ALL ON SCHEMA impact FROM PUBLIC;
GRANT USAGE ON SCHEMA impact TO concordat_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA impact REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

SELECT access.close_table(t)
  FROM unnest(ARRAY['impact_assessment', 'impact_risk', 'impact_advice', 'impact_outcome']::regclass[]) AS t;

-- Those who answer for data protection and for the work read it, and whoever may sign. Who deals with neither does not.
SELECT access.policy(t, 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation())
            AND (SELECT access.i_am(''{data_protection,programme_manager,coordinator,signatory}'')))')
  FROM unnest(ARRAY['impact_assessment', 'impact_risk', 'impact_advice', 'impact_outcome']::regclass[]) AS t;
SELECT access.policy('impact_assessment', 'begin_one', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND created_by_id = (SELECT access.my_membership()) AND decision = ''''
                 AND (SELECT access.i_am(''{data_protection,programme_manager,coordinator,signatory}''))
                 AND EXISTS (SELECT FROM agreements_version v JOIN agreements_agreement a ON a.id = v.agreement_id
                              WHERE v.id = version_id AND a.id = impact_assessment.agreement_id AND a.kind = ''protocol''
                                AND impact_assessment.owner_id IN (a.party_a_id, a.party_b_id)))');
SELECT access.policy('impact_assessment', 'go_on', 'UPDATE', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND decision = ''''
            AND (SELECT access.i_am(''{data_protection,programme_manager,coordinator,signatory}'')))
     WITH CHECK (owner_id = (SELECT access.my_organisation())
                 AND (decision = '''' OR decided_by_id = (SELECT access.my_membership())
                                         AND (SELECT access.i_am(''{programme_manager,coordinator,signatory}''))))');
GRANT SELECT, INSERT ON impact_assessment TO concordat_app;
GRANT UPDATE (aim, necessity, proportionality, private_life, religion, family, equality, decision, reasons, review_on, decided_at, decided_by_id)
    ON impact_assessment TO concordat_app;

SELECT access.policy('impact_risk', w.name, w.command, 'PERMISSIVE', format(w.clause,
    'owner_id = (SELECT access.my_organisation())
     AND (SELECT access.i_am(''{data_protection,programme_manager,coordinator,signatory}''))
     AND EXISTS (SELECT FROM impact_assessment a WHERE a.id = assessment_id AND a.owner_id = impact_risk.owner_id AND a.decision = '''')'))
  FROM (VALUES ('state_it', 'INSERT', 'WITH CHECK (%1$s)'), ('go_on', 'UPDATE', 'USING (%1$s) WITH CHECK (%1$s)'),
               ('take_out', 'DELETE', 'USING (%1$s)')) AS w (name, command, clause);
GRANT SELECT, INSERT, DELETE ON impact_risk TO concordat_app;
GRANT UPDATE (what, expected, lasting, measure, post) ON impact_risk TO concordat_app;

-- The data protection officer's words are written by them alone; nobody changes or removes any.
SELECT access.policy('impact_advice', 'say', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND by_id = (SELECT access.my_membership())
                 AND (SELECT access.i_am(''{data_protection,programme_manager,coordinator,signatory}''))
                 AND (speaker <> ''officer'' OR (SELECT access.i_am(''{data_protection}'')))
                 AND EXISTS (SELECT FROM impact_assessment a WHERE a.id = assessment_id AND a.owner_id = impact_advice.owner_id AND a.decision = ''''))');
GRANT SELECT, INSERT ON impact_advice TO concordat_app;

SELECT access.policy('impact_outcome', 'read_told', 'SELECT', 'PERMISSIVE',
    'USING (to_id = (SELECT access.my_organisation())
            AND (SELECT access.i_am(''{data_protection,programme_manager,coordinator,signatory}'')))');
SELECT access.policy('impact_outcome', 'tell', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND told_by_id = (SELECT access.my_membership())
                 AND (SELECT access.i_am(''{data_protection,programme_manager,coordinator,signatory}'')))');
GRANT SELECT, INSERT ON impact_outcome TO concordat_app;

-- What a version gives, as an assessment is about it: who gives which kind to whom, in which form, for what, to which
-- post, on which condition. In one fixed order, so that two can be compared. As whoever asks, under their policies.
CREATE OR REPLACE FUNCTION impact.cells_of(wanted uuid) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(jsonb_agg(cell ORDER BY cell), '[]') FROM (
        SELECT DISTINCT jsonb_build_array(r.owner_id, r.category, r.form, r.purpose, r.role, r.condition) AS cell
          FROM public.agreements_sharingrule r WHERE r.version_id = wanted
           AND NOT EXISTS (SELECT FROM public.agreements_prohibition p WHERE p.version_id = wanted
                              AND (p.owner_id, p.recipient_id, p.category) = (r.owner_id, r.recipient_id, r.category))) AS c
$$;

-- Whether somebody who knows data protection has spoken since the last change: the officer; where there is none, another.
CREATE OR REPLACE FUNCTION impact.is_advised(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.impact_assessment a JOIN public.impact_advice w ON w.assessment_id = a.id AND w.at >= a.changed_at
                    WHERE a.id = wanted AND a.cells = impact.cells_of(a.version_id)
                      AND (w.speaker = 'officer' OR w.speaker = 'outside' AND NOT EXISTS (
                            SELECT FROM public.people_membership m
                             WHERE m.organisation_id = a.owner_id AND 'data_protection' = ANY (m.roles)
                               AND (m.valid_until IS NULL OR m.valid_until > statement_timestamp()))))
$$;

-- The table of rules is the database's own, and so are the times. What was decided stays.
CREATE OR REPLACE FUNCTION impact.keep() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    texts CONSTANT text[] := ARRAY['aim', 'necessity', 'proportionality', 'private_life', 'religion', 'family', 'equality'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.cells := impact.cells_of(NEW.version_id);
        NEW.created_at := ledger.clock();
        NEW.changed_at := NEW.created_at;
        RETURN NEW;
    END IF;
    IF OLD.decision <> '' THEN
        RAISE EXCEPTION 'what was decided stays' USING ERRCODE = '23514', CONSTRAINT = 'assessment_stays';
    END IF;
    IF NEW.decision <> '' THEN
        NEW.decided_at := ledger.clock();
        IF NOT impact.is_advised(NEW.id) THEN
            RAISE EXCEPTION 'nobody advised on it' USING ERRCODE = '23514', CONSTRAINT = 'assessment_is_advised';
        END IF;
        IF NOT EXISTS (SELECT FROM public.impact_risk r WHERE r.assessment_id = NEW.id) THEN
            RAISE EXCEPTION 'no risk is stated' USING ERRCODE = '23514', CONSTRAINT = 'assessment_states_risks';
        END IF;
        IF NEW.review_on > NEW.decided_at::date + 366 OR NEW.review_on <= NEW.decided_at::date THEN
            RAISE EXCEPTION 'within a year' USING ERRCODE = '23514', CONSTRAINT = 'assessment_is_looked_at_within_a_year';
        END IF;
        RETURN NEW;
    END IF;
    NEW.cells := impact.cells_of(NEW.version_id);
    IF NEW.cells IS DISTINCT FROM OLD.cells
       OR EXISTS (SELECT FROM unnest(texts) AS t WHERE to_jsonb(NEW) ->> t IS DISTINCT FROM to_jsonb(OLD) ->> t) THEN
        NEW.changed_at := ledger.clock();
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS kept ON impact_assessment;
CREATE TRIGGER kept BEFORE INSERT OR UPDATE ON impact_assessment FOR EACH ROW EXECUTE FUNCTION impact.keep();

-- A risk that is stated, changed or taken out is a change of the assessment: who advised on it looks again.
CREATE OR REPLACE FUNCTION impact.changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.impact_assessment SET changed_at = ledger.clock()
     WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.assessment_id ELSE NEW.assessment_id END;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS changes_it ON impact_risk;
CREATE TRIGGER changes_it AFTER INSERT OR UPDATE OR DELETE ON impact_risk FOR EACH ROW EXECUTE FUNCTION impact.changed();

-- When something was said is the database's to say, or words could be dated after a change that they do not know.
CREATE OR REPLACE FUNCTION impact.said_now() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.at := ledger.clock();
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS said_now ON impact_advice;
CREATE TRIGGER said_now BEFORE INSERT ON impact_advice FOR EACH ROW EXECUTE FUNCTION impact.said_now();

-- What a partner is told is what was decided: nobody types it.
CREATE OR REPLACE FUNCTION impact.tell() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    held public.impact_assessment;
BEGIN
    SELECT * INTO held FROM public.impact_assessment WHERE id = NEW.assessment_id AND owner_id = NEW.owner_id AND decision <> '';
    IF held.id IS NULL THEN
        RAISE EXCEPTION 'it is not decided' USING ERRCODE = '23514', CONSTRAINT = 'outcome_is_of_a_decision';
    END IF;
    NEW.to_id := (SELECT CASE a.party_a_id WHEN held.owner_id THEN a.party_b_id ELSE a.party_a_id END
                    FROM public.agreements_agreement a WHERE a.id = held.agreement_id);
    NEW.agreement_id := held.agreement_id;
    NEW.reference := held.reference;
    NEW.number := held.number;
    NEW.cells := held.cells;
    NEW.decision := held.decision;
    NEW.decided_on := held.decided_at::date;
    NEW.review_on := held.review_on;
    NEW.measures := array(SELECT r.measure FROM public.impact_risk r WHERE r.assessment_id = held.id ORDER BY r.created_at, r.id);
    NEW.told_at := ledger.clock();
    IF EXISTS (SELECT FROM public.agreements_version v WHERE v.id = held.version_id AND v.proposed_at IS NULL) THEN
        RAISE EXCEPTION 'the partner does not know the draft' USING ERRCODE = '23514', CONSTRAINT = 'outcome_is_of_a_proposed_text';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS tells ON impact_outcome;
CREATE TRIGGER tells BEFORE INSERT ON impact_outcome FOR EACH ROW EXECUTE FUNCTION impact.tell();

-- Whether the assessment that a draft names stands behind it, in one word: for everybody who may write the draft, also
-- where they may not read the assessment. One of one's own organisation, or one whose outcome one's organisation was told.
CREATE OR REPLACE FUNCTION impact.judged(wanted uuid, named text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((
        SELECT CASE WHEN h.decision = 'stop' THEN 'stop' WHEN h.cells <> impact.cells_of(wanted) THEN 'other_table'
                    WHEN h.review_on < (statement_timestamp() AT TIME ZONE 'UTC')::date THEN 'overdue' ELSE 'sound' END
          FROM public.agreements_version v
          JOIN public.agreements_agreement g ON g.id = v.agreement_id AND access.my_organisation() IN (g.party_a_id, g.party_b_id)
         CROSS JOIN LATERAL (
            SELECT a.number, a.decision, a.cells, a.review_on FROM public.impact_assessment a
             WHERE a.owner_id = access.my_organisation() AND a.agreement_id = g.id AND a.reference = named AND a.decision <> ''
            UNION ALL
            SELECT o.number, o.decision, o.cells, o.review_on FROM public.impact_outcome o
             WHERE o.to_id = access.my_organisation() AND o.agreement_id = g.id AND o.reference = named) AS h
         WHERE v.id = wanted AND (v.proposed_at IS NOT NULL OR v.drafted_for_id = access.my_organisation())
         ORDER BY h.number DESC LIMIT 1), 'missing')
$$;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA impact FROM PUBLIC;
GRANT EXECUTE ON FUNCTION impact.cells_of(uuid), impact.is_advised(uuid), impact.judged(uuid, text) TO concordat_app;

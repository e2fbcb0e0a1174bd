-- Asking, answering and what must be so before a service begins: what the database refuses, whatever the application
-- thinks. Each refusal names a constraint, which `asking/sentences.py` puts into words.
-- New rows are looked at AFTER their insertion: the policies come first, so that a refusal tells nothing about a row that
-- the asker may not see.

CREATE OR REPLACE FUNCTION referrals.refuse(name text, why text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = why, ERRCODE = '23514', CONSTRAINT = name;
END $$;

-- ---- the directory -----------------------------------------------------------------------------------------------

-- A service is offered under terms of its own organisation that are in force at the place. (C6.14)
CREATE OR REPLACE FUNCTION referrals.refuse_place_without_terms() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.referrals_service s
                     JOIN public.agreements_version v ON v.agreement_id = s.terms_id
                     JOIN public.access_terms t ON t.version = v.id
                    WHERE s.id = NEW.service_id AND t.recipient = s.organisation_id AND t.activity = s.activity
                      AND t.place = NEW.place_id AND t.valid @> ledger.clock()) THEN
        PERFORM referrals.refuse('service_place_has_terms_in_force', 'no terms are in force for this service at this place');
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS under_terms ON referrals_serviceplace;
CREATE TRIGGER under_terms AFTER INSERT OR UPDATE ON referrals_serviceplace
    FOR EACH ROW EXECUTE FUNCTION referrals.refuse_place_without_terms();
DROP POLICY IF EXISTS insert_own ON referrals_serviceplace;
SELECT access.policy('referrals_serviceplace', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK ((SELECT access.i_am(''{coordinator,director}'')) AND service_id IN (
        SELECT id FROM referrals_service WHERE organisation_id = (SELECT access.my_organisation())))');
SELECT access.policy('referrals_serviceplace', 'delete_own', 'DELETE', 'PERMISSIVE',
    'USING ((SELECT access.i_am(''{coordinator,director}'')) AND service_id IN (
        SELECT id FROM referrals_service WHERE organisation_id = (SELECT access.my_organisation())))');

-- ---- the referral ------------------------------------------------------------------------------------------------

-- Sent under terms in force at the place where the person is, to a service that is offered there; then it stands as
-- it was checked. Whether the rules for children apply comes from the case, not from whoever writes. (C6.14, PP-16)
CREATE OR REPLACE FUNCTION referrals.refuse_referral() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.sent_at IS NOT NULL THEN
        IF (to_jsonb(NEW) - 'okey') IS DISTINCT FROM (to_jsonb(OLD) - 'okey') THEN
            PERFORM referrals.refuse('referral_stands_as_sent', 'a sent referral does not change');
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.sent_at IS NULL THEN
        RETURN NEW;
    END IF;
    IF NEW.place_id IS DISTINCT FROM access.place_of(NEW.case_id) THEN
        PERFORM referrals.refuse('referral_names_where_the_person_is', 'the person is at another place');
    ELSIF NOT EXISTS (SELECT FROM public.referrals_service s
                        JOIN public.referrals_serviceplace p ON p.service_id = s.id AND p.place_id = NEW.place_id
                       WHERE s.id = NEW.service_id AND s.organisation_id = NEW.to_id AND s.terms_id = NEW.terms_id
                         AND s.closed_at IS NULL AND NEW.need = ANY (s.needs)) THEN
        PERFORM referrals.refuse('referral_is_to_a_service_offered', 'this service is not offered there for this need');
    ELSIF NEW.owner_id IN (SELECT access.closed_organisations()) OR NEW.to_id IN (SELECT access.closed_organisations())
       OR NOT EXISTS (SELECT FROM public.agreements_version v JOIN public.access_terms t ON t.version = v.id
                       WHERE v.agreement_id = NEW.terms_id AND t.recipient = NEW.to_id AND t.owner = NEW.owner_id
                         AND t.place = NEW.place_id AND t.valid @> ledger.clock()) THEN
        PERFORM referrals.refuse('referral_terms_are_in_force', 'the terms are not in force at the place');
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS under_terms ON referrals_referral;
CREATE TRIGGER under_terms AFTER INSERT OR UPDATE ON referrals_referral
    FOR EACH ROW EXECUTE FUNCTION referrals.refuse_referral();
CREATE OR REPLACE FUNCTION referrals.take_rules_for_children() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.sent_at IS NOT NULL THEN
        RETURN NEW;
    END IF;
    NEW.child_rules := coalesce((SELECT child_rules FROM public.cases_case WHERE id = NEW.case_id), true);
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS for_children ON referrals_referral;
CREATE TRIGGER for_children BEFORE INSERT OR UPDATE ON referrals_referral
    FOR EACH ROW EXECUTE FUNCTION referrals.take_rules_for_children();

-- A draft may be thrown away; what was sent may not.
SELECT access.policy('referrals_referral', 'delete_draft', 'DELETE', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND sent_at IS NULL AND access.is_my_case(case_id))');
GRANT DELETE ON referrals_referral TO concordat_app;

-- What came of each of my referrals, in one question for a whole list: nothing more than `outside_view` says of one.
CREATE OR REPLACE FUNCTION referrals.outside_views(wanted uuid[]) RETURNS TABLE (
    referral uuid, acknowledged boolean, agreed boolean
) LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT w, v.acknowledged, v.agreed FROM unnest(wanted) AS w CROSS JOIN LATERAL referrals.outside_view(w) AS v
$$;

-- ---- the answer --------------------------------------------------------------------------------------------------

-- Only the organisation that was asked answers, once; a yes joins its own case to the one that was referred.
CREATE OR REPLACE FUNCTION referrals.refuse_answer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.referrals_referral
                    WHERE id = NEW.referral_id AND to_id = NEW.owner_id AND sent_at IS NOT NULL) THEN
        PERFORM referrals.refuse('answer_is_from_whom_was_asked', 'this referral was not sent to this organisation');
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.answered_at IS NOT NULL
       AND (to_jsonb(NEW) - 'okey') IS DISTINCT FROM (to_jsonb(OLD) - 'okey') THEN
        PERFORM referrals.refuse('answer_is_given_once', 'this referral is already answered');
    END IF;
    IF NEW.accepted AND NOT EXISTS (SELECT FROM public.cases_link l JOIN public.referrals_referral r ON r.id = NEW.referral_id
                                     WHERE l.id = NEW.link_id AND l.civil_case_id = NEW.case_id
                                       AND l.authority_case_id = r.case_id) THEN
        PERFORM referrals.refuse('answer_joins_the_case_referred', 'a yes joins its own case to the one that was referred');
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS from_whom_was_asked ON referrals_answer;
CREATE TRIGGER from_whom_was_asked AFTER INSERT OR UPDATE ON referrals_answer
    FOR EACH ROW EXECUTE FUNCTION referrals.refuse_answer();

-- The service behind a link, for the checks below.
CREATE OR REPLACE FUNCTION referrals.target_of(wanted uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT s.target FROM public.referrals_answer a
      JOIN public.referrals_referral r ON r.id = a.referral_id
      JOIN public.referrals_service s ON s.id = r.service_id
     WHERE a.link_id = wanted
$$;

-- The same for the provider's own pages: they need no record of the referrer, so that nothing of them stands in its log.
CREATE OR REPLACE FUNCTION referrals.service_behind(wanted uuid) RETURNS uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT r.service_id FROM public.referrals_answer a
      JOIN public.referrals_referral r ON r.id = a.referral_id
      JOIN public.cases_link l ON l.id = a.link_id
     WHERE l.id = wanted AND l.civil_id = access.my_organisation() AND access.is_my_case(l.civil_case_id)
$$;

-- ---- who works on it ---------------------------------------------------------------------------------------------

-- What the terms in force ask of the workers on one's own case; the place of the person stays unsaid.
CREATE OR REPLACE FUNCTION referrals.asked_of_workers(own uuid) RETURNS TABLE (
    activity text, agreement uuid, clearance text, trainings text[], in_force boolean
) LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT l.activity, r.terms_id, coalesce(t.clearance, ''), coalesce(t.trainings, '{}'), t.id IS NOT NULL
      FROM public.cases_link l
      JOIN public.referrals_answer a ON a.link_id = l.id
      JOIN public.referrals_referral r ON r.id = a.referral_id
      LEFT JOIN public.access_terms t ON t.recipient = l.civil_id AND t.owner = l.authority_id AND t.activity = l.activity
       AND t.place = access.place_of(l.authority_case_id) AND t.valid @> ledger.clock()
     WHERE l.civil_case_id = own AND access.is_my_case(own)
       AND l.starts_at <= ledger.clock() AND (l.ends_at IS NULL OR ledger.clock() < l.ends_at)
$$;

-- A declared conflict ends the work on the case in the same second, whoever declared it. (S06)
CREATE OR REPLACE FUNCTION referrals.end_conflicting_work() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.cases_assignment SET ends_at = ledger.clock()
     WHERE membership_id = NEW.membership_id AND case_id = NEW.case_id AND (ends_at IS NULL OR ledger.clock() < ends_at);
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS ends_the_work ON cases_conflict;
CREATE TRIGGER ends_the_work AFTER INSERT ON cases_conflict
    FOR EACH ROW EXECUTE FUNCTION referrals.end_conflicting_work();

-- An assignment that has ended stays ended: to begin again, the worker is looked at again. (C6.3, C6.4)
CREATE OR REPLACE FUNCTION referrals.refuse_reopened_assignment() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF OLD.ends_at IS NOT NULL AND (NEW.ends_at IS NULL OR NEW.ends_at > OLD.ends_at) THEN
        PERFORM referrals.refuse('assignment_stays_ended', 'an assignment that has ended is not taken up again');
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS stays_ended ON cases_assignment;
CREATE TRIGGER stays_ended BEFORE UPDATE ON cases_assignment
    FOR EACH ROW EXECUTE FUNCTION referrals.refuse_reopened_assignment();

-- ---- the person's own agreement ----------------------------------------------------------------------------------

-- Recorded by the provider, never by an authority; for six months at most; under headings that fit what the service is
-- about. The waiting time, the copy, the explaining back and the way to contest are checks of the table. (14.2, C6.7)
CREATE OR REPLACE FUNCTION referrals.refuse_participation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.cases_link l JOIN public.organisations_organisation o ON o.id = l.civil_id
                    WHERE l.id = NEW.link_id AND l.civil_id = NEW.owner_id AND l.civil_case_id = NEW.case_id
                      AND o.side = 'civil') THEN
        PERFORM referrals.refuse('participation_is_recorded_by_the_provider', 'only the provider records it, on its own case');
    ELSIF NEW.ends_at > NEW.starts_at + interval '6 months 1 day' THEN
        PERFORM referrals.refuse('participation_is_renewed_in_time', 'it is renewed within six months');
    ELSIF NEW.starts_at > ledger.clock() + interval '5 minutes' THEN  -- the clocks of two machines may differ a little
        PERFORM referrals.refuse('participation_has_begun', 'it cannot be recorded before it is given');
    ELSIF 'outlook' = ANY (NEW.headings) AND referrals.target_of(NEW.link_id) NOT IN ('attitudes', 'both') THEN
        PERFORM referrals.refuse('heading_fits_the_target', 'this service is not about attitudes');
    END IF;
    -- A renewal replaces the agreement before it, so that there is one to withdraw.
    UPDATE public.cases_participation SET ends_at = NEW.starts_at
     WHERE link_id = NEW.link_id AND id <> NEW.id AND withdrawn_at IS NULL
       AND starts_at < NEW.starts_at AND ends_at > NEW.starts_at;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS by_the_provider ON cases_participation;
CREATE TRIGGER by_the_provider AFTER INSERT ON cases_participation
    FOR EACH ROW EXECUTE FUNCTION referrals.refuse_participation();

-- Written once. All that can follow is that it is withdrawn, at once and for good, or replaced.
CREATE OR REPLACE FUNCTION referrals.refuse_participation_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF OLD.withdrawn_at IS NOT NULL OR NEW.ends_at > OLD.ends_at
       OR (to_jsonb(NEW) - '{okey,ends_at,withdrawn_at,withdrawn_by_route}'::text[])
          IS DISTINCT FROM (to_jsonb(OLD) - '{okey,ends_at,withdrawn_at,withdrawn_by_route}'::text[]) THEN
        PERFORM referrals.refuse('participation_is_written_once', 'what the person agreed to does not change');
    END IF;
    IF NEW.withdrawn_at > ledger.clock() THEN
        NEW.withdrawn_at := ledger.clock();  -- it holds from this second on
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS written_once ON cases_participation;
CREATE TRIGGER written_once BEFORE UPDATE ON cases_participation
    FOR EACH ROW EXECUTE FUNCTION referrals.refuse_participation_change();

-- What the rules in force pass between the two sides of a link, for the card that the person keeps: `outward` from the
-- provider to the authority, else what the provider is told.
CREATE OR REPLACE FUNCTION referrals.passed(wanted uuid, outward boolean) RETURNS TABLE (
    category smallint, form text, condition text, roles text[]
) LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT g.category, g.form, g.condition, array_agg(DISTINCT g.role)
      FROM public.cases_link l
      JOIN public.organisations_organisation c ON c.id = l.civil_id
      JOIN public.organisations_organisation a ON a.id = l.authority_id
      JOIN public.access_grant g ON g.owner = CASE WHEN outward THEN l.civil_id ELSE l.authority_id END
       AND g.recipient = CASE WHEN outward THEN l.authority_id ELSE l.civil_id END
       AND access.activity_of(g.purpose) = l.activity AND g.valid @> ledger.clock()
     WHERE l.id = wanted AND l.civil_id = access.my_organisation() AND access.is_my_case(l.civil_case_id)
       AND NOT access.prohibited(g.recipient, g.owner, g.category) @> ledger.clock()
       AND NOT access.sealed(g.category, g.form, g.condition,
                             CASE WHEN outward THEN c.side ELSE a.side END, CASE WHEN outward THEN a.side ELSE c.side END)
     GROUP BY g.category, g.form, g.condition
     ORDER BY g.category
$$;

-- ---- goals -------------------------------------------------------------------------------------------------------

-- A goal is about attitudes only where the service says that it is. (C6.7)
CREATE OR REPLACE FUNCTION referrals.refuse_unfit_goal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.target IN ('attitudes', 'both') AND NOT coalesce((
        SELECT referrals.target_of(g.link_id) IN ('both', NEW.target) FROM public.referrals_goalset g WHERE g.id = NEW.goal_set_id
    ), false) THEN
        PERFORM referrals.refuse('goal_target_fits_the_service', 'this service is not about attitudes');
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS fits_the_service ON referrals_goal;
CREATE TRIGGER fits_the_service AFTER INSERT OR UPDATE ON referrals_goal
    FOR EACH ROW EXECUTE FUNCTION referrals.refuse_unfit_goal();

-- Signed goals are locked: locked.sql.

CREATE OR REPLACE FUNCTION referrals.refuse_unready_signature() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.referrals_goal WHERE goal_set_id = NEW.goal_set_id) THEN
        PERFORM referrals.refuse('goals_are_there_before_they_are_signed', 'there is no goal to sign');
    ELSIF NOT EXISTS (SELECT FROM public.referrals_goalset g JOIN public.cases_link l ON l.id = g.link_id
                       WHERE g.id = NEW.goal_set_id AND NEW.organisation_id IN (l.civil_id, l.authority_id)) THEN
        PERFORM referrals.refuse('goals_are_signed_by_their_parties', 'only the two parties sign');
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS ready ON referrals_goalsignature;
CREATE TRIGGER ready AFTER INSERT ON referrals_goalsignature
    FOR EACH ROW EXECUTE FUNCTION referrals.refuse_unready_signature();

-- The person signs what is there, or would rather not; either is said once.
CREATE OR REPLACE FUNCTION referrals.refuse_unready_person() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (OLD.person_signed_on IS NOT NULL OR OLD.person_declined)
       AND (NEW.person_signed_on, NEW.person_declined) IS DISTINCT FROM (OLD.person_signed_on, OLD.person_declined) THEN
        PERFORM referrals.refuse('signed_goals_are_locked', 'what the person said stands');
    ELSIF (NEW.person_signed_on IS NOT NULL OR NEW.person_declined)
       AND NOT EXISTS (SELECT FROM public.referrals_goal WHERE goal_set_id = NEW.id) THEN
        PERFORM referrals.refuse('goals_are_there_before_they_are_signed', 'there is no goal to sign');
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS person ON referrals_goalset;
CREATE TRIGGER person BEFORE UPDATE ON referrals_goalset
    FOR EACH ROW EXECUTE FUNCTION referrals.refuse_unready_person();
DROP TRIGGER IF EXISTS person_first ON referrals_goalset;
CREATE TRIGGER person_first BEFORE INSERT ON referrals_goalset
    FOR EACH ROW WHEN (NEW.person_signed_on IS NOT NULL OR NEW.person_declined)
    EXECUTE FUNCTION referrals.refuse_unready_person();

-- ---- evaluation --------------------------------------------------------------------------------------------------

-- Who delivers does not evaluate, nor does the person's own case manager. (C6.8, PP-13)
CREATE OR REPLACE FUNCTION referrals.refuse_evaluator() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    sought text := lower(btrim(NEW.evaluator_name));
BEGIN
    IF NOT EXISTS (SELECT FROM public.referrals_referral
                    WHERE id = NEW.referral_id AND case_id = NEW.case_id AND owner_id = NEW.owner_id AND to_id = NEW.delivered_by_id) THEN
        PERFORM referrals.refuse('evaluation_names_who_delivers', 'the service is delivered by another organisation');
    ELSIF EXISTS (SELECT FROM public.people_membership
                   WHERE organisation_id = NEW.delivered_by_id AND lower(shown_name) = sought) THEN
        PERFORM referrals.refuse('deliverer_does_not_evaluate', 'whoever delivers does not evaluate');
    ELSIF EXISTS (SELECT FROM public.people_membership m
                   WHERE lower(m.shown_name) = sought AND (
                       m.id IN (SELECT membership_id FROM public.cases_assignment WHERE case_id = NEW.case_id)
                       OR m.id IN (SELECT sent_by_id FROM public.referrals_referral WHERE id = NEW.referral_id))) THEN
        PERFORM referrals.refuse('case_manager_does_not_evaluate', 'the case manager does not evaluate');
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS independent ON referrals_evaluationplan;
CREATE TRIGGER independent AFTER INSERT OR UPDATE ON referrals_evaluationplan
    FOR EACH ROW EXECUTE FUNCTION referrals.refuse_evaluator();

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA referrals FROM PUBLIC;
GRANT EXECUTE ON FUNCTION referrals.outside_views(uuid[]), referrals.asked_of_workers(uuid), referrals.passed(uuid, boolean),
    referrals.service_behind(uuid) TO concordat_app;

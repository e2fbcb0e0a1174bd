-- Teams inside an organisation. A case that is given to a team is on the caseload of its members: the database writes an
-- assignment for each of them who is fit, and ends it in the same second in which somebody leaves the team, or the team the
-- case. So that nothing that asks who works on a case need know of teams. Run as the owner; can be run again.

SELECT access.close_table(t) FROM unnest('{cases_team,cases_teammember,cases_teamcase}'::regclass[]) AS t;

-- Which teams there are, and who is in them, is known inside the organisation; which cases they work on, to who sees those.
SELECT access.policy('cases_team', 'read_own', 'SELECT', 'PERMISSIVE', 'USING (owner_id = (SELECT access.my_organisation()))');
SELECT access.policy('cases_teammember', 'read_own', 'SELECT', 'PERMISSIVE', 'USING (owner_id = (SELECT access.my_organisation()))');
SELECT access.policy('cases_teamcase', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation())
            AND ((SELECT access.i_see_whole()) OR case_id IN (SELECT access.my_own_cases())))');
SELECT access.policy('cases_teamcase', CASE verb WHEN 'SELECT' THEN 'read' ELSE 'update' END || '_restriction', verb, 'RESTRICTIVE',
    'USING (case_id NOT IN (SELECT access.my_restrictions()))') FROM unnest('{SELECT,UPDATE}'::text[]) AS verb;

SELECT access.policy('cases_team', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND ended_at IS NULL
                 AND (SELECT access.i_am(''{coordinator,programme_manager}'')))');
SELECT access.policy('cases_teammember', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND ends_at IS NULL
                 AND (SELECT access.i_am(''{coordinator,programme_manager}''))
                 AND team_id IN (SELECT id FROM cases_team WHERE ended_at IS NULL)
                 AND membership_id IN (SELECT id FROM people_membership WHERE organisation_id = (SELECT access.my_organisation())))');
SELECT access.policy('cases_teamcase', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND ends_at IS NULL
                 AND (SELECT access.i_am(''{coordinator,programme_manager}'')) AND access.is_my_case(case_id)
                 AND team_id IN (SELECT id FROM cases_team WHERE ended_at IS NULL))');
SELECT access.policy(tab, 'end_own', 'UPDATE', 'PERMISSIVE', format(
    'USING (owner_id = (SELECT access.my_organisation()) AND %1$I IS NULL AND (SELECT access.i_am(''{coordinator,programme_manager}'')))
     WITH CHECK (owner_id = (SELECT access.my_organisation()))', ended))
  FROM (VALUES ('cases_team'::regclass, 'ended_at'), ('cases_teammember', 'ends_at'), ('cases_teamcase', 'ends_at')) AS t (tab, ended);
SELECT access.keep_to_own_cases('cases_teamcase', 'owner_id', 'case_id');
SELECT access.read_only_in_emergency('cases_teamcase', 'case_id');
GRANT SELECT, INSERT ON cases_team, cases_teammember, cases_teamcase TO concordat_app;
GRANT UPDATE (ended_at) ON cases_team TO concordat_app;
GRANT UPDATE (ends_at) ON cases_teammember, cases_teamcase TO concordat_app;
SELECT access.let_go('cases_teamcase');

-- What rests on a team is written by the database alone.
SELECT access.policy('cases_assignment', 'insert_alone', 'INSERT', 'RESTRICTIVE', 'WITH CHECK (team_id IS NULL)');

-- ---- from teams to assignments ----------------------------------------------------------------------------------------

-- Write the assignments that are missing, of one team, of one member, or of all. Whoever is not cleared, not trained or in
-- conflict is left out, by the same trigger that refuses them elsewhere; they are looked at again when that changes.
CREATE OR REPLACE FUNCTION access.fill_teams(of_team uuid DEFAULT NULL, of_member uuid DEFAULT NULL) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    now_ timestamptz := ledger.clock();
    one  record;
BEGIN
    FOR one IN
        SELECT c.owner_id, c.team_id, c.created_by_id, m.membership_id, c.case_id, c.activity,
               greatest(m.starts_at, c.starts_at, now_) AS starts_at, least(m.ends_at, c.ends_at) AS ends_at
          FROM public.cases_teammember m
          JOIN public.cases_teamcase c ON c.team_id = m.team_id
          JOIN public.cases_case w ON w.id = c.case_id AND w.closed_at IS NULL
          JOIN public.people_membership p ON p.id = m.membership_id AND (p.valid_until IS NULL OR now_ < p.valid_until)
         WHERE (of_team IS NULL OR m.team_id = of_team) AND (of_member IS NULL OR m.membership_id = of_member)
           AND coalesce(least(m.ends_at, c.ends_at) > greatest(m.starts_at, c.starts_at, now_), true)
           AND NOT EXISTS (SELECT FROM public.cases_assignment a
                            WHERE a.team_id = c.team_id AND a.membership_id = m.membership_id AND a.case_id = c.case_id
                              AND a.activity = c.activity AND (a.ends_at IS NULL OR now_ < a.ends_at))
    LOOP
        BEGIN
            INSERT INTO public.cases_assignment (id, owner_id, case_id, membership_id, activity, starts_at, ends_at, created_by_id, team_id)
            VALUES (gen_random_uuid(), one.owner_id, one.case_id, one.membership_id, one.activity, one.starts_at, one.ends_at,
                    one.created_by_id, one.team_id);
        EXCEPTION WHEN check_violation THEN
            NULL;  -- not fit for this one
        END;
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION access.fill_team() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM access.fill_teams(NEW.team_id);
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS fill_team ON cases_teammember;
CREATE TRIGGER fill_team AFTER INSERT ON cases_teammember FOR EACH ROW EXECUTE FUNCTION access.fill_team();
DROP TRIGGER IF EXISTS fill_team ON cases_teamcase;
CREATE TRIGGER fill_team AFTER INSERT ON cases_teamcase FOR EACH ROW EXECUTE FUNCTION access.fill_team();

-- A clearance or a course that was missing is there: the member works on what the team works on.
CREATE OR REPLACE FUNCTION access.fill_member() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.cases_teammember m WHERE m.membership_id = NEW.membership_id AND m.ends_at IS NULL) THEN
        PERFORM access.fill_teams(NULL, NEW.membership_id);
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS fill_member ON people_clearance;
CREATE TRIGGER fill_member AFTER INSERT ON people_clearance FOR EACH ROW EXECUTE FUNCTION access.fill_member();
DROP TRIGGER IF EXISTS fill_member ON people_training;
CREATE TRIGGER fill_member AFTER INSERT ON people_training FOR EACH ROW EXECUTE FUNCTION access.fill_member();

-- ---- ends: each at the instant at which what it rests on ends, and what has ended stays ended -----------------------------

CREATE OR REPLACE FUNCTION access.end_with_team() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    was jsonb := to_jsonb(OLD);
    now_ timestamptz := ledger.clock();
BEGIN
    IF TG_TABLE_NAME = 'cases_team' THEN
        UPDATE public.cases_teammember SET ends_at = now_ WHERE team_id = OLD.id AND ends_at IS NULL;
        UPDATE public.cases_teamcase SET ends_at = now_ WHERE team_id = OLD.id AND ends_at IS NULL;
        NEW.ended_at := now_;
        RETURN NEW;
    END IF;
    NEW.ends_at := now_;
    UPDATE public.cases_assignment a SET ends_at = now_
     WHERE a.team_id = OLD.team_id AND (a.ends_at IS NULL OR now_ < a.ends_at)
       AND (was ->> 'membership_id' IS NULL OR a.membership_id = (was ->> 'membership_id')::uuid)
       AND (was ->> 'case_id' IS NULL OR a.case_id = (was ->> 'case_id')::uuid AND a.activity = was ->> 'activity');
    RETURN NEW;
END $$;
DO $$
DECLARE
    tab text;
BEGIN
    FOREACH tab IN ARRAY '{team,teammember,teamcase}'::text[] LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS end_with_team ON public.cases_%s', tab);
        EXECUTE format('CREATE TRIGGER end_with_team BEFORE UPDATE ON public.cases_%s FOR EACH ROW EXECUTE FUNCTION access.end_with_team()', tab);
    END LOOP;
END $$;

-- A service or a case ends: the team does not work on it any more.
CREATE OR REPLACE FUNCTION access.take_from_teams() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    ended jsonb := to_jsonb(NEW);
BEGIN
    UPDATE public.cases_teamcase SET ends_at = ledger.clock()
     WHERE ends_at IS NULL AND CASE TG_TABLE_NAME WHEN 'cases_case' THEN case_id = (ended ->> 'id')::uuid
                               ELSE case_id = (ended ->> 'civil_case_id')::uuid AND activity = ended ->> 'activity' END;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS take_from_teams ON cases_case;
CREATE TRIGGER take_from_teams AFTER UPDATE OF closed_at ON cases_case
    FOR EACH ROW WHEN (OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL) EXECUTE FUNCTION access.take_from_teams();
DROP TRIGGER IF EXISTS take_from_teams ON cases_link;
CREATE TRIGGER take_from_teams AFTER UPDATE OF ends_at ON cases_link
    FOR EACH ROW WHEN (OLD.ends_at IS NULL AND NEW.ends_at IS NOT NULL) EXECUTE FUNCTION access.take_from_teams();

REVOKE EXECUTE ON FUNCTION access.led_by(uuid, timestamptz), access.fill_teams(uuid, uuid), access.fill_team(), access.fill_member(),
    access.end_with_team(), access.take_from_teams() FROM PUBLIC;

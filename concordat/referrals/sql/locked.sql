-- Run as the owner; can be run again.

-- Until anybody signs, goals may be put right; from then on a change is a new version with its reason. (C6.8)
CREATE OR REPLACE FUNCTION referrals.goals_are_signed(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.referrals_goalsignature WHERE goal_set_id = wanted)
        OR EXISTS (SELECT FROM public.referrals_goalset WHERE id = wanted AND (person_signed_on IS NOT NULL OR person_declined))
$$;
CREATE OR REPLACE FUNCTION referrals.refuse_locked_goal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' AND access.disposing() THEN
        RETURN OLD;  -- their time is over, signed or not
    END IF;
    IF (TG_OP <> 'DELETE' AND referrals.goals_are_signed(NEW.goal_set_id))
       OR (TG_OP <> 'INSERT' AND referrals.goals_are_signed(OLD.goal_set_id)) THEN
        PERFORM referrals.refuse('signed_goals_are_locked', 'signed goals are locked; write a new version');
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
DROP TRIGGER IF EXISTS locked ON referrals_goal;
CREATE TRIGGER locked AFTER INSERT OR UPDATE OR DELETE ON referrals_goal
    FOR EACH ROW EXECUTE FUNCTION referrals.refuse_locked_goal();
GRANT DELETE ON referrals_goal TO concordat_app;
REVOKE EXECUTE ON FUNCTION referrals.goals_are_signed(uuid), referrals.refuse_locked_goal() FROM PUBLIC;

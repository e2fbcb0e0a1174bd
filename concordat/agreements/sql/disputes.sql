-- While a disagreement is open everything stays as it is: only danger or a law suspends. It is settled once.

CREATE OR REPLACE FUNCTION agreements.refuse_suspension_in_dispute() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.ground NOT IN ('safety', 'law') AND EXISTS (
        SELECT FROM public.agreements_agreement mine
          JOIN public.agreements_agreement other ON coalesce(other.framework_id, other.id) = coalesce(mine.framework_id, mine.id)
          JOIN public.agreements_dispute d ON d.agreement_id = other.id AND d.settled_at IS NULL
         WHERE mine.id = NEW.agreement_id
    ) THEN
        RAISE EXCEPTION 'a dispute keeps the status quo' USING ERRCODE = '23514', CONSTRAINT = 'dispute_keeps_the_status_quo';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS status_quo ON public.agreements_suspension;
CREATE TRIGGER status_quo BEFORE INSERT ON public.agreements_suspension
    FOR EACH ROW EXECUTE FUNCTION agreements.refuse_suspension_in_dispute();

DROP TRIGGER IF EXISTS settled_once ON public.agreements_dispute;
CREATE TRIGGER settled_once BEFORE UPDATE ON public.agreements_dispute
    FOR EACH ROW WHEN (OLD.settled_at IS NOT NULL) EXECUTE FUNCTION agreements.refuse_rewriting();
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA agreements FROM PUBLIC;

-- What two parties say to each other about a clause is written once: a counter-proposal or an answer is a row of its own.

CREATE OR REPLACE FUNCTION agreements.refuse_rewriting() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'what was sent does not change' USING ERRCODE = '23514', CONSTRAINT = 'talk_is_written_once';
END $$;

-- Only a proposed text is talked about; the other party answers, and takes up the newest row of the clause alone.
CREATE OR REPLACE FUNCTION agreements.refuse_own_reply() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.agreements_suggestion s
                WHERE s.id = NEW.suggestion_id
                  AND (s.organisation_id = NEW.organisation_id
                       OR EXISTS (SELECT FROM public.agreements_suggestion n WHERE n.counters_id = s.id))) THEN
        RAISE EXCEPTION 'the other party answers the newest proposal' USING ERRCODE = '23514', CONSTRAINT = 'reply_is_the_other_partys';
    END IF;
    RETURN NEW;
END $$;

-- A row that is talked about stands in the text that is talked about, and what it answers is about the same row.
CREATE OR REPLACE FUNCTION agreements.refuse_other_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.agreements_sharingrule WHERE id = NEW.rule_id AND version_id = NEW.version_id) THEN
        RAISE EXCEPTION 'the row is not of this text' USING ERRCODE = '23514', CONSTRAINT = 'suggested_row_is_of_its_text';
    END IF;
    RETURN NEW;
END $$;

DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['suggestion', 'reply'] LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS written_once ON public.agreements_%s', one);
        EXECUTE format('CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON public.agreements_%s
                        FOR EACH ROW EXECUTE FUNCTION agreements.refuse_rewriting()', one);
    END LOOP;
END $$;
-- Run before the column was added, this file makes the trigger when it is run again.
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'public.agreements_suggestion'::regclass AND attname = 'rule_id') THEN
        DROP TRIGGER IF EXISTS own_row ON public.agreements_suggestion;
        CREATE TRIGGER own_row BEFORE INSERT ON public.agreements_suggestion
            FOR EACH ROW WHEN (NEW.rule_id IS NOT NULL) EXECUTE FUNCTION agreements.refuse_other_row();
    END IF;
END $$;
DROP TRIGGER IF EXISTS other_party ON public.agreements_reply;
CREATE TRIGGER other_party BEFORE INSERT ON public.agreements_reply
    FOR EACH ROW EXECUTE FUNCTION agreements.refuse_own_reply();
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA agreements FROM PUBLIC;

-- What a line says in canonical text, and what may be taken out of it again. Run as the owner; can be run again.
--
-- What is hashed is the text of a `jsonb`: UTF-8, one space after each colon and comma, keys by length and then by
-- their bytes. Whatever a retention period ends for (which case, which categories, which details) is not in that text
-- itself: there stands a commitment, the SHA-256 of 16 random bytes and the text. When text and salt are removed, the
-- commitment tells nothing, and the hash of the line still holds. `docs/log-format.md` has an example.

CREATE OR REPLACE FUNCTION ledger.text_of(in_case uuid, categories smallint[], detail jsonb) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT jsonb_build_object('case', in_case, 'categories', to_jsonb(categories), 'detail', detail)::text $$;

CREATE OR REPLACE FUNCTION ledger.commitment_of(salt bytea, in_case uuid, categories smallint[], detail jsonb)
RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT sha256(salt || convert_to(ledger.text_of(in_case, categories, detail), 'UTF8')) $$;

CREATE OR REPLACE FUNCTION ledger.body_from(e public.ledger_entry, subjects jsonb) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'v', 2, 'id', e.id, 'at', to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'kind', e.kind,
        'what', e.what, 'organisation', e.organisation, 'membership', e.membership, 'purpose', e.purpose,
        'subjects', coalesce(subjects, '[]'))::text
$$;

CREATE OR REPLACE FUNCTION ledger.subject_from(s public.ledger_subject) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT jsonb_build_object('id', s.id, 'owner', s.owner, 'commitment', encode(s.commitment, 'hex')) $$;

-- The canonical text of a line, built from its rows.
CREATE OR REPLACE FUNCTION ledger.body_of(wanted uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT ledger.body_from(e, (SELECT jsonb_agg(ledger.subject_from(s) ORDER BY s.id)
                                  FROM public.ledger_subject s WHERE s.entry_id = e.id))
      FROM public.ledger_entry e WHERE e.id = wanted
$$;

-- Whether a subject still says what its commitment was made of; one whose text was removed says nothing any more.
CREATE OR REPLACE FUNCTION ledger.keeps_word(s public.ledger_subject) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN s.salt IS NULL THEN s."case" IS NULL AND s.categories = '{}' AND s.detail = '{}'
                ELSE ledger.commitment_of(s.salt, s."case", s.categories, s.detail) IS NOT DISTINCT FROM s.commitment END
$$;

-- Every line of places `first` to `last` with what is wrong about it, and NULL where nothing is. All at once: asked
-- line by line it takes ten times as long.
CREATE OR REPLACE FUNCTION ledger.examine_lines(first bigint, last bigint) RETURNS TABLE (place bigint, fault text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT leaf.position,
           CASE WHEN e.id IS NULL OR ledger.body_from(e, said.subjects) <> leaf.body
                     OR ledger.leaf_of(leaf.body) <> leaf.leaf OR NOT coalesce(said.hold, true)
                THEN 'the line was changed'
                WHEN leaf.leaf <> node.hash THEN 'another line stands in this place' END
      FROM public.ledger_leaf AS leaf
      LEFT JOIN public.ledger_entry AS e ON e.id = leaf.entry
      LEFT JOIN (SELECT s.entry_id, jsonb_agg(ledger.subject_from(s) ORDER BY s.id) AS subjects,
                        bool_and(ledger.keeps_word(s)) AS hold
                   FROM public.ledger_subject AS s GROUP BY s.entry_id) AS said ON said.entry_id = leaf.entry
      LEFT JOIN public.ledger_node AS node ON node.id = (leaf.position - 1) * 64
     WHERE leaf.position BETWEEN first AND last
$$;

-- Take the text about a case out of every line, where its retention period has ended; the proof of the lines stays.
-- For the owner of the database alone. The line that says so names no case.
CREATE OR REPLACE FUNCTION ledger.forget(ended uuid) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    touched jsonb;
    forgotten bigint;
BEGIN
    WITH emptied AS (
        UPDATE public.ledger_subject SET "case" = NULL, categories = '{}', detail = '{}', salt = NULL
         WHERE "case" = ended RETURNING owner)
    SELECT coalesce(jsonb_agg(jsonb_build_object('owner', owner, 'detail', jsonb_build_object('parts', parts))), '[]'),
           coalesce(sum(parts), 0)
      INTO touched, forgotten FROM (SELECT owner, count(*) AS parts FROM emptied GROUP BY owner) AS per_owner;
    PERFORM ledger.append('system', 'log.forgotten', NULL, touched);
    RETURN forgotten;
END $$;

-- Of a subject nothing changes but that its text goes, all of it and once.
CREATE OR REPLACE FUNCTION ledger.refuse_subject_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF OLD.salt IS NULL OR (OLD.id, OLD.entry_id, OLD.owner, OLD.commitment) IS DISTINCT FROM
                           (NEW.id, NEW.entry_id, NEW.owner, NEW.commitment)
       OR NEW.salt IS NOT NULL OR NEW."case" IS NOT NULL OR NEW.categories <> '{}' OR NEW.detail <> '{}' THEN
        RAISE EXCEPTION 'lines of the log are not changed or removed';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS forgotten_once ON public.ledger_subject;
CREATE TRIGGER forgotten_once BEFORE UPDATE ON public.ledger_subject
    FOR EACH ROW EXECUTE FUNCTION ledger.refuse_subject_change();
DROP TRIGGER IF EXISTS written_once ON public.ledger_subject;
CREATE TRIGGER written_once BEFORE DELETE OR TRUNCATE ON public.ledger_subject
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;

-- The clock, the signed context of a request, and the log. Run as the owner; can be run again.
-- Functions are SECURITY DEFINER with a pinned search path and time zone; every table is named with its schema.

CREATE SCHEMA IF NOT EXISTS ledger;
REVOKE ALL ON SCHEMA ledger FROM PUBLIC;
GRANT USAGE ON SCHEMA ledger TO concordat_app, concordat_signin;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA ledger REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- The one clock of every policy. It moves within a transaction, and never runs behind the newest line of the log:
-- a server clock set back reopens nothing.
CREATE OR REPLACE FUNCTION ledger.clock() RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT greatest(statement_timestamp(), (SELECT max(at) FROM public.ledger_entry)) $$;

DO $$ BEGIN
    CREATE TYPE ledger.context AS (
        membership uuid, organisation int, person uuid, purpose text, level int
    );
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;

-- Token: membership|organisation|user|purpose|level|expiry in Unix seconds|backend process|nonce|HMAC-SHA256 in hex.
-- Forged, expired, missing or from another connection: NULL, hence no rows anywhere.
-- Taken apart by length, not by a pattern: this is asked several times in every statement.
CREATE OR REPLACE FUNCTION ledger.bearer() RETURNS ledger.context
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    token   text := current_setting('concordat.context', true);
    payload text := left(token, -65);
    seal    text := right(token, 64);
    part    text[];
BEGIN
    -- Not NULL: a page without rows would look as if there were nothing. Who asked is asked again of the primary.
    IF pg_is_in_recovery() AND NOT ledger.may_answer() THEN
        RAISE EXCEPTION 'this replica may not answer now' USING ERRCODE = '55000';
    END IF;
    IF token IS NULL OR substr(token, length(payload) + 1, 1) <> '|' OR translate(seal, '0123456789abcdef', '') <> ''
       OR length(seal) <> 64 OR NOT EXISTS (
        -- Hashed once more before comparing: the time taken says nothing about how much of it was right.
        SELECT FROM public.ledger_key
         WHERE sha256(sha256(outer_pad || sha256(inner_pad || convert_to(payload, 'UTF8'))))
             = sha256(decode(seal, 'hex'))
    ) THEN
        RETURN NULL;
    END IF;
    part := string_to_array(payload, '|');           -- only now: what is signed is well formed
    IF to_timestamp(part[6]::bigint) <= statement_timestamp() OR part[7]::int <> pg_backend_pid() THEN
        RETURN NULL;
    END IF;
    RETURN ROW(part[1]::uuid, part[2]::int, part[3]::uuid, part[4], part[5]::int)::ledger.context;
END $$;

-- ---- the log ---------------------------------------------------------------------------------------------------

CREATE SEQUENCE IF NOT EXISTS ledger.line;

CREATE OR REPLACE FUNCTION ledger.leaf_of(body text) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$ SELECT sha256('\x00'::bytea || convert_to(body, 'UTF8')) $$;

CREATE OR REPLACE FUNCTION ledger.append(
    kind text, what text, who ledger.context, subjects jsonb
) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    entry   uuid := gen_random_uuid();
    written timestamptz := ledger.clock();
    body    text;
BEGIN
    INSERT INTO public.ledger_entry (id, at, kind, what, organisation, membership, purpose)
    VALUES (entry, written, kind, what, who.organisation, who.membership, coalesce(who.purpose, ''));
    INSERT INTO public.ledger_subject (id, entry_id, owner, "case", categories, detail, salt, commitment)
    SELECT gen_random_uuid(), entry, said.owner, said."case", said.categories, said.detail, said.salt,
           ledger.commitment_of(said.salt, said."case", said.categories, said.detail)
      FROM (SELECT (s ->> 'owner')::int AS owner, (s ->> 'case')::uuid AS "case",
                   coalesce(array(SELECT jsonb_array_elements_text(s -> 'categories')::smallint ORDER BY 1), '{}')
                       AS categories,
                   coalesce(s -> 'detail', '{}') AS detail, uuid_send(gen_random_uuid()) AS salt
              FROM jsonb_array_elements(subjects) AS s) AS said;
    body := ledger.body_of(entry);
    INSERT INTO public.ledger_leaf (number, entry, body, leaf)
    VALUES (nextval('ledger.line'), entry, body, ledger.leaf_of(body));
    RETURN entry;
END $$;

-- What a line says in canonical text, and how it comes into the tree: `lines.sql`, `tree.sql`.

-- The application's only way to write: the actor comes from the signed context, not from the caller.
CREATE OR REPLACE FUNCTION ledger.write(kind text, what text, subjects jsonb) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    who ledger.context := ledger.bearer();
BEGIN
    IF who.membership IS NULL THEN
        RAISE EXCEPTION 'no signed context: the log line cannot name its author' USING ERRCODE = '42501';
    END IF;
    RETURN ledger.append(kind, what, who, subjects);
END $$;

-- Signing in and out, before there is a context. No subject, no e-mail address: the user's number only.
CREATE OR REPLACE FUNCTION ledger.write_signin(what text, person uuid) RETURNS uuid
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT ledger.append('sign-in', what, NULL, jsonb_build_array(jsonb_build_object(
        'owner', 0, 'case', NULL, 'categories', '[]'::jsonb, 'detail', jsonb_build_object('user', person)))) $$;

-- Lines are written once. The owner's own slips are refused too; only a superuser could switch this off.
CREATE OR REPLACE FUNCTION ledger.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'lines of the log are not changed or removed';
END $$;

DROP TRIGGER IF EXISTS written_once ON public.ledger_entry;
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE OR TRUNCATE ON public.ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
DROP TRIGGER IF EXISTS written_once ON public.ledger_leaf;
CREATE TRIGGER written_once BEFORE DELETE OR TRUNCATE ON public.ledger_leaf
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

REVOKE ALL ON public.ledger_entry, public.ledger_subject, public.ledger_leaf, public.ledger_key FROM PUBLIC;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.clock(), ledger.bearer(), ledger.write(text, text, jsonb) TO concordat_app;
GRANT EXECUTE ON FUNCTION ledger.clock(), ledger.write_signin(text, uuid) TO concordat_signin;

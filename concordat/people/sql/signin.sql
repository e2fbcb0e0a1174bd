-- What the sign-in role may reach, and what it may not; how an invitation is taken up; whom an administrator may not
-- change. Run as the owner; can be run again. Session keys, second factors and invitations are worth as much as a
-- signed context, so the application role reads none of these tables.

-- Counts for throttling, and codes that were used already (Django's DatabaseCache).
CREATE TABLE IF NOT EXISTS public.people_cache (
    cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS people_cache_expires ON public.people_cache (expires);

DO $$
DECLARE
    tab text;
BEGIN
    FOREACH tab IN ARRAY ARRAY['people_user', 'people_session', 'people_keptpost', 'people_persona', 'people_invitation',
        'people_cache', 'mfa_authenticator', 'account_emailaddress', 'account_emailconfirmation', 'auth_group',
        'auth_permission', 'auth_group_permissions', 'django_content_type', 'django_migrations'] LOOP
        EXECUTE format('REVOKE ALL ON public.%I FROM PUBLIC, concordat_app, concordat_signin', tab);
    END LOOP;
END $$;

GRANT SELECT, INSERT, UPDATE ON public.people_user, public.people_invitation TO concordat_signin;
GRANT SELECT, INSERT ON public.people_persona TO concordat_signin;
GRANT SELECT, INSERT, UPDATE, DELETE
    ON public.people_session, public.people_keptpost, public.people_cache, public.mfa_authenticator TO concordat_signin;
GRANT SELECT ON public.account_emailaddress TO concordat_signin; -- always empty: the address is the user's

CREATE SCHEMA IF NOT EXISTS people;
REVOKE ALL ON SCHEMA people FROM PUBLIC;
GRANT USAGE ON SCHEMA people TO concordat_signin;
ALTER DEFAULT PRIVILEGES IN SCHEMA people REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- Take up an invitation: once, in time, and never a second membership of one organisation for the same person, so that
-- an administrator cannot take up what they handed out. Returns the membership, or NULL when the code is worth nothing.
CREATE OR REPLACE FUNCTION people.take_up(wanted text, person uuid) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    member public.people_membership;
BEGIN
    UPDATE public.people_invitation SET used_at = ledger.clock()
     WHERE code_hash = wanted AND used_at IS NULL AND ledger.clock() < expires_at
    RETURNING membership_id INTO member.id;
    SELECT * INTO member FROM public.people_membership WHERE id = member.id FOR UPDATE;
    IF member.id IS NULL OR member.valid_until <= ledger.clock() THEN
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT FROM public.people_membership
                WHERE user_id = person AND organisation_id = member.organisation_id AND id <> member.id
                  AND (valid_until IS NULL OR ledger.clock() < valid_until)) THEN
        RAISE EXCEPTION 'this person already has a membership there'
            USING ERRCODE = '23514', CONSTRAINT = 'one_membership_of_an_organisation';
    END IF;
    IF member.user_id <> person AND EXISTS (SELECT FROM public.people_user WHERE id = member.user_id) THEN
        RAISE EXCEPTION 'this membership belongs to somebody else'
            USING ERRCODE = '23514', CONSTRAINT = 'membership_is_taken_up_once';
    END IF;
    UPDATE public.people_membership SET user_id = person WHERE id = member.id;
    RETURN member.id;
END $$;

-- Nobody changes their own membership or makes one for themselves: an administrator is not a reader, and stays none.
CREATE OR REPLACE FUNCTION people.refuse_own() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    who ledger.context := ledger.bearer();
BEGIN
    IF who.person = NEW.user_id OR (TG_OP = 'UPDATE' AND who.person = OLD.user_id) THEN
        RAISE EXCEPTION 'nobody changes their own membership'
            USING ERRCODE = '23514', CONSTRAINT = 'own_membership_is_changed_by_others';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS not_own ON public.people_membership;
CREATE TRIGGER not_own BEFORE INSERT OR UPDATE ON public.people_membership
    FOR EACH ROW EXECUTE FUNCTION people.refuse_own();

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA people FROM PUBLIC, concordat_app, concordat_signin;
GRANT EXECUTE ON FUNCTION people.take_up(text, uuid) TO concordat_signin;

-- A lost second factor: who may ask, and the one way to take it off, which needs two people. Run as the owner; can be
-- run again. The application role reaches no second factor; this function does, for exactly this.

SELECT access.close_table('people_factorreset');
SELECT access.policy('people_factorreset', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (organisation_id = (SELECT access.my_organisation())
            AND (membership_id = (SELECT access.my_membership())
                 OR (SELECT access.i_am(''{administrator,signatory,director,data_protection}''))))');
SELECT access.policy('people_factorreset', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (organisation_id = (SELECT access.my_organisation()) AND asked_by_id = (SELECT access.my_membership())
                 AND (SELECT access.i_am(''{administrator,signatory,director}'', true))
                 AND confirmed_at IS NULL AND confirmed_by_id IS NULL
                 AND membership_id IN (SELECT id FROM people_membership WHERE organisation_id = (SELECT access.my_organisation())))');
SELECT access.policy('people_factorreset', 'withdraw_own', 'UPDATE', 'PERMISSIVE',
    'USING (organisation_id = (SELECT access.my_organisation())
            AND (SELECT access.i_am(''{administrator,signatory,director}'', true)))
     WITH CHECK (organisation_id = (SELECT access.my_organisation()))');
GRANT SELECT, INSERT ON people_factorreset TO concordat_app;
GRANT UPDATE (withdrawn_at) ON people_factorreset TO concordat_app;

REVOKE ALL ON people_hold FROM PUBLIC, concordat_app, concordat_signin;
GRANT SELECT ON people_hold TO concordat_signin;

-- The second of two people confirms. Returns whether a factor was taken off (true) or only a hold was lifted (false).
-- Other organisations of the same person are held: what one organisation vouches for opens nothing of another.
CREATE OR REPLACE FUNCTION access.confirm_reset(wanted uuid, how text, said text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    who    ledger.context := ledger.bearer();
    asked  public.people_factorreset;
    member public.people_membership;
BEGIN
    SELECT * INTO asked FROM public.people_factorreset
     WHERE id = wanted AND organisation_id = access.my_organisation() FOR UPDATE;
    SELECT * INTO member FROM public.people_membership WHERE id = asked.membership_id;
    IF member.id IS NULL OR NOT access.i_am('{administrator,signatory,director}', true) THEN
        RAISE EXCEPTION 'only two people of the organisation do this' USING ERRCODE = '42501';
    END IF;
    IF who.person = member.user_id
       OR who.person = (SELECT user_id FROM public.people_membership WHERE id = asked.asked_by_id) THEN
        RAISE EXCEPTION 'nobody does this alone'
            USING ERRCODE = '23514', CONSTRAINT = 'reset_is_confirmed_by_another';
    END IF;
    IF asked.confirmed_at IS NOT NULL OR asked.withdrawn_at IS NOT NULL OR said = ''
       OR ledger.clock() >= asked.asked_at + interval '48 hours' THEN
        RAISE EXCEPTION 'there is nothing to confirm' USING ERRCODE = '23514', CONSTRAINT = 'reset_is_open';
    END IF;
    UPDATE public.people_factorreset
       SET confirmed_at = ledger.clock(), confirmed_by_id = who.membership, confirmed_checked = how,
           confirmed_statement = said
     WHERE id = wanted;
    DELETE FROM public.people_hold WHERE membership_id = member.id;
    IF FOUND THEN
        RETURN false;
    END IF;
    DELETE FROM public.mfa_authenticator WHERE user_id = member.user_id;
    DELETE FROM public.people_session WHERE user_id = member.user_id;
    UPDATE public.people_user SET password = '!' || gen_random_uuid() WHERE id = member.user_id;
    INSERT INTO public.people_hold (membership_id, since)
    SELECT id, ledger.clock() FROM public.people_membership
     WHERE user_id = member.user_id AND organisation_id <> member.organisation_id
       AND (valid_until IS NULL OR ledger.clock() < valid_until)
    ON CONFLICT DO NOTHING;
    RETURN true;
END $$;

REVOKE EXECUTE ON FUNCTION access.confirm_reset(uuid, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.confirm_reset(uuid, text, text) TO concordat_app;

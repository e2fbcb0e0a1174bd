-- Messages hold addresses and links that open something: the sign-in role's alone, like invitations. Run as the owner;
-- can be run again. Who reads a notice is a policy (`access/sql/notices.sql`).

DO $$
DECLARE
    tab text;
BEGIN
    FOREACH tab IN ARRAY ARRAY['notices_message', 'notices_watch', 'notices_notice'] LOOP
        EXECUTE format('REVOKE ALL ON public.%I FROM PUBLIC, concordat_app, concordat_signin', tab);
    END LOOP;
END $$;

GRANT SELECT, INSERT, UPDATE, DELETE ON public.notices_message TO concordat_signin;
GRANT SELECT, INSERT, UPDATE ON public.notices_watch TO concordat_signin;

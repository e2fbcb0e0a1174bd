-- A notice is read by the member whom it tells something, and by nobody else, whatever their post. Run as the owner;
-- can be run again.

SELECT access.close_table('notices_notice');
ALTER TABLE notices_notice FORCE ROW LEVEL SECURITY;
SELECT access.policy('notices_notice', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (membership_id = (SELECT access.my_membership()))');
SELECT access.policy('notices_notice', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (membership_id = (SELECT access.my_membership()))');
SELECT access.policy('notices_notice', 'update_own', 'UPDATE', 'PERMISSIVE',
    'USING (membership_id = (SELECT access.my_membership())) WITH CHECK (membership_id = (SELECT access.my_membership()))');
-- The owner's functions below say which of one's own memberships a notice belongs to, and write its line.
DROP POLICY IF EXISTS read_as_owner ON notices_notice;
CREATE POLICY read_as_owner ON notices_notice FOR SELECT TO concordat_owner USING (true);
GRANT SELECT, INSERT ON notices_notice TO concordat_app;
GRANT UPDATE (seen_at, told_at, over_at) ON notices_notice TO concordat_app;

-- Somebody follows a link while acting for another of their organisations: as whom to act then. For notices of other
-- people, and for none at all, there is no answer.
CREATE OR REPLACE FUNCTION access.mine_elsewhere(wanted uuid) RETURNS uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT m.id FROM public.notices_notice n JOIN public.people_membership m ON m.id = n.membership_id
     WHERE n.id = wanted AND m.user_id = (ledger.bearer()).person
       AND m.valid_from <= ledger.clock() AND (m.valid_until IS NULL OR ledger.clock() < m.valid_until)
$$;

-- The line that a notice was made: by the system, not by the member whom it tells something.
CREATE OR REPLACE FUNCTION access.log_notice(made uuid) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT ledger.append('system', 'notice.made', NULL, jsonb_build_array(jsonb_build_object(
             'owner', m.organisation_id, 'detail', jsonb_build_object('notice', n.id, 'about', n.about, 'member', m.id))))
      FROM public.notices_notice n JOIN public.people_membership m ON m.id = n.membership_id
     WHERE n.id = made AND n.membership_id = access.my_membership()
$$;

REVOKE EXECUTE ON FUNCTION access.mine_elsewhere(uuid), access.log_notice(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.mine_elsewhere(uuid), access.log_notice(uuid) TO concordat_app;

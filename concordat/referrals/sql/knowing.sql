-- Who knew of a case that is closed to them: besides those whom `access.knew_of` names, whoever was asked about it by a
-- referral that was sent, or sent one. Run as the owner; can be run again.

CREATE OR REPLACE FUNCTION referrals.knew_of(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT access.knew_of(wanted) OR (wanted IN (SELECT access.my_restrictions()) AND EXISTS (
        SELECT FROM public.referrals_referral r
         WHERE r.case_id = wanted AND r.sent_at IS NOT NULL
           AND (r.sent_by_id = (SELECT access.my_membership())
                OR (r.to_id = (SELECT access.my_organisation()) AND r.owner_id IN (SELECT access.partners())
                    AND (SELECT access.i_am('{coordinator,programme_manager}'))))))
$$;
REVOKE EXECUTE ON FUNCTION referrals.knew_of(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION referrals.knew_of(uuid) TO concordat_app;

-- What somebody wrote to warn stands above the person's agreement (13.5, P27 and P28: on threshold, both ways), but the link
-- to the other side's case does not: an authority knows of it only while the person agrees. So the records of the other
-- side are looked for behind a question: of which cases may something be a warning about the person of my case? What is
-- read of them the policies of the records say. Run as the owner; can be run again.

CREATE OR REPLACE FUNCTION access.other_sides(own uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT l.other_case FROM access.my_links_at(own) AS l WHERE l.own_case = own AND access.is_my_case(own)
$$;
REVOKE EXECUTE ON FUNCTION access.other_sides(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.other_sides(uuid) TO concordat_app;

-- What a person says against a record stands beside it: read by exactly whoever reads that record, in the form in which it
-- stands; written by an officer of its owner, once. Run as the owner; can be run again.

SELECT access.close_table('cases_disagreement');
ALTER TABLE cases_disagreement FORCE ROW LEVEL SECURITY;
ALTER TABLE cases_disagreement ALTER COLUMN written_in SET DEFAULT '';
SELECT access.policy('cases_disagreement', 'insert_officer', 'INSERT', 'RESTRICTIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND created_by_id = (SELECT access.my_membership())
                 AND (SELECT access.i_am(''{data_protection,coordinator,programme_manager,case_officer,facilitator}'')))');
GRANT SELECT, INSERT ON cases_disagreement TO concordat_app;

-- A table of records may carry such statements. A policy for each: the row of the record is looked up under its own
-- policies, as the one who asks.
CREATE OR REPLACE FUNCTION access.carry_disagreement(tab regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM access.policy('public.cases_disagreement', 'read_with_' || tab, 'SELECT', 'PERMISSIVE', format(
        'USING (kind = %L AND EXISTS (SELECT FROM %s w WHERE w.id = record))', tab, tab));
    PERFORM access.policy('public.cases_disagreement', 'insert_with_' || tab, 'INSERT', 'PERMISSIVE', format(
        'WITH CHECK (kind = %L AND EXISTS (SELECT FROM %s w WHERE w.id = record AND w.case_id = cases_disagreement.case_id
                                                            AND w.owner_id = cases_disagreement.owner_id))', tab, tab));
END $$;
REVOKE EXECUTE ON FUNCTION access.carry_disagreement(regclass) FROM PUBLIC;

SELECT access.carry_disagreement(tab)
  FROM unnest(ARRAY['cases_identity', 'cases_identitysummary', 'cases_placement', 'cases_keydates', 'cases_fullrecord',
    'cases_summaryrecord', 'cases_daterecord', 'cases_existencerecord', 'cases_thresholdrecord']::regclass[]) AS tab;

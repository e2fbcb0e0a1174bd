-- The policies of the tables below `access`, and of its own. Rooms above declare theirs in their own migrations.
-- Not forced (the owner's functions read them): membership, clearance, training, case, link, assignment, conflict,
-- placement, participation, relative's agreement, restriction, and the agreements.

-- ---- open to everybody signed in ---------------------------------------------------------------------------------

SELECT access.open_table('organisations_organisation', 'who the organisations are, and how independent, is public');
SELECT access.open_table('organisations_place', 'which places there are is public');
SELECT access.open_table('agreements_mandate', 'what a body may see by statute is public');
SELECT access.open_table('agreements_mandatecell', 'what a body may see by statute is public');
SELECT access.open_table('agreements_mandateplace', 'what a body may see by statute is public');
SELECT access.open_table('access_roleright', 'what roles may read and write is public');

-- ---- the compiler's own: nobody but the owner --------------------------------------------------------------------

SELECT access.close_table(t) FROM unnest(ARRAY['access_grant', 'access_keys', 'access_terms', 'access_framework',
    'access_compilelock', 'ledger_leaf', 'ledger_key']::regclass[]) AS t;

-- ---- people ------------------------------------------------------------------------------------------------------

SELECT access.close_table('people_membership');
SELECT access.policy('people_membership', 'read_known', 'SELECT', 'PERMISSIVE',
    'USING (organisation_id = (SELECT access.my_organisation()) OR organisation_id IN (SELECT access.known_organisations()))');
SELECT access.policy('people_membership', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (organisation_id = (SELECT access.my_organisation()) AND (SELECT access.i_am(''{administrator}'', true)))');
SELECT access.policy('people_membership', 'update_own', 'UPDATE', 'PERMISSIVE',
    'USING (organisation_id = (SELECT access.my_organisation()) AND (SELECT access.i_am(''{administrator}'', true)))
     WITH CHECK (organisation_id = (SELECT access.my_organisation()))');
GRANT SELECT, INSERT ON people_membership TO concordat_app;
GRANT UPDATE (shown_name, title, roles, valid_until) ON people_membership TO concordat_app;
-- The sign-in role chooses as whom somebody acts, before there is a context.
DROP POLICY IF EXISTS sign_in ON people_membership;
CREATE POLICY sign_in ON people_membership FOR SELECT TO concordat_signin USING (true);
GRANT SELECT ON people_membership, organisations_organisation TO concordat_signin;

SELECT access.close_table('people_clearance');
SELECT access.policy('people_clearance', 'read_outcome', 'SELECT', 'PERMISSIVE',
    'USING (authority_id = (SELECT access.my_organisation())
            OR membership_id IN (SELECT id FROM people_membership WHERE organisation_id = (SELECT access.my_organisation())))');
SELECT access.policy('people_clearance', 'insert_by_authority', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (authority_id = (SELECT access.my_organisation()) AND (SELECT access.i_am_authority())
                 AND (SELECT access.i_am(''{security_manager}'')))');
GRANT SELECT, INSERT ON people_clearance TO concordat_app;

SELECT access.close_table('people_training');
SELECT access.policy('people_training', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (membership_id IN (SELECT id FROM people_membership WHERE organisation_id = (SELECT access.my_organisation())))');
SELECT access.policy('people_training', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (membership_id IN (SELECT id FROM people_membership WHERE organisation_id = (SELECT access.my_organisation()))
                 AND (SELECT access.i_am(''{coordinator,director,administrator,partnership_officer}'')))');
GRANT SELECT, INSERT ON people_training TO concordat_app;

-- ---- cases -------------------------------------------------------------------------------------------------------

SELECT access.protect('cases_case', 'owner_id', '2', 'id', 'full', false);
SELECT access.protect('cases_identity', 'owner_id', '1', 'case_id', 'full');
SELECT access.protect('cases_identitysummary', 'owner_id', '1', 'case_id', 'summary');
SELECT access.protect('cases_placement', 'owner_id', '3', 'case_id', 'full', false);
SELECT access.protect('cases_keydates', 'owner_id', '4', 'case_id', 'full');
SELECT access.protect('cases_fullrecord', 'owner_id', 'category', 'case_id', 'full');
SELECT access.protect('cases_summaryrecord', 'owner_id', 'category', 'case_id', 'summary');
SELECT access.protect('cases_daterecord', 'owner_id', 'category', 'case_id', 'date');
SELECT access.protect('cases_existencerecord', 'owner_id', 'category', 'case_id', 'existence');
SELECT access.protect('cases_thresholdrecord', 'owner_id', 'category', 'case_id', 'threshold');
SELECT access.protect('cases_participation', 'owner_id', '31', 'case_id', 'full', false);
SELECT access.protect('cases_relativeagreement', 'owner_id', '31', 'case_id', 'full', false);
SELECT access.protect('cases_nametoken', 'owner_id', '1', 'case_id', 'full');
SELECT access.policy('cases_nametoken', 'delete_own', 'DELETE', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND case_id NOT IN (SELECT access.my_restrictions())
            AND ((SELECT access.i_see_whole()) OR case_id IN (SELECT access.my_own_cases())))');
GRANT DELETE ON cases_nametoken TO concordat_app;

-- Links: links.sql.

SELECT access.close_table('cases_assignment');
SELECT access.policy('cases_assignment', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation())
            AND ((SELECT access.i_see_whole()) OR case_id IN (SELECT access.my_own_cases())))');
SELECT access.policy('cases_assignment', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND (SELECT access.i_see_whole())
                 AND access.is_my_case(case_id)
                 AND membership_id IN (SELECT id FROM people_membership WHERE organisation_id = (SELECT access.my_organisation())))');
SELECT access.policy('cases_assignment', 'update_own', 'UPDATE', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND (SELECT access.i_see_whole()))
     WITH CHECK (owner_id = (SELECT access.my_organisation()))');
GRANT SELECT, INSERT ON cases_assignment TO concordat_app;
GRANT UPDATE (ends_at) ON cases_assignment TO concordat_app;

SELECT access.close_table('cases_conflict');
SELECT access.policy('cases_conflict', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation())
            AND ((SELECT access.i_see_whole()) OR membership_id = (SELECT access.my_membership())))');
SELECT access.policy('cases_conflict', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND access.is_my_case(case_id))');
GRANT SELECT, INSERT ON cases_conflict TO concordat_app;

SELECT access.close_table('cases_restriction');
SELECT access.policy('cases_restriction', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND access.is_my_case(case_id)
            AND (SELECT access.i_am(''{data_protection,programme_manager,coordinator}'')))');
SELECT access.policy('cases_restriction', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND access.is_my_case(case_id)
                 AND (SELECT access.i_am(''{data_protection,programme_manager,coordinator}'')))');
GRANT SELECT, INSERT ON cases_restriction TO concordat_app;

-- A worker who is not cleared, not trained, in conflict or of another organisation is not assigned: the database
-- refuses, whatever the application thinks. (C6.3, C6.4) Which clearance and courses: every terms in force for this
-- activity that name the worker's organisation; for a child, a course in safeguarding on top.
CREATE OR REPLACE FUNCTION access.refuse_unfit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asked record;
BEGIN
    IF access.has_conflict(NEW.membership_id, NEW.case_id, NEW.case_id) THEN
        RAISE EXCEPTION 'worker has a conflict of interest with this case' USING ERRCODE = '23514', CONSTRAINT = 'worker_without_conflict';
    END IF;
    IF NOT EXISTS (SELECT FROM public.cases_case WHERE id = NEW.case_id AND NOT child_rules)
       AND EXISTS (SELECT FROM public.cases_link WHERE NEW.case_id = civil_case_id)
       AND NOT access.is_fit(NEW.membership_id, '', '{safeguarding}') THEN
        RAISE EXCEPTION 'worker is not trained in safeguarding' USING ERRCODE = '23514', CONSTRAINT = 'worker_is_trained_for_children';
    END IF;
    FOR asked IN SELECT t.clearance, t.trainings FROM public.cases_link l
        JOIN public.access_terms t ON t.recipient = l.civil_id AND t.owner = l.authority_id AND t.activity = l.activity
         AND t.place = access.place_of(l.authority_case_id) AND t.valid @> ledger.clock()
       WHERE l.civil_case_id = NEW.case_id AND l.ends_at IS NULL AND l.activity = NEW.activity
    LOOP
        IF NOT access.is_fit(NEW.membership_id, asked.clearance, '{}') THEN
            RAISE EXCEPTION 'worker is not cleared' USING ERRCODE = '23514', CONSTRAINT = 'worker_is_cleared';
        END IF;
        IF NOT access.is_fit(NEW.membership_id, '', asked.trainings) THEN
            RAISE EXCEPTION 'worker is not trained' USING ERRCODE = '23514', CONSTRAINT = 'worker_is_trained';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS fit_worker ON cases_assignment;
CREATE TRIGGER fit_worker AFTER INSERT ON cases_assignment
    FOR EACH ROW WHEN (NEW.ends_at IS NULL) EXECUTE FUNCTION access.refuse_unfit();

-- ---- agreements --------------------------------------------------------------------------------------------------

SELECT access.close_table(t) FROM unnest(ARRAY['agreements_agreement', 'agreements_version', 'agreements_clause',
    'agreements_sharingrule', 'agreements_prohibition', 'agreements_termsplace', 'agreements_termsrequirement',
    'agreements_fundingline', 'agreements_signature', 'agreements_suspension', 'agreements_ending',
    'agreements_closure']::regclass[]) AS t;

-- `IN` of two columns would ask twice who asks.
SELECT access.policy('agreements_agreement', 'read_party', 'SELECT', 'PERMISSIVE',
    'USING ((SELECT access.my_organisation()) = ANY (ARRAY[party_a_id, party_b_id])
            AND NOT (id IN (SELECT access.drafts_of_others())))');
SELECT access.policy('agreements_agreement', 'insert_party', 'INSERT', 'PERMISSIVE',
    'WITH CHECK ((SELECT access.my_organisation()) = ANY (ARRAY[party_a_id, party_b_id])
                 AND (SELECT access.i_am(''{partnership_officer,director,signatory}'')))');
GRANT SELECT, INSERT ON agreements_agreement TO concordat_app;

-- A draft belongs to the party that writes it until it is proposed to the other.
SELECT access.policy('agreements_version', 'read_party', 'SELECT', 'PERMISSIVE',
    'USING (agreement_id IN (SELECT id FROM agreements_agreement)
            AND (proposed_at IS NOT NULL OR drafted_for_id = (SELECT access.my_organisation())))');
SELECT access.policy('agreements_version', 'insert_party', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (agreement_id IN (SELECT id FROM agreements_agreement)
                 AND drafted_for_id = (SELECT access.my_organisation()) AND proposed_at IS NULL
                 AND (SELECT access.i_am(''{partnership_officer,director,signatory}'')))');
SELECT access.policy('agreements_version', 'update_draft', 'UPDATE', 'PERMISSIVE',
    'USING (drafted_for_id = (SELECT access.my_organisation()) AND proposed_at IS NULL
            AND (SELECT access.i_am(''{partnership_officer,director,signatory}'')))
     WITH CHECK (drafted_for_id = (SELECT access.my_organisation()))');
GRANT SELECT, INSERT ON agreements_version TO concordat_app;
GRANT UPDATE (first_day, last_day, starts_at, ends_at, whole_team_of, document, hash, proposed_at, proposed_by_id)
    ON agreements_version TO concordat_app;

DO $$
DECLARE
    part text;
BEGIN
    FOREACH part IN ARRAY ARRAY['clause', 'sharingrule', 'prohibition', 'termsplace', 'termsrequirement', 'fundingline'] LOOP
        PERFORM access.policy(('agreements_' || part)::regclass, 'read_with_version', 'SELECT', 'PERMISSIVE',
            'USING (version_id IN (SELECT id FROM agreements_version))');
        PERFORM access.policy(('agreements_' || part)::regclass, 'insert_in_draft', 'INSERT', 'PERMISSIVE',
            'WITH CHECK (version_id IN (SELECT id FROM agreements_version
                WHERE proposed_at IS NULL AND drafted_for_id = (SELECT access.my_organisation())))');
        PERFORM access.policy(('agreements_' || part)::regclass, 'update_in_draft', 'UPDATE', 'PERMISSIVE',
            'USING (version_id IN (SELECT id FROM agreements_version
                WHERE proposed_at IS NULL AND drafted_for_id = (SELECT access.my_organisation())))');
        PERFORM access.policy(('agreements_' || part)::regclass, 'delete_in_draft', 'DELETE', 'PERMISSIVE',
            'USING (version_id IN (SELECT id FROM agreements_version
                WHERE proposed_at IS NULL AND drafted_for_id = (SELECT access.my_organisation())))');
        EXECUTE format('GRANT SELECT, INSERT, DELETE ON public.agreements_%s TO concordat_app', part);
        PERFORM access.grant_columns(('agreements_' || part)::regclass, 'UPDATE', '{id,version_id}');
        -- Frozen with the proposal, for the owner as well: what was signed is what is enforced.
        EXECUTE format('DROP TRIGGER IF EXISTS frozen ON public.agreements_%s', part);
        EXECUTE format('CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON public.agreements_%s
                        FOR EACH ROW EXECUTE FUNCTION agreements.refuse_frozen()', part);
    END LOOP;
END $$;

-- The signatory of each party, with the second factor, and only the hash that was proposed.
SELECT access.policy('agreements_signature', 'read_with_version', 'SELECT', 'PERMISSIVE',
    'USING (version_id IN (SELECT id FROM agreements_version))');
SELECT access.policy('agreements_signature', 'insert_signatory', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (organisation_id = (SELECT access.my_organisation()) AND membership_id = (SELECT access.my_membership())
                 AND (SELECT access.i_am(''{signatory}'', true))
                 AND version_id IN (SELECT id FROM agreements_version WHERE proposed_at IS NOT NULL))');
GRANT SELECT, INSERT ON agreements_signature TO concordat_app;

SELECT access.policy('agreements_suspension', 'read_party', 'SELECT', 'PERMISSIVE',
    'USING (agreement_id IN (SELECT id FROM agreements_agreement))');
SELECT access.policy('agreements_suspension', 'insert_signatory', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (organisation_id = (SELECT access.my_organisation()) AND created_by_id = (SELECT access.my_membership())
                 AND agreement_id IN (SELECT id FROM agreements_agreement) AND (SELECT access.i_am(''{signatory}'', true)))');
SELECT access.policy('agreements_suspension', 'lift_own', 'UPDATE', 'PERMISSIVE',
    'USING (organisation_id = (SELECT access.my_organisation()) AND (SELECT access.i_am(''{signatory}'', true)))
     WITH CHECK (organisation_id = (SELECT access.my_organisation()))');
GRANT SELECT, INSERT ON agreements_suspension TO concordat_app;
GRANT UPDATE (lifted_at, lifted_by_id) ON agreements_suspension TO concordat_app;

SELECT access.policy('agreements_ending', 'read_party', 'SELECT', 'PERMISSIVE',
    'USING (agreement_id IN (SELECT id FROM agreements_agreement))');
SELECT access.policy('agreements_ending', 'insert_signatory', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (organisation_id = (SELECT access.my_organisation()) AND created_by_id = (SELECT access.my_membership())
                 AND agreement_id IN (SELECT id FROM agreements_agreement) AND (SELECT access.i_am(''{signatory}'', true)))');
GRANT SELECT, INSERT ON agreements_ending TO concordat_app;

SELECT access.policy('agreements_closure', 'read_all', 'SELECT', 'PERMISSIVE', 'USING ((SELECT access.my_organisation()) IS NOT NULL)');
SELECT access.policy('agreements_closure', 'confirm_own', 'UPDATE', 'PERMISSIVE',
    'USING (organisation_id = (SELECT access.my_organisation()) AND (SELECT access.i_am(''{signatory}'', true)))
     WITH CHECK (organisation_id = (SELECT access.my_organisation()) AND confirmed_by_id = (SELECT access.my_membership()))');
GRANT SELECT ON agreements_closure TO concordat_app;
GRANT UPDATE (confirmed_at, confirmed_by_id) ON agreements_closure TO concordat_app;

-- A restored copy starts closed: withdrawals and suspensions made since the backup are not in it.
CREATE OR REPLACE FUNCTION access.close_after_restore() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH closed AS (
        INSERT INTO public.agreements_closure (id, organisation_id, at)
        SELECT gen_random_uuid(), id, ledger.clock() FROM public.organisations_organisation RETURNING 1)
    SELECT count(*) FROM closed WHERE ledger.append('system', 'restored', NULL, '[]') IS NOT NULL
$$;

-- ---- the log -----------------------------------------------------------------------------------------------------

-- Who may read the log is a policy too: it tells who takes part in what.
SELECT access.close_table('ledger_entry');
SELECT access.close_table('ledger_subject');
SELECT access.policy('ledger_subject', 'read_owner', 'SELECT', 'PERMISSIVE',
    'USING (owner = (SELECT access.my_organisation()) AND ((SELECT access.i_read_the_log())
            OR "case" IN (SELECT access.my_own_cases())))');
SELECT access.policy('ledger_subject', 'read_restriction', 'SELECT', 'RESTRICTIVE',
    'USING ("case" IS NULL OR "case" NOT IN (SELECT access.my_restrictions()))');
SELECT access.policy('ledger_entry', 'read_with_subject', 'SELECT', 'PERMISSIVE',
    'USING (EXISTS (SELECT FROM ledger_subject s WHERE s.entry_id = ledger_entry.id))');
GRANT SELECT ON ledger_entry, ledger_subject TO concordat_app;

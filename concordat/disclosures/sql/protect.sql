-- Disclosures to somebody outside: seen by their own organisation; each passage of another organisation, and for what it is
-- wanted, by that organisation's officers too, while the person agrees. Run as the owner; can be run again.

CREATE SCHEMA IF NOT EXISTS disclosures;
REVOKE ALL ON SCHEMA disclosures FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA disclosures REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

SELECT access.protect('disclosures_item', 'owner_id', 'category', 'case_id', 'full');
DROP POLICY IF EXISTS insert_own ON disclosures_item;
DROP POLICY IF EXISTS update_own ON disclosures_item;
SELECT access.policy('disclosures_item', 'read_of_ones_own', 'SELECT', 'RESTRICTIVE',
    'USING ((SELECT access.my_organisation()) IN (owner_id, of_owner_id))');
-- Were it shown to an authority after a withdrawal, it would tell that somebody still works with the person.
SELECT access.policy('disclosures_item', 'read_originator', 'SELECT', 'PERMISSIVE',
    'USING (of_owner_id = (SELECT access.my_organisation()) AND owner_id <> of_owner_id
            AND (SELECT access.i_am(''{programme_manager,coordinator}''))
            AND (EXISTS (SELECT FROM access.agreed_link a WHERE a.authority_case = case_id)
                 OR EXISTS (SELECT FROM access.agreed_link a WHERE a.civil_case = case_id)))');
-- Whoever may read a category may say that it should be told: it is decided by others.
SELECT access.policy('disclosures_item', 'insert_reader', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (owner_id = (SELECT access.my_organisation()) AND created_by_id = (SELECT access.my_membership())
                 AND given IS NULL AND access.is_my_case(case_id)
                 AND (SELECT access.i_am(''{programme_manager,coordinator}''))
                 AND ((SELECT access.my_mask(''read'')) >> category::int) & 1 = 1)');
SELECT access.policy('disclosures_item', 'answer_originator', 'UPDATE', 'PERMISSIVE',
    'USING (of_owner_id = (SELECT access.my_organisation()) AND owner_id <> of_owner_id AND answered_at IS NULL
            AND (SELECT access.i_am(''{programme_manager,coordinator}'')))
     WITH CHECK (of_owner_id = (SELECT access.my_organisation()) AND answered_by_id = (SELECT access.my_membership()))');
REVOKE UPDATE ON disclosures_item FROM concordat_app;
GRANT UPDATE (given, answer_words, answered_at, answered_by_id) ON disclosures_item TO concordat_app;

-- Not forced: whether a scan hangs on a record of its own case is asked as the owner of the tables.
SELECT access.protect('disclosures_disclosure', 'owner_id', '2', 'case_id', 'full', false);
SELECT access.policy('disclosures_disclosure', 'read_of_ones_own', 'SELECT', 'RESTRICTIVE',
    'USING (owner_id = (SELECT access.my_organisation())
            OR EXISTS (SELECT FROM disclosures_item i WHERE i.disclosure_id = disclosures_disclosure.id
                        AND i.of_owner_id = (SELECT access.my_organisation())))');
SELECT access.policy('disclosures_disclosure', 'read_originator', 'SELECT', 'PERMISSIVE',
    'USING (EXISTS (SELECT FROM disclosures_item i WHERE i.disclosure_id = disclosures_disclosure.id
                     AND i.of_owner_id = (SELECT access.my_organisation())))');
SELECT access.policy('disclosures_disclosure', 'insert_officer', 'INSERT', 'RESTRICTIVE',
    'WITH CHECK (created_by_id = (SELECT access.my_membership()) AND decided_at IS NULL AND handed_at IS NULL AND ended_at IS NULL
                 AND (SELECT access.i_am(''{programme_manager,coordinator}'')))');
SELECT access.policy('disclosures_disclosure', 'update_officer', 'UPDATE', 'RESTRICTIVE',
    'USING ((SELECT access.i_am(''{programme_manager,coordinator}'')))');
REVOKE UPDATE ON disclosures_disclosure FROM concordat_app;
GRANT UPDATE (categories, review_on, offer, offered_on, offer_ground, told_on, told_how, deferral_ground, deferral_review_on, allowed,
    decision_words, decided_at, decided_by_id, signed_on, handed_how, handed_at, handed_by_id, ended_how, ended_words, ended_at,
    ended_by_id) ON disclosures_disclosure TO concordat_app;

-- Of the same case and owner, and before it is decided. A trigger, for the policies of the two tables look at each other.
CREATE OR REPLACE FUNCTION disclosures.refuse_item() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.disclosures_disclosure d WHERE d.id = NEW.disclosure_id AND d.case_id = NEW.case_id
                      AND d.owner_id = NEW.owner_id AND d.decided_at IS NULL AND d.ended_at IS NULL) THEN
        RAISE EXCEPTION 'what was decided stays' USING ERRCODE = '23514', CONSTRAINT = 'disclosure_goes_on_only';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS before_decided ON disclosures_item;
CREATE TRIGGER before_decided BEFORE INSERT ON disclosures_item FOR EACH ROW EXECUTE FUNCTION disclosures.refuse_item();

-- Decided by a named officer with the second factor, on what was asked; what was decided, handed over or ended stays so.
-- Nothing is handed over while anything is missing, whatever the application thinks.
CREATE OR REPLACE FUNCTION disclosures.refuse_step() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL
       OR (OLD.decided_at IS NOT NULL AND (OLD.decided_at, OLD.decided_by_id, OLD.allowed, OLD.decision_words, OLD.offer, OLD.categories)
           IS DISTINCT FROM (NEW.decided_at, NEW.decided_by_id, NEW.allowed, NEW.decision_words, NEW.offer, NEW.categories))
       OR (OLD.handed_at IS NOT NULL AND (OLD.handed_at, OLD.handed_by_id, OLD.handed_how, OLD.signed_on)
           IS DISTINCT FROM (NEW.handed_at, NEW.handed_by_id, NEW.handed_how, NEW.signed_on)) THEN
        RAISE EXCEPTION 'what was decided stays' USING ERRCODE = '23514', CONSTRAINT = 'disclosure_goes_on_only';
    END IF;
    IF OLD.decided_at IS NULL AND NEW.decided_at IS NOT NULL AND (
           NEW.decided_by_id IS DISTINCT FROM access.my_membership()
           OR NOT access.i_am('{programme_manager,coordinator}', true) OR NEW.offer IN ('', 'tells')) THEN
        RAISE EXCEPTION 'not decided by whom it is for' USING ERRCODE = '23514', CONSTRAINT = 'disclosure_is_decided_by_an_officer';
    END IF;
    IF OLD.handed_at IS NULL AND NEW.handed_at IS NOT NULL AND (
           NEW.allowed IS NOT TRUE OR NEW.signed_on IS NULL OR (NEW.told_on IS NULL AND NEW.deferral_review_on IS NULL)
           OR NEW.handed_by_id IS DISTINCT FROM access.my_membership()
           OR NOT EXISTS (SELECT FROM public.disclosures_undertakingfile f JOIN public.files_file w ON w.id = f.file_id
                           WHERE f.disclosure_id = NEW.id AND w.removed_at IS NULL)
           OR NOT EXISTS (SELECT FROM public.disclosures_item i WHERE i.disclosure_id = NEW.id)
           OR EXISTS (SELECT FROM public.disclosures_item i
                       WHERE i.disclosure_id = NEW.id AND i.of_owner_id <> i.owner_id AND i.given IS NOT TRUE)) THEN
        RAISE EXCEPTION 'something is missing' USING ERRCODE = '23514', CONSTRAINT = 'disclosure_lacks_nothing';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS step_by_step ON disclosures_disclosure;
CREATE TRIGGER step_by_step BEFORE UPDATE ON disclosures_disclosure FOR EACH ROW EXECUTE FUNCTION disclosures.refuse_step();

SELECT files.hang_on_case('disclosures_undertakingfile', 'undertaking', 'disclosure_id', 'disclosures_disclosure', '2');
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA disclosures FROM PUBLIC;

-- In which language the texts of this room are written, and the translations of referrals and end reports.

ALTER TABLE referrals_referral ALTER COLUMN written_in SET DEFAULT '';
ALTER TABLE referrals_goalset ALTER COLUMN written_in SET DEFAULT '';
ALTER TABLE referrals_review ALTER COLUMN written_in SET DEFAULT '';
ALTER TABLE referrals_position ALTER COLUMN written_in SET DEFAULT '';
ALTER TABLE referrals_endreport ALTER COLUMN written_in SET DEFAULT '';
ALTER TABLE referrals_service ALTER COLUMN written_in SET DEFAULT '';
GRANT INSERT (written_in) ON referrals_referral, referrals_goalset, referrals_review, referrals_endreport TO concordat_app;
GRANT UPDATE (written_in) ON referrals_referral, referrals_goalset, referrals_service TO concordat_app;

-- In which language goals are written is part of what was signed.
DROP TRIGGER IF EXISTS language_locked ON referrals_goalset;
CREATE TRIGGER language_locked BEFORE UPDATE OF written_in ON referrals_goalset
    FOR EACH ROW EXECUTE FUNCTION referrals.refuse_signed_change();

-- Seen exactly when the whole is seen; written once, by those who may write the whole, in their own name. The text of a
-- referral can still change before it is sent.
SELECT access.protect_part('referrals_referraltranslation', 'whole_id', 'referrals_referral', 'owner_id');
SELECT access.protect_part('referrals_endreporttranslation', 'whole_id', 'referrals_endreport', 'owner_id');
SELECT access.policy('referrals_endreporttranslation', 'insert_author', 'INSERT', 'RESTRICTIVE',
    'WITH CHECK (created_by_id = (SELECT access.my_membership()) AND (SELECT access.i_am(''{coordinator,facilitator}'')))');

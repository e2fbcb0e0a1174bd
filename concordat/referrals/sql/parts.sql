-- Parts that are seen and written with their whole. Asked row by row (EXISTS), not as a list of all wholes (IN): a page
-- about one case does not look at all of an organisation's. Can be run again.

SELECT access.belong_to_whole('referrals_goal', 'goal_set_id', 'referrals_goalset', 'owner_id');
SELECT access.read_with_whole('referrals_goalsignature', 'goal_set_id', 'referrals_goalset');
SELECT access.read_with_whole('referrals_outcome', 'end_report_id', 'referrals_endreport');
SELECT access.belong_to_whole('referrals_referraltranslation', 'whole_id', 'referrals_referral', 'owner_id');
SELECT access.belong_to_whole('referrals_endreporttranslation', 'whole_id', 'referrals_endreport', 'owner_id');

SELECT access.policy('referrals_goal', 'delete_with_whole', 'DELETE', 'PERMISSIVE',
    'USING (EXISTS (SELECT FROM referrals_goalset w WHERE w.id = goal_set_id AND w.owner_id = (SELECT access.my_organisation())))');

-- Either party signs for itself what it can see.
SELECT access.policy('referrals_goalsignature', 'insert_with_whole', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (organisation_id = (SELECT access.my_organisation()) AND membership_id = (SELECT access.my_membership())
                 AND EXISTS (SELECT FROM referrals_goalset w WHERE w.id = goal_set_id))');

SELECT access.policy('referrals_position', 'read_with_review', 'SELECT', 'PERMISSIVE',
    'USING (EXISTS (SELECT FROM referrals_review w WHERE w.id = review_id))');
SELECT access.policy('referrals_position', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (organisation_id = (SELECT access.my_organisation()) AND membership_id = (SELECT access.my_membership())
        AND ((SELECT access.my_mask(''write'')) >> 19) & 1 = 1
        AND EXISTS (SELECT FROM referrals_review w WHERE w.id = review_id
                     AND (w.owner_id = (SELECT access.my_organisation())) = (party <> ''referrer'')))');

SELECT access.policy('referrals_referraltranslation', 'insert_author', 'INSERT', 'RESTRICTIVE',
    'WITH CHECK (created_by_id = (SELECT access.my_membership()) AND (SELECT access.i_am(''{programme_manager,case_officer}''))
                 AND EXISTS (SELECT FROM referrals_referral w WHERE w.id = whole_id AND w.sent_at IS NOT NULL))');

-- What the person asks under their rights reaches the records of a service, and the notes that belong to a session or a
-- review go with it. Run as the owner; can be run again.

SELECT access.stop_use(tab) FROM unnest('{referrals_referral,referrals_session,referrals_headingnote,referrals_goalset,
    referrals_review,referrals_endreport}'::regclass[]) AS tab;

SELECT access.policy('referrals_headingnote', lower(verb) || '_stopped_whole', verb, 'RESTRICTIVE',
    'USING (case_id NOT IN (SELECT access.stopped_cases())
            OR NOT (access.use_stopped(case_id, ''referrals_session'', session_id, 0, created_at)
                    OR access.use_stopped(case_id, ''referrals_review'', review_id, 0, created_at)))')
  FROM unnest('{SELECT,UPDATE}'::text[]) AS verb;

SELECT access.carry_disagreement(tab)
  FROM unnest('{referrals_referral,referrals_session,referrals_goalset,referrals_review}'::regclass[]) AS tab;

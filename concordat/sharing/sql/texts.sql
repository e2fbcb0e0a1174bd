-- In which language a briefing or a notice is written, and the translations of a briefing.

ALTER TABLE sharing_safetybriefing ALTER COLUMN written_in SET DEFAULT '';
ALTER TABLE sharing_safetynotice ALTER COLUMN written_in SET DEFAULT '';
GRANT INSERT (written_in) ON sharing_safetybriefing, sharing_safetynotice TO concordat_app;

-- Seen exactly when its version is seen; written once, by those who may write the version, in their own name.
SELECT access.protect_part('sharing_briefingtranslation', 'whole_id', 'sharing_safetybriefing', 'owner_id');
SELECT access.policy('sharing_briefingtranslation', 'insert_author', 'INSERT', 'RESTRICTIVE',
    'WITH CHECK (created_by_id = (SELECT access.my_membership()) AND (SELECT access.i_am_authority())
                 AND (SELECT access.i_am(''{programme_manager,security_manager}'')))');

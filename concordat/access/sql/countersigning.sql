-- Countersigning the log: an organisation records its own key, with the second factor, and its own signatures, and sees
-- neither those of others nor whether there are any. Nothing of it is changed or removed. Run as the owner; can be run
-- again.

SELECT access.close_table('ledger_witness');
SELECT access.policy('ledger_witness', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (organisation = (SELECT access.my_organisation()))');
SELECT access.policy('ledger_witness', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (organisation = (SELECT access.my_organisation()) AND membership = (SELECT access.my_membership())
        AND (SELECT access.i_am(''{signatory,director,data_protection,administrator}'', true)))');
GRANT SELECT, INSERT ON ledger_witness TO concordat_app;

SELECT access.close_table('ledger_countersignature');
SELECT access.policy('ledger_countersignature', 'read_own', 'SELECT', 'PERMISSIVE',
    'USING (organisation = (SELECT access.my_organisation()))');
SELECT access.policy('ledger_countersignature', 'insert_own', 'INSERT', 'PERMISSIVE',
    'WITH CHECK (organisation = (SELECT access.my_organisation()) AND membership = (SELECT access.my_membership())
        AND (SELECT access.i_am(''{signatory,director,data_protection,administrator}''))
        AND EXISTS (SELECT FROM ledger_witness w WHERE w.id = witness_id AND w.organisation = ledger_countersignature.organisation))');
GRANT SELECT, INSERT ON ledger_countersignature TO concordat_app;

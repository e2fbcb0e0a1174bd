-- The annexes of an end report: P19 in full, although the report itself is a summary; and only with the report.

SELECT files.hang_on_case('referrals_endreportfile', 'end_report', 'end_report_id', 'referrals_endreport', '19');

-- The report closes the link, and is read after it by whom it is owed to (`read_owed` in delivery.sql). Its files pass the
-- same way, where a rule in force gives P19 in full; in a wind-down none is, so then the report passes alone.
SELECT access.policy('referrals_endreportfile', 'read_owed_in_full', 'SELECT', 'PERMISSIVE',
    'USING ((okey IN (SELECT unnest(access.keys(''full'', ''none'')))
             OR okey IN (SELECT unnest(access.keys(''full'', ''participation''))))
            AND end_report_id IN (SELECT report FROM referrals.my_owed_reports())
            AND (SELECT access.i_am(''{programme_manager}'')))');

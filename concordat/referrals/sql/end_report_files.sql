-- The annexes of an end report: P19 in full, although the report itself is a summary; and only with the report. What is
-- owed in a wind-down is the report, so its files do not pass with it.

SELECT files.hang_on_case('referrals_endreportfile', 'end_report', 'end_report_id', 'referrals_endreport', '19');

-- Tables that were protected before `access.protect` let their owner's records be counted.

SELECT access.let_count(format('%I.%I', p.schemaname, p.tablename)::regclass)
  FROM pg_policies p WHERE p.schemaname = 'public' AND p.policyname = 'read_by_agreement';

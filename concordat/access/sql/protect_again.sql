-- Tables that were protected before `access.protect` changed: the policy and the trigger for what is written on a case.

DO $$
DECLARE
    old record;
BEGIN
    FOR old IN SELECT p.schemaname, p.tablename, p.with_check, substring(p.with_check FROM 'access\.is_my_case\((\w+)\)') AS case_column
                 FROM pg_policies p
                 JOIN pg_attribute a ON a.attrelid = format('%I.%I', p.schemaname, p.tablename)::regclass AND a.attname = 'okey'
                WHERE p.policyname = 'insert_own' AND p.with_check ~ 'access\.is_my_case\('
    LOOP
        PERFORM access.policy(format('%I.%I', old.schemaname, old.tablename)::regclass, 'insert_own', 'INSERT', 'PERMISSIVE',
            format('WITH CHECK (%s)', replace(old.with_check, format('access.is_my_case(%s)', old.case_column), format(
                '(((SELECT access.i_see_whole()) OR %1$I IN (SELECT access.my_own_cases()))
                  AND %1$I NOT IN (SELECT access.my_restrictions()))', old.case_column))));
        PERFORM access.keep_to_own_cases(format('%I.%I', old.schemaname, old.tablename)::regclass, 'owner_id', old.case_column);
    END LOOP;
END $$;

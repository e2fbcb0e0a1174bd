-- Which replicas may answer, and until when. Run as the owner; can be run again.
--
-- One row, written over twice a second on the primary by whoever keeps the replicas (`leases.py`): when, and who may
-- answer. A replica answers for five seconds after it has applied a row that names it, and by its own clock only while
-- that is not more than a second behind: so whoever keeps them knows when a silent one has fallen silent.

CREATE OR REPLACE FUNCTION ledger.may_answer() RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT NOT pg_is_in_recovery() OR EXISTS (
        SELECT FROM public.ledger_lease
         WHERE clock_timestamp() < at + interval '5 seconds' AND at < clock_timestamp() + interval '1 second'
           AND current_setting('cluster_name') = ANY (named))
$$;

-- Called by the owner only: the application cannot lengthen a lease.
CREATE OR REPLACE FUNCTION ledger.lease(names text[]) RETURNS pg_lsn
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.ledger_lease (id, at, named) VALUES (1, clock_timestamp(), names)
    ON CONFLICT (id) DO UPDATE SET at = excluded.at, named = excluded.named;
    RETURN pg_current_wal_insert_lsn();
END $$;

REVOKE ALL ON public.ledger_lease FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION ledger.lease(text[]), ledger.may_answer() FROM PUBLIC, concordat_app, concordat_signin;
GRANT EXECUTE ON FUNCTION ledger.may_answer() TO concordat_app;

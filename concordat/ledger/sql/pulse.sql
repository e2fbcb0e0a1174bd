-- How the server does, in numbers that tell nothing about anybody. Run as the owner; can be run again.

-- The worker says that it has worked. One row, written over.
CREATE OR REPLACE FUNCTION ledger.beat() RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO public.ledger_beat (id, at) VALUES (1, clock_timestamp())
    ON CONFLICT (id) DO UPDATE SET at = excluded.at
$$;

-- Ages in seconds, NULL where there is nothing yet; below zero when the clock was set back behind the log.
CREATE OR REPLACE FUNCTION ledger.pulse(OUT log_age float, OUT worker_age float, OUT unplaced bigint)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT extract(epoch FROM clock_timestamp() - (SELECT max(at) FROM public.ledger_entry)),
           extract(epoch FROM clock_timestamp() - (SELECT max(at) FROM public.ledger_beat)),
           (SELECT count(*) FROM public.ledger_leaf WHERE position IS NULL)
$$;

REVOKE ALL ON public.ledger_beat FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION ledger.beat(), ledger.pulse() FROM PUBLIC, concordat_app, concordat_signin;
GRANT EXECUTE ON FUNCTION ledger.beat(), ledger.pulse() TO concordat_app;

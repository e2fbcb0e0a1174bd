-- The tree over the lines (RFC 9162, 2.1) and its checkpoints. Run as the owner; can be run again.
--
-- A node is known by its level (0: the hash of a line) and its number on that level, kept as number * 64 + level.
-- Only whole nodes are kept, those over 2^level lines; what hangs over at the right is put together when it is asked.

-- How many lines the tree holds: the last node of level 0 has the highest number of all.
CREATE OR REPLACE FUNCTION ledger.tree_size() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT coalesce((SELECT max(id) / 64 + 1 FROM public.ledger_node), 0) $$;

CREATE OR REPLACE FUNCTION ledger.parent_of(one bytea, other bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT sha256('\x01'::bytea || one || other) $$;

-- The root over the first `size` lines; NULL where the tree is not as large, or lacks a part.
CREATE OR REPLACE FUNCTION ledger.root(size bigint) RETURNS bytea
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    rest  bigint := size;
    level int := 0;
    top   bytea := CASE WHEN size = 0 THEN sha256('') END;
    whole bytea;
BEGIN
    WHILE rest > 0 LOOP
        IF rest % 2 = 1 THEN
            SELECT hash INTO whole FROM public.ledger_node WHERE id = (rest - 1) * 64 + level;
            IF NOT FOUND THEN RETURN NULL; END IF;
            top := CASE WHEN top IS NULL THEN whole ELSE ledger.parent_of(whole, top) END;
        END IF;
        rest := rest / 2;
        level := level + 1;
    END LOOP;
    RETURN top;
END $$;

-- Give committed lines their places, without gaps, and let the tree grow over them. One at a time, in one transaction:
-- killed on the way, nothing has happened. What is not yet committed is placed next time. Returns by how many lines the
-- tree grew, 20,000 at most, so that a long queue is not one long transaction.
-- A place whose line is missing (only damage from before there was a tree can have left one) counts as an empty line.
CREATE OR REPLACE FUNCTION ledger.sequence() RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    most   CONSTANT bigint := 20000;
    before bigint;
    size   bigint;
    level  int := 1;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('concordat.ledger.sequence'));
    before := ledger.tree_size();
    size := greatest(before, (SELECT coalesce(max(position), 0) FROM public.ledger_leaf));
    WITH next AS (SELECT number, row_number() OVER (ORDER BY number) AS step
                    FROM public.ledger_leaf WHERE position IS NULL ORDER BY number LIMIT most)
    UPDATE public.ledger_leaf AS leaf SET position = size + next.step FROM next WHERE leaf.number = next.number;
    size := least(before + most, greatest(before, (SELECT coalesce(max(position), 0) FROM public.ledger_leaf)));
    INSERT INTO public.ledger_node (id, hash)
    SELECT place * 64, coalesce(leaf.leaf, ledger.leaf_of(''))
      FROM generate_series(before, size - 1) AS place LEFT JOIN public.ledger_leaf AS leaf ON leaf.position = place + 1;
    WHILE size >> level > 0 LOOP
        INSERT INTO public.ledger_node (id, hash)
        SELECT number * 64 + level, ledger.parent_of(one.hash, other.hash)
          FROM generate_series(before >> level, (size >> level) - 1) AS number
          JOIN public.ledger_node AS one ON one.id = (2 * number) * 64 + level - 1
          JOIN public.ledger_node AS other ON other.id = (2 * number + 1) * 64 + level - 1;
        level := level + 1;
    END LOOP;
    RETURN size - before;
END $$;

-- How old the oldest line is that the tree does not hold yet, in seconds; NULL where there is none.
CREATE OR REPLACE FUNCTION ledger.unplaced_age() RETURNS float
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT extract(epoch FROM clock_timestamp() - min(e.at))::float
      FROM public.ledger_leaf AS leaf JOIN public.ledger_entry AS e ON e.id = leaf.entry
     WHERE leaf.position IS NULL
$$;

-- Keep a checkpoint that the worker has signed. The database cannot test the signature, but everything else: it is about
-- this tree, and none is kept about a smaller one than the last. What was signed is tested by whoever reads it.
CREATE OR REPLACE FUNCTION ledger.keep_checkpoint(note text, public_key bytea) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    line text[] := string_to_array(note, E'\n');
    size bigint := line[2]::bigint;
    made uuid := gen_random_uuid();
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('concordat.ledger.sequence'));
    IF line[3] IS DISTINCT FROM encode(ledger.root(size), 'base64')
       OR size <= (SELECT coalesce(max(c.size), 0) FROM public.ledger_checkpoint c) OR length(public_key) <> 32 THEN
        RAISE EXCEPTION 'this is no new checkpoint of this log';
    END IF;
    INSERT INTO public.ledger_checkpoint (id, size, root, at, note, public_key)
    VALUES (made, size, decode(line[3], 'base64'), ledger.clock(), note, public_key);
    RETURN made;
END $$;

-- Everything that is wrong with the log, a row a fault; no row: lines, places and tree hold, and so does each checkpoint
-- about them. Signatures are tested outside of the database.
CREATE OR REPLACE FUNCTION ledger.verify() RETURNS TABLE (place bigint, fault text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT found.place, found.fault FROM ledger.examine_lines(1, 9223372036854775807) AS found
     WHERE found.fault IS NOT NULL
    UNION ALL
    SELECT expected, 'a line is missing' FROM generate_series(1, greatest(
        ledger.tree_size(), (SELECT max(position) FROM public.ledger_leaf))) AS expected
     WHERE NOT EXISTS (SELECT FROM public.ledger_leaf WHERE position = expected)
    UNION ALL
    SELECT NULL, 'a line has no leaf' FROM public.ledger_entry AS e
     WHERE NOT EXISTS (SELECT FROM public.ledger_leaf AS leaf WHERE leaf.entry = e.id)
    UNION ALL
    SELECT NULL, 'a part belongs to no line' FROM public.ledger_subject AS s
     WHERE NOT EXISTS (SELECT FROM public.ledger_entry AS e WHERE e.id = s.entry_id)
    UNION ALL
    SELECT (number << level) + 1, 'the tree does not fit its lines'
      FROM generate_series(1, 62) AS level
      CROSS JOIN generate_series(0, (ledger.tree_size() >> level) - 1) AS number
      LEFT JOIN public.ledger_node AS above ON above.id = number * 64 + level
      LEFT JOIN public.ledger_node AS one ON one.id = (2 * number) * 64 + level - 1
      LEFT JOIN public.ledger_node AS other ON other.id = (2 * number + 1) * 64 + level - 1
     WHERE above.hash IS DISTINCT FROM ledger.parent_of(one.hash, other.hash)
    UNION ALL
    SELECT c.size, CASE WHEN c.size > ledger.tree_size()
                        THEN 'the log was rolled back: a checkpoint was made about more lines than there are'
                        ELSE 'the lines up to here are not those that a checkpoint was made about' END
      FROM public.ledger_checkpoint AS c WHERE ledger.root(c.size) IS DISTINCT FROM c.root
$$;

-- Of a leaf only its place is filled in, once.
CREATE OR REPLACE FUNCTION ledger.refuse_leaf_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF OLD.position IS NOT NULL OR (OLD.number, OLD.entry, OLD.body, OLD.leaf) IS DISTINCT FROM
                                   (NEW.number, NEW.entry, NEW.body, NEW.leaf) THEN
        RAISE EXCEPTION 'lines of the log are not changed or removed';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS placed_once ON public.ledger_leaf;
CREATE TRIGGER placed_once BEFORE UPDATE ON public.ledger_leaf
    FOR EACH ROW EXECUTE FUNCTION ledger.refuse_leaf_change();

DO $$
DECLARE
    tab text;
BEGIN
    FOREACH tab IN ARRAY ARRAY['ledger_node', 'ledger_checkpoint', 'ledger_witness', 'ledger_countersignature'] LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS written_once ON public.%I', tab);
        EXECUTE format('CREATE TRIGGER written_once BEFORE UPDATE OR DELETE OR TRUNCATE ON public.%I
                        FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change()', tab);
        EXECUTE format('REVOKE ALL ON public.%I FROM PUBLIC, concordat_app, concordat_signin', tab);
    END LOOP;
END $$;

-- Nodes and checkpoints are hashes over random numbers; whoever is signed in may check them.
GRANT SELECT ON public.ledger_node, public.ledger_checkpoint TO concordat_app;
COMMENT ON TABLE public.ledger_node IS 'open: hashes that tell nothing, and prove what the log holds';
COMMENT ON TABLE public.ledger_checkpoint IS 'open: a number of lines, a hash and a time, for everybody to keep';

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.sequence(), ledger.tree_size(), ledger.root(bigint), ledger.unplaced_age(),
    ledger.keep_checkpoint(text, bytea) TO concordat_app;

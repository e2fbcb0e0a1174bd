-- Bring lines from before there were commitments into today's form. No checkpoint had been made about them, so nothing
-- that was promised changes; each is rewritten only if its old leaf still holds. One that does not keeps it, and
-- `verify` goes on saying that it was changed. Run once, as the owner.
ALTER TABLE public.ledger_subject DISABLE TRIGGER USER;
ALTER TABLE public.ledger_leaf DISABLE TRIGGER USER;

CREATE TEMPORARY TABLE whole ON COMMIT DROP AS
SELECT leaf.entry FROM public.ledger_leaf AS leaf JOIN public.ledger_entry AS e ON e.id = leaf.entry
 WHERE leaf.leaf = sha256('\x00'::bytea || convert_to(leaf.body, 'UTF8')) AND leaf.body = jsonb_build_object(
        'id', e.id, 'at', to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'kind', e.kind,
        'what', e.what, 'organisation', e.organisation, 'membership', e.membership, 'purpose', e.purpose,
        'subjects', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                         'id', s.id, 'owner', s.owner, 'case', s."case", 'categories', to_jsonb(s.categories),
                         'detail', s.detail) ORDER BY s.id), '[]')
                       FROM public.ledger_subject s WHERE s.entry_id = e.id))::text;

UPDATE public.ledger_subject SET salt = uuid_send(gen_random_uuid()) WHERE entry_id IN (SELECT entry FROM whole);
UPDATE public.ledger_subject SET commitment = ledger.commitment_of(salt, "case", categories, detail)
 WHERE salt IS NOT NULL;
UPDATE public.ledger_leaf SET body = ledger.body_of(entry), leaf = ledger.leaf_of(ledger.body_of(entry))
 WHERE entry IN (SELECT entry FROM whole);

ALTER TABLE public.ledger_subject ENABLE TRIGGER USER;
ALTER TABLE public.ledger_leaf ENABLE TRIGGER USER;
DROP TABLE whole;

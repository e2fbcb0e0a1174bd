-- What an organisation owns, for an export of everything. Run as the owner; can be run again.
--
-- An export is made by `exports.batch` and its neighbours: for the member who asked for it, under that member's signed
-- context, in a transaction that has written itself into `exports_turn`, which the application cannot write. Which
-- tables there are is read from the catalogue: what was protected by `access.protect` is a record, and what hangs on a
-- record goes with it. The rest is named here, or left out with a reason. A test finds a table that is neither.

CREATE SCHEMA IF NOT EXISTS exports;
REVOKE ALL ON SCHEMA exports FROM PUBLIC;
GRANT USAGE ON SCHEMA exports TO concordat_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA exports REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- Whose export this very transaction makes: `exports.take_turn` has written so into a table that nobody else writes.
CREATE OR REPLACE FUNCTION exports.exporting() RETURNS int
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT organisation FROM public.exports_turn WHERE id = pg_current_xact_id_if_assigned()::text $$;

-- What is neither a record nor a part of one: `%1$s` is the row, `%2$s` the organisation that asks. Columns that would
-- tell more than the row does are left off.
CREATE OR REPLACE FUNCTION exports.named() RETURNS TABLE (tab text, condition text, left_off text[])
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    VALUES
    ('organisations_organisation', '%1$s.id = %2$s', '{}'::text[]),
    ('organisations_place', '%1$s.organisation_id = %2$s', '{}'),
    ('people_membership', '%1$s.organisation_id = %2$s', '{user_id}'),
    ('people_training', 'EXISTS (SELECT FROM public.people_membership m WHERE m.id = %1$s.membership_id AND m.organisation_id = %2$s)', '{}'),
    ('people_clearance', '(%1$s.authority_id = %2$s OR EXISTS (SELECT FROM public.people_membership m
        WHERE m.id = %1$s.membership_id AND m.organisation_id = %2$s))', '{}'),
    ('people_factorreset', '%1$s.organisation_id = %2$s', '{}'),
    ('people_tokenpermit', '%1$s.organisation_id = %2$s', '{}'),
    ('cases_absence', '%1$s.owner_id = %2$s', '{}'),
    ('cases_team', '%1$s.owner_id = %2$s', '{}'), ('cases_teammember', '%1$s.owner_id = %2$s', '{}'),
    ('agreements_openpart', '<of version>', '{}'),
    -- Words of somebody else's record are theirs, wherever they are quoted.
    ('quoting_quotation', '(%1$s.owner_id = %2$s AND %1$s.of_owner_id = %2$s AND exports.is_open_to_asker(%1$s.of_owner_id * 64 + %1$s.of_category)
        AND %1$s.case_id NOT IN (SELECT access.my_restrictions()) AND %1$s.of_case NOT IN (SELECT access.my_restrictions()))', '{}'),
    ('emergency_request', '(%1$s.owner_id = %2$s AND (%1$s.case_id IS NULL OR %1$s.case_id NOT IN (SELECT access.my_restrictions())))', '{}'),
    -- Which case of the other organisation was opened is that organisation's; a partner knows its own.
    ('emergency_told', '(%1$s.owner_id = %2$s AND %1$s.case_id NOT IN (SELECT access.my_restrictions()))', '{opened_case,request_id}'),
    ('merging_merge', '(%1$s.owner_id = %2$s AND %1$s.kept_id NOT IN (SELECT access.my_restrictions())
        AND %1$s.folded_id NOT IN (SELECT access.my_restrictions()))', '{}'),
    -- Both cases of a link stand in it: for an authority only while the person agrees, as everywhere (ADR 8).
    ('cases_link', '(%1$s.civil_id = %2$s AND %1$s.civil_case_id NOT IN (SELECT access.my_restrictions())
        OR %1$s.authority_id = %2$s AND %1$s.authority_case_id NOT IN (SELECT access.my_restrictions())
           AND EXISTS (SELECT FROM access.agreed_link l WHERE l.authority_case = %1$s.authority_case_id AND l.civil_case = %1$s.civil_case_id))', '{}'),
    ('agreements_agreement', '(%2$s IN (%1$s.party_a_id, %1$s.party_b_id) AND %1$s.id NOT IN (SELECT access.drafts_of_others()))', '{}'),
    ('agreements_version', '((%1$s.proposed_at IS NOT NULL OR %1$s.drafted_for_id = %2$s) AND EXISTS (
        SELECT FROM public.agreements_agreement a WHERE a.id = %1$s.agreement_id AND %2$s IN (a.party_a_id, a.party_b_id)
           AND a.id NOT IN (SELECT access.drafts_of_others())))', '{}'),
    ('agreements_suspension', '<of agreement>', '{}'), ('agreements_ending', '<of agreement>', '{}'),
    ('agreements_dispute', '<of agreement>', '{}'),
    ('agreements_clause', '<of version>', '{}'), ('agreements_sharingrule', '<of version>', '{}'),
    ('agreements_prohibition', '<of version>', '{}'), ('agreements_termsplace', '<of version>', '{}'),
    ('agreements_termsrequirement', '<of version>', '{}'), ('agreements_fundingline', '<of version>', '{}'),
    ('agreements_signature', '<of version>', '{}'), ('agreements_suggestion', '<of version>', '{}'),
    ('files_agreementfile', '<of version>', '{}'),
    ('agreements_reply', 'EXISTS (SELECT FROM public.agreements_suggestion s JOIN public.agreements_version v ON v.id = s.version_id
        JOIN public.agreements_agreement a ON a.id = v.agreement_id
        WHERE s.id = %1$s.suggestion_id AND %2$s IN (a.party_a_id, a.party_b_id))', '{}'),
    ('agreements_closure', '%1$s.organisation_id = %2$s', '{}'),
    ('agreements_mandate', '%2$s IN (%1$s.body_id, %1$s.over_id)', '{}'),
    ('agreements_mandatecell', 'EXISTS (SELECT FROM public.agreements_mandate n WHERE n.id = %1$s.mandate_id AND %2$s IN (n.body_id, n.over_id))', '{}'),
    ('agreements_mandateplace', 'EXISTS (SELECT FROM public.agreements_mandate n WHERE n.id = %1$s.mandate_id AND %2$s IN (n.body_id, n.over_id))', '{}'),
    ('referrals_service', '%1$s.organisation_id = %2$s', '{}'),
    ('referrals_serviceplace', 'EXISTS (SELECT FROM public.referrals_service s WHERE s.id = %1$s.service_id AND s.organisation_id = %2$s)', '{}'),
    ('retention_period', '%1$s.owner_id = %2$s', '{}'),
    ('retention_disposal', '%1$s.owner_id = %2$s', '{}'),
    -- That a member was told of something, and when; where to read it would tell of which case.
    ('notices_notice', 'EXISTS (SELECT FROM public.people_membership m WHERE m.id = %1$s.membership_id AND m.organisation_id = %2$s)',
        '{key,address,reference}'),
    ('ledger_subject', '(%1$s.owner = %2$s AND (%1$s."case" IS NULL OR %1$s."case" NOT IN (SELECT access.my_restrictions())))', '{}'),
    ('ledger_entry', 'EXISTS (SELECT FROM public.ledger_subject s WHERE s.entry_id = %1$s.id AND s.owner = %2$s
        AND (s."case" IS NULL OR s."case" NOT IN (SELECT access.my_restrictions())))', '{}'),
    ('ledger_witness', '%1$s.organisation = %2$s', '{}'),
    ('ledger_countersignature', '%1$s.organisation = %2$s', '{}'),
    ('exports_export', '%1$s.organisation_id = %2$s', '{}'),
    ('breaches_breach', '%1$s.owner_id = %2$s', '{}'),
    ('controllers_regime', '%1$s.organisation_id = %2$s', '{}'),
    ('impact_assessment', '%1$s.owner_id = %2$s', '{}'), ('impact_risk', '%1$s.owner_id = %2$s', '{}'),
    ('impact_advice', '%1$s.owner_id = %2$s', '{}'), ('impact_outcome', '%2$s IN (%1$s.owner_id, %1$s.to_id)', '{}'),
    ('breaches_telling', '(%1$s.owner_id = %2$s OR %1$s.to_id = %2$s AND %1$s.sent_at IS NOT NULL)', '{}'),
    ('custody_interference', '(%1$s.owner_id = %2$s AND (SELECT access.i_am(''{coordinator,director,signatory}''))
         OR %1$s.to_id = %2$s AND (SELECT access.i_am(''{programme_manager,security_manager,director,signatory}'')))', '{}'),
    ('custody_reporter', '(SELECT access.i_am(''{coordinator,director,signatory}'')) AND EXISTS (SELECT FROM public.custody_interference i WHERE i.id = %1$s.interference_id AND i.owner_id = %2$s)', '{}'),
    ('custody_pass', '(%1$s.owner_id = %2$s AND (SELECT access.i_am(''{coordinator,director,signatory}''))
         OR %1$s.to_id = %2$s AND (SELECT access.i_am(''{programme_manager,security_manager,director,signatory}'')))', '{}'),
    ('custody_item', 'EXISTS (SELECT FROM public.custody_pass k WHERE k.id = %1$s.of_id AND (k.owner_id = %2$s AND (SELECT access.i_am(''{coordinator,director,signatory}''))
         OR k.to_id = %2$s AND (SELECT access.i_am(''{programme_manager,security_manager,director,signatory}''))))', '{}'),
    ('clocks_calendar', '%1$s.owner_id = %2$s', '{}'),
    ('clocks_holiday', 'EXISTS (SELECT FROM public.clocks_calendar k WHERE k.id = %1$s.calendar_id AND k.owner_id = %2$s)', '{}'),
    ('clocks_running', '(%1$s.owner_id = %2$s AND (%1$s.case_id IS NULL OR %1$s.case_id NOT IN (SELECT access.my_restrictions())))', '{address}'),
    ('clocks_pause', 'EXISTS (SELECT FROM public.clocks_running k WHERE k.id = %1$s.clock_id AND k.owner_id = %2$s
        AND (k.case_id IS NULL OR k.case_id NOT IN (SELECT access.my_restrictions())))', '{}'),
    ('clocks_lapse', 'EXISTS (SELECT FROM public.clocks_running k WHERE k.id = %1$s.clock_id AND k.owner_id = %2$s
        AND (k.case_id IS NULL OR k.case_id NOT IN (SELECT access.my_restrictions())))', '{}'),
    -- Compartments: in an export only of somebody who sees them. What was passed on is the receiver's as well, to its own post.
    ('safety_terms', '%1$s.owner_id = %2$s', '{}'),
    ('safety_boundaryreport', '(%1$s.owner_id = %2$s AND (%1$s.reporter_id = (SELECT access.my_membership())
        OR %1$s.reporter_id IN (SELECT safety.my_workers())))', '{}'),
    ('safety_passedon', '(%1$s.owner_id = %2$s AND EXISTS (SELECT FROM public.safety_boundaryreport b WHERE b.id = %1$s.report_id
           AND b.reporter_id IN (SELECT safety.my_workers()))
        OR %1$s.to_id = %2$s AND (SELECT access.i_am(''{integrity}'')))', '{report_id}'),
    ('safety_pairing', '(%1$s.owner_id = %2$s AND %1$s.worker_id IN (SELECT safety.my_workers()))', '{}'),
    ('safety_supervisor', '(%1$s.owner_id = %2$s AND (SELECT access.i_am(''{safeguarding,director,coordinator}'')))', '{}'),
    ('safety_attendance', '(%1$s.owner_id = %2$s AND (SELECT access.i_am(''{safeguarding,director,coordinator}'')))', '{}'),
    ('safety_reason', '(%1$s.owner_id = %2$s AND (SELECT access.i_am(''{safeguarding,director,coordinator}'')))', '{}'),
    ('safety_support', '(%1$s.owner_id = %2$s AND %1$s.worker_id IN (SELECT safety.my_workers()))', '{}'),
    ('safety_pause', '(%1$s.owner_id = %2$s AND (SELECT access.i_am(''{coordinator}'')) AND %1$s.case_id NOT IN (SELECT access.my_restrictions()))', '{}'),
    ('safety_threat', '(%1$s.owner_id = %2$s AND (SELECT access.i_am(''{safeguarding,director}'')))', '{}'),
    ('safety_entry', '(SELECT access.i_am(''{safeguarding,director}'')) AND EXISTS (SELECT FROM public.safety_threat t
        WHERE t.id = %1$s.threat_id AND t.owner_id = %2$s)', '{}'),
    ('safety_measure', '(SELECT access.i_am(''{safeguarding,director}'')) AND EXISTS (SELECT FROM public.safety_threat t
        WHERE t.id = %1$s.threat_id AND t.owner_id = %2$s)', '{}'),
    ('safety_opening', '(SELECT access.i_am(''{safeguarding,director}'')) AND EXISTS (SELECT FROM public.safety_threat t
        WHERE t.id = %1$s.threat_id AND t.owner_id = %2$s)', '{}'),
    ('safety_incident', '(%1$s.owner_id = %2$s AND (SELECT access.i_am(''{safeguarding,director}'')))', '{}'),
    ('safety_involved', '(SELECT access.i_am(''{safeguarding,director}'')) AND EXISTS (SELECT FROM public.safety_incident t
        WHERE t.id = %1$s.incident_id AND t.owner_id = %2$s)', '{}'),
    ('safety_moment', '(SELECT access.i_am(''{safeguarding,director}'')) AND EXISTS (SELECT FROM public.safety_incident t
        WHERE t.id = %1$s.incident_id AND t.owner_id = %2$s)', '{}'),
    ('safety_note', '(SELECT access.i_am(''{safeguarding,director}'')) AND (%1$s.author_id = %2$s OR EXISTS (SELECT FROM public.safety_incident t
        WHERE t.id = %1$s.incident_id AND t.owner_id = %2$s))', '{}'),
    ('leaving_departure', '%1$s.organisation_id = %2$s', '{}'),
    -- What a file is, if what it hangs on is in the export; its bytes come by `exports.bytes_of`.
    ('files_file', '<attached>', '{}')
$$;

-- What is not in an export, and why not.
CREATE OR REPLACE FUNCTION exports.left_out() RETURNS TABLE (tab text, reason text)
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    VALUES
    ('cases_nametoken', 'numbers by which a name is found, made from the name'),
    ('files_content', 'the bytes stand in the folder files/'),
    ('imports_upload', 'a file on its way in, which its sender has; what was loaded is among the records'),
    ('imports_offer', 'a file on its way in, which its sender has; what was taken is among the services'),
    ('people_provider', 'a secret of sign-in'),
    ('people_hold', 'sign-in'), ('people_invitation', 'sign-in'), ('people_keptpost', 'what one person typed, for that person'),
    ('people_persona', 'the demonstration'), ('people_session', 'sign-in'), ('people_subject', 'sign-in'),
    ('people_token', 'sign-in'), ('people_user', 'sign-in'), ('people_cache', 'sign-in'),
    ('account_emailaddress', 'sign-in'), ('account_emailconfirmation', 'sign-in'), ('mfa_authenticator', 'sign-in'),
    ('clocks_subscription', 'sign-in'),
    ('notices_message', 'what is on its way to one person'), ('notices_watch', 'machinery'),
    ('access_compilelock', 'machinery'), ('access_roleright', 'the same for everybody, in the program'),
    ('access_framework', 'computed from the agreements'), ('access_grant', 'computed from the agreements'),
    ('access_keys', 'computed from the agreements'), ('access_terms', 'computed from the agreements'),
    ('api_done', 'machinery'),
    ('auth_group', 'not used'), ('auth_group_permissions', 'not used'), ('auth_permission', 'not used'),
    ('django_content_type', 'machinery'), ('django_migrations', 'machinery'),
    ('ledger_beat', 'machinery'), ('ledger_lease', 'machinery'), ('ledger_key', 'a secret'),
    ('ledger_checkpoint', 'of the whole log; every partner fetches it under Log'),
    ('ledger_leaf', 'of the whole log; concordat log-export writes it'), ('ledger_node', 'of the whole log'),
    ('retention_round', 'machinery'), ('retention_turn', 'machinery'),
    ('exports_piece', 'the sealed file of an export'), ('exports_turn', 'machinery')
$$;

-- Sealed compartments are in no export but of somebody whose roles read them: complaints, what monitors were told, data
-- about victims, threats to workers.
CREATE OR REPLACE FUNCTION exports.is_open_to_asker(okey int) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
    SELECT okey & 63 NOT IN (25, 26, 29, 40) OR (access.my_mask('read') >> (okey & 63)) & 1 = 1
$$;

-- Every table that an export holds, and what it hangs on where it is a part.
CREATE OR REPLACE FUNCTION exports.contents() RETURNS TABLE (tab regclass, kind text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH RECURSIVE reached AS (
        SELECT t.tab FROM retention.tables() AS t WHERE t.counted
        UNION
        SELECT h.tab FROM reached r CROSS JOIN LATERAL retention.hanging_on(r.tab) AS h
         WHERE NOT h.is_record AND NOT EXISTS (SELECT FROM exports.left_out() o WHERE to_regclass('public.' || o.tab) = h.tab)
    ), other AS (SELECT to_regclass('public.' || n.tab) AS tab FROM exports.named() AS n)
    SELECT other.tab, 'named' FROM other WHERE other.tab IS NOT NULL
    UNION ALL
    SELECT r.tab, CASE WHEN retention.has_column(r.tab, 'okey') THEN 'record' ELSE 'part' END
      FROM reached r WHERE r.tab NOT IN (SELECT other.tab FROM other WHERE other.tab IS NOT NULL)
$$;

-- What is asked of the catalogue, once for an export: by table, its kind, its key and the type of that, the column of its
-- case, and on which tables it hangs.
CREATE OR REPLACE FUNCTION exports.chart() RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH held AS MATERIALIZED (SELECT * FROM exports.contents()),
    hung AS MATERIALIZED (
        SELECT h.tab, jsonb_agg(jsonb_build_object('whole', w.relname, 'key', retention.key_of(c.tab), 'by', h.by_column)) AS ways
          FROM held c JOIN pg_class w ON w.oid = c.tab CROSS JOIN LATERAL retention.hanging_on(c.tab) AS h
         WHERE c.kind IN ('record', 'part') GROUP BY h.tab)
    SELECT jsonb_object_agg(w.relname, jsonb_build_object(
               'kind', c.kind, 'key', a.attname, 'type', format_type(a.atttypid, NULL), 'case', r.case_column,
               'holds_file', retention.has_column(c.tab, 'file_id'), 'hangs_on', hung.ways,
               'condition', n.condition, 'left_off', coalesce(to_jsonb(n.left_off), '[]')))
      FROM held c JOIN pg_class w ON w.oid = c.tab
      JOIN pg_attribute a ON a.attrelid = c.tab AND a.attname = retention.key_of(c.tab)
      LEFT JOIN retention.tables() r ON r.tab = c.tab
      LEFT JOIN hung ON hung.tab = c.tab
      LEFT JOIN exports.named() n ON n.tab = w.relname
$$;

-- Which rows of a table: a condition on `alias` in which `organisation` stands for who asks. A part is asked for its
-- wholes row by row, so that each batch looks only at its own.
CREATE OR REPLACE FUNCTION exports.condition_of(chart jsonb, tab text, alias text, organisation text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    this  jsonb := chart -> tab;
    asked text := this ->> 'condition';
    ways  text[] := '{}';
    below text := alias || '_';
    whole text;
    way   jsonb;
BEGIN
    IF this ->> 'kind' = 'record' THEN
        RETURN format('%1$s.okey / 64 = %2$s AND exports.is_open_to_asker(%1$s.okey) AND (%1$s.%3$I IS NULL OR %1$s.%3$I NOT IN (SELECT access.my_restrictions()))',
                      alias, organisation, this ->> 'case');
    ELSIF asked IN ('<of agreement>', '<of version>') THEN
        whole := CASE asked WHEN '<of version>' THEN 'agreements_version' ELSE 'agreements_agreement' END;
        RETURN format('EXISTS (SELECT FROM public.%1$I %2$s WHERE %2$s.id = %3$s.%4$I AND %5$s)', whole, below, alias,
                      CASE asked WHEN '<of version>' THEN 'version_id' ELSE 'agreement_id' END,
                      exports.condition_of(chart, whole, below, organisation));
    ELSIF asked = '<attached>' THEN
        FOR whole IN SELECT k FROM jsonb_each(chart) AS held (k, v) WHERE (v ->> 'holds_file')::boolean LOOP
            ways := ways || format('EXISTS (SELECT FROM public.%1$I %2$s WHERE %2$s.file_id = %3$s.id AND %4$s)', whole, below, alias,
                                   exports.condition_of(chart, whole, below, organisation));
        END LOOP;
    ELSIF asked IS NOT NULL THEN
        RETURN format(asked, alias, organisation);
    ELSE
        FOR way IN SELECT w FROM jsonb_array_elements(this -> 'hangs_on') AS w LOOP
            ways := ways || format('EXISTS (SELECT FROM public.%1$I %2$s WHERE %2$s.%3$I = %4$s.%5$I AND %6$s)', way ->> 'whole', below,
                                   way ->> 'key', alias, way ->> 'by', exports.condition_of(chart, way ->> 'whole', below, organisation));
        END LOOP;
    END IF;
    RETURN '(' || array_to_string(ways, ' OR ') || ')';
END $$;

-- ---- making --------------------------------------------------------------------------------------------------------

-- Whether an organisation has somebody else who can agree.
CREATE OR REPLACE FUNCTION exports.is_anybody_else(of_organisation int, but uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.people_membership m
                    WHERE m.organisation_id = of_organisation AND m.id <> but
                      AND m.roles && '{director,data_protection,programme_manager,coordinator,signatory}'
                      AND m.valid_from <= ledger.clock() AND (m.valid_until IS NULL OR ledger.clock() < m.valid_until))
$$;

-- Which exports may be made, and as whom the worker makes them. It waits for another leader to agree; where the
-- organisation has nobody else to ask, for a day.
CREATE OR REPLACE FUNCTION exports.waiting() RETURNS TABLE (export uuid, membership uuid, organisation int, person uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT e.id, m.id, m.organisation_id, m.user_id
      FROM public.exports_export e JOIN public.people_membership m ON m.id = e.asked_by_id
     WHERE e.made_at IS NULL AND e.stopped_at IS NULL AND e.failed_at IS NULL
       AND m.valid_from <= ledger.clock() AND (m.valid_until IS NULL OR ledger.clock() < m.valid_until)
       AND (e.agreed_at IS NOT NULL OR NOT exports.is_anybody_else(e.organisation_id, e.asked_by_id)
                                       AND e.asked_at <= ledger.clock() - interval '1 day')
     ORDER BY e.asked_at
$$;

-- Begin an export in this transaction, which must be signed by whoever asked for it.
-- Not named `begin`: psql would take the word in the line of CREATE FUNCTION for the beginning of a block, and no backup
-- could be brought back.
CREATE OR REPLACE FUNCTION exports.take_turn(wanted uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found record;
BEGIN
    PERFORM FROM public.exports_export WHERE id = wanted FOR UPDATE SKIP LOCKED;
    SELECT * INTO found FROM exports.waiting() w WHERE w.export = wanted AND w.membership = access.my_membership();
    IF found IS NULL OR NOT access.i_am('{director,data_protection,programme_manager}') THEN
        RETURN false;
    END IF;
    INSERT INTO public.exports_turn (id, export_id, organisation, membership, chart)
    VALUES (pg_current_xact_id()::text, wanted, found.organisation, found.membership, exports.chart());
    RETURN true;
END $$;

-- The turn of this transaction, while it is still signed by the member who asked.
CREATE OR REPLACE FUNCTION exports.turn() RETURNS public.exports_turn
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found public.exports_turn;
BEGIN
    SELECT t.* INTO found FROM public.exports_turn t
     WHERE t.id = pg_current_xact_id_if_assigned()::text AND t.membership = access.my_membership()
       AND t.organisation = access.my_organisation();
    IF found.id IS NULL THEN
        RAISE EXCEPTION 'nothing is exported in this transaction' USING ERRCODE = '42501';
    END IF;
    RETURN found;
END $$;

-- The next rows of a table, in the order of their keys.
CREATE OR REPLACE FUNCTION exports.batch(of_table text, after text, most int) RETURNS TABLE (key text, category int, content jsonb)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    mine  public.exports_turn := exports.turn();
    this  jsonb := mine.chart -> of_table;
BEGIN
    IF this IS NULL THEN
        RAISE EXCEPTION '% is in no export', of_table USING ERRCODE = '42501';
    END IF;
    RETURN QUERY EXECUTE format('SELECT r.%1$I::text, %5$s, to_jsonb(r) - $3 FROM public.%2$I r WHERE ($1 IS NULL OR r.%1$I > $1::%3$s) AND %4$s ORDER BY r.%1$I LIMIT $4',
                                this ->> 'key', of_table, this ->> 'type', exports.condition_of(mine.chart, of_table, 'r', '$2'),
                                CASE this ->> 'kind' WHEN 'record' THEN 'r.okey & 63' ELSE 'NULL::int' END)
     USING after, mine.organisation, array(SELECT jsonb_array_elements_text(this -> 'left_off')) || ARRAY['okey'], most;
END $$;

-- The bytes of one file that is in the export; none where they were removed or wait for the virus scanner.
CREATE OR REPLACE FUNCTION exports.bytes_of(wanted uuid) RETURNS bytea
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    mine  public.exports_turn := exports.turn();
    found bytea;
BEGIN
    EXECUTE format('SELECT c.data FROM public.files_content c JOIN public.files_file r ON r.id = c.file_id
                     WHERE r.id = $1 AND r.removed_at IS NULL AND r.state IN (''clean'', ''unscanned'') AND %s',
                   exports.condition_of(mine.chart, 'files_file', 'r', '$2')) INTO found USING wanted, mine.organisation;
    RETURN found;
END $$;

-- The tables of an export with their columns: name, type, whether it may be empty, and what it points at.
CREATE OR REPLACE FUNCTION exports.columns() RETURNS TABLE (tab text, kind text, col text, type text, may_be_empty boolean, points_at text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT w.relname::text, c.kind, a.attname::text, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull,
           (SELECT f.relname::text FROM pg_constraint k JOIN pg_class f ON f.oid = k.confrelid
             WHERE k.contype = 'f' AND k.conrelid = c.tab AND k.conkey = ARRAY[a.attnum] LIMIT 1)
      FROM exports.contents() c JOIN pg_class w ON w.oid = c.tab
      JOIN pg_attribute a ON a.attrelid = c.tab AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> 'okey'
     WHERE NOT EXISTS (SELECT FROM exports.named() n WHERE n.tab = w.relname AND a.attname = ANY (n.left_off))
     ORDER BY 1, a.attnum
$$;

CREATE OR REPLACE FUNCTION exports.keep_piece(place int, content bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    mine public.exports_turn := exports.turn();
BEGIN
    INSERT INTO public.exports_piece (id, export_id, number, data) VALUES (gen_random_uuid(), mine.export_id, place, content);
END $$;

CREATE OR REPLACE FUNCTION exports.finish(of_size bigint, hash text, numbers jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    mine public.exports_turn := exports.turn();
BEGIN
    UPDATE public.exports_export SET made_at = ledger.clock(), size = of_size, sha256 = hash, counts = numbers WHERE id = mine.export_id;
    DELETE FROM public.exports_turn WHERE id = mine.id;
END $$;

-- One that cannot be made is given up, so that it is not begun again and again.
CREATE OR REPLACE FUNCTION exports.give_up(wanted uuid) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.exports_export SET failed_at = ledger.clock()
     WHERE id = wanted AND asked_by_id = access.my_membership() AND made_at IS NULL
$$;

-- Delete the files of exports that were stopped, or made a week ago. Whoever calls it can hasten nothing.
CREATE OR REPLACE FUNCTION exports.forget() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH over AS (
        UPDATE public.exports_export SET deleted_at = ledger.clock()
         WHERE made_at IS NOT NULL AND deleted_at IS NULL
           AND (stopped_at IS NOT NULL OR made_at <= ledger.clock() - interval '7 days') RETURNING id
    ), gone AS (DELETE FROM public.exports_piece p USING over WHERE p.export_id = over.id)
    SELECT count(*) FROM over
$$;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA exports FROM PUBLIC;
GRANT EXECUTE ON FUNCTION exports.waiting(), exports.take_turn(uuid), exports.batch(text, text, int), exports.bytes_of(uuid), exports.columns(),
    exports.keep_piece(int, bytea), exports.finish(bigint, text, jsonb), exports.give_up(uuid), exports.forget(),
    exports.is_anybody_else(int, uuid) TO concordat_app;

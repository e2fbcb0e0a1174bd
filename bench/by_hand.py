"""The careful WHERE: what a programmer would write who knows every rule, and forgets none of them.

The conditions on cases, posts, restrictions, lists of named people and stops are asked of their tables, as the policies
do; what the agreements give is handed over ready (the keys), and so is what the asker's posts may read.
"""

from typing import Any

from bench import installation

NOW = "statement_timestamp()"
CUSTODY = "custody"


def live(table: str = "") -> str:
    """Write: begun, and not over."""
    return f"{table}starts_at <= {NOW} AND ({table}ends_at IS NULL OR {NOW} < {table}ends_at)"


OWN = f"SELECT case_id FROM cases_assignment WHERE membership_id = %(me)s AND {live()}"  # noqa: S608 - ours
PLACE = f"""
    SELECT p.place_id FROM cases_placement p
     WHERE p.case_id = l.authority_case_id AND (p.ends_at IS NULL OR {NOW} < p.ends_at)
       AND p.starts_at + CASE WHEN p.security THEN interval '24 hours' ELSE interval '0' END <= {NOW}
     ORDER BY p.starts_at DESC LIMIT 1"""  # noqa: S608 - ours
AGREES = f"""
    EXISTS (SELECT FROM cases_participation t WHERE t.case_id = l.civil_case_id AND t.starts_at <= {NOW}
               AND {NOW} < t.ends_at AND (t.withdrawn_at IS NULL OR {NOW} < t.withdrawn_at))"""
LINKED = f"""
    SELECT l.authority_case_id FROM cases_assignment a JOIN cases_link l ON l.civil_case_id = a.case_id
      JOIN LATERAL ({PLACE}) AS p ON true
     WHERE a.membership_id = %(me)s AND a.activity = '{CUSTODY}' AND {live("a.")}
       AND l.activity = '{CUSTODY}' AND {live("l.")}
       AND (l.authority_id, p.place_id) IN (SELECT owner, place FROM access_terms
                                             WHERE recipient = %(org)s AND activity = '{CUSTODY}' AND valid @> {NOW})
       AND NOT EXISTS (SELECT FROM cases_conflict c WHERE c.membership_id = %(me)s
                          AND c.case_id IN (l.authority_case_id, l.civil_case_id))"""  # noqa: S608 - ours
OPEN = f"""
    (owner_id = %(org)s AND (%(whole)s OR case_id IN ({OWN})))
     OR okey = ANY (%(any)s) AND case_id IN ({LINKED})
        AND (okey = ANY (%(none)s) OR okey = ANY (%(agreed)s) AND case_id IN ({LINKED} AND {AGREES}))"""
READABLE = """
    category = ANY (%(reads)s) AND category <> ALL ('{20,33}')
    AND (category <> ALL ('{25,26,29,38,40}') OR owner_id = %(org)s)"""
ALLOWED = f"""
    case_id NOT IN (SELECT case_id FROM cases_restriction
                     WHERE (membership_id = %(me)s OR organisation_id = %(org)s) AND {live()})
    AND case_id NOT IN (SELECT case_id FROM cases_allowlist
                         WHERE (ends_at IS NULL OR {NOW} < ends_at) AND NOT %(me)s = ANY (named))"""  # noqa: S608 - ours
STOPPED = f"""
    (case_id NOT IN (SELECT case_id FROM cases_usestop WHERE {live()}) OR NOT EXISTS (
        SELECT FROM cases_usestop u WHERE u.case_id = cases_fullrecord.case_id AND {live("u.")}
           AND (u.record = cases_fullrecord.id
                OR u.category = cases_fullrecord.category AND cases_fullrecord.created_at <= u.starts_at)))"""  # noqa: S608
RECORDS = f"{READABLE} AND {ALLOWED} AND {STOPPED} AND ({OPEN})"
NAMES = f"1 = ANY (%(reads)s) AND {ALLOWED} AND ({OPEN})"  # pieces of names are of one category


def values(db: installation.Database, who: str, organisation: int, form: str) -> dict[str, Any]:
    """Return what is handed over ready: who asks, what their posts read, and the keys of their agreements."""
    from concordat.demo.world import named  # noqa: PLC0415 - needs a ready Django

    me = named(who)
    roles = one(db, "SELECT roles FROM people_membership WHERE id = %s", me)
    mask, whole = db.execute(
        "SELECT bit_or(readable), bool_or(whole) FROM access_roleright WHERE role = ANY (%s)", [roles]
    ).fetchone() or (0, False)
    keys = {
        name: one(db, "SELECT coalesce(array_agg(DISTINCT key), '{}') FROM access_keys k, unnest(k.keys) AS key"
                      " WHERE recipient = %s AND role = ANY (%s) AND purpose = 'intervention' AND form = %s"
                      " AND condition = %s AND valid @> statement_timestamp()", organisation, roles, form, condition)
        for name, condition in {"any": "any", "none": "none", "agreed": "participation"}.items()
    }  # fmt: skip
    reads = [category for category in range(64) if int(str(mask)) >> category & 1]
    return {"me": me, "org": organisation, "whole": whole, "reads": reads, **keys}


def one(db: installation.Database, query: str, *asked: object) -> Any:  # noqa: ANN401 - a column
    """Return the first column of the first row."""
    row = db.execute(query.encode(), asked).fetchone()
    return row[0] if row else None

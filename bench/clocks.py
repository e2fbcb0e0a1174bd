"""Ten thousand clocks lapse at one instant: how long until each lapse is recorded.

    python -m bench.clocks                   (on a throw-away database)

The clocks belong to fifty organisations. Bounded: it fails where recording takes longer than a minute.
"""

import argparse
import os
import sys
import time

import django
import psycopg

from concordat.core.testing import plugin, throwaway

WITHIN = 60.0
ORGANISATIONS = 50
FILL = """
INSERT INTO organisations_organisation
    (id, slug, name, short, side, sort_key, legal_form, controlled_by, income_share, secondments, duty_desk,
     statutory, monitoring, victim_liaison)
SELECT 1000 + n, 'o' || n, 'Organisation ' || n, 'O', 'civil', '', '', '', '', '', '', false, false, false
  FROM generate_series(1, %(organisations)s) n;
INSERT INTO clocks_running
    (id, code, step, about_table, about_id, case_id, reference, address, owner_id, starts_at, length, unit, grounds,
     ahead, watched)
SELECT gen_random_uuid(), 'CLK-15', 'report', 'cases_link', gen_random_uuid(), gen_random_uuid(), '', '/',
       1001 + n %% %(organisations)s, now() - interval '100 days', 10, 'working_days', '{}', '{}', true
  FROM generate_series(1, %(many)s) n;
"""


def main() -> int:
    """Fill, let the worker's own function work it off, and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--many", type=int, default=10_000)
    options = parser.parse_args()
    throwaway.prepare(plugin.HOME)
    with throwaway.copy_of_template(plugin.HOME, "clocks") as name:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concordat.config.settings")
        django.setup()
        with psycopg.connect(throwaway.cluster(plugin.HOME).dsn("postgres", name), autocommit=True) as db:
            started = time.perf_counter()
            psycopg.ClientCursor(db).execute(FILL.encode(), {"organisations": ORGANISATIONS, "many": options.many})
            print(f"{options.many} clocks started in {time.perf_counter() - started:.1f} s")
            with plugin.connected_to(name):
                took = work_off()
            (recorded,) = db.execute("SELECT count(*) FROM clocks_lapse").fetchone() or (0,)
    print(f"{recorded} lapses recorded in {took:.1f} s")
    return 0 if recorded == options.many and took <= WITHIN else 1


def work_off() -> float:
    """Do what the worker does until nothing is left; return the seconds."""
    from concordat.clocks.lapsing import record_lapses  # noqa: PLC0415 - the settings are read by this import

    started = time.perf_counter()
    while record_lapses():
        pass
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())

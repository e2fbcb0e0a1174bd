"""What an export of everything holds, and who may ask for it; the tables of records let it read."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import call, run_file

SQL = Path(__file__).parent.parent / "sql"
ACCESS = Path(__file__).parent.parent.parent / "access" / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("exports", "0001_initial"), ("access", "0032_asked_once"), ("api", "0002_protect"), ("files", "0004_files_go"),
        ("imports", "0006_protect_offers"), ("notices", "0003_retention"), ("people", "0011_witness"),
        ("referrals", "0012_quoted"), ("sharing", "0008_quoted"), ("ledger", "0006_tree"),
        ("agreements", "0008_open_part"),
        ("quoting", "0002_protect"), ("merging", "0002_protect"), ("disclosures", "0002_protect"),
    ]  # fmt: skip
    operations = [
        run_file(ACCESS / "protect.sql"),
        run_file(SQL / "contents.sql"),
        run_file(SQL / "protect.sql"),
        call("REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA access FROM PUBLIC"),
        call("GRANT EXECUTE ON FUNCTION exports.waiting(), exports.take_turn(uuid), exports.batch(text, text, int), "
             "exports.bytes_of(uuid), exports.columns(), exports.keep_piece(int, bytea), "
             "exports.finish(bigint, text, jsonb), exports.give_up(uuid), exports.forget(), "
             "exports.is_anybody_else(int, uuid) TO concordat_app"),
    ]  # fmt: skip

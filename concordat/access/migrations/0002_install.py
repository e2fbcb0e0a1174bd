"""Install the heart: who asks, the compiler, the policies; and what each role may read and write."""

from pathlib import Path

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from concordat.access.rights import RIGHTS, mask
from concordat.core.migration_sql import run_file

SQL = Path(__file__).parent.parent / "sql"


def store_rights(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Write the rights of each role as masks."""
    role_right = apps.get_model("access", "RoleRight")
    for role, right in RIGHTS.items():
        role_right.objects.create(
            role=str(role),
            readable=mask(right.readable),
            writable=mask(right.writable),
            whole=right.whole,
            reads_log=right.reads_log,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        ("agreements", "0002_freeze"),
        ("cases", "0001_initial"),
        ("ledger", "0002_install"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(store_rights, migrations.RunPython.noop),
        *(run_file(SQL / name) for name in ("asker.sql", "compile.sql", "protect.sql", "policies.sql", "explain.sql")),
    ]

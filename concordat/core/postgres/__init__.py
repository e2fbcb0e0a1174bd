"""The PostgreSQL that comes with Concordat: found, created, started and stopped without anybody's help.

Only the programs of the wheel are used. Its Python launcher is never called: it trusts every local connection, and
as root it opens every parent folder to all users. An external server is described by DATABASE_URL instead.
"""

from concordat.core.postgres.cluster import Cluster
from concordat.core.postgres.keys import load_keys

__all__ = ["Cluster", "load_keys"]

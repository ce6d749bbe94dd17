"""A suspended or deleted account reads its own profile and nothing else, and writes nothing, whichever way it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from psycopg import sql

from tests.database.access import FUNCTIONS
from tests.database.rows import insert, refused

if TYPE_CHECKING:
    from tests.database.rows import AsRole, Connect, NewUser

LOST = {"suspended": "is_active = false", "deleted": "deleted_at = now()"}
BACK = "update public.profiles set is_active = true, deleted_at = null where id = %s"
# Functions of signed-in clients that every client may call, or that answer administrators.
OPEN = {"billing_catalogue", "admin_rows", "share_allow", "share_take_down"}
# Arguments that find the account's row, so that a function that asks too late is found out.
ARGUMENTS: dict[str, dict[str, Any]] = {
    "experiences_from_resume": {"id": "{resume}"},
    "resume_add_experiences": {"id": "{resume}", "base_version": 1},
    "interview_state": {"p_session_id": "00000000-0000-0000-0000-000000000000"},
    "job_search": {"query": "carpenter"},
    "resume_search": {"query": "carpenter"},
    "job_delete": {"id": "{job}"},
    "job_undelete": {"id": "{job}"},
    "resume_save": {"id": "{resume}", "base_version": 1, "content": "{}"},
    "resume_restore": {"id": "{resume}", "version_number": 1},
    "resume_delete": {"id": "{resume}", "permanently": True},
    "resume_undelete": {"id": "{resume}"},
    "resume_share_password": {"id": "{resume}", "password": "correct horse"},
    "resume_share_views": {"id": "{resume}"},
    "resume_download_hit": {"id": "{resume}"},
    "get_user_subscription_status": {"p_user_id": "{user}"},
}


@pytest.mark.parametrize("state", LOST)
@pytest.mark.parametrize(
    "name", sorted(n for n, roles in FUNCTIONS.items() if "authenticated" in roles and n not in OPEN)
)
def test_functions_refuse_the_account(
    connect: Connect, new_user: NewUser, as_user: AsRole, name: str, state: str
) -> None:
    user = new_user()
    found = {
        "user": user,
        "resume": insert(as_user, user, "resumes", title="carpenter")["id"],
        "job": insert(as_user, user, "jobs", title="carpenter")["id"],
    }
    with as_user(user) as cursor:
        for kind in ("resume", "job"):
            spare = insert(as_user, user, f"{kind}s", title="old")["id"]
            cursor.execute(f"select public.{kind}_delete(%s)", (spare,))
    connect().execute(f"update public.profiles set {LOST[state]} where id = %s", (user,))
    arguments = {
        key: value.format(**found) if isinstance(value, str) and value != "{}" else value
        for key, value in ARGUMENTS.get(name, {}).items()
    }
    call = sql.SQL("select * from public.{}({})").format(
        sql.Identifier(name),
        sql.SQL(", ").join(sql.SQL("{} => {}").format(sql.Identifier(k), sql.Literal(v)) for k, v in arguments.items()),
    )
    with refused("account_inactive", 403), as_user(user) as cursor:
        cursor.execute(call)
    connect().execute(BACK, (user,))
    # The clean-up of this module's invariants sees an account like any other.
    assert connect().execute("select private.active_user(%s) as id", (user,)).fetchone() == {"id": user}


def test_a_service_still_asks_about_the_account(connect: Connect, new_user: NewUser, as_service: AsRole) -> None:
    user = new_user()
    connect().execute("update public.profiles set is_active = false where id = %s", (user,))
    with as_service() as cursor:
        assert cursor.execute("select public.entitlements(%s) ->> 'plan' as plan", (user,)).fetchone()["plan"]
        with refused("account_inactive", 403):
            cursor.execute("select public.account_require_active(%s)", (user,))

"""The administration page in a real headless browser: signing in, every section, a change; on a desktop, a phone, dark.

The local auth service has no second factor, so setting one up and typing its code is not tried here.
"""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

import httpx
import psycopg
import pytest

from tests.browser.chromium import needs_browser, run, screenshots
from tests.e2e.person import Person

if TYPE_CHECKING:
    from local.stack import Stack

EVIL = "<img src=x onerror=alert(1)><script>alert(2)</script>"
SECTIONS = ("metrics", "users", "feedback", "events", "audit", "payments", "inbox", "tasks", "holds", "system")

pytestmark = needs_browser


@pytest.fixture(scope="module")
def seen(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Any:
    admin, user = Person(stack), Person(stack)
    email = f"{uuid.uuid4().hex}@example.com"
    with psycopg.connect(stack.database_url, autocommit=True) as connection:
        connection.execute(
            "insert into public.admin_users (user_id, email, role) select id, email, 'super_admin' from auth.users where id = %s",
            (admin.id,),
        )
        connection.execute(
            "update public.profiles set full_name = %s, email = %s where id = %s", (EVIL, email, user.id)
        )
        connection.execute(
            "insert into public.feedback (user_id, content, category) values (%s, %s, 'bug')",
            (user.id, f"{EVIL} broke"),
        )
        connection.execute(
            "insert into public.system_events (event_type, severity, user_id, event_data) values ('hook_failed', 'error', %s, %s)",
            (user.id, json.dumps({"why": EVIL})),
        )
        connection.execute(
            "insert into public.ai_usage (user_id, feature, provider, model, input_tokens, output_tokens, estimated_cost, response_time_ms, created_at, date) "
            "select %s, (array['summary', 'bullets', 'interview'])[1 + n %% 3], 'gemini', 'flash', 900, 100, 0.001 * (n %% 7 + 1), 300 + 20 * n, "
            "now() - n * interval '7 hours', ((now() - n * interval '7 hours') at time zone 'UTC')::date from generate_series(0, 90) as n",
            (user.id,),
        )
        for operation in ("summary", "bullets", "summary"):
            connection.execute("select public.increment_usage(%s, %s)", (user.id, operation))
        address = connection.execute("select email from auth.users where id = %s", (admin.id,)).fetchone()
        assert address is not None
    user.client.table("resumes").insert({"title": "Mine"}).execute()
    task = {
        "url": f"{stack.url}/functions/v1/admin",
        "email": address[0],
        "password": "a long enough password",
        "sections": {**{name: f"#{name}" for name in SECTIONS}, "user": f"#user/{user.id}"},
        "folder": screenshots(tmp_path_factory),
        "suspend": user.id,
    }
    return run("admin_page.mjs", task)


def every(seen: Any) -> list[tuple[str, Any]]:
    return [
        (f"{name} {reader}", what)
        for reader, sections in seen.items()
        for name, what in sections.items()
        if isinstance(what, dict) and "violations" in what
    ]


def test_axe_finds_nothing(seen: Any) -> None:
    assert len(every(seen)) >= 3 * (len(SECTIONS) + 2)
    assert {name: what["violations"] for name, what in every(seen) if what["violations"]} == {}


def test_nothing_is_blocked_run_or_loaded_from_elsewhere(seen: Any) -> None:
    for reader, what in seen.items():
        assert what["complaints"] == [], reader
        assert {httpx.URL(url).host for url in what["requests"] if not url.startswith("data:")} == {"127.0.0.1"}


def test_no_section_scrolls_sideways(seen: Any) -> None:
    assert {name: what["scrolls"] for name, what in every(seen) if what["scrolls"] > 0} == {}


def test_what_users_typed_is_text(seen: Any) -> None:
    assert EVIL in seen["desktop"]["feedback"]["text"]
    assert EVIL in seen["desktop"]["users"]["text"]
    assert EVIL in seen["desktop"]["user"]["text"]


def test_every_section_shows_something_and_no_error(seen: Any) -> None:
    for name, what in every(seen):
        assert "Something went wrong" not in what["text"], name
        assert len(what["text"].split()) > 5, name
    assert seen["desktop"]["metrics"]["text"].count("Monthly recurring revenue\n") == 1
    assert "Invariants" in seen["desktop"]["system"]["text"]


def test_an_account_is_found_and_changed_with_reasons(seen: Any) -> None:
    assert "Reason, which the audit log keeps" in seen["desktop"]["dialog"]["text"]
    assert "End suspension" in seen["desktop"]["suspended"]["text"]
    # Five to begin with, three spent, seven given.
    assert "balance\n9\n" in seen["desktop"]["given"]["text"]
    assert "ticket 43" in seen["desktop"]["given"]["text"]


def test_the_page_leaves_nothing_behind_and_dark_is_dark(seen: Any) -> None:
    for what in seen.values():
        assert what["stored"] == {"cookies": "", "local": 0}
    assert seen["dark"]["metrics"]["ground"] == "rgb(21, 24, 30)"
    assert seen["desktop"]["metrics"]["ground"] == "rgb(255, 255, 255)"

"""The stock SDKs with Supabase at one address and the functions at another, as docs/clients.md shows it."""

from __future__ import annotations

import json
import subprocess
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yarl import URL

from supabase import create_client

if TYPE_CHECKING:
    from local.stack import Stack

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "clients.md").read_text()


def test_supabase_js(stack: Stack) -> None:
    script = Path(__file__).with_name("two_addresses.mjs")
    result = subprocess.run(
        ["node", script, stack.url, stack.functions_url, stack.publishable_key],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout) == {
        "rows": 1,
        "balance": 5,
        "called": [stack.url, stack.url, stack.functions_url],
    }


def test_supabase_py(stack: Stack) -> None:
    client = create_client(stack.url, stack.publishable_key)
    client.functions_url = URL(f"{stack.functions_url}/functions/v1")
    client.auth.sign_up({"email": f"{uuid.uuid4().hex}@example.com", "password": "a long enough password"})
    assert len(client.table("profiles").select("plan").execute().data) == 1
    answer: Any = client.functions.invoke("billing/balance", {"method": "GET"})
    assert json.loads(answer)["balance"] == 5
    assert str(client.functions.url) == f"{stack.functions_url}/functions/v1"


def test_the_page_shows_the_code_that_is_tested() -> None:
    script = Path(__file__).with_name("two_addresses.mjs").read_text()
    shown = script[script.index("const place") : script.index("  realtime:")]
    assert shown in PAGE
    assert 'client.functions_url = URL(f"{FUNCTIONS_URL}/functions/v1")' in PAGE

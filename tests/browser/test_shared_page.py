"""Shared pages in a real headless browser: on a phone, a desktop, dark, on paper and without scripts.

`make test` installs the browser (tests/browser/package.json); without it, these tests are skipped.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.browser.chromium import ROOT, needs_browser, run, screenshots
from tests.e2e.person import Person

if TYPE_CHECKING:
    from local.stack import Stack

CONTENT: dict[str, Any] = json.loads((ROOT / "tests" / "data" / "export" / "full.json").read_text())
PASSWORD = "correct horse"

pytestmark = needs_browser


def share(person: Person, template: str, content: dict[str, Any] = CONTENT, **columns: Any) -> tuple[str, str]:
    """Share a résumé; its id and its address."""
    design: Any = person.client.table("resume_templates").select("id").eq("slug", template).single().execute().data
    row = {"title": "Mine", "content": content, "template_id": design["id"], "is_public": True, **columns}
    made: Any = person.client.table("resumes").insert(row).execute().data[0]
    return made["id"], f"{str(person.client.supabase_url).rstrip('/')}/functions/v1/share/{made['share_slug']}"


@pytest.fixture(scope="module")
def seen(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Any:
    person = Person(stack)
    arabic = json.loads((ROOT / "tests" / "data" / "export" / "ar.json").read_text())
    locked, locked_url = share(person, "modern-1")
    person.client.rpc("resume_share_password", {"id": locked, "password": PASSWORD}).execute()
    pages = {
        "modern": {"url": share(person, "modern-1", share_pdf=True, share_contact=True, share_indexable=True)[1]},
        "sidebar": {"url": share(person, "sidebar", share_pdf=True)[1], "readers": ["phone", "dark"]},
        "arabic": {"url": share(person, "modern-1", arabic)[1], "readers": ["phone"]},
        "locked": {"url": locked_url, "readers": ["phone", "dark"]},
        "unlocked": {"url": locked_url, "password": PASSWORD, "readers": ["phone"]},
        "missing": {"url": locked_url[:-1] + ("A" if locked_url[-1] != "A" else "B"), "readers": ["dark"]},
    }
    return run("shared_page.mjs", {"pages": pages, "folder": screenshots(tmp_path_factory)})


def every(seen: Any) -> list[tuple[str, Any]]:
    return [(f"{name} {reader}", what) for name, readers in seen.items() for reader, what in readers.items()]


def test_axe_finds_nothing(seen: Any) -> None:
    assert {name: what["violations"] for name, what in every(seen) if what.get("violations")} == {}


def test_nothing_is_blocked_and_nothing_is_loaded_from_elsewhere(seen: Any) -> None:
    # The browser itself says in the console that a page is refused (403) or missing (404).
    usual = "Failed to load resource: the server responded with a status of 40"
    for name, what in every(seen):
        assert [each for each in what["complaints"] if not each.startswith(usual)] == [], name
        assert {httpx.URL(url).host for url in what["requests"]} == {"127.0.0.1"}, name
        assert [url for url in what["requests"] if "/share/" not in url and not url.endswith("/favicon.ico")] == [], (
            name
        )


def test_no_page_scrolls_sideways(seen: Any) -> None:
    assert {name: what["scrolls"] for name, what in every(seen) if what["scrolls"] > 0} == {}


def test_every_reader_reads_the_same(seen: Any) -> None:
    readers = seen["modern"]
    words = {name: what["text"].removesuffix("PDF").split() for name, what in readers.items()}
    assert len(words["desktop"]) > 100
    assert {name for name, text in words.items() if sorted(text) != sorted(words["desktop"])} == set()


def test_dark_is_dark_and_paper_is_white(seen: Any) -> None:
    grounds = {name: seen["modern"][name]["ground"] for name in ("desktop", "dark", "withoutScript", "print")}
    assert grounds["dark"] == "rgb(21, 24, 30)"
    assert grounds["desktop"] == grounds["withoutScript"] == "rgb(255, 255, 255)"
    assert grounds["print"] in {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    assert seen["modern"]["print"]["pdf"] > 10_000


def test_a_password_opens_the_page(seen: Any) -> None:
    name = CONTENT["personalInfo"]["name"]
    assert name not in seen["locked"]["phone"]["text"]
    assert name in seen["unlocked"]["phone"]["text"]

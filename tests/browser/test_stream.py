"""A text that is followed while it is written, with plain `fetch` in a real headless browser, as docs/ai.md shows it.

`make test` installs the browser (tests/browser/package.json); without it, this test is skipped.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from tests.browser.chromium import HERE, ROOT, needs_browser, run
from tests.e2e.person import Person
from tests.e2e.streaming import CONTENT, assert_followed, slow_writer

if TYPE_CHECKING:
    from local.stack import Stack


@needs_browser
def test_a_page_of_another_origin_hears_sentences_while_they_are_written(stack: Stack) -> None:
    person = Person(stack)
    made: Any = person.client.table("resumes").insert({"title": "Mine", "content": CONTENT}).execute().data[0]
    with slow_writer(stack) as url:
        task = {
            "page": f"{stack.url}/functions/v1/generate/health", "url": url, "apikey": stack.publishable_key,
            "token": person.headers["Authorization"].removeprefix("Bearer "), "resume": made["id"], "key": str(uuid.uuid4()),
        }  # fmt: skip
        answer = run("stream_page.mjs", task)

    assert_followed(answer["seen"])
    assert [each for each in answer["complaints"] if "favicon" not in each] == []


def test_the_page_shows_the_code_that_is_tested() -> None:
    page = (ROOT / "docs" / "ai.md").read_text()
    shown = page[page.index("const response = await fetch") :].split("```")[0]
    tested = {line.strip() for line in (HERE / "stream_page.mjs").read_text().splitlines()}
    assert {line.strip() for line in shown.splitlines()} - tested == set()

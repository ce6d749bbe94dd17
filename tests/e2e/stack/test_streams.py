"""supabase-js follows a text while it is written: `functions.invoke` gives the response of a stream as it is."""

from __future__ import annotations

import json
import subprocess
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from tests.e2e.person import Person
from tests.e2e.streaming import CONTENT, assert_followed, slow_writer

if TYPE_CHECKING:
    from local.stack import Stack

ROOT = Path(__file__).resolve().parents[3]


def test_supabase_js_hears_sentences_while_they_are_written(stack: Stack) -> None:
    person = Person(stack)
    resume = person.client.table("resumes").insert({"title": "Mine", "content": CONTENT}).execute().data[0]["id"]  # type: ignore[call-overload, index]
    key, token = str(uuid.uuid4()), person.headers["Authorization"].removeprefix("Bearer ")
    with slow_writer(stack) as url:
        script = Path(__file__).with_name("stream.mjs")
        command = ["node", str(script), stack.url, url, stack.publishable_key, token, str(resume), key]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=60)
        assert done.returncode == 0, done.stderr
        plain = httpx.post(
            f"{url}/functions/v1/generate",
            headers={**person.headers, "idempotency-key": key},
            json={"operation": "summary", "resume_id": resume},
        )

    answer = json.loads(done.stdout)
    assert answer["isResponse"]
    # The last event has the bytes that the same key gets without a stream.
    assert (answer["seen"][-1]["data"], plain.headers["idempotency-replayed"]) == (plain.text, "true")
    assert_followed([{**each, "data": json.loads(each["data"])} for each in answer["seen"]])

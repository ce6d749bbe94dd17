"""A server of `generate` whose model writes slowly, for clients that follow a text while it is written."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tests.fakes.models import Answer, FakeModels
from tests.functions.generate.server_process import Server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local.stack import Stack

TEXT = "Engineer in Berlin. Built the ledger of a bank in Go. Mentored two juniors. Wrote the tests of the importer."
CONTENT: dict[str, Any] = {
    "personalInfo": {"headline": "Engineer", "location": "Berlin"},
    "experience": [
        {
            "company": "Acme",
            "role": "Engineer",
            "bullets": ["Built the ledger of a bank in Go", "Mentored two juniors", "Wrote the tests of the importer"],
        }
    ],
}
"""Says what `TEXT` says."""
PAUSE = 0.1
"""Seconds between the pieces that the model sends."""


@contextmanager
def slow_writer(stack: Stack) -> Iterator[str]:
    """Serve `generate`; its address."""
    with FakeModels(key="k") as model:
        model.always = Answer({"text": TEXT}, pause=PAUSE)
        environment = {
            **stack.env(), "RESUMEBASE_AI_PROVIDER": "gemini", "RESUMEBASE_AI_FALLBACKS": "none", "RESUMEBASE_VERIFIER": "off",
            "GEMINI_API_KEY": "k", "GEMINI_BASE_URL": model.url, "POWERTOOLS_LOG_LEVEL": "CRITICAL",
        }  # fmt: skip
        server = Server(environment)
        try:
            yield server.url.removesuffix("/functions/v1/generate")
        finally:
            server.kill()


def assert_followed(seen: list[dict[str, Any]]) -> None:
    """Check that the text came in pieces while it was written, and that the result came last."""
    names = [each["name"] for each in seen]
    deltas = [each for each in seen if each["name"] == "delta"]
    assert names == ["status", *["delta"] * len(deltas), "status", "result"]
    assert len(deltas) >= 3
    assert "".join(each["data"]["text"] for each in deltas) == TEXT
    # Between a first and a last sentence lie some pieces of the model, of which nobody waited for the end.
    assert deltas[-1]["at"] - deltas[0]["at"] >= 3 * PAUSE * 1000
    assert seen[-1]["data"]["result"]["text"] == TEXT
    assert seen[-1]["data"]["receipt"]["charged"] == 1

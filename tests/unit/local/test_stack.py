"""What the local stack tells the functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from functions._shared.domain.providers import MODELS
from local.stack import Stack

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("shell", "named"),
    [
        ({}, {"RESUMEBASE_AI_PROVIDER": "offline"}),
        ({"GEMINI_API_KEY": ""}, {"RESUMEBASE_AI_PROVIDER": "offline"}),
        ({"OPENAI_API_KEY": "key"}, {}),
        ({"RESUMEBASE_AI_PROVIDER": "anthropic"}, {}),
    ],
    ids=str,
)
def test_without_a_key_the_free_writer_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shell: dict[str, str], named: dict[str, str]
) -> None:
    for name in ("RESUMEBASE_AI_PROVIDER", *(f"{each.prefix}_API_KEY" for each in MODELS.values())):
        monkeypatch.delenv(name, raising=False)
    for name, value in shell.items():
        monkeypatch.setenv(name, value)
    assert Stack(tmp_path)._writer() == named
    assert Stack(tmp_path, env={"GEMINI_API_KEY": "key"})._writer() == {}

"""The page about AI writing lists exactly the existing operations, providers and error codes."""

from __future__ import annotations

import re
from pathlib import Path

from functions._shared.domain.errors.table import ERRORS
from functions._shared.settings import MODELS, OFFLINE
from functions.generate.schemas import OPERATIONS

PAGE = (Path(__file__).parents[3] / "docs" / "ai.md").read_text()


def table(heading: str) -> list[str]:
    """The first cells of the table under a header cell."""
    rows = PAGE[PAGE.index(f"| {heading}") :].split("\n\n")[0].splitlines()[2:]
    return [row.split("|")[1].strip() for row in rows]


def test_the_page_lists_every_operation() -> None:
    assert {cell.strip("`") for cell in table("operation")} == OPERATIONS


def test_the_page_lists_every_provider_and_model() -> None:
    cells = table("`RESUMEBASE_AI_PROVIDER`")
    assert {re.findall(r"`(\w+)`", cell)[0] for cell in cells} == {*MODELS, OFFLINE}
    for known in MODELS.values():
        assert f"`{known.prefix}_API_KEY`" in PAGE
        assert known.model is None or f"`{known.model}`" in PAGE


def test_the_error_codes_on_the_page_exist() -> None:
    codes = re.findall(r"\b\d{3} (`\w+`(?:, `\w+`)*)", PAGE)
    named = {code for group in codes for code in re.findall(r"\w+", group)}
    assert len(named) >= 9
    assert named <= ERRORS.keys()

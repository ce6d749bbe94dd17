"""The page about AI writing lists exactly the existing operations, providers and error codes."""

from __future__ import annotations

import json
import re
from pathlib import Path

from functions._shared.domain.errors.table import ERRORS
from functions._shared.domain.providers import MODELS, OFFLINE
from functions._shared.edge.openapi import describe
from functions.generate.handler import app
from functions.generate.operations import REGISTRY

OPERATIONS = {slug: operation.aliases for slug, operation in REGISTRY.items()}
PAGE = (Path(__file__).parents[3] / "docs" / "ai.md").read_text()


def table(heading: str) -> list[list[str]]:
    """The cells of the table under a header cell, row by row."""
    rows = PAGE[PAGE.index(f"| {heading}") :].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.split("|")[1:-1]] for row in rows]


def test_the_page_lists_every_operation_and_alias() -> None:
    named = {
        operation.strip("`"): set(re.findall(r"`(\w+)`", aliases)) for operation, aliases, *_ in table("operation")
    }
    assert named == OPERATIONS


def test_the_api_description_lists_every_operation_and_alias() -> None:
    description = json.loads(describe(app.name, app.summary, app.specs))
    named = description["components"]["schemas"]["GenerateRequest"]["discriminator"]["mapping"]
    assert set(named) == {"batch"}.union(OPERATIONS, *OPERATIONS.values())


def test_the_page_lists_every_provider_and_model() -> None:
    cells = [row[0] for row in table("`RESUMEBASE_AI_PROVIDER`")]
    assert {re.findall(r"`(\w+)`", cell)[0] for cell in cells} == {*MODELS, OFFLINE}
    for known in MODELS.values():
        assert f"`{known.prefix}_API_KEY`" in PAGE
        assert known.model is None or f"`{known.model}`" in PAGE


def test_the_error_codes_on_the_page_exist() -> None:
    codes = re.findall(r"\b\d{3} (`\w+`(?:, `\w+`)*)", PAGE)
    named = {code for group in codes for code in re.findall(r"\w+", group)}
    assert len(named) >= 9
    assert named <= ERRORS.keys()

"""A résumé as text and as facts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonpointer import resolve_pointer

from functions._shared.domain.resume.facts import facts
from functions._shared.domain.resume.json_resume import from_json_resume
from functions._shared.domain.resume.plain_text import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).parents[2] / "data/json_resume"
FILES = sorted(path for path in DATA.glob("*.json") if path.name != "schema.json")


def leaves(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, child in node.items():
            if key not in {"id", "extra"}:
                yield from leaves(child)
    elif isinstance(node, list):
        for child in node:
            yield from leaves(child)
    elif isinstance(node, str):
        yield node


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_plain_text_contains_all_text_of_the_resume(path: Path) -> None:
    content = from_json_resume(json.loads(path.read_text()))
    text = plain_text(content)
    for leaf in leaves(content.to_json()):
        assert leaf.strip() in text
    assert "raw.githubusercontent" not in text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_facts_point_to_their_source(path: Path) -> None:
    content = from_json_resume(json.loads(path.read_text()))
    found = list(facts(content))
    for fact in found:
        assert fact.text in resolve_pointer(content.to_json(), fact.pointer)
    assert {fact.text for fact in found if fact.kind == "employer"} == {job.company for job in content.experience}
    assert {job.role for job in content.experience} <= {fact.text for fact in found if fact.kind == "title"}
    assert set(content.skills.technical) <= {fact.text for fact in found if fact.kind == "skill"} | {
        group.name for group in content.skills.groups
    }


def test_numbers_in_prose_are_facts() -> None:
    content = from_json_resume(json.loads((DATA / "nurse.json").read_text()))
    numbers = [fact.text for fact in facts(content) if fact.kind == "number"]
    assert numbers[:4] == ["up to 3", "24", "96", "58 minutes"]
    assert "2018" in [fact.text for fact in facts(content) if fact.kind == "date"]


def test_an_empty_resume_has_no_text_or_facts() -> None:
    content = from_json_resume({})
    assert plain_text(content) == ""
    assert list(facts(content)) == []

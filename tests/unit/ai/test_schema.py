"""The schema subset that every vendor's strict mode accepts."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from pydantic import BaseModel, Field

from functions._shared.ai.schema import openapi_schema, plain_schema


class Point(BaseModel):
    text: str = Field(min_length=3, max_length=10, pattern="^a")
    weight: int = Field(default=1, ge=0)


class Output(BaseModel):
    """A docstring that must not be sent to the vendor."""

    kind: Literal["short", "long"]
    only: Literal["one"] = "one"
    points: list[Point] = Field(max_length=5, description="What counts.")
    note: str | None = None


class Tree(BaseModel):
    children: list[Tree]


POINT = {
    "type": "object",
    "properties": {"text": {"type": "string"}, "weight": {"type": "integer"}},
    "required": ["text", "weight"],
    "additionalProperties": False,
}


def test_references_are_inlined_and_constraints_left_to_pydantic() -> None:
    assert plain_schema(Output) == {
        "type": "object",
        "properties": {
            "kind": {"type": "string", "enum": ["short", "long"]},
            "only": {"type": "string", "enum": ["one"]},
            "points": {"type": "array", "items": POINT, "description": "What counts."},
            "note": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        },
        "required": ["kind", "only", "points", "note"],
        "additionalProperties": False,
    }


def test_a_recursive_schema_is_refused() -> None:
    with pytest.raises(ValueError, match="Tree"):
        plain_schema(Tree)


def test_geminis_form_has_capitals_and_nullable() -> None:
    legacy = openapi_schema(plain_schema(Output))

    assert legacy["type"] == "OBJECT"
    assert legacy["properties"]["note"] == {"type": "STRING", "nullable": True}
    assert legacy["properties"]["kind"] == {"type": "STRING", "enum": ["short", "long"], "format": "enum"}
    assert legacy["properties"]["points"]["items"]["required"] == ["text", "weight"]
    assert "additionalProperties" not in str(legacy)


def test_gemini_supports_no_unions() -> None:
    class Either(BaseModel):
        value: int | str

    with pytest.raises(ValueError, match="unions"):
        openapi_schema(plain_schema(Either))


def test_the_legacy_sdk_accepts_it() -> None:
    from google.generativeai.types.generation_types import to_generation_config_dict

    schema: dict[str, Any] = openapi_schema(plain_schema(Output))
    assert to_generation_config_dict({"response_schema": schema})["response_schema"]

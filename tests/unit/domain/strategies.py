"""Hypothesis strategies: valid and unusual JSON Resume documents, and résumé content."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from functions._shared.domain.resume.content_rules import content_rules

SCHEMA = json.loads((Path(__file__).parents[2] / "data/json_resume/schema.json").read_text())

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
WORDS = st.sampled_from(["", "Tech Corp", "São Paulo, SP", "Berlin", "日本", "O'Neill & Söhne", "Python", "-"])
SCALARS = (
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | TEXT
)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3), max_leaves=4
)


def _keys_of(schema: dict[str, Any]) -> set[str]:
    found: set[str] = set()
    for key, sub in schema.get("properties", {}).items():
        found |= {key} | _keys_of(sub) | _keys_of(sub.get("items", {}))
    return found


OUR_KEYS = sorted({key for rules in content_rules()["objects"].values() for key in rules})
ODD_KEYS = st.sampled_from(
    sorted(
        {
            *_keys_of(SCHEMA),
            *OUR_KEYS,
            "x-resumebase",
            "x-resumebase-content",
            "x-json-resume",
            "website",
            "list",
            "field",
            "x",
        }
    )
)


def valid(schema: dict[str, Any], *, extensions: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[Any]:
    """Any value of a schema; every object may also have extension keys that the schema does not name."""
    if "$ref" in schema:
        schema = SCHEMA["definitions"][schema["$ref"].rpartition("/")[2]]
    if schema["type"] == "object":
        known = {key: valid(sub, extensions=extensions) for key, sub in schema["properties"].items()}
        fields = st.fixed_dictionaries({}, optional=known)
        return st.builds(
            lambda extra, own: {**{k: v for k, v in extra.items() if k not in known}, **own}, extensions, fields
        )
    if schema["type"] == "array":
        return st.lists(valid(schema["items"], extensions=extensions), max_size=3)
    if "pattern" in schema:
        return st.from_regex(schema["pattern"].replace("$", r"\Z"))
    return WORDS | TEXT


PLAIN_EXTENSIONS = st.dictionaries(st.sampled_from(["x", "x-theme", "日本", "note"]), JSON, max_size=2)
ODD_EXTENSIONS = st.dictionaries(ODD_KEYS, JSON, max_size=2)

JSON_RESUMES = valid(SCHEMA, extensions=PLAIN_EXTENSIONS)
"""What the schema allows."""

ODD = st.recursive(
    JSON | WORDS | st.sampled_from(["2020-01", "Present", "technical", "soft", "linkedin"]),
    lambda inner: (
        st.lists(st.dictionaries(ODD_KEYS, inner, max_size=4), max_size=2)
        | st.dictionaries(ODD_KEYS, inner, max_size=4)
        | st.lists(inner, max_size=2)
    ),
    max_leaves=12,
)
ODD_JSON_RESUMES = st.dictionaries(ODD_KEYS, ODD, max_size=5) | valid(SCHEMA, extensions=ODD_EXTENSIONS)
"""Objects of right and wrong keys with right and wrong values."""


def _content(name: str, extensions: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    fields = {key: _kind(kind, extensions) for key, kind in content_rules()["objects"][name].items()}
    return st.builds(
        lambda extra, own: {**{k: v for k, v in extra.items() if k not in fields}, **own},
        extensions,
        st.fixed_dictionaries({}, optional=fields),
    )


def _kind(kind: str, extensions: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[Any]:
    shape_of, _, name = kind.partition(":")
    if shape_of == "object":
        return _content(name, extensions)
    if shape_of == "list":
        return st.lists(_content(name, extensions), max_size=2)
    if kind == "date":
        return (
            st.none() | st.just("Present") | st.just("") | st.from_regex(r"\A[12][0-9]{3}(-[01][0-9](-[0-3][0-9])?)?\Z")
        )
    if kind in {"lines", "shorts", "skills"}:
        return st.lists(WORDS | TEXT, max_size=3)
    if kind == "any object":
        return st.none() | extensions
    return st.none() | WORDS | TEXT


CONTENTS = _content("resume", PLAIN_EXTENSIONS)
ODD_CONTENTS = _content("resume", ODD_EXTENSIONS)

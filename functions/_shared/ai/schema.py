"""JSON Schemas of answers in the subset that all structured outputs accept. Called by the vendor adapters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel

Schema = dict[str, Any]

# Strict modes reject value constraints; pydantic checks them on the answer instead.
_KEYWORDS = frozenset({"type", "properties", "items", "enum", "anyOf", "description"})


def plain_schema(output: type[BaseModel]) -> Schema:
    """Describe a pydantic model without references and value constraints.

    Parameters
    ----------
    output : type of BaseModel
        Shape of the answer. All of its properties become required and no others are allowed, as strict modes demand.

    Returns
    -------
    dict
        A self-contained JSON Schema.

    Raises
    ------
    ValueError
        The model refers to itself, which strict modes do not support.
    """
    schema = output.model_json_schema()
    return _plain(schema, schema.get("$defs", {}), frozenset())


def openapi_schema(schema: Schema) -> Schema:
    """Convert a plain schema for Gemini, whose ``responseSchema`` is a subset of OpenAPI 3.0.

    Gemini answers 400 to any other keyword, including ``additionalProperties``, which google-genai would pass on.

    Parameters
    ----------
    schema : dict
        From `plain_schema`.

    Returns
    -------
    dict
        The schema with type names in capitals and ``nullable`` instead of a union with null.

    Raises
    ------
    ValueError
        The schema contains a union of two types.
    """
    if "anyOf" in schema:
        choices = [choice for choice in schema["anyOf"] if choice.get("type") != "null"]
        if len(choices) != 1:
            raise ValueError("Gemini does not support unions")
        return {**openapi_schema(choices[0]), "nullable": True}
    out: dict[str, Any] = {"type": schema.get("type", "string").upper()}
    if "description" in schema:
        out["description"] = schema["description"]
    if "enum" in schema:
        out |= {"enum": schema["enum"], "format": "enum"}
    if "items" in schema:
        out["items"] = openapi_schema(schema["items"])
    if "properties" in schema:
        out["properties"] = {name: openapi_schema(child) for name, child in schema["properties"].items()}
        out["required"] = schema["required"]
    return out


def _plain(node: Schema, defs: Schema, inside: frozenset[str]) -> Schema:
    if "$ref" in node:
        name = node["$ref"].rsplit("/", 1)[-1]
        if name in inside:
            raise ValueError(f"{name} refers to itself")
        return _plain(defs[name], defs, inside | {name})
    if "const" in node:
        node = {**node, "enum": [node["const"]]}
    out: Schema = {key: value for key, value in node.items() if key in _KEYWORDS}
    if "properties" in out:
        out.pop("description", None)  # class docstrings are for programmers
        out["properties"] = {name: _plain(child, defs, inside) for name, child in out["properties"].items()}
        out["required"] = list(out["properties"])
        out["additionalProperties"] = False
    if "items" in out:
        out["items"] = _plain(out["items"], defs, inside)
    if "anyOf" in out:
        out["anyOf"] = [_plain(child, defs, inside) for child in out["anyOf"]]
    return out

"""JSON Schema of an answer in the subset that every vendor's structured output accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel

Schema = dict[str, Any]

# Strict modes refuse value constraints; pydantic checks them on the answer instead.
_KEPT = frozenset({"type", "properties", "items", "enum", "anyOf", "description"})


def plain_schema(output: type[BaseModel]) -> Schema:
    """Describe a pydantic model without references and value constraints.

    Parameters
    ----------
    output : type of BaseModel
        Shape of the answer. Its properties become required and further ones forbidden, as strict modes
        demand.

    Returns
    -------
    dict
        A self-contained JSON Schema.

    Raises
    ------
    ValueError
        The model refers to itself, which no strict mode can express.
    """
    schema = output.model_json_schema()
    return _plain(schema, schema.get("$defs", {}), frozenset())


def _plain(node: Schema, defs: Schema, inside: frozenset[str]) -> Schema:
    if "$ref" in node:
        name = node["$ref"].rsplit("/", 1)[-1]
        if name in inside:
            raise ValueError(f"{name} refers to itself")
        return _plain(defs[name], defs, inside | {name})
    if "const" in node:
        node = {**node, "enum": [node["const"]]}
    out: Schema = {key: value for key, value in node.items() if key in _KEPT}
    if "properties" in out:
        out["properties"] = {name: _plain(child, defs, inside) for name, child in out["properties"].items()}
        out["required"] = list(out["properties"])
        out["additionalProperties"] = False
    if "items" in out:
        out["items"] = _plain(out["items"], defs, inside)
    if "anyOf" in out:
        out["anyOf"] = [_plain(child, defs, inside) for child in out["anyOf"]]
    return out

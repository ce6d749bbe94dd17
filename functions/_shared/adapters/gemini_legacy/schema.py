"""JSON Schema in the form that google-generativeai turns into its protobuf `Schema`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from functions._shared.ai.schema import Schema


def legacy_schema(schema: Schema) -> dict[str, Any]:
    """Translate a plain schema.

    Parameters
    ----------
    schema : dict
        From `plain_schema`.

    Returns
    -------
    dict
        The same with type names in capitals, ``nullable`` in place of a union with null, and nothing else.

    Raises
    ------
    ValueError
        A union of two types, which the old API cannot express.
    """
    if "anyOf" in schema:
        choices = [choice for choice in schema["anyOf"] if choice.get("type") != "null"]
        if len(choices) != 1:
            raise ValueError("the legacy API knows no unions")
        return {**legacy_schema(choices[0]), "nullable": True}
    out: dict[str, Any] = {"type": schema.get("type", "string").upper()}
    if "description" in schema:
        out["description"] = schema["description"]
    if "enum" in schema:
        out |= {"enum": schema["enum"], "format": "enum"}
    if "items" in schema:
        out["items"] = legacy_schema(schema["items"])
    if "properties" in schema:
        out["properties"] = {name: legacy_schema(child) for name, child in schema["properties"].items()}
        out["required"] = schema["required"]
    return out

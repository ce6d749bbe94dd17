"""The page at `/functions/v1/docs`: every function's OpenAPI document as plain HTML without external resources."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

METHODS = ("get", "post", "put", "patch", "delete")
STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8881; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 0 auto; padding: 2rem 1rem; }
h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); }
nav a { margin-right: 1rem; }
details { border: 1px solid var(--line); border-radius: 6px; margin: .5rem 0; padding: .5rem 1rem; }
summary { cursor: pointer; }
summary b { display: inline-block; min-width: 4rem; }
code, pre { font: 14px/1.4 ui-monospace, monospace; }
pre { background: var(--soft); padding: .75rem; overflow-x: auto; border-radius: 6px; }
table { border-collapse: collapse; } td, th { text-align: left; padding: .2rem 1rem .2rem 0; vertical-align: top; }
"""


def page(documents: Mapping[str, Mapping[str, Any] | None]) -> str:
    """Return the HTML page.

    Parameters
    ----------
    documents
        OpenAPI document by function name; None for a function that has none.
    """
    links = "".join(f'<a href="#{escape(name)}">{escape(name)}</a>' for name in documents)
    sections = "".join(_section(name, document) for name, document in documents.items())
    empty = "" if documents else "<p>There are no functions yet.</p>"
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Functions</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{STYLE}</style><h1>Functions</h1><nav>{links}</nav>{empty}{sections}</html>"
    )


def _section(name: str, document: Mapping[str, Any] | None) -> str:
    title = f'<h2 id="{escape(name)}">{escape(name)}</h2>'
    if document is None:
        return f"{title}<p>This function publishes no OpenAPI document.</p>"
    about = escape(document.get("info", {}).get("description", ""))
    raw = f'<p>{about}</p><p><a href="/functions/v1/{escape(name)}/openapi.json">OpenAPI document</a></p>'
    operations = "".join(
        _operation(method, path, methods[method], document)
        for path, methods in document.get("paths", {}).items()
        for method in METHODS
        if method in methods
    )
    return f"{title}{raw}{operations}"


def _operation(method: str, path: str, operation: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    parts = [f"<p>{escape(operation.get('description', ''))}</p>"]
    if parameters := operation.get("parameters"):
        rows = "".join(
            f"<tr><td><code>{escape(p['name'])}</code><td>{escape(p['in'])}<td>{escape(p.get('description', ''))}"
            for p in (_resolve(parameter, document) for parameter in parameters)
        )
        parts.append(f"<h4>Parameters</h4><table>{rows}</table>")
    if body := operation.get("requestBody"):
        parts.append("<h4>Request</h4>" + "".join(_content(body, document)))
    for status, answer in operation.get("responses", {}).items():
        resolved = _resolve(answer, document)
        parts.append(f"<h4>{escape(status)} {escape(resolved.get('description', ''))}</h4>")
        parts.extend(_content(resolved, document))
    summary = escape(operation.get("summary", ""))
    head = f"<summary><b>{method.upper()}</b> <code>{escape(path)}</code> {summary}</summary>"
    return f"<details>{head}{''.join(parts)}</details>"


def _content(holder: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[str]:
    for media_type, media in holder.get("content", {}).items():
        schema = _resolve(media.get("schema", {}), document)
        text = json.dumps(schema, indent=2, ensure_ascii=False)
        yield f"<p><code>{escape(media_type)}</code></p><pre>{escape(text)}</pre>"


def _resolve(node: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow a local `$ref` one step: enough to show a schema's content, and safe for recursive schemas."""
    reference = node.get("$ref", "")
    if not reference.startswith("#/"):
        return node
    target: Any = document
    for key in reference[2:].split("/"):
        target = target.get(key.replace("~1", "/").replace("~0", "~"), {})
    return {"title": reference.rsplit("/", 1)[-1], **target}

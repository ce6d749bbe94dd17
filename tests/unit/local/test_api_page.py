from __future__ import annotations

from html.parser import HTMLParser

from local.api_page import page

DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"description": "Writes <b>bold</b> things"},
    "paths": {
        "/functions/v1/generate": {
            "post": {
                "summary": "Generate text",
                "parameters": [{"name": "Idempotency-Key", "in": "header", "description": "Chosen by the client"}],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Ask"}}}},
                "responses": {"402": {"description": "No credits", "content": {}}},
            }
        }
    },
    "components": {
        "schemas": {"Ask": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Ask"}}}}
    },
}


class _Resources(HTMLParser):
    """Collects everything that a browser would load or run."""

    def __init__(self) -> None:
        super().__init__()
        self.resources: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.resources += [f"{tag} {name}" for name, _ in attrs if name in {"src", "srcset"} or name.startswith("on")]
        self.resources += [tag] * (tag in {"script", "link", "iframe", "img"})


def test_the_page_shows_operations_parameters_and_referenced_schemas() -> None:
    html = page({"generate": DOCUMENT, "share": None})
    for text in ("POST", "Generate text", "Idempotency-Key", "No credits", "&quot;title&quot;: &quot;Ask&quot;"):
        assert text in html
    assert "publishes no OpenAPI document" in html


def test_text_from_documents_is_escaped() -> None:
    assert "Writes &lt;b&gt;bold&lt;/b&gt; things" in page({"generate": DOCUMENT})


def test_the_page_loads_nothing() -> None:
    parser = _Resources()
    parser.feed(page({"generate": DOCUMENT}))
    assert parser.resources == []

"""Résumés and views for the tests of documents."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from functions._shared.domain.documents.view import build_view
from functions._shared.domain.resume.content import parse_content
from local.templates import designs

if TYPE_CHECKING:
    from functions._shared.domain.documents.view import ResumeView

FOLDER = Path(__file__).parent.parent.parent / "data" / "export"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
TEMPLATES = sorted(designs())


@cache
def text_of(name: str) -> str:
    return (FOLDER / f"{name}.json").read_text()


def content_of(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(text_of(name))
    return content


def view_of(content: str | dict[str, Any], template: str = "modern-1", **options: Any) -> ResumeView:
    document = content_of(content) if isinstance(content, str) else content
    return build_view(parse_content(document), designs()[template], **options)

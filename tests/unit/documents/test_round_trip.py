"""What our documents show, our importer reads back: PDF without its attachment, DOCX, and JSON Resume.

A field is a text of the shown content under its key. Not told apart is what paper does not tell: an address with and
without its scheme, the notes and the paragraphs of an entry, the lists of skills, a date that is both start and end.
"""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pikepdf
import pytest

from functions._shared import wiring
from functions._shared.domain.documents.links import printed
from functions._shared.domain.documents.view import build_view
from functions._shared.domain.resume.content import parse_content
from functions._shared.domain.resume.json_resume import from_json_resume, to_json_resume
from functions.resume_import.importer import import_document
from local.templates import designs
from tests.unit.documents.samples import NAMES, TEMPLATES, content_of, view_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from functions._shared.domain.documents.view import ResumeView

SCHEMA = Path(__file__).parents[2] / "data" / "json_resume" / "schema.json"
LATIN = ("full", "minimal", "one-page", "long")
SOME = [
    *zip(TEMPLATES, cycle(NAMES), strict=False),
    ("sidebar", "full"),
    ("sidebar", "long"),
    ("creative", "ko"),
    *(("sidebar", name) for name in ("ar", "he", "hi")),
]
ALL = [(template, name) for template in TEMPLATES for name in NAMES]
HANDLES = {"linkedin": "linkedin.com/in/", "github": "github.com/"}


# A name that breaks within a word, and a headline in the middle of the page that is wrapped.
LONG_WORDS = {"sidebar": 0.97, "classic": 0.98}


def least_of(form: str, template: str, name: str) -> float:
    """Return the share of fields that is read back, at least."""
    if (form, name) == ("pdf", "long") and (known := LONG_WORDS.get(template)):
        return known
    return 0.99 if name in LATIN else 0.97


def texts_of(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, dict):
        spans = value.get("startDate") == value.get("endDate")
        for key, each in value.items():
            if key not in {"id", "extra"} and not (key == "startDate" and spans):
                yield from texts_of(each, (*path, key))
    elif isinstance(value, list):
        for each in value:
            yield from texts_of(each, path)
    elif isinstance(value, str) and value.strip():
        yield path, value


def fields_of(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for path, value in texts_of(content):
        key, text = path[-1], value.replace("\u00a0", " ")
        if key in {"url", "website", "linkedin", "github"}:
            text = printed(text if "/" in text or key not in HANDLES else HANDLES[key] + text)
        if key == "score":
            text = re.sub(r"^C?GPA:? ", "", text)
        if key == "endDate" and text == "Present":
            continue
        name = "skills" if path[0] == "skills" else f"{path[0]}.{'description' if key == 'companyDescription' else key}"
        for line in text.split("\n") if key in {"description", "companyDescription"} else [text]:
            yield name, " ".join(line.split())


def without_attachment(document: bytes) -> bytes:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(document)) as opened:
        for name in list(opened.attachments):
            del opened.attachments[name]
        opened.save(file)
    return file.getvalue()


def read_back(view: ResumeView, form: Any) -> dict[str, Any]:
    document = wiring.resumes().write(view, form).content
    read = wiring.document_reader().read(without_attachment(document) if form == "pdf" else document)
    assert read.data is None
    return import_document(read).content


def compare(template: str, name: str, form: str) -> None:
    view = view_of(name, template)
    shown, read = Counter(set(fields_of(view.content.to_json()))), Counter(set(fields_of(read_back(view, form))))
    lost, least = shown - read, least_of(form, template, name)
    share = 1 - lost.total() / shown.total()
    assert share >= least, (
        f"{form} {template} {name}: {share:.3f}, lost {sorted(lost)[:8]}, read {sorted(read - shown)[:8]}"
    )


@pytest.mark.parametrize(("template", "name"), SOME)
@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_document_is_read_back(template: str, name: str, form: str) -> None:
    compare(template, name, form)


@pytest.mark.long
@pytest.mark.parametrize(("template", "name"), ALL)
@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_every_document_is_read_back(template: str, name: str, form: str) -> None:
    compare(template, name, form)


@pytest.mark.parametrize("name", NAMES)
def test_json_resume_loses_nothing(name: str) -> None:
    content = content_of(name)
    exported = to_json_resume(parse_content(content))
    assert from_json_resume(exported).to_json() == parse_content(content).to_json()
    view = build_view(from_json_resume(exported), designs()["modern-1"])
    document = json.loads(wiring.resumes().write(view, "json").content)
    assert document == build_view(parse_content(content), designs()["modern-1"]).json_resume()
    jsonschema.validate(document, json.loads(SCHEMA.read_text()))

"""Résumés as PDF: what stands where on a page, with the texts that are hard to place."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest

from functions._shared.adapters.documents.resumes.writer import DocumentWriter
from tests.unit.documents.samples import TEMPLATES, content_of, view_of

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITER = DocumentWriter()
Box = tuple[float, float, float, float]


def pages(content: Any, template: str) -> list[pypdfium2.PdfPage]:
    return list(pypdfium2.PdfDocument(WRITER.write(view_of(content, template), "pdf").content))


def text(page: pypdfium2.PdfPage) -> str:
    shown: str = page.get_textpage().get_text_bounded()
    return shown


def letters(page: pypdfium2.PdfPage) -> Iterator[Box]:
    read = page.get_textpage()
    for index in range(read.count_chars()):
        if read.get_text_range(index, 1).strip():
            yield read.get_charbox(index)


def job(**values: Any) -> dict[str, Any]:
    return {"role": "Clerk", "company": "Council", "startDate": "2011", "endDate": "2012", **values}


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_long_place_leaves_the_title_its_room(template: str) -> None:
    place = "San Francisco Bay Area, California, United States of America (hybrid, two days a week)"
    content = {"experience": [job(role="Senior Manager Customer Experience", location=place)], "summary": "Short."}
    content["skills"] = {"technical": ["SQL"]}  # type: ignore[assignment]
    page = pages(content, template)[0]
    assert "Senior Manager Customer Experience" in text(page)


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_letter_stands_on_another(template: str) -> None:
    places = ["Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch" * 2, "Garmisch-Partenkirchen/Mecklenburg"]
    content: dict[str, Any] = {"experience": [job(location=each) for each in places]}
    content["experience"][0]["role"] = "Rechtsschutzversicherungsgesellschaftsangestelltenvertretung"
    content["skills"] = {"technical": ["SQL"]}
    page = pages(content, template)[0]
    width = page.get_width()
    # The letters of a ligature share a box.
    for one, two in combinations(sorted(set(letters(page))), 2):
        across = min(one[2], two[2]) - max(one[0], two[0])
        upright = min(one[3], two[3]) - max(one[1], two[1])
        assert across < 1.5 or upright < 1.5
    assert all(left > 20 and right < width - 20 for left, _, right, _ in letters(page))


@pytest.mark.parametrize("template", ["modern-1", "europass", "sidebar", "creative"])
@pytest.mark.parametrize("language", ["ar", "he"])
def test_latin_names_keep_to_the_side_of_the_page(template: str, language: str) -> None:
    content = content_of(language)
    content["experience"] = [{**content["experience"][0], "company": "Google LLC", "endDate": "2020"}]
    page = pages(content, template)[0]
    read = page.get_textpage()
    index, _ = read.search("LLC").get_next()
    edge = read.get_charbox(index + 2)[2]
    # Other lines begin where the name does: at the right.
    assert sum(abs(right - edge) < 2 for _, _, right, _ in letters(page)) >= 4
    assert edge > page.get_width() / 2


def test_entries_without_a_text_fill_the_page() -> None:
    content = content_of("minimal")
    content["summary"] = "\n".join(f"Line {number}" for number in range(20))
    content["experience"] = [job(role=f"Role {number}") for number in range(30)]
    first = text(pages(content, "modern-1")[0])
    assert len(re.findall("Role", first)) >= 8


def test_a_number_keeps_its_percent_sign() -> None:
    content = {
        "experience": [
            job(bullets=[f"{'x' * n} and mileage fell by a total of 18 % in the year" for n in range(40, 80)])
        ]
    }
    lines = text(pages(content, "modern-1")[0]).splitlines()
    assert not [line for line in lines if line.startswith("%")]

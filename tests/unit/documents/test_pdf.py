"""Résumés as PDF: what is attached, what copies out, the structure tree, page breaks, fonts."""

from __future__ import annotations

import ctypes
import io
import json
import math
import re
import unicodedata
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest

from functions._shared.adapters.documents.resumes.pdf import page_count
from functions._shared.adapters.documents.resumes.writer import DocumentWriter
from functions._shared.domain.resume.json_resume import from_json_resume
from tests.unit.documents.samples import NAMES, TEMPLATES, content_of, view_of

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITER = DocumentWriter()


def picture() -> bytes:
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (640, 480), "#667788").save(file, "PNG")
    photo = WRITER.photo(file.getvalue())
    assert photo
    return photo


@cache
def pdf_of(name: str, template: str) -> bytes:
    return WRITER.write(view_of(name, template, photo=picture()), "pdf").content


def text_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return "\n".join(pages[number].get_textpage().get_text_bounded() for number in range(len(pages)))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()


def elements(node: Any, depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Yield the type and the object of every structure element, in reading order."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child, depth + 1)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield str(node["/S"]), node
        if "/K" in node:
            yield from elements(node["/K"], depth + 1)


@cache
def opened(name: str, template: str) -> pikepdf.Pdf:
    """Open a PDF and keep it open: its objects die with it."""
    return pikepdf.open(io.BytesIO(pdf_of(name, template)))


def tree(name: str, template: str) -> list[tuple[str, Any]]:
    return list(elements(opened(name, template).Root.StructTreeRoot["/K"]))


@pytest.mark.parametrize(
    ("name", "template"),
    [
        *(("full", each) for each in TEMPLATES),
        *((each, "sidebar") for each in NAMES),
        ("ar", "europass"),
        ("long", "creative"),
    ],
)
def test_every_template_sets_every_resume(name: str, template: str) -> None:
    # Typst refuses what breaks PDF/UA-1: that a file comes back is its own check.
    document = opened(name, template)
    assert page_count(pdf_of(name, template)) == len(document.pages)
    assert document.Root.MarkInfo["/Marked"]
    assert document.Root["/Lang"] == view_of(name).language
    assert document.docinfo["/Title"] == view_of(name).title
    assert document.Root.ViewerPreferences["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1" in document.Root.Metadata.read_bytes()
    for page in document.pages:
        assert page.get("/Tabs") in {None, "/S"}
        assert page.MediaBox == document.pages[0].MediaBox


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_structure_tree_has_headings_lists_and_links(template: str) -> None:
    kinds = [kind for kind, _ in tree("full", template)]
    headings = [int(kind[2:]) for kind in kinds if re.fullmatch("/H[1-6]", kind)]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))
    view = view_of("full", template)
    assert headings.count(2) >= len(view.sections)
    assert headings.count(3) == sum(len(section.entries) for section in view.sections)
    assert kinds.count("/L") >= 4
    assert kinds.count("/LI") >= kinds.count("/L")
    assert kinds.count("/Link") >= 5
    # Nothing is laid out with tables, so there are no header cells to miss.
    assert not {"/Table", "/TR", "/TH", "/TD"} & set(kinds)


def test_a_photo_has_a_text_alternative() -> None:
    figures = [node for kind, node in tree("full", "sidebar") if kind == "/Figure"]
    assert [str(figure["/Alt"]) for figure in figures] == ["Maren Okafor"]


def test_links_say_where_they_lead() -> None:
    document = opened("full", "modern-1")
    links = [note for page in document.pages for note in page.get("/Annots", ()) if note["/Subtype"] == "/Link"]
    assert {str(link.A["/URI"]) for link in links} >= {"https://maren.example.com", "mailto:maren.okafor@example.com"}
    assert all(link.get("/Contents") for link in links)


def test_blocks_in_another_language_say_so() -> None:
    languages = {str(node["/Lang"]) for _, node in tree("europe", "modern-1") if "/Lang" in node}
    assert {"uk", "el"} <= languages


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_source_order_of_columns_is_the_reading_order(template: str) -> None:
    text = text_of(pdf_of("one-page", template))
    view = view_of("one-page", template)
    aside, main = view.columns()
    first, second = (aside, main) if view.sidebar and view.sidebar.side == "start" else (main, aside)
    places = [text.casefold().find("\n" + section.heading.casefold()) for section in [*first, *second]]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("name", NAMES)
def test_text_copies_out_in_every_script(name: str) -> None:
    text = squeezed(text_of(pdf_of(name, "modern-1")))
    view = view_of(name)
    wanted = [
        block_text
        for section in view.sections
        for entry in section.entries
        for block in entry.blocks
        for block_text in block.texts
    ]
    wanted += [view.name, view.headline, *(section.heading for section in view.sections)]
    words = [word for each in wanted for word in each.split()]
    found = sum(squeezed(word) in text for word in words)
    # pdfium writes a few marks of Arabic and Devanagari, and "A/B" within Hebrew, in another order.
    assert found >= (0.9 if name in {"ar", "he", "hi"} else 1) * len(words), [
        w for w in words if squeezed(w) not in text
    ]


@pytest.mark.parametrize("template", ["modern-1", "sidebar", "europass"])
def test_what_is_attached_is_what_the_pages_show(template: str) -> None:
    pdf = pdf_of("full", template)
    attached = json.loads(opened("full", template).attachments["resume.json"].get_file().read_bytes())
    assert from_json_resume(attached) == view_of("full", template).content
    shown = squeezed(text_of(pdf))
    content = view_of("full", template).content.to_json()

    def texts(node: Any, key: str = "") -> Iterator[str]:
        if isinstance(node, dict):
            for name, child in node.items():
                yield from texts(child, name)
        elif isinstance(node, list):
            for child in node:
                yield from texts(child, key)
        elif isinstance(node, str) and key not in {"startDate", "endDate", "date"}:
            yield re.sub(r"^(https?://)?(www\.)?", "", node)

    missing = [text for text in texts(content) if squeezed(text) not in shown]
    assert missing == []


def test_dates_on_pages_are_those_of_the_content() -> None:
    content = content_of("minimal")
    content["experience"] = [
        {"role": f"Role {n}", "startDate": f"2020-{n:02}-01", "endDate": f"2020-{n:02}-31"} for n in range(1, 13)
    ]
    text = text_of(WRITER.write(view_of(content), "pdf").content)
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    for number, month in enumerate(months, 1):
        assert re.search(rf"Role {number} {month} 2020", text)


def test_a_page_never_ends_with_a_heading_or_the_head_of_an_entry() -> None:
    # The first job grows a line at a time, so that every following line comes to stand at the end of the page once.
    content = content_of("full")
    headings = {heading.casefold() for heading in view_of("full").locale.headings.values()}
    heads = {
        entry.title
        for section in view_of("full").sections
        if section.key in {"experience", "projects", "volunteer"}
        for entry in section.entries
    }
    heads |= {
        entry.subtitle
        for section in view_of("full").sections
        if section.key == "experience"
        for entry in section.entries
    }
    for template in ("modern-1", "sidebar"):
        for lines in range(0, 24, 3):
            content["experience"][0]["bullets"] = [f"Line {n}" for n in range(lines)]
            pages = pypdfium2.PdfDocument(WRITER.write(view_of(content, template), "pdf").content)
            for number in range(len(pages) - 1):
                text = pages[number].get_textpage().get_text_bounded().strip().splitlines()
                last = next(
                    line.strip()
                    for line in reversed(text)
                    if not re.fullmatch(r"(Maren Okafor|\d+ / \d+| )*", line.strip())
                )
                assert last.casefold() not in headings
                assert not any(last.startswith(head) and len(last) < len(head) + 40 for head in heads), last


def test_a_very_long_entry_breaks_over_pages() -> None:
    document = WRITER.write(view_of("long"), "pdf")
    pages = pypdfium2.PdfDocument(document.content)
    first = pages[0].get_textpage().get_text_bounded()
    assert "twelve offices" in first
    assert "Built a dashboard" in first
    assert document.pages == len(pages) > 1


def test_fitting_is_reported_and_deterministic() -> None:
    view = view_of("full")
    one, two = (WRITER.write(view, "pdf", max_pages=2) for _ in range(2))
    assert one.content == two.content
    assert one.fit
    assert (one.fit.requested, one.fit.step, one.fit.fits) == (2, 0, True)
    tight = WRITER.write(view_of("full", "executive"), "pdf", max_pages=2)
    assert tight.fit
    assert tight.fit.fits
    assert tight.fit.step > 0
    assert tight.pages == len(pypdfium2.PdfDocument(tight.content)) == 2
    hopeless = WRITER.write(view_of("long"), "pdf", max_pages=1)
    assert hopeless.fit
    assert not hopeless.fit.fits
    assert hopeless.fit.size >= 9


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_text_is_smaller_than_9_points(template: str) -> None:
    document = WRITER.write(view_of("full", template), "pdf", max_pages=1)
    page = pypdfium2.PdfDocument(document.content)[0]
    sizes = []
    for each in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
        size = ctypes.c_float()
        pypdfium2.raw.FPDFTextObj_GetFontSize(each.raw, size)
        matrix = each.get_matrix()
        sizes.append(size.value * math.hypot(matrix.c, matrix.d))
    assert min(sizes) >= 8.99


def test_a_character_without_a_glyph_is_reported() -> None:
    document = WRITER.write(view_of({"personalInfo": {"name": "Ana 𓀀 Lima"}, "summary": "ภาษาไทย 🎉"}), "pdf")
    assert {"𓀀", "ภ", "🎉"} <= set(document.missing_glyphs)
    assert "Ana ? Lima" in text_of(document.content)
    assert WRITER.write(view_of("full"), "pdf").missing_glyphs == ""


@pytest.mark.parametrize("name", NAMES)
def test_the_fonts_have_every_character_of_the_samples(name: str) -> None:
    assert WRITER.write(view_of(name, "executive"), "pdf").missing_glyphs == ""


def test_a_font_that_does_not_exist_is_replaced_and_reported() -> None:
    from functions._shared.domain.documents.view import build_view
    from functions._shared.domain.resume.content import parse_content

    view = build_view(parse_content(content_of("minimal")), {"fonts": {"heading": "Comic Papyrus", "body": "Lato"}})
    assert WRITER.write(view, "pdf").replaced_fonts == ["Comic Papyrus"]


def test_markup_in_content_is_printed_as_it_is() -> None:
    evil = '#read("/etc/passwd") #sys.inputs *bold* _x_ $x$ `raw` <label> @ref \\ // /* = H [a](b) "quotes" ~ --- ...'
    content = {
        "personalInfo": {"name": evil, "headline": evil, "location": evil},
        "summary": evil,
        "experience": [{"role": evil, "company": evil, "bullets": [evil], "technologies": [evil]}],
    }
    text = squeezed(text_of(WRITER.write(view_of(content), "pdf").content))
    assert text.count(squeezed('#read("/etc/passwd")#sys.inputs*bold*')) >= 7


def test_a_png_is_drawn_of_the_page_that_is_asked_for() -> None:
    from PIL import Image

    first, last = (WRITER.write(view_of("full"), "png", page=page) for page in (1, 9))
    assert first.content != last.content
    assert Image.open(io.BytesIO(first.content)).width == 720
    assert (first.pages, last.pages) == (2, 2)


def test_a_photo_loses_its_metadata_and_no_picture_is_none() -> None:
    from PIL import Image

    file = io.BytesIO()
    image = Image.new("RGB", (900, 600))
    exif = image.getexif()
    exif[0x010E] = "taken at home"
    image.save(file, "JPEG", exif=exif)
    photo = WRITER.photo(file.getvalue())
    assert photo
    assert b"taken at home" not in photo
    assert Image.open(io.BytesIO(photo)).size == (400, 400)
    assert WRITER.photo(b"GIF89a") is None
    assert WRITER.photo(b"") is None

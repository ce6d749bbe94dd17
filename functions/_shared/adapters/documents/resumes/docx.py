"""Résumés as DOCX: real styles, headings and lists in one column; no text boxes, no tables, nothing in the header.

python-docx writes all text as XML text, so there is nothing to escape; `view` has removed characters that XML forbids.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from functions._shared.domain.documents.design import PAPERS
from functions._shared.domain.documents.scripts import is_right_to_left, language_of_block, script_of
from functions._shared.domain.documents.sections import group_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from functions._shared.domain.documents.sections import Block, Entry, Section
    from functions._shared.domain.documents.view import ResumeView

_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_MAX_PROPERTY: Final = 255
_EAST_ASIAN: Final = frozenset({"Hani", "Jpan", "Kore"})
_OFFICE_FONTS: Final = {
    "ar": "Arial", "he": "Arial", "hi": "Nirmala UI", "zh": "Microsoft YaHei", "ja": "Yu Gothic", "ko": "Malgun Gothic",
}  # fmt: skip
"""Fonts that office programs have, for scripts that the design's font lacks."""
_STYLES: Final = frozenset(
    {
        "Normal",
        "Title",
        "Subtitle",
        "Heading1",
        "Heading2",
        "ListBullet",
        "DefaultParagraphFont",
        "TableNormal",
        "NoList",
    }
)
"""Ids of the template's styles that are kept. Most of the others are for tables."""
# Order matters in a w:pPr: these come after what `w:bidi` must precede.
_AFTER_BIDI: Final = (
    "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:jc", "w:rPr",
)  # fmt: skip


def write_docx(view: ResumeView) -> bytes:
    """Write a résumé as DOCX."""
    writer = _Writer(view)
    writer.write()
    file = io.BytesIO()
    writer.document.save(file)
    return file.getvalue()


class _Writer:
    def __init__(self, view: ResumeView) -> None:
        self.view = view
        self.document: Any = Document()
        self.width = PAPERS[view.design.paper][0] - 2 * view.design.margin

    def write(self) -> None:
        self._page()
        self._styles()
        self._header()
        for section in self.view.sections:
            self._section(section)

    def _page(self) -> None:
        design, page = self.view.design, self.document.sections[0]
        width, height = PAPERS[design.paper]
        page.page_width, page.page_height = Pt(width), Pt(height)
        page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Pt(design.margin)
        properties = self.document.core_properties
        properties.title, properties.author = self.view.title[:_MAX_PROPERTY], self.view.name[:_MAX_PROPERTY]
        properties.language = self.view.language
        properties.comments = properties.keywords = properties.last_modified_by = ""
        # A fixed time: the same résumé gives the same file.
        properties.created = properties.modified = _EPOCH

    def _styles(self) -> None:
        d = self.view.design
        styles = self.document.styles
        for style in list(styles.element.style_lst):
            if style.styleId not in _STYLES:
                styles.element.remove(style)
            else:
                _drop(style, "w:link")
        self._font(styles["Normal"], d.body_font, d.size, d.text)
        normal = styles["Normal"].paragraph_format
        normal.space_before, normal.space_after, normal.line_spacing = Pt(0), Pt(2), d.line_height * 0.86
        language = styles.element.find(".//" + qn("w:lang"))
        if language is not None:
            language.set(qn("w:val"), self.view.language)
            language.set(
                qn("w:eastAsia" if script_of(self.view.language) in _EAST_ASIAN else "w:bidi"), self.view.language
            )
        title = styles["Title"]
        self._font(title, d.heading_font, d.size * 2.3, d.primary, bold=True)
        self._space(title, 0, 2)
        _drop(title.element.pPr, "w:pBdr")
        self._font(styles["Subtitle"], d.body_font, d.size * 1.15, d.secondary)
        self._space(styles["Subtitle"], 0, 3)
        heading = styles["Heading 1"]
        self._font(heading, d.heading_font, d.size * 1.2, d.primary, bold=True)
        heading.font.all_caps, heading.font.small_caps = d.heading_case == "upper", d.heading_case == "small-caps"
        self._space(heading, d.section_gap, 3)
        if d.heading_rule != "none":
            _border(heading.element.get_or_add_pPr(), "bottom" if d.heading_rule == "below" else "left", d.secondary)
        self._font(styles["Heading 2"], d.body_font, d.size, d.text, bold=True)
        self._space(styles["Heading 2"], d.item_gap, 0)
        self._font(styles["List Bullet"], d.body_font, d.size, d.text)
        self._space(styles["List Bullet"], 0, 1)
        details = styles.add_style("Entry Details", WD_STYLE_TYPE.PARAGRAPH)
        details.base_style, details.next_paragraph_style = styles["Normal"], styles["Normal"]
        details.paragraph_format.keep_with_next = True
        details.paragraph_format.tab_stops.add_tab_stop(Pt(self.width), WD_TAB_ALIGNMENT.RIGHT)
        self._font(details, d.body_font, d.size, d.secondary)
        small_print = styles.add_style("Small Print", WD_STYLE_TYPE.PARAGRAPH)
        small_print.base_style = styles["Normal"]
        self._font(small_print, d.body_font, max(9, d.size * 0.92), d.muted)
        if d.header == "center":
            for name in ("Title", "Subtitle"):
                styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def _font(self, style: Any, family: str, size: float, color: str, *, bold: bool = False) -> None:  # noqa: ANN401
        font = style.font
        font.name, font.size, font.bold, font.italic = family, Pt(size), bold, False
        font.color.rgb = RGBColor.from_string(color[1:].upper())
        own = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            own.attrib.pop(qn(f"w:{theme}"), None)
        other = _OFFICE_FONTS.get(self.view.language, family)
        own.set(qn("w:eastAsia"), other)
        own.set(qn("w:cs"), other)
        _drop(style.element.rPr, "w:spacing")
        _drop(style.element.rPr, "w:kern")
        # Right-to-left text has a size and a weight of its own.
        half_points = OxmlElement("w:szCs")
        half_points.set(qn("w:val"), str(round(size * 2)))
        _drop(style.element.rPr, "w:szCs")
        style.element.rPr.find(qn("w:sz")).addnext(half_points)
        _drop(style.element.rPr, "w:bCs")
        if bold:
            style.element.rPr.find(qn("w:b")).addnext(OxmlElement("w:bCs"))

    def _space(self, style: Any, before: float, after: float) -> None:  # noqa: ANN401 - a style
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)

    def _paragraph(self, style: str, text: str = "") -> Any:  # noqa: ANN401 - a paragraph
        # Set by id: python-docx searches all styles for every name.
        paragraph = self.document._body.add_paragraph()  # noqa: SLF001
        if style != "Normal":
            paragraph._p.style = style.replace(" ", "")  # noqa: SLF001
        language = language_of_block(text, self.view.language) if text else self.view.language
        if is_right_to_left(language):
            bidi = OxmlElement("w:bidi")
            paragraph._p.get_or_add_pPr().insert_element_before(bidi, *_AFTER_BIDI)  # noqa: SLF001
        if text:
            self._run(paragraph, text)
        return paragraph

    def _run(self, paragraph: Any, text: str, color: str | None = None, *, bold: bool | None = None) -> Any:  # noqa: ANN401
        run = paragraph.add_run(text)
        if bold:
            run.bold = run.font.cs_bold = True
        if color:
            run.font.color.rgb = RGBColor.from_string(color[1:].upper())
        self._language(run._r, text)  # noqa: SLF001
        return run._r  # noqa: SLF001

    def _language(self, run: Any, text: str) -> None:  # noqa: ANN401 - a w:r
        language = language_of_block(text, self.view.language)
        if language == self.view.language and not self.view.right_to_left:
            return
        properties = run.get_or_add_rPr()
        if is_right_to_left(language):
            properties.append(OxmlElement("w:rtl"))
        if language != self.view.language or is_right_to_left(language):
            mark = OxmlElement("w:lang")
            kind = (
                "w:eastAsia"
                if script_of(language) in _EAST_ASIAN
                else "w:bidi"
                if is_right_to_left(language)
                else "w:val"
            )
            mark.set(qn(kind), language)
            properties.append(mark)

    def _link(self, paragraph: Any, text: str, url: str | None, color: str | None = None) -> None:  # noqa: ANN401
        if not url:
            self._run(paragraph, text, color)
            return
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        link.append(self._run(paragraph, text, color))
        paragraph._p.append(link)  # noqa: SLF001

    def _header(self) -> None:
        view = self.view
        if view.photo:
            self._photo(view.photo)
        self._paragraph("Title", view.name)
        if view.headline:
            self._paragraph("Subtitle", view.headline)
        if view.contacts:
            paragraph = self._paragraph("Normal")
            if view.design.header == "center":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            for number, contact in enumerate(view.contacts):
                if number:
                    self._run(paragraph, "  |  ", view.design.muted)
                self._link(paragraph, contact.text, contact.url)

    def _photo(self, photo: bytes) -> None:
        paragraph = self._paragraph("Normal")
        size = Pt(self.view.design.size * 8)
        shape = paragraph.add_run().add_picture(io.BytesIO(photo), width=size, height=size)
        shape._inline.docPr.set("descr", self.view.title)  # noqa: SLF001

    def _section(self, section: Section) -> None:
        self._paragraph("Heading 1", section.heading)
        self._blocks(section.blocks)
        locale = self.view.locale
        for label, items in group_lines(section, locale):
            paragraph = self._paragraph("Normal")
            if label:
                self._run(paragraph, f"{label}{locale.colon}", bold=True)
            self._run(paragraph, locale.comma.join(items))
        for entry in section.entries:
            self._entry(entry)

    def _entry(self, entry: Entry) -> None:
        locale, muted = self.view.locale, self.view.design.muted
        if entry.title:
            self._paragraph("Heading 2", entry.title)
        where = locale.comma.join(filter(None, (entry.subtitle, entry.place)))
        if where or entry.link or entry.dates:
            paragraph = self._paragraph("Entry Details")
            if where:
                self._run(paragraph, where)
            if entry.link:
                if where:
                    self._run(paragraph, "  |  ", muted)
                self._link(paragraph, entry.link.text, entry.link.url, muted)
            if entry.dates:
                self._run(paragraph, f"\t{entry.dates}", muted)
        if entry.note:
            self._paragraph("Small Print", entry.note)
        self._blocks(entry.blocks)
        for label, items in entry.labelled:
            self._paragraph("Small Print", f"{label}{locale.colon}{locale.comma.join(items)}")

    def _blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            for text in block.texts:
                self._paragraph("List Bullet" if block.is_list else "Normal", text)


def _drop(parent: Any, name: str) -> None:  # noqa: ANN401 - an XML element
    for child in parent.findall(qn(name)) if parent is not None else ():
        parent.remove(child)


def _border(properties: Any, side: str, color: str) -> None:  # noqa: ANN401 - a w:pPr
    borders = OxmlElement("w:pBdr")
    line = OxmlElement(f"w:{side}")
    size, space = ("6", "2") if side == "bottom" else ("18", "6")
    for key, value in (("val", "single"), ("sz", size), ("space", space), ("color", color[1:].upper())):
        line.set(qn(f"w:{key}"), value)
    borders.append(line)
    _drop(properties, "w:pBdr")
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", *_AFTER_BIDI, "w:outlineLvl")

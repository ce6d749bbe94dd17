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

from functions._shared.adapters.documents.resumes.docx_package import drop, template, without_times
from functions._shared.domain.documents.paper import PAPERS
from functions._shared.domain.documents.scripts import is_right_to_left, language_of_block, script_of
from functions._shared.domain.documents.sections import group_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from functions._shared.domain.documents.sections import Block, Entry, Section
    from functions._shared.domain.documents.view import Letter, ResumeView

_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_VALUE: Final = qn("w:val")
_SPACE: Final = qn("xml:space")
_MAX_PROPERTY: Final = 255
_EAST_ASIAN: Final = frozenset({"Hani", "Jpan", "Kore"})
_OFFICE_FONTS: Final = {
    "ar": "Arial", "he": "Arial", "hi": "Nirmala UI", "zh": "Microsoft YaHei", "ja": "Yu Gothic", "ko": "Malgun Gothic",
}  # fmt: skip
"""Fonts that office programs have, for scripts that the design's font lacks."""
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
    return without_times(file.getvalue())


class _Writer:
    def __init__(self, view: ResumeView) -> None:
        self.view = view
        self.document: Any = Document(io.BytesIO(template()))
        self._end = self.document.element.body.sectPr
        self.width = PAPERS[view.design.paper][0] - 2 * view.design.margin

    def write(self) -> None:
        self._page()
        self._styles()
        self._header()
        for section in self.view.sections:
            self._section(section)
        if self.view.letter:
            self._letter(self.view.letter)

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
        drop(title.element.pPr, "w:pBdr")
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
        drop(style.element.rPr, "w:spacing")
        drop(style.element.rPr, "w:kern")
        drop(style.element.rPr, "w:iCs")
        # Right-to-left text has a size and a weight of its own.
        half_points = OxmlElement("w:szCs")
        half_points.set(qn("w:val"), str(round(size * 2)))
        drop(style.element.rPr, "w:szCs")
        style.element.rPr.find(qn("w:sz")).addnext(half_points)
        drop(style.element.rPr, "w:bCs")
        if bold:
            style.element.rPr.find(qn("w:b")).addnext(OxmlElement("w:bCs"))

    def _space(self, style: Any, before: float, after: float) -> None:  # noqa: ANN401 - a style
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)

    # Paragraphs and runs are built as elements, because python-docx searches several times for each and takes longer.

    def _paragraph(self, style: str, text: str = "", *, centered: bool = False) -> Any:  # noqa: ANN401 - a w:p
        paragraph = OxmlElement("w:p")
        language = language_of_block(text, self.view.language) if text else self.view.language
        properties: list[tuple[str, str | None]] = []
        if style != "Normal":
            properties.append(("w:pStyle", style.replace(" ", "")))
        if is_right_to_left(language):
            properties.append(("w:bidi", None))
        if centered:
            properties.append(("w:jc", "center"))
        if properties:
            paragraph.append(_element("w:pPr", *(_element(name, value=value) for name, value in properties)))
        self._end.addprevious(paragraph)
        if text:
            paragraph.append(self._run(text))
        return paragraph

    def _run(self, text: str, color: str | None = None, *, bold: bool = False) -> Any:  # noqa: ANN401 - a w:r
        properties = [_element("w:b"), _element("w:bCs")] if bold else []
        if color:
            properties.append(_element("w:color", value=color[1:].upper()))
        properties += self._language(text)
        run = _element("w:r", *([_element("w:rPr", *properties)] if properties else []))
        before, tab, after = text.partition("\t")
        for part in (before, after):
            if part:
                shown = OxmlElement("w:t")
                shown.text = part
                shown.set(_SPACE, "preserve")
                run.append(shown)
            if tab and part is before:
                run.append(OxmlElement("w:tab"))
        return run

    def _language(self, text: str) -> list[Any]:
        language = language_of_block(text, self.view.language)
        right_to_left = is_right_to_left(language)
        if language == self.view.language and not right_to_left:
            return []
        script = "w:eastAsia" if script_of(language) in _EAST_ASIAN else "w:bidi" if right_to_left else "w:val"
        mark = OxmlElement("w:lang")
        mark.set(qn(script), language)
        return [OxmlElement("w:rtl"), mark] if right_to_left else [mark]

    def _link(self, text: str, url: str | None, color: str | None = None) -> Any:  # noqa: ANN401 - a w:hyperlink or w:r
        run = self._run(text, color)
        if not url:
            return run
        link = _element("w:hyperlink", run)
        link.set(qn("r:id"), self.document.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        return link

    def _header(self) -> None:
        view = self.view
        if view.photo:
            self._photo(view.photo)
        if view.name:
            self._paragraph("Title", view.name)
        if view.headline:
            self._paragraph("Subtitle", view.headline)
        if view.contacts:
            paragraph = self._paragraph("Normal", centered=view.design.header == "center")
            for number, contact in enumerate(view.contacts):
                if number:
                    paragraph.append(self._run("  |  ", view.design.muted))
                paragraph.append(self._link(contact.text, contact.url))

    def _photo(self, photo: bytes) -> None:
        size = Pt(self.view.design.size * 8)
        shape = self.document.add_paragraph().add_run().add_picture(io.BytesIO(photo), width=size, height=size)
        shape._inline.docPr.set("descr", self.view.title)  # noqa: SLF001

    def _letter(self, letter: Letter) -> None:
        styles = self.document.styles
        for name, before, after in (("Letter Text", 0, 9), ("Letter Line", 0, 0), ("Letter Block", 20, 0)):
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = styles["Normal"]
            self._space(style, before, after)
        self._paragraph("Letter Block", letter.date)
        for number, line in enumerate(letter.recipient):
            self._paragraph("Letter Line" if number else "Letter Block", line)
        if letter.subject:
            self._paragraph("Letter Block").append(self._run(letter.subject, self.view.design.primary, bold=True))
        self._paragraph("Letter Text")
        for paragraph in letter.paragraphs:
            if paragraph.is_list:
                for line in paragraph.lines:
                    self._paragraph("List Bullet", line)
                continue
            for line in paragraph.lines[:-1]:
                self._paragraph("Letter Line", line)
            self._paragraph("Letter Text", paragraph.lines[-1])
        if letter.signature:
            self._paragraph("Letter Block", letter.signature)

    def _section(self, section: Section) -> None:
        self._paragraph("Heading 1", section.heading)
        self._blocks(section.blocks)
        locale = self.view.locale
        for label, items in group_lines(section, locale):
            paragraph = self._paragraph("Normal")
            if label:
                paragraph.append(self._run(f"{label}{locale.colon}", bold=True))
            paragraph.append(self._run(locale.comma.join(items)))
        for entry in section.entries:
            self._entry(entry)

    def _entry(self, entry: Entry) -> None:
        locale, muted = self.view.locale, self.view.design.muted
        if entry.title:
            self._paragraph("Heading 2", entry.title)
        parts = [self._run(text) for text in (entry.subtitle, entry.place) if text]
        parts += [self._link(entry.link.text, entry.link.url, muted)] if entry.link else []
        if parts or entry.dates:
            paragraph = self._paragraph("Entry Details")
            for number, part in enumerate(parts):
                if number:
                    paragraph.append(self._run("  |  ", muted))
                paragraph.append(part)
            if entry.dates:
                paragraph.append(self._run(f"\t{entry.dates}", muted))
        if entry.note:
            self._paragraph("Small Print", entry.note)
        self._blocks(entry.blocks)
        for label, items in entry.labelled:
            self._paragraph("Small Print", f"{label}{locale.colon}{locale.comma.join(items)}")

    def _blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            for text in block.texts:
                self._paragraph("List Bullet" if block.is_list else "Normal", text)


def _element(name: str, *children: Any, value: str | None = None) -> Any:  # noqa: ANN401 - XML elements
    element = OxmlElement(name)
    if value is not None:
        element.set(_VALUE, value)
    for child in children:
        element.append(child)
    return element


def _border(properties: Any, side: str, color: str) -> None:  # noqa: ANN401 - a w:pPr
    borders = OxmlElement("w:pBdr")
    line = OxmlElement(f"w:{side}")
    size, space = ("6", "2") if side == "bottom" else ("18", "6")
    for key, value in (("val", "single"), ("sz", size), ("space", space), ("color", color[1:].upper())):
        line.set(qn(f"w:{key}"), value)
    borders.append(line)
    drop(properties, "w:pBdr")
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", *_AFTER_BIDI, "w:outlineLvl")

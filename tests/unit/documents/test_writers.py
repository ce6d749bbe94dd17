"""Résumés as DOCX, HTML, Markdown, text, LaTeX and for Overleaf: the same content, and nothing in it is markup."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import unquote

import docx
import pytest

from functions._shared.adapters.documents.resumes import latex, markdown, overleaf
from functions._shared.adapters.documents.resumes.writer import DocumentWriter
from functions._shared.ports.documents import Format
from tests.unit.documents.samples import NAMES, TEMPLATES, content_of, view_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WRITER = DocumentWriter()
EVIL = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</style><script>", "&lt;b&gt; &amp;", "{{7*7}} ${x} #{y}",
    "\\input{/etc/passwd}", "\\write18{id}", "%comment", "a_b^c~d#e$f&g", "}\\end{document}", "``quotes'' -- --- ,, << >> ?` !`",
    "[x](javascript:alert(1))", "![x](https://evil.example/pixel)", "# heading", "- item", "1. item", "1) item", "> quote", "***",
    "`code`", "| a | b |", "~~x~~", "https://auto.example www.auto.example a@auto.example", "===", "+ item", "    indented", "<!-- x -->",
]  # fmt: skip


def evil(text: str) -> dict[str, Any]:
    """A résumé with a text in every place."""
    item = {"url": text, "startDate": "2020", "location": text}
    return {
        "personalInfo": dict.fromkeys(("name", "headline", "email", "phone", "location", "website", "linkedin", "github"), text),
        "summary": f"{text}\n{text}",
        "experience": [{**item, "role": text, "company": text, "companyDescription": text, "description": text, "bullets": [text], "technologies": [text]}],
        "education": [{**item, "institution": text, "degree": text, "area": text, "score": text, "courses": [text]}],
        "skills": {"groups": [{"name": text, "level": text, "keywords": [text]}], "technical": [text], "soft": [text]},
        "projects": [{**item, "name": text, "entity": text, "roles": [text], "bullets": [text]}],
        "certifications": [{"name": text, "issuer": text, "url": text}],
        "languages": [{"language": text, "fluency": text}],
        "references": [{"name": text, "reference": text}],
    }  # fmt: skip


class Page(HTMLParser):
    """What a browser sees of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def written(form: str, content: Any, template: str = "modern-1", **options: Any) -> str:
    return WRITER.write(view_of(content, template, **options), form).content.decode()  # type: ignore[arg-type]


def words(view: Any) -> Iterator[str]:
    yield view.name
    for section in view.sections:
        yield section.heading
        for block in section.blocks:
            yield from block.texts
        for group in section.groups:
            yield from (group.label, *group.items)
        for entry in section.entries:
            yield from (entry.title, entry.subtitle, entry.place, entry.dates, entry.note)
            for block in entry.blocks:
                yield from block.texts
            for _, items in entry.labelled:
                yield from items


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["html", "text", "docx"])
def test_every_format_holds_every_text(form: str, name: str) -> None:
    view = view_of(name, "classic")
    content = WRITER.write(view, form).content  # type: ignore[arg-type]
    if form == "docx":
        text = " ".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)
    else:
        text = Page(content.decode()).text if form == "html" else content.decode()
    squeezed = re.sub(r"\s+", "", text).casefold()
    assert [each for each in words(view) if re.sub(r"\s+", "", each).casefold() not in squeezed] == []


@pytest.mark.parametrize("text", EVIL)
def test_nothing_in_html_is_markup(text: str) -> None:
    clean, page = Page(written("html", evil("x"))), Page(written("html", evil(text)))
    kept = {"script", "img", "iframe", "style", "meta"}
    assert [tag for tag, _ in page.tags if tag in kept] == [tag for tag, _ in clean.tags if tag in kept]
    assert {name for _, attributes in page.tags for name in attributes} <= {
        "lang", "dir", "class", "role", "datetime", "href", "rel", "charset", "name", "content", *(f"data-{n}" for n in ("header", "case", "rule", "dates", "photo", "ground")),
    }  # fmt: skip
    assert all(re.match("https?://|mailto:", a["href"] or "") for tag, a in page.tags if tag == "a")
    assert text.strip() in page.text


def test_html_has_no_script_and_loads_nothing() -> None:
    html = written("html", "full", "creative")
    assert "<script" not in html
    assert not re.search(r"(src|@import|url\()\s*=?\s*[\"']?(https?:)?//", html)
    tags = [tag for tag, _ in Page(html).tags]
    assert tags.count("h1") == 1
    assert tags.index("h1") < tags.index("h2") < tags.index("h3")


def test_html_says_what_its_parts_are() -> None:
    page = Page(written("html", {**content_of("full"), "awards": []}, "sidebar"))
    lists = [attributes for tag, attributes in page.tags if tag == "ul"]
    assert lists
    # A list without bullets is one for screen readers only if it says so.
    assert all(attributes.get("role") == "list" for attributes in lists)
    times = [attributes["datetime"] or "" for tag, attributes in page.tags if tag == "time"]
    assert {"2021-03", "2017-06"} <= set(times)
    assert all(re.fullmatch("[0-9]{4}(-[0-9]{2})?", time) for time in times)
    assert [tag for tag, attributes in page.tags if attributes.get("class") == "aside"] == ["aside"]
    assert '<div class="rest"></div>' not in written("html", "full")


def test_html_marks_languages_and_directions() -> None:
    html = written("html", "ar")
    assert '<html lang="ar" dir="rtl">' in html
    assert 'lang="uk" dir="ltr"' in written("html", "europe")
    degree = {**content_of("ar"), "education": [{"degree": "BSc"}]}
    assert '<h3><span lang="en" dir="ltr">BSc</span></h3>' in written("html", degree)


@pytest.mark.parametrize("text", EVIL)
def test_nothing_in_markdown_is_markup(text: str) -> None:
    line = markdown.escape(text)
    # What remains unescaped of the characters that Markdown gives a meaning.
    bare = re.sub(r"\\[!-/:-@\[-`{-~]", "x", line)
    assert not re.search(r"[`*_\[\]<>&|~$@]|^\s*([#+=-]|[0-9]+[.)])", bare)
    assert not re.search(r"https?:|www\.", bare)
    # Without the backslashes it is the text.
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", line) == " ".join(text.split())


def test_links_in_markdown_end_where_they_should() -> None:
    assert markdown.link("a]b", "https://example.com/(x)>y z") == "[a\\]b](<https://example.com/(x)%3Ey%20z>)"
    assert markdown.link("[x](y)", None) == "\\[x\\](y)"


@pytest.mark.parametrize("text", EVIL)
def test_nothing_in_latex_is_a_command(text: str) -> None:
    escaped = latex.escape(text)
    known = "textbackslash textasciicircum textasciitilde textquotedbl textasciigrave textless textgreater textbar"
    commands = re.findall(r"\\([a-zA-Z]+)", escaped)
    assert set(commands) <= set(known.split())
    assert not re.search(r"(?<!\\)[$&#%_^]", escaped)
    assert "--" not in escaped
    assert not re.search("``|''|,,|<<|>>|[?!]`", escaped)
    depth = 0
    for sign in re.sub(r"\\[{}]", "", escaped):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0


def test_addresses_in_latex_cannot_leave_their_argument() -> None:
    assert (
        latex.escape_url("https://example.com/a_b?c=d%20e&f=#g~h") == r"https://example.com/a\_b?c=d\%20e\&f=\#g\%7Eh"
    )
    assert not re.search(r"[{}\\$](?![%#&_])", latex.escape_url("https://example.com/{}\\$^"))


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="needs pdfTeX")
def test_pdflatex_sets_what_is_evil_and_what_is_long(tmp_path: Path) -> None:
    for name, content in (("evil", evil(" ".join(EVIL))), ("long", "long"), ("full", "full")):
        (tmp_path / f"{name}.tex").write_text(written("latex", content))
        command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", f"{name}.tex"]
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=120)
        assert run.returncode == 0, run.stdout[-1500:].decode(errors="replace")
    import pypdfium2

    document = pypdfium2.PdfDocument(tmp_path / "evil.pdf")
    text = "".join(document[number].get_textpage().get_text_bounded() for number in range(len(document)))
    assert r"\input{/etc/passwd}" in text.replace("\r\n", " ")


def test_the_engine_follows_the_letters() -> None:
    assert latex.engine(view_of("full")) == "pdflatex"
    assert latex.engine(view_of({"personalInfo": {"name": "Zoë Đorđević Łukasz Țară İ"}})) == "pdflatex"
    for name in ("ru", "ar", "he", "hi", "zh", "ja", "ko"):
        assert latex.engine(view_of(name)) == "xelatex"
    assert r"\setmainlanguage{arabic}" in written("latex", "ar")
    assert r"\usepackage{xeCJK}" in written("latex", "zh")


def test_the_overleaf_form_holds_the_source_and_the_engine() -> None:
    fields = overleaf.fields(view_of("ru"))
    assert unquote(fields["encoded_snip"]) == written("latex", "ru")
    assert fields["engine"] == "xelatex"
    page = Page(written("overleaf", evil('"><script>')))
    assert [attributes["action"] for tag, attributes in page.tags if tag == "form"] == ["https://www.overleaf.com/docs"]
    assert "script" not in [tag for tag, _ in page.tags]


@pytest.mark.parametrize("template", TEMPLATES)
def test_docx_has_styles_headings_and_lists_and_no_tables(template: str) -> None:
    document = docx.Document(io.BytesIO(WRITER.write(view_of("full", template), "docx").content))
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style]
    view = view_of("full", template)
    assert styles.count("Title") == 1
    assert styles.count("Heading 1") == len(view.sections)
    assert styles.count("Heading 2") == sum(len(section.entries) for section in view.sections)
    assert styles.count("List Bullet") == 11
    assert document.tables == []
    xml = document.element.xml
    assert "txbxContent" not in xml
    assert not [paragraph for section in document.sections for paragraph in section.header.paragraphs if paragraph.text]
    assert document.core_properties.title == "Maren Okafor"
    assert document.core_properties.author == "Maren Okafor"
    targets = {relation.target_ref for relation in document.part.rels.values() if relation.is_external}
    assert "https://www.linkedin.com/in/marenokafor" in targets


def test_docx_is_right_to_left_where_the_text_is() -> None:
    document = docx.Document(io.BytesIO(WRITER.write(view_of("ar"), "docx").content))
    assert all(
        "w:bidi" in paragraph._p.xml
        for paragraph in document.paragraphs
        if paragraph.text and not paragraph.text.isascii()
    )
    assert "w:rtl" in document.element.xml


@pytest.mark.parametrize("form", get_args(Format))
def test_the_same_resume_gives_the_same_file(form: Format, monkeypatch: pytest.MonkeyPatch) -> None:
    one = WRITER.write(view_of("one-page", "sidebar"), form)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    two = WRITER.write(view_of("one-page", "sidebar"), form)
    assert one.content == two.content


@pytest.mark.parametrize("form", get_args(Format))
def test_an_empty_resume_can_be_written(form: Format) -> None:
    assert WRITER.write(view_of({}), form).content


@pytest.mark.parametrize("form", get_args(Format))
def test_the_longest_texts_can_be_written(form: Format) -> None:
    content = {
        "personalInfo": {
            "name": "A" * 500,
            "headline": "\u6f22" * 500,
            "location": "\u0628" * 500,
            "website": "https://example.com/" + "c" * 2000,
        },
        "summary": "x" * 10_000,
        "experience": [
            {"role": "\u00e9" * 500, "company": "\U0001f600" * 500, "bullets": ["\u4e2d" * 2000, "\u0628" * 2000]}
        ],
    }
    assert WRITER.write(view_of(content, "sidebar"), form).content

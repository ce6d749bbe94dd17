"""Each rule has a file that breaks it, and one that does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from functions._shared.domain.documents.facts import FileFacts, Picture, Spot
from functions._shared.domain.documents.form import Box, Document, Line, Link, Page
from functions._shared.domain.resume.content import parse_content
from functions.ats_scan.parseability import RULES, parseability
from functions.ats_scan.rules.rule import CAP, POINTS, Subject

LINES = (
    "Marisol Vandergriff",
    "marisol@example.org +1 419 555 0142 linkedin.com/in/marisol",
    "Experience",
    "Senior Software Engineer, Gannet Insurance, Feb 2019 - Present",
    *(
        f"Rebuilt service number {number} in Python, and wrote its documents for those who were not there"
        for number in range(6)
    ),
    "Education",
    "BSc Mathematics, University of Hull, Sep 2012 - Jun 2015",
    "Skills",
    "Python, PostgreSQL, Docker",
)
CONTENT = {
    "personalInfo": {"name": "Marisol Vandergriff", "phone": "+1 419 555 0142"},
    "experience": [{"role": "Senior Software Engineer", "company": "Gannet Insurance", "startDate": "2019-02"}],
    "education": [{"degree": "BSc", "area": "Mathematics", "endDate": "2015"}],
    "skills": {"technical": ["Python"]},
}


def document(lines: Any = LINES, *, size: float = 11, links: tuple[str, ...] = ()) -> Document:
    page = Page(595, 842, links=[Link(url) for url in links])
    for index, text in enumerate(lines):
        top = 40 + 20 * index
        page.lines.append(Line(text, 0, Box(50, top, 60 + 5 * len(text), top + size), size))
    return Document("pdf", [page])


def columns(*, mixed: bool) -> Document:
    """Two columns, one after the other in the file, or line by line mixed."""
    left = [Line(f"Left line number {n} of skills", 0, Box(50, 60 + 20 * n, 200, 70 + 20 * n)) for n in range(8)]
    right = [
        Line(f"Right line number {n} about the work", 0, Box(250, 60 + 20 * n, 500, 70 + 20 * n)) for n in range(8)
    ]
    lines = [line for pair in zip(left, right, strict=True) for line in pair] if mixed else [*left, *right]
    return Document("pdf", [Page(595, 842, lines=lines)])


def jumping() -> Document:
    made = document()
    first = made.pages[0].lines.pop(0)
    made.pages[0].lines.append(first)
    return Document("pdf", [replace(made.pages[0], lines=made.pages[0].lines, height=500)])


def content(**changes: Any) -> Any:
    return parse_content(CONTENT | changes)


FACTS = FileFacts("pdf", 80_000, letters=500)
GOOD = Subject(FACTS, document(), content())


def facts(**changes: Any) -> Subject:
    return Subject(replace(FACTS, **changes), document(), content())


def text(*lines: str, **more: Any) -> Subject:
    return Subject(FACTS, document((*LINES, *lines), **more), content())


BROKEN = {
    "file_kind": Subject(FileFacts("image", 80_000)),
    "file_size": facts(size=3_000_000),
    "file_password": Subject(replace(FACTS, encrypted=True)),
    "file_opens": Subject(replace(FACTS, damaged=True)),
    "text_selectable": Subject(FACTS, Document("pdf", [Page(595, 842, images=1)])),
    "page_scanned": Subject(
        replace(FACTS, pictures=[Picture(1, 0.95)]),
        Document("pdf", [*document().pages, Page(595, 842, images=1)]),
        content(),
    ),
    "old_word_format": Subject(FileFacts("doc", 80_000)),
    "text_enough": Subject(FACTS, document(LINES[:4]), content()),
    "pages_few": facts(pages=7),
    "letters_readable": facts(unmapped=300),
    "letters_all_readable": facts(unmapped=10),
    "letters_spaced": facts(spaced=[Spot(0, "E D U C A T I O N")]),
    "icons": text("\uf0e0 marisol@example.org"),
    "text_hidden": Subject(FACTS, document(("Kubernetes Terraform AWS", *LINES), size=2), content()),
    "text_small": Subject(FACTS, document(size=7), content()),
    "letters_lookalike": text("Wrote serv\u0456ces in P\u0443thon"),
    "characters_invisible": text("Py\u200bthon"),
    "columns": Subject(FACTS, columns(mixed=False), content()),
    "columns_interleaved": Subject(FACTS, columns(mixed=True), content()),
    "reading_order": Subject(FACTS, jumping(), content()),
    "tables": facts(kind="docx", tables=[Spot(0, "Experience Gannet Insurance")]),
    "contact_in_header": facts(kind="docx", headers=[Spot(0, "Marisol Vandergriff, marisol@example.org")]),
    "header_text": facts(kind="docx", headers=[Spot(0, "References are available on request")]),
    "text_boxes": facts(kind="docx", boxes=[Spot(0, "Skills")]),
    "pictures": facts(pictures=[Picture(0, 0.08)]),
    "name_found": Subject(FACTS, document(), content(personalInfo={})),
    "name_on_top": Subject(FACTS, document((*["A line of something else"] * 13, *LINES)), content()),
    "name_real": Subject(FACTS, document(), content(personalInfo={"name": "John Doe"})),
    "email_found": Subject(FACTS, document([line for line in LINES if "@" not in line]), content()),
    "email_visible": Subject(FACTS, document(links=("mailto:other@example.org",)), content()),
    "phone_found": Subject(
        FACTS, document([line.replace("+1 419 555 0142", "") for line in LINES]), content(personalInfo={"name": "M"})
    ),
    "links_visible": Subject(FACTS, document(links=("https://github.com/marisol",)), content()),
    "sections_clear": Subject(
        FACTS, document(), content(experience=[], extra={"sections": [{"title": "My Journey", "lines": ["…"]}]})
    ),
    "experience_found": Subject(FACTS, document(), content(experience=[], education=[])),
    "jobs_titled": Subject(FACTS, document(), content(experience=[{"role": "Engineer", "startDate": "2019"}])),
    "jobs_dated": Subject(FACTS, document(), content(experience=[{"role": "Engineer", "company": "Gannet"}])),
    "dates_clear": text("Course in welding, 06/07/20"),
    "dates_alike": text("Course in welding, 06/2020"),
    "skills_listed": Subject(FACTS, document(), content(skills={})),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_broken_by_its_file_and_by_no_good_one(rule: Any) -> None:
    evidence = rule.check(BROKEN[rule.id])
    assert evidence
    assert all(spot.text for spot in evidence)
    assert rule.check(GOOD) == []


def test_there_is_a_file_for_each_rule_and_each_rule_says_why_and_what_to_do() -> None:
    assert set(BROKEN) == {rule.id for rule in RULES}
    assert len(RULES) >= 18
    for rule in RULES:
        assert rule.reason
        assert rule.next_step
        assert (rule.source.level == "inference") == (rule.source.url is None)


def test_a_good_file_has_all_points() -> None:
    result = parseability(GOOD.facts, GOOD.document, GOOD.content)
    assert (result.score, result.cap) == (100, 100)
    assert {rule.status for rule in result.rules} == {"pass"}
    assert [spot.text for spot in result.stream] == [spot.text for spot in result.rows] == list(LINES)
    assert not result.differences


def test_each_lost_point_is_that_of_a_failed_rule() -> None:
    subject = text("Course in welding, 06/07/20", "\uf0e0 mail")
    result = parseability(subject.facts, subject.document, subject.content)
    failed = [rule for rule in result.rules if rule.status == "fail"]
    assert {rule.id for rule in failed} == {"dates_clear", "icons"}
    assert result.score == 100 - sum(rule.points for rule in failed) == 100 - 2 * POINTS["minor"]


def test_a_blocker_caps_the_score() -> None:
    subject = BROKEN["file_size"]
    result = parseability(subject.facts, subject.document, subject.content)
    assert (result.score, result.cap) == (CAP, CAP)


def test_what_could_not_be_read_is_unknown_and_costs_nothing() -> None:
    subject = BROKEN["file_password"]
    result = parseability(subject.facts, None, None)
    statuses = {rule.id: rule.status for rule in result.rules}
    assert statuses["file_password"] == "fail"
    assert statuses["email_found"] == statuses["columns"] == statuses["name_found"] == "unknown"
    assert result.score == CAP


def test_rows_that_mix_columns_are_shown_beside_the_order_of_the_file() -> None:
    made = columns(mixed=False)
    result = parseability(FACTS, made, content())
    assert result.stream[1].text == "Left line number 1 of skills"
    assert result.rows[1].text == "Left line number 1 of skills Right line number 1 about the work"
    assert result.differences[1].stream == ["Left line number 1 of skills", "Right line number 1 about the work"]


def test_a_date_at_the_right_margin_is_no_column() -> None:
    page = Page(595, 842)
    for index in range(8):
        top = 40 + 40 * index
        page.lines.append(Line("Senior Software Engineer, Gannet", 0, Box(50, top, 240, top + 10)))
        page.lines.append(Line("Feb 2019 - Jan 2021", 0, Box(450, top, 545, top + 10)))
        page.lines.append(
            Line("Rebuilt the claims service in Python and wrote about it", 0, Box(50, top + 15, 500, top + 25))
        )
    statuses = {rule.id: rule.status for rule in parseability(FACTS, Document("pdf", [page]), content()).rules}
    assert statuses["columns"] == statuses["columns_interleaved"] == "pass"


def test_a_section_of_another_kind_costs_nothing() -> None:
    def status(*titles: str) -> str:
        made = content(extra={"sections": [{"title": title, "lines": ["…"]} for title in titles]})
        rules = parseability(FACTS, document(), made).rules
        return next(rule.status for rule in rules if rule.id == "sections_clear")

    assert status("Talks") == "pass"
    assert status("My Journey", "Toolbox", "What drives me") == "fail"


def test_rules_about_places_do_not_apply_to_files_without_places() -> None:
    made = Document("docx", [Page(0, 0, lines=[Line(text, 0, Box(0, 0, 0, 0)) for text in LINES], measured=False)])
    steps = {rule.id: rule.next_step for rule in parseability(replace(FACTS, kind="docx"), made, content()).rules}
    assert steps["columns_interleaved"] == steps["reading_order"] == "Not applicable to this kind of file."
    steps = {rule.id: rule.next_step for rule in parseability(FACTS, None, None).rules}
    assert steps["columns_interleaved"] == "Not examined: the text could not be read."


def test_a_name_that_is_divided_at_the_end_of_a_line_is_found() -> None:
    made = document(("Marisol Vander\ufffegriff", *LINES[1:]))
    result = parseability(FACTS, made, content())
    assert {rule.id: rule.status for rule in result.rules}["name_on_top"] == "pass"
    assert result.stream[0].text == result.rows[0].text == "Marisol Vander-griff"

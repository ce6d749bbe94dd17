"""Pictures of first pages, of long résumés without the cost of the others."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest

from functions._shared.adapters.documents.resumes.pdf import Typesetter
from functions._shared.adapters.documents.resumes.writer import DocumentWriter
from functions._shared.domain.documents.first_pages import first_pages
from functions._shared.domain.documents.lengths import MAX_SHARED, check_length, length
from functions._shared.domain.errors import ResumeTooLong
from functions.share.kept import Kept
from tests.unit.documents.samples import NAMES, TEMPLATES, view_of

if TYPE_CHECKING:
    from PIL.Image import Image

WRITER = DocumentWriter()
LINE = "Led a team of nine that rebuilt the billing of four markets and halved its errors. "


def long(text: str, jobs: int) -> dict[str, Any]:
    return {
        "personalInfo": {"name": "Ada"},
        "skills": {"technical": [f"skill {n}" for n in range(100)]},
        "experience": [{"company": f"C{n}", "description": text} for n in range(jobs)],
    }


def page(content: bytes) -> Image:
    from PIL import Image

    return Image.open(io.BytesIO(content)).convert("RGB")


@pytest.mark.parametrize("name", NAMES)
def test_a_usual_resume_is_left_whole(name: str) -> None:
    view = view_of(name)
    if length(str(view.content.to_json())) < 8_000:
        assert first_pages(view) is view


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("text", [LINE * 14, "经验丰富的工程师" * 100], ids=["narrow", "wide"])
def test_the_first_page_is_that_of_the_whole_resume(template: str, text: str) -> None:
    view = view_of(long(text, 20), template)
    assert first_pages(view) is not view
    whole = page(Typesetter(view).png(view.design, 300)[0])
    shorter = page(Typesetter(first_pages(view)).png(view.design, 300)[0])
    body = (0, 0, 300, int(whole.height * 0.92))  # below it stands the number of pages
    assert whole.crop(body).tobytes() == shorter.crop(body).tobytes()


@pytest.mark.parametrize(
    "content",
    [
        long(LINE * 14, 100), long("x\n" * 2_000, 20), long("日" * 1_000, 60),
        {"experience": [{"company": "x", "bullets": ["y"] * 20} for _ in range(60)]},
        {"personalInfo": {"profiles": [{"network": "N" * 100, "username": f"{n}" * 100} for n in range(50)]}},
        {"interests": [{"name": "x", "keywords": ["y"] * 20} for _ in range(60)]},
    ],
)  # fmt: skip
def test_little_more_than_a_page_is_drawn(content: dict[str, Any]) -> None:
    for template in TEMPLATES[:3]:
        view = view_of(content, template)
        assert len(Typesetter(first_pages(view)).png(view.design, 50)) <= 5


@pytest.mark.parametrize("template", ["modern-1", "sidebar"])
def test_the_page_that_is_asked_for_is_drawn_and_not_all_others(template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    view = view_of(long(LINE * 14, 60), template)
    pages = [page(each) for each in Typesetter(view).png(view.design)]
    assert len(pages) > 12
    drawn: list[int] = []
    png = Typesetter.png

    def counted(typesetter: Typesetter, design: Any) -> list[bytes]:
        made = png(typesetter, design)
        drawn.append(len(made))
        return made

    monkeypatch.setattr(Typesetter, "png", counted)
    for number in (1, 2, 3):
        written = WRITER.write(view, "png", page=number)
        assert written.pages == len(pages)
        body = (0, 0, pages[0].width, int(pages[0].height * 0.92))
        assert page(written.content).crop(body).tobytes() == pages[number - 1].crop(body).tobytes()
        assert drawn[-1] <= 3 * number + 2
    last = WRITER.write(view, "png", page=99)
    assert page(last.content).tobytes() == pages[-1].tobytes()


def test_letters_that_take_the_typesetter_longer_count_more() -> None:
    assert [length(text) for text in ("abc", "äöß\u2014", "日本", "нет")] == [3, 4, 6, 9]
    check_length(long("x" * 1_100, 50), MAX_SHARED)
    with pytest.raises(ResumeTooLong) as refused:
        check_length(long("日" * 1_100, 20), MAX_SHARED)
    assert refused.value.extra == {"max_texts": 1_500, "max_characters": MAX_SHARED}
    with pytest.raises(ResumeTooLong):
        check_length(long("日" * 1_100, 40))


def test_kept_files_are_bounded_and_the_oldest_leave() -> None:
    kept = Kept(10)
    for name in "ab":
        kept.put(name, b"12345")
    assert kept.get("a") == b"12345"
    kept.put("c", b"123")
    assert [kept.get(name) for name in "abc"] == [b"12345", None, b"123"]
    kept.put("a", b"1")
    kept.put("d", b"123456")
    assert [kept.get(name) for name in "acd"] == [b"1", b"123", b"123456"]
    kept.put("e", b"x" * 11)
    assert [kept.get(name) for name in "acde"] == [None] * 4

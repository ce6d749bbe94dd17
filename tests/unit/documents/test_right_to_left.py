"""Rows from right to left, as they stand on a page, in the order of reading."""

from __future__ import annotations

import pytest

from functions._shared.adapters.documents.pdf_right_to_left import Cell, cells_of, in_reading_order
from functions._shared.domain.documents.form import Box


def row(visual: str) -> list[Cell]:
    return [Cell(letter, Box(index * 5.0, 0, index * 5 + 5.0, 10), index) for index, letter in enumerate(visual)]


def read(visual: str, *, right_to_left: bool = True) -> str:
    return "".join(cell.text for cell in in_reading_order(row(visual), right_to_left=right_to_left))


# What stands on the page from left to right, and what it says.
ROWS = [
    ("ןויסינ", "ניסיון"),
    ("2013 – 2010", "2010 – 2013"),  # noqa: RUF001
    ("םויה – 01/2019", "01/2019 – היום"),  # noqa: RUF001
    ("B2B לש", "של B2B"),
    ("18% לש", "של 18%"),
    ("%45 ةبسنب", "بنسبة 45%"),
    (".(SaaS) הנכות", "תוכנה (SaaS)."),
    (")SaaS( הנכות", "תוכנה (SaaS)"),
    ("ביבא לת · noa@example.com · +972 3 555 0188", "noa@example.com · +972 3 555 0188 · תל אביב"),
    ("SQL ,Figma", "Figma, SQL"),
]


@pytest.mark.parametrize(("visual", "text"), ROWS)
def test_a_row_is_read_from_right_to_left(visual: str, text: str) -> None:
    assert read(visual) == text


def test_a_word_in_a_row_from_left_to_right_is_turned() -> None:
    assert read("Name: קרב העונ, PhD", right_to_left=False) == "Name: נועה ברק, PhD"


def test_letters_drawn_as_one_keep_their_order() -> None:
    # PDFium gives the two letters of one glyph turned around.
    lam, alef = Box(0, 0, 3, 10), Box(3, 0, 6, 10)
    assert [cell.text for cell in cells_of([(0, "ا", alef, 0.0), (1, "ل", lam, 0.0)])] == ["لا"]  # noqa: RUF001


def test_a_letter_that_is_drawn_with_its_mark_counts_once() -> None:
    base, mark = Box(0, 0, 6, 10), Box(5, 0, 6, 10)
    letters = [(0, "ً", base, 0.0), (1, "ق", base, 0.0), (2, "ً", mark, 5.0), (3, "ق", mark, 5.0)]
    assert [cell.text for cell in cells_of(letters)] == ["قً"]


def test_marks_of_direction_are_no_text() -> None:
    digit, mark = Box(0, 0, 5, 10), Box(5, 0, 7, 10)
    letters = [(0, "8", digit, 0.0), (1, "\u202c", mark, 5.0), (2, "8", mark, 5.0)]
    assert [cell.text for cell in cells_of(letters)] == ["8"]

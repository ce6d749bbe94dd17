from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from local.check import long_files, upper_case_words

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("SELECT 1", [(1, "SELECT")]),
        ("create function f() returns int\nlanguage sql as $$\n  SELECT 1\n$$", [(3, "SELECT")]),
        ("-- A COMMENT\nselect 'IT''S FINE', \"NAME\" /* ALSO\nFINE */ from t where x is NULL", [(3, "NULL")]),
        ("select 'json' ->> 'KEY', c.id from c", []),
    ],
)
def test_upper_case_sql_is_found_outside_strings_names_and_comments(sql: str, words: list[tuple[int, str]]) -> None:
    assert list(upper_case_words(sql)) == words


def test_long_files_and_exceptions_that_are_no_longer_needed_are_named(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("exact", "excused", "long", "shortened")]
    for path, lines in zip(paths, (3, 4, 4, 3), strict=True):
        path.write_text("line\n" * lines)
    assert list(long_files(tmp_path, paths, 3, frozenset({"excused", "shortened"}))) == [
        "long: 4 lines; at most 3 are allowed",
        "shortened: short enough now; remove it from TOO_LONG in local/check.py",
    ]

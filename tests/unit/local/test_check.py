from __future__ import annotations

import pytest

from local.check import upper_case_words


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("SELECT 1", [(1, "SELECT")]),
        ("create function f() returns int\nlanguage sql as $$\n  SELECT 1\n$$", [(3, "SELECT")]),
        ("-- A COMMENT\nselect 'IT''S FINE', \"NAME\" /* ALSO\nFINE */ from t where x is NULL", [(3, "NULL")]),
        ("select 'json' ->> 'KEY', c.id from c", []),
    ],
)
def test_upper_case_sql_is_found_outside_strings_names_and_comments(sql: str, found: list[tuple[int, str]]) -> None:
    assert list(upper_case_words(sql)) == found

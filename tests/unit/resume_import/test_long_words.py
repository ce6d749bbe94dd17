"""Texts without white space, as long as a request may send them: read like any other, not for minutes."""

from __future__ import annotations

import pytest

from functions._shared.adapters.documents.text_reader import read_text
from functions.resume_import.importer import import_document
from functions.resume_import.schemas import MAX_TEXT


@pytest.mark.parametrize("piece", ["a", "a.", "a-", "a\u00ad", "1 ", "a@", "_"])
def test_one_long_word_is_no_email_address(piece: str) -> None:
    text = "John Smith\nExperience\n" + (piece * MAX_TEXT)[: MAX_TEXT - 30]
    imported = import_document(read_text(text))
    assert "email" not in imported.content.get("personalInfo", {})

"""Texts without white space: read in linear time."""

from __future__ import annotations

import time

import pytest

from functions._shared.adapters.documents.text_reader import read_text
from functions.resume_import.importer import import_document


@pytest.mark.parametrize("piece", ["a", "a.", "a-", "a\u00ad", "1 ", "a@", "_"])
def test_four_times_the_text_takes_no_sixteen_times_the_time(piece: str) -> None:
    def seconds(length: int) -> float:
        text = "John Smith\nExperience\n" + (piece * length)[:length]
        began = time.process_time()
        import_document(read_text(text))
        return time.process_time() - began

    seconds(1_000)
    assert seconds(40_000) < 12 * seconds(10_000) + 0.5

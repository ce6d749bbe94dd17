"""Rows of tables: a label on the left and its value on the right become one line, "label: value"."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from functions.resume_import.reading.units import same_row
from functions.resume_import.vocabulary.labels import label_of
from functions.resume_import.vocabulary.patterns import TABLE_HEADS

_NAMES: Final = TABLE_HEADS | {"and", "&", "/", "of"}

if TYPE_CHECKING:
    from functions.resume_import.reading.lines import Text


def with_labels(texts: list[Text]) -> list[Text]:
    """Join the labels of the parts of an entry with what stands beside them; what follows "Duties" is a list."""
    result: list[Text] = []
    index = 0
    duties: float | None = None
    while index < len(texts):
        text = texts[index]
        beside = texts[index + 1] if index + 1 < len(texts) else None
        label = label_of(text.text) if beside is not None and _is_beside(text, beside) else ""
        if beside is not None and _NAMES.issuperset(beside.text.casefold().split()):
            label = ""  # the names of columns
        if label and beside is not None:
            whole = label in {"duties", "other"}
            words = beside.text if whole else f"{text.text.rstrip(' :：')}: {beside.text}"
            duties = beside.box.left if label == "duties" else None
            result.append(replace(beside, text=words, bullet=label == "duties", runs=beside.runs if whole else ()))
            index += 2
            continue
        if duties is not None and abs(text.box.left - duties) < 3 and not text.bullet:
            text = replace(text, bullet=True)
        else:
            duties = None
        result.append(text)
        index += 1
    return result


def with_groups(texts: list[Text]) -> list[Text]:
    """Join the names of groups in the left column of a table with the lists in its right column."""
    pairs = [
        index
        for index, (name, values) in enumerate(itertools.pairwise(texts))
        if _is_beside(name, values) and "," not in name.text and len(name.text.split()) <= 5 and not name.bullet
    ]
    lists = sum("," in texts[index + 1].text for index in pairs)
    lefts = {(round(texts[index].box.left / 4), round(texts[index + 1].box.left / 4)) for index in pairs}
    if len(pairs) < 2 or len(lefts) > 1 or lists * 3 < len(pairs):
        return texts
    joined = {
        index: replace(
            texts[index],
            text=f"{texts[index].text.rstrip(' :：')}: {texts[index + 1].text}",
            box=texts[index].box._replace(right=texts[index + 1].box.right),
            runs=(),
        )
        for index in pairs
    }
    return [joined.get(index, text) for index, text in enumerate(texts) if index - 1 not in joined]


def _is_beside(name: Text, value: Text) -> bool:
    return same_row(name, value) and value.box.left > name.box.right


def table_heads(texts: list[Text]) -> set[int]:
    """Return the lines that head the columns of a table: "Period", "Institution" and "Award" in one row."""
    heads: set[int] = set()
    index = 0
    while index < len(texts):
        end = index + 1
        while end < len(texts) and same_row(texts[end - 1], texts[end]):
            end += 1
        row = texts[index:end]
        if len(row) > 1 and all(len(text.text) < 30 and _names_column(text.text) for text in row):
            heads.update(range(index, end))
        index = end
    return heads


def _names_column(text: str) -> bool:
    return any(word in TABLE_HEADS for word in re.findall(r"[^\W\d_]+", text.casefold()))

"""The rubric: data that says what an answer is scored for, and the total that follows from the scores."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from functions.interview.schemas.feedback import DimensionScore

PATH: Final = Path(__file__).parent / "data" / "rubric.json"
LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True, slots=True)
class Dimension:
    """One thing that an answer is scored for; ``anchors`` describe the scores from 1 to 5."""

    key: str
    name: str
    weight: int
    asks: str
    anchors: Mapping[str, str]
    advice: str


@lru_cache(maxsize=1)
def rubric() -> tuple[Dimension, ...]:
    """Read the dimensions."""
    return tuple(Dimension(**each) for each in json.loads(PATH.read_text(encoding="utf-8"))["dimensions"])


def total(scores: Sequence[DimensionScore]) -> int:
    """Compute the score of an answer from those of its dimensions: 0 if all are 1, 100 if all are 5."""
    given = {each.dimension: each.score for each in scores}
    weights = sum(each.weight for each in rubric())
    points = sum(each.weight * (given.get(each.key, LOWEST) - LOWEST) for each in rubric())
    return round(100 * points / (weights * (HIGHEST - LOWEST)))


def as_text() -> str:
    """Write the rubric for a model."""
    return "\n".join(
        f"{each.key}: {each.asks} " + " ".join(f"{score} = {text}" for score, text in each.anchors.items())
        for each in rubric()
    )

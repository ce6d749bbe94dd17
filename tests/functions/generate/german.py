"""`ENGINEER` in German, line by line, as a good translator writes it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.fakes.models import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.fakes.models import Request

GERMAN: Final[dict[str, str]] = json.loads(
    (Path(__file__).parents[2] / "data" / "translate" / "engineer-de.json").read_text()
)


def lines_of(request: Request) -> dict[int, str]:
    """The lines that a request asks for."""
    found = re.findall(r'^(\d+) ("(?:[^"\\]|\\.)*")', request.user, re.MULTILINE)
    return {int(number): json.loads(text) for number, text in found}


def translates(changed: Mapping[str, str | None] = {}, **more: Any) -> Callable[[Request], Answer]:
    """A translator; `changed` has what it writes otherwise, or leaves out (None)."""

    def step(request: Request) -> Answer:
        known = {**GERMAN, **changed}
        lines = {number: known.get(text, text) for number, text in lines_of(request).items()}
        return Answer({"lines": [{"n": n, "text": text} for n, text in lines.items() if text is not None]}, **more)

    return step

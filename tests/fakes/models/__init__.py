"""A fake of the model vendors' clouds, at HTTP level: the real SDKs speak to it on the wire."""

from tests.fakes.models.behaviours import (
    Answer,
    Behaviour,
    CutShort,
    Drip,
    Drop,
    Empty,
    Error,
    Garbage,
    Hang,
    PromptBlocked,
    Refusal,
    Request,
    Step,
    Truncated,
)
from tests.fakes.models.server import FakeModels

__all__ = [
    "Answer",
    "Behaviour",
    "CutShort",
    "Drip",
    "Drop",
    "Empty",
    "Error",
    "FakeModels",
    "Garbage",
    "Hang",
    "PromptBlocked",
    "Refusal",
    "Request",
    "Step",
    "Truncated",
]

"""A fake of the model vendors at HTTP level. The real SDKs talk to it over a socket."""

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

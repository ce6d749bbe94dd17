"""Shapes of `payments-webhook`."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel


class Accepted(BaseModel):
    """What became of an event. Any of these is a 2xx: it is kept, and the provider need not send it again.

    Attributes
    ----------
    state : str
        ``processed``; ``ignored`` (nothing of ours); ``failed`` (kept, tried again by the clean-up); ``duplicate``.
    """

    state: Literal["processed", "ignored", "failed", "duplicate"]

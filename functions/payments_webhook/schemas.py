"""Answers of `payments-webhook`."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel


class Accepted(BaseModel):
    """The state of an event. It is stored in any case, so the provider need not send it again.

    Attributes
    ----------
    state : str
        ``processed``, ``ignored`` (nothing to apply), ``failed`` (the clean-up will retry it) or ``duplicate``.
    """

    state: Literal["processed", "ignored", "failed", "duplicate"]

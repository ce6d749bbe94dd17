"""The offline writer's refusal, for when there is nothing to write from."""

from __future__ import annotations

from typing import NoReturn

from functions._shared.domain.errors import ModelRefused


def refuse(detail: str) -> NoReturn:
    """Refuse instead of inventing.

    Raises
    ------
    ModelRefused
        Always; nothing was spent.
    """
    raise ModelRefused(detail, reason="nothing_to_write_from")

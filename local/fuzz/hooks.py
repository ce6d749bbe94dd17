"""Hooks for Schemathesis: put ids of the user's rows into requests, so that more than 404 is tried."""

from __future__ import annotations

import json
import os
from typing import Any, Final  # the hooks get and return JSON of any shape

import schemathesis

ROWS: Final[dict[str, str]] = json.loads(os.environ["ROWS"])


def _known(value: Any) -> Any:
    """Replace each id in a value, at any depth, if the user has such a row."""
    if isinstance(value, dict):
        return {
            key: ROWS[key] if key in ROWS and isinstance(inner, str) else _known(inner) for key, inner in value.items()
        }
    return [_known(inner) for inner in value] if isinstance(value, list) else value


@schemathesis.hook
def map_body(context: schemathesis.HookContext, body: Any) -> Any:
    """Use rows that exist in two of three bodies."""
    return body if len(json.dumps(body, default=str)) % 3 == 0 else _known(body)


@schemathesis.hook
def map_path_parameters(context: schemathesis.HookContext, path_parameters: Any) -> Any:
    """Use rows that exist."""
    return _known(path_parameters)

"""The type of JSON objects whose shape is decided elsewhere: rows, arguments and results of database functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = Mapping[str, Any]
"""A parsed JSON object, for reading only."""

"""The runner of `sql/checks`, for tests."""

from local.invariants import FOLDER, broken_invariants

__all__ = ["FOLDER", "broken_invariants"]

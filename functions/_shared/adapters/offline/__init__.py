"""A free writer without a language model: rules that only choose, reorder and rephrase the user's own lines."""

from functions._shared.adapters.offline.model import OfflineModel

__all__ = ["OfflineModel"]

"""A writer without a language model: rules that only rephrase what the résumé says."""

from functions._shared.adapters.offline.model import OfflineModel

__all__ = ["OfflineModel"]

"""The writer without a language model: rules that rephrase what the résumé says, and nothing else."""

from functions._shared.adapters.offline.model import OfflineModel

__all__ = ["OfflineModel"]

"""The model providers that we know: names, variables and default models."""

from __future__ import annotations

from typing import NamedTuple

OFFLINE = "offline"
"""The rule-based adapter, which needs no API key and is free. It stands alone: no chain mixes it with paid models."""


class ModelDefaults(NamedTuple):
    """Prefix of a provider's variables, its default model, and its default host (``None``: the SDK's)."""

    prefix: str
    model: str | None
    base_url: str | None = None


MODELS = {
    "gemini": ModelDefaults("GEMINI", "gemini-3.8-flash"),
    "gemini_legacy": ModelDefaults("GEMINI", "gemini-3.8-flash"),
    "openai": ModelDefaults("OPENAI", "gpt-6.1-terra"),
    "anthropic": ModelDefaults("ANTHROPIC", "claude-haiku-5-5"),
    # OpenRouter offers models of many vendors, so there is no default.
    "openrouter": ModelDefaults("OPENROUTER", None, "https://openrouter.ai/api/v1"),
}
"""The adapters that call a vendor, in the default order of preference."""

SPEECH = {"openai": ModelDefaults("OPENAI", "gpt-transcribe"), "gemini": ModelDefaults("GEMINI", "gemini-3.8-flash")}
"""The providers that turn speech into text, in the default order of preference."""

ALIASES = {"claude": "anthropic"}

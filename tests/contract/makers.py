"""Builders of the model adapters under test, by their name in the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared.adapters.anthropic.backend import AnthropicBackend
from functions._shared.adapters.gemini.backend import GeminiBackend
from functions._shared.adapters.gemini_legacy.backend import GeminiLegacyBackend
from functions._shared.adapters.openai.backend import OpenAIBackend

if TYPE_CHECKING:
    from collections.abc import Callable

    from functions._shared.ai.backend import Backend

    Maker = Callable[..., Backend]

KEY = "test-key"


def gemini(url: str, key: str = KEY) -> Backend:
    return GeminiBackend(api_key=key, model="gemini-3.8-flash", base_url=url)


def gemini_legacy(url: str, key: str = KEY) -> Backend:
    return GeminiLegacyBackend(api_key=key, model="gemini-2.5-flash", base_url=url)


def openai(url: str, key: str = KEY) -> Backend:
    return OpenAIBackend(api_key=key, model="gpt-6-luna", base_url=f"{url}/v1")


def openrouter(url: str, key: str = KEY) -> Backend:
    return OpenAIBackend(api_key=key, model="openai/gpt-6-luna", base_url=f"{url}/api/v1", provider="openrouter")


def anthropic(url: str, key: str = KEY) -> Backend:
    return AnthropicBackend(api_key=key, model="claude-haiku-4-5", base_url=url)


MAKERS: dict[str, Maker] = {
    "gemini": gemini,
    "gemini_legacy": gemini_legacy,
    "openai": openai,
    "openrouter": openrouter,
    "anthropic": anthropic,
}
RECORDED_AS = {
    gemini: ("gemini", "gemini-3.8-flash"),
    gemini_legacy: ("gemini", "gemini-2.5-flash"),
    openai: ("openai", "gpt-6-luna"),
    openrouter: ("openrouter", "openai/gpt-6-luna"),
    anthropic: ("anthropic", "claude-haiku-4-5"),
}
"""Provider and model of each adapter as they are recorded."""

"""Which models the environment selects, and with which settings they are built."""

from __future__ import annotations

import pytest

from functions._shared import wiring
from functions._shared.ai.cached import CachedModel
from functions._shared.ai.chain import FallbackChain
from functions._shared.ai.lazy import close
from functions._shared.ai.verifier import ModelVerifier
from functions._shared.settings import MissingSetting, Settings
from functions._shared.wiring import ai

GEMINI, OPENAI, ANTHROPIC = {"GEMINI_API_KEY": "g"}, {"OPENAI_API_KEY": "o"}, {"ANTHROPIC_API_KEY": "a"}


@pytest.mark.parametrize(
    ("environment", "chosen"),
    [
        (GEMINI, ("gemini",)),
        (OPENAI, ("openai",)),
        ({**ANTHROPIC, **OPENAI, **GEMINI}, ("gemini", "openai", "anthropic")),
        ({**ANTHROPIC, **GEMINI, "RESUMEBASE_AI_PROVIDER": "claude"}, ("anthropic", "gemini")),
        ({**OPENAI, **GEMINI, "RESUMEBASE_AI_PROVIDER": "gemini_legacy"}, ("gemini_legacy", "openai")),
        ({**OPENAI, **GEMINI, "RESUMEBASE_AI_PROVIDER": "offline"}, ("offline",)),
        ({**OPENAI, **GEMINI, "RESUMEBASE_AI_FALLBACKS": "none"}, ("gemini",)),
        ({**GEMINI, "RESUMEBASE_AI_FALLBACKS": "claude, openai"}, ("gemini", "anthropic", "openai")),
        ({"RESUMEBASE_AI_PROVIDER": "offline"}, ("offline",)),
    ],
    ids=str,
)
def test_the_preferred_provider_comes_first(environment: dict[str, str], chosen: tuple[str, ...]) -> None:
    assert Settings(environment).ai_providers == chosen


@pytest.mark.parametrize("environment", [{}, {"RESUMEBASE_AI_PROVIDER": "", "GEMINI_API_KEY": ""}], ids=str)
def test_the_free_writer_is_used_only_where_it_is_named(environment: dict[str, str]) -> None:
    with pytest.raises(MissingSetting, match="RESUMEBASE_AI_PROVIDER"):
        _ = Settings(environment).ai_providers


@pytest.mark.parametrize(
    "environment",
    [
        {**GEMINI, "RESUMEBASE_AI_FALLBACKS": "claude, offline"},
        {**GEMINI, "RESUMEBASE_AI_PROVIDER": "offline", "RESUMEBASE_AI_FALLBACKS": "gemini"},
    ],
    ids=str,
)
def test_the_free_writer_is_in_no_chain_with_paid_models(environment: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="takes no fallbacks"):
        _ = Settings(environment).ai_providers


@pytest.mark.parametrize("name", ["RESUMEBASE_AI_PROVIDER", "RESUMEBASE_AI_FALLBACKS"])
def test_an_unknown_provider_is_named(name: str) -> None:
    with pytest.raises(ValueError, match="hal"):
        _ = Settings({**GEMINI, name: "hal"}).ai_providers


def test_model_and_host_have_defaults_and_can_be_set() -> None:
    assert Settings(GEMINI).model("gemini").model == "gemini-3.8-flash"
    assert Settings(GEMINI).model("gemini").base_url is None
    settings = Settings({**GEMINI, "GEMINI_MODEL": "m", "GEMINI_BASE_URL": "http://h"}).model("gemini_legacy")
    assert (settings.api_key, settings.model, settings.base_url) == ("g", "m", "http://h")
    assert "'g'" not in repr(settings)


def test_openrouter_has_no_default_model() -> None:
    with pytest.raises(MissingSetting, match="OPENROUTER_MODEL"):
        Settings({"OPENROUTER_API_KEY": "r"}).model("openrouter")


def test_a_provider_without_its_key_names_the_variable() -> None:
    with pytest.raises(MissingSetting, match="OPENAI_API_KEY"):
        Settings({}).model("openai")


@pytest.mark.parametrize(
    ("name", "provider"),
    [
        ("offline", "offline"),
        ("gemini", "gemini"),
        ("gemini_legacy", "gemini"),
        ("openai", "openai"),
        ("openrouter", "openrouter"),
        ("anthropic", "anthropic"),
    ],
)
def test_each_provider_can_be_built(name: str, provider: str) -> None:
    keys = {"OPENROUTER_API_KEY": "r", "OPENROUTER_MODEL": "m"}
    settings = Settings({**GEMINI, **OPENAI, **ANTHROPIC, **keys})

    assert ai._build(settings, name).provider == provider


@pytest.mark.parametrize(
    ("environment", "place"),
    [
        ({}, "none"),
        ({"REDIS_URL": "redis://h"}, "redis"),
        ({"REDIS_URL": "redis://h", "RESUMEBASE_AI_CACHE": "none"}, "none"),
        ({"RESUMEBASE_AI_CACHE": "postgres"}, "postgres"),
    ],
    ids=str,
)
def test_redis_is_the_default_cache_if_configured(environment: dict[str, str], place: str) -> None:
    assert Settings(environment).ai_cache == place


def test_an_unknown_cache_is_named() -> None:
    with pytest.raises(ValueError, match="disk"):
        _ = Settings({"RESUMEBASE_AI_CACHE": "disk"}).ai_cache


async def test_the_offline_model_needs_no_cache() -> None:
    with wiring.override(settings=Settings({"RESUMEBASE_AI_PROVIDER": "offline", "REDIS_URL": "redis://127.0.0.1:9"})):
        assert isinstance(wiring.model(), FallbackChain)


async def test_the_cache_wraps_the_chain() -> None:
    with wiring.override(settings=Settings({**GEMINI, "REDIS_URL": "redis://127.0.0.1:9"})):
        model = wiring.model()

        assert isinstance(model, CachedModel)
        assert model.provider == "gemini"
        await close(model)


async def test_the_container_keeps_one_chain() -> None:
    with wiring.override(settings=Settings({**GEMINI, **OPENAI})):
        model = wiring.model()

        assert isinstance(model, FallbackChain)
        assert model.provider == "gemini"
        assert wiring.model() is model


@pytest.mark.parametrize(
    ("environment", "providers", "required"),
    [
        ({"RESUMEBASE_AI_PROVIDER": "offline", "RESUMEBASE_VERIFIER": "required"}, None, True),
        (GEMINI, ("gemini",), False),
        ({**GEMINI, **OPENAI, "RESUMEBASE_AI_FALLBACKS": "openai"}, ("gemini", "openai"), False),
        ({**GEMINI, "RESUMEBASE_AI_PROVIDER": "gemini_legacy"}, ("gemini",), False),
        ({**GEMINI, "RESUMEBASE_VERIFIER": "required"}, ("gemini",), True),
        ({**GEMINI, "RESUMEBASE_VERIFIER": "off"}, None, False),
        ({**GEMINI, "RESUMEBASE_AI_PROVIDER": "offline"}, None, False),
    ],
    ids=str,
)
async def test_models_verify_and_rules_do_not(
    environment: dict[str, str], providers: tuple[str, ...] | None, required: bool
) -> None:
    with wiring.override(settings=Settings(environment)):
        verification = wiring.verification()
        assert verification.required is required
        if providers is None:
            assert verification.verifier is None
        else:
            assert isinstance(verification.verifier, ModelVerifier)
            assert verification.verifier._providers == providers


def test_an_unknown_policy_is_named() -> None:
    with pytest.raises(ValueError, match="sometimes"):
        _ = Settings({"RESUMEBASE_VERIFIER": "sometimes"}).verifier

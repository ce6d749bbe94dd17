"""Builders of models, from our accounts at the providers or from a user's own keys, and of the cache of answers."""

from __future__ import annotations

from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

from functions._shared.ai.lazy import LazyModel
from functions._shared.domain.providers import MODELS, OFFLINE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence

    import httpx

    from functions._shared.domain.metering import Payer
    from functions._shared.flows.entailment import Verification
    from functions._shared.flows.writers import Writers
    from functions._shared.ports.answer_cache import AnswerCache
    from functions._shared.ports.model import Model
    from functions._shared.settings import Settings


def lazy_model(config: Settings, name: str) -> Model:
    """Return a model of ours, which is built when it is first asked."""
    # Users and the ledger know both Gemini adapters as gemini.
    return LazyModel(name.removesuffix("_legacy"), partial(_build, config, name))


def cached_chain(models: Sequence[Model], cache_of: Callable[[], AnswerCache | None]) -> Model:
    """Return a cache before the first of these models, with the others as fallbacks. Rules need no cache."""
    from functions._shared.ai.cached import CachedModel
    from functions._shared.ai.chain import FallbackChain

    chain = FallbackChain(models)
    cache = None if [each.provider for each in models] == [OFFLINE] else cache_of()
    return chain if cache is None else CachedModel(chain, cache)


def verification_by(config: Settings, model: Model | None, providers: Sequence[str]) -> Verification:
    """Return the verification by a model of these providers, as the settings want it."""
    from functions._shared.ai.verifier import ModelVerifier
    from functions._shared.flows.entailment import Verification

    verifier = None if config.verifier == "off" or model is None else ModelVerifier(model, providers)
    return Verification(verifier, required=config.verifier == "required")


def verification_among(
    config: Settings, models: Sequence[Model], cache_of: Callable[[], AnswerCache | None]
) -> Verification:
    """Return the verification by those of these models that are not rules."""
    judges = [each for each in models if each.provider != OFFLINE]
    chain = cached_chain(judges, cache_of) if judges else None
    return verification_by(config, chain, [each.provider for each in judges])


def cache_of_answers(config: Settings, client: httpx.AsyncClient) -> AnswerCache | None:
    """Return the cache of model answers that the settings want, if they want one."""
    if config.ai_cache == "redis":
        from functions._shared.adapters.redis.answer_cache import RedisAnswerCache

        return RedisAnswerCache(config.redis_url)
    if config.ai_cache == "postgres":
        from functions._shared.adapters.supabase.answer_cache import SupabaseAnswerCache

        return SupabaseAnswerCache(config.supabase_url, config.secret_key, client)
    return None


@asynccontextmanager
async def own_models(config: Settings, keys: Mapping[str, str]) -> AsyncIterator[Writers]:
    """Open the models of a user's own keys, by provider.

    Raises
    ------
    NoProviderKey
        There is no key that can be used.
    """
    from functions._shared.ai.chain import FallbackChain
    from functions._shared.domain.errors import NoProviderKey
    from functions._shared.flows.writers import Writers

    usable = [name for name in MODELS if name in keys and config.has_model(name)]
    if not usable:
        raise NoProviderKey
    chain = FallbackChain([LazyModel(name, partial(_build, config, name, keys[name])) for name in usable])
    try:
        yield Writers(chain, verification_by(config, chain, usable))
    finally:
        await chain.aclose()


def _build(config: Settings, name: str, own_key: str | None = None) -> Model:
    if name == OFFLINE:
        from functions._shared.adapters.offline import OfflineModel

        return OfflineModel()
    from functions._shared.ai.structured import StructuredModel

    account = config.model(name, own_key)
    key, version, url = account.api_key, account.model, account.base_url
    payer: Payer = "user" if own_key else "service"
    if name == "gemini":
        from functions._shared.adapters.gemini.backend import GeminiBackend

        return StructuredModel(GeminiBackend(api_key=key, model=version, base_url=url), payer)
    if name == "gemini_legacy":
        from functions._shared.adapters.gemini_legacy.backend import GeminiLegacyBackend

        return StructuredModel(GeminiLegacyBackend(api_key=key, model=version, base_url=url), payer)
    if name == "anthropic":
        from functions._shared.adapters.anthropic.backend import AnthropicBackend

        return StructuredModel(AnthropicBackend(api_key=key, model=version, base_url=url), payer)
    from functions._shared.adapters.openai.backend import OpenAIBackend

    return StructuredModel(OpenAIBackend(api_key=key, model=version, base_url=url, provider=name), payer)

"""Where ports meet adapters: the only module that knows both.

Handlers, `tasks` and the edge call its functions. Each part is built on first use; adapters are imported inside the
builders, so that a function loads and packages only what it uses.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import replace
from enum import IntEnum
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from functions._shared.settings import OFFLINE, MissingSetting, Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import httpx

    from functions._shared.domain.json import Json
    from functions._shared.ports.answer_cache import AnswerCache
    from functions._shared.ports.archive import Archive
    from functions._shared.ports.housekeeping import Housekeeping
    from functions._shared.ports.identity import TokenVerifier
    from functions._shared.ports.ledger import Ledger
    from functions._shared.ports.model import Model
    from functions._shared.ports.payment_books import PaymentBooks
    from functions._shared.ports.payment_provider import PaymentProvider
    from functions._shared.ports.request import Caller
    from functions._shared.ports.rows import CallerRows
    from functions._shared.ports.signups import SignUps

T = TypeVar("T")


class _Lifetime(IntEnum):
    """How long a part is kept, from short to long."""

    SECRETS = 0
    """Until the event loop or a secret changes: the part may be built from a secret."""

    EVENT_LOOP = 1
    """Until the event loop changes: the part holds connections, which belong to one loop."""

    CONTAINER = 2
    """For the life of the container."""


_LIFETIMES: dict[str, _Lifetime] = {}
"""Every part by name; filled by `_part`."""


class _Container:
    """The parts built so far, and the replacements from `override`."""

    def __init__(self, replacements: Mapping[str, Any]) -> None:
        self.replacements = replacements
        self._parts: dict[str, Any] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._rotations = 0

    def get(self, name: str, build: Callable[[], T]) -> T:
        """Return a part; build it if it is new or stale."""
        if name in self.replacements:
            return cast("T", self.replacements[name])
        if _LIFETIMES[name] < _Lifetime.CONTAINER:
            self._drop_stale()
        if name not in self._parts:
            self._parts[name] = build()
        return cast("T", self._parts[name])

    def _drop_stale(self) -> None:
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            # On Lambda there is one loop for good; test runners start one per test.
            self._loop = loop
            self._keep(_Lifetime.CONTAINER)
        rotations = settings().secrets_changed()
        if rotations != self._rotations:
            self._rotations = rotations
            self._keep(_Lifetime.EVENT_LOOP)

    def _keep(self, shortest: _Lifetime) -> None:
        self._parts = {name: part for name, part in self._parts.items() if _LIFETIMES[name] >= shortest}


_current = _Container({})


def _part(lifetime: _Lifetime = _Lifetime.SECRETS) -> Callable[[Callable[[], T]], Callable[[], T]]:
    """Register a builder as a part: calls return the kept part, and `override` accepts its name."""

    def register(build: Callable[[], T]) -> Callable[[], T]:
        name = build.__name__.removeprefix("_")
        _LIFETIMES[name] = lifetime

        @wraps(build)
        def get() -> T:
            return _current.get(name, build)

        return get

    return register


@contextmanager
def override(**parts: object) -> Iterator[None]:
    """Replace parts, for tests and tools. Inside the ``with`` block, all other parts are rebuilt.

    Parameters
    ----------
    **parts
        Replacements, by the name of the function in this module. ``rows`` is a callable that takes the caller.

    Raises
    ------
    TypeError
        There is no part with this name.

    Examples
    --------
    >>> with wiring.override(ledger=FakeLedger(), settings=Settings({"SUPABASE_URL": url})):
    ...     client.post("/functions/v1/generate")
    """
    global _current  # noqa: PLW0603 - the only place where the wiring of the process changes
    unknown = parts.keys() - _LIFETIMES.keys()
    if unknown:
        raise TypeError(f"no such part: {', '.join(sorted(unknown))}")
    before, _current = _current, _Container(parts)
    try:
        yield
    finally:
        _current = before


@_part(_Lifetime.CONTAINER)
def settings() -> Settings:
    """Return the settings, read from the environment on first use."""
    from functions._shared.adapters.aws.secrets import SecretReader, has_references

    config = Settings.from_environment()
    if not has_references(config.environ):
        return config
    reader = SecretReader(config.environ)
    return replace(config, read_secret=reader, count_changes=reader.changes)


@_part(_Lifetime.EVENT_LOOP)
def http() -> httpx.AsyncClient:
    """Return the container's HTTP client."""
    from functions._shared.adapters.http import build_client

    return build_client()


@_part()
def tokens() -> TokenVerifier:
    """Return the verifier of access tokens."""
    from functions._shared.adapters.supabase.tokens import KeySet, SupabaseTokenVerifier

    config = settings()

    async def fetch() -> Any:  # noqa: ANN401 - JSON, checked by the key set
        response = await http().get(config.jwks_url, timeout=3.0)
        return response.raise_for_status().json()

    return SupabaseTokenVerifier(
        issuer=config.jwt_issuer, audience=config.jwt_audience, secret=config.jwt_secret, keys=KeySet(fetch)
    )


@_part()
def ledger() -> Ledger:
    """Return the ledger."""
    from functions._shared.adapters.supabase.ledger import SupabaseLedger

    return SupabaseLedger(settings().supabase_url, settings().secret_key, http())


def rows(caller: Caller) -> CallerRows:
    """Return the database with the caller's rights."""
    return _rows()(caller)


@_part()
def _rows() -> Callable[[Caller], CallerRows]:
    from functions._shared.adapters.supabase.caller import SupabaseRows

    config, client = settings(), http()
    return lambda caller: SupabaseRows(config.supabase_url, config.publishable_key, caller.token, client)


@_part()
def signups() -> SignUps:
    """Return the sign-up rules and the provisioning of new users."""
    from functions._shared.adapters.supabase.signups import SupabaseSignUps

    return SupabaseSignUps(settings().supabase_url, settings().secret_key, http())


@_part()
def payment_books() -> PaymentBooks:
    """Return our records of payments: orders, subscriptions and the inbox of events."""
    from functions._shared.adapters.supabase.payments import SupabasePayments

    return SupabasePayments(settings().supabase_url, settings().secret_key, http())


@_part()
def housekeeping() -> Housekeeping:
    """Return the database operations of the clean-up."""
    from functions._shared.adapters.supabase.housekeeping import SupabaseHousekeeping

    return SupabaseHousekeeping(settings().supabase_url, settings().secret_key, http())


def hook_signature() -> Callable[[bytes, Mapping[str, str]], None]:
    """Return the verifier of the auth service's signature, which raises `InvalidSignature`."""
    from functions._shared.adapters.supabase.hooks import verify

    secrets = settings().rotating_secret("AUTH_HOOK_SECRET")
    return lambda body, headers: verify(body, headers, secrets)


def payment_provider(name: str) -> PaymentProvider:
    """Return a payment provider.

    Raises
    ------
    PaymentProviderNotConfigured
        There is no such provider, or it has no account.
    """
    from functions._shared.domain.errors import PaymentProviderNotConfigured

    if name not in payment_providers():
        raise PaymentProviderNotConfigured
    return razorpay() if name == "razorpay" else stripe()


def payment_providers() -> list[str]:
    """Return the names of the payment providers with an account, in order of preference."""
    config = settings()
    accounts = {"razorpay": config.razorpay, "stripe": config.stripe}
    return [name for name, account in accounts.items() if account is not None or name in _current.replacements]


@_part()
def razorpay() -> PaymentProvider:
    """Return Razorpay."""
    from functions._shared.adapters.razorpay.provider import RazorpayKeys, RazorpayProvider

    config = settings().razorpay
    if config is None:
        raise MissingSetting("RAZORPAY_KEY_ID")
    return RazorpayProvider(
        RazorpayKeys(config.key_id, config.key, config.webhook_secrets, config.account, config.base_url)
    )


@_part()
def stripe() -> PaymentProvider:
    """Return Stripe."""
    from functions._shared.adapters.stripe.provider import StripeKeys, StripeProvider

    config = settings().stripe
    if config is None:
        raise MissingSetting("STRIPE_SECRET_KEY")
    return StripeProvider(StripeKeys(config.key, config.webhook_secrets, config.account, config.base_url))


def receipt_renderer() -> Callable[[Json], bytes]:
    """Return the receipt PDF renderer."""
    from functions._shared.adapters.documents.receipts import render_receipt

    return render_receipt


@_part(_Lifetime.CONTAINER)
def archive() -> Archive:
    """Return the archive: a bucket, or a folder on the local stack."""
    folder = settings().archive_folder
    if folder:
        from functions._shared.adapters.folder.archive import FolderArchive

        return FolderArchive(folder)
    from functions._shared.adapters.aws.archive import build

    return build(settings().archive_bucket)


@_part()
def model() -> Model:
    """Return the model: a cache before the preferred provider, with the other configured providers as fallbacks."""
    from functions._shared.ai.cached import CachedModel
    from functions._shared.ai.chain import FallbackChain
    from functions._shared.ai.lazy import LazyModel

    config = settings()
    providers = config.ai_providers
    # Users and the ledger know both Gemini adapters as gemini.
    chain = FallbackChain(
        [LazyModel(name.removesuffix("_legacy"), partial(_build_model, config, name)) for name in providers]
    )
    cache = None if providers == (OFFLINE,) else _build_answer_cache(config)
    return chain if cache is None else CachedModel(chain, cache)


def _build_answer_cache(config: Settings) -> AnswerCache | None:
    if config.ai_cache == "redis":
        from functions._shared.adapters.redis.answer_cache import RedisAnswerCache

        return RedisAnswerCache(config.redis_url)
    if config.ai_cache == "postgres":
        from functions._shared.adapters.supabase.answer_cache import SupabaseAnswerCache

        return SupabaseAnswerCache(config.supabase_url, config.secret_key, http())
    return None


def _build_model(config: Settings, name: str) -> Model:
    if name == OFFLINE:
        from functions._shared.adapters.offline import OfflineModel

        return OfflineModel()
    from functions._shared.ai.structured import StructuredModel

    account = config.model(name)
    key, version, url = account.api_key, account.model, account.base_url
    if name == "gemini":
        from functions._shared.adapters.gemini.backend import GeminiBackend

        return StructuredModel(GeminiBackend(api_key=key, model=version, base_url=url))
    if name == "gemini_legacy":
        from functions._shared.adapters.gemini_legacy.backend import GeminiLegacyBackend

        return StructuredModel(GeminiLegacyBackend(api_key=key, model=version, base_url=url))
    if name == "anthropic":
        from functions._shared.adapters.anthropic.backend import AnthropicBackend

        return StructuredModel(AnthropicBackend(api_key=key, model=version, base_url=url))
    from functions._shared.adapters.openai.backend import OpenAIBackend

    return StructuredModel(OpenAIBackend(api_key=key, model=version, base_url=url, provider=name))

"""Where ports meet adapters: the only module that knows both.

Everything is built on first use and kept for the life of the container. Adapters are imported inside the builders, so
that a function pays only for what it uses.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

from functions._shared.settings import OFFLINE, MissingSetting, Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import httpx

    from functions._shared.adapters.supabase.tokens import TokenVerifier
    from functions._shared.ports.answer_cache import AnswerCache
    from functions._shared.ports.archive import Archive
    from functions._shared.ports.housekeeping import Housekeeping
    from functions._shared.ports.ledger import Ledger
    from functions._shared.ports.model import Model
    from functions._shared.ports.payment_books import PaymentBooks
    from functions._shared.ports.payment_provider import PaymentProvider
    from functions._shared.ports.request import Caller
    from functions._shared.ports.rows import CallerRows
    from functions._shared.ports.signups import SignUps

T = TypeVar("T")


class _Container:
    """What has been built so far, and what a test put in its place."""

    def __init__(self, given: dict[str, Any]) -> None:
        self._given = given
        self._built: dict[str, Any] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._secrets = 0

    @property
    def given(self) -> dict[str, Any]:
        """What a test put in place."""
        return self._given

    def get(self, name: str, build: Callable[[], T]) -> T:
        """Give the part of that name; build it on first use."""
        if name in self._given:
            return cast("T", self._given[name])
        if name not in self._built:
            self._built[name] = build()
        return cast("T", self._built[name])

    def get_on_loop(self, name: str, build: Callable[[], T]) -> T:
        """Give a part that holds connections, which belong to one event loop.

        Parts are built anew when a secret has changed: they may be made of it.
        """
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._loop = loop
            # Lambda has one loop for good; test runners have one per test.
            self._built = {key: value for key, value in self._built.items() if key == "settings"}
        if (secrets := settings().secrets_changed()) != self._secrets:
            self._secrets = secrets
            self._built = {key: value for key, value in self._built.items() if key in {"settings", "http"}}
        return self.get(name, build)


_current = _Container({})


_PARTS = frozenset(
    {
        "settings",
        "http",
        "tokens",
        "ledger",
        "model",
        "rows",
        "signups",
        "housekeeping",
        "archive",
        "payment_books",
        "razorpay",
        "stripe",
    }
)


@contextmanager
def override(**parts: object) -> Iterator[None]:
    """Put other parts in place, for tests and tools; everything else is built anew for the while.

    Parameters
    ----------
    **parts
        By the name of the function in this module: ``settings``, ``http``, ``tokens``, ``ledger``, ``model``,
        ``rows`` (a callable of the caller), ``signups``, ``housekeeping``, ``archive``, ``payment_books``,
        ``razorpay``, ``stripe``.

    Examples
    --------
    >>> with wiring.override(ledger=FakeLedger(), settings=Settings({"SUPABASE_URL": url})):
    ...     client.post("/functions/v1/generate")
    """
    global _current  # noqa: PLW0603 - the one place where the process's wiring changes
    unknown = parts.keys() - _PARTS
    if unknown:
        raise TypeError(f"there is no part called {', '.join(sorted(unknown))}")
    before, _current = _current, _Container(parts)
    try:
        yield
    finally:
        _current = before


def settings() -> Settings:
    """Give the settings, read from the environment on first use."""
    return _current.get("settings", _build_settings)


def _build_settings() -> Settings:
    from functions._shared.adapters.aws.secrets import SecretReader, has_references

    read = Settings.from_environment()
    if not has_references(read.environ):
        return read
    reader = SecretReader(read.environ)
    return replace(read, read_secret=reader, count_changes=reader.changes)


def http() -> httpx.AsyncClient:
    """Give the container's HTTP client."""
    from functions._shared.adapters.http import build_client

    return _current.get_on_loop("http", build_client)


def tokens() -> TokenVerifier:
    """Give the verifier of access tokens."""
    return _current.get_on_loop("tokens", _build_tokens)


def _build_tokens() -> TokenVerifier:
    from functions._shared.adapters.supabase.tokens import KeySet, TokenVerifier

    read = settings()

    async def fetch() -> Any:  # noqa: ANN401 - JSON, checked by the key set
        response = await http().get(read.jwks_url, timeout=3.0)
        return response.raise_for_status().json()

    return TokenVerifier(issuer=read.jwt_issuer, audience=read.jwt_audience, secret=read.jwt_secret, keys=KeySet(fetch))


def ledger() -> Ledger:
    """Give the ledger."""

    def build() -> Ledger:
        from functions._shared.adapters.supabase.ledger import SupabaseLedger

        return SupabaseLedger(settings().supabase_url, settings().secret_key, http())

    return _current.get_on_loop("ledger", build)


def rows(caller: Caller) -> CallerRows:
    """Give the database as the caller sees it."""

    def build() -> Callable[[Caller], CallerRows]:
        from functions._shared.adapters.supabase.caller import SupabaseRows

        read, client = settings(), http()
        return lambda who: SupabaseRows(read.supabase_url, read.publishable_key, who.token, client)

    return _current.get_on_loop("rows", build)(caller)


def signups() -> SignUps:
    """Give the rules and gifts of sign-up."""

    def build() -> SignUps:
        from functions._shared.adapters.supabase.signups import SupabaseSignUps

        return SupabaseSignUps(settings().supabase_url, settings().secret_key, http())

    return _current.get_on_loop("signups", build)


def payment_books() -> PaymentBooks:
    """Give our side of payments: orders, subscriptions, the inbox."""

    def build() -> PaymentBooks:
        from functions._shared.adapters.supabase.payments import SupabasePayments

        return SupabasePayments(settings().supabase_url, settings().secret_key, http())

    return _current.get_on_loop("payment_books", build)


def payment_provider(name: str) -> PaymentProvider:
    """Give a payment provider.

    Raises
    ------
    PaymentProviderNotConfigured
        There is none of that name, or no account at it.
    """
    from functions._shared.domain.errors import PaymentProviderNotConfigured

    if name not in payment_providers():
        raise PaymentProviderNotConfigured
    return _current.get_on_loop(name, _build_razorpay if name == "razorpay" else _build_stripe)


def payment_providers() -> list[str]:
    """Name the payment providers with an account, the preferred one first."""
    read = settings()
    found = {"razorpay": read.razorpay, "stripe": read.stripe}
    return [name for name, account in found.items() if account is not None or name in _current.given]


def receipt_renderer() -> Callable[[dict[str, Any]], bytes]:
    """Give what sets receipts as PDF."""
    from functions._shared.adapters.documents.receipts import render_receipt

    return render_receipt


def _build_razorpay() -> PaymentProvider:
    from functions._shared.adapters.razorpay.provider import RazorpayKeys, RazorpayProvider

    read = settings().razorpay
    if read is None:
        raise MissingSetting("RAZORPAY_KEY_ID")
    return RazorpayProvider(RazorpayKeys(read.key_id, read.key, read.webhook_secrets, read.account, read.base_url))


def _build_stripe() -> PaymentProvider:
    from functions._shared.adapters.stripe.provider import StripeKeys, StripeProvider

    read = settings().stripe
    if read is None:
        raise MissingSetting("STRIPE_SECRET_KEY")
    return StripeProvider(StripeKeys(read.key, read.webhook_secrets, read.account, read.base_url))


def housekeeping() -> Housekeeping:
    """Give the clean-up's side of the database."""

    def build() -> Housekeeping:
        from functions._shared.adapters.supabase.housekeeping import SupabaseHousekeeping

        return SupabaseHousekeeping(settings().supabase_url, settings().secret_key, http())

    return _current.get_on_loop("housekeeping", build)


def archive() -> Archive:
    """Give the archive: a bucket, or a folder where the local stack names one."""

    def build() -> Archive:
        folder = settings().archive_folder
        if folder:
            from functions._shared.adapters.folder.archive import FolderArchive

            return FolderArchive(folder)
        from functions._shared.adapters.aws.archive import build as build_s3

        return build_s3(settings().archive_bucket)

    return _current.get("archive", build)


def hook_signature() -> Callable[[bytes, Mapping[str, str]], None]:
    """Give the check of the auth service's signature; it raises `InvalidSignature`."""
    from functions._shared.adapters.supabase.hooks import verify

    secrets = settings().rotating_secret("AUTH_HOOK_SECRET")
    return lambda body, headers: verify(body, headers, secrets)


def model() -> Model:
    """Give the model: the preferred provider, the other configured ones behind it, a cache in front of them."""

    def build() -> Model:
        from functions._shared.ai.cached import CachedModel
        from functions._shared.ai.chain import FallbackChain
        from functions._shared.ai.lazy import LazyModel

        read = settings()
        chain = FallbackChain(
            [LazyModel(_vendor(name), partial(_build_model, read, name)) for name in read.ai_providers]
        )
        cache = None if read.ai_providers == (OFFLINE,) else _build_answer_cache(read)
        return chain if cache is None else CachedModel(chain, cache)

    return _current.get_on_loop("model", build)


def _build_answer_cache(read: Settings) -> AnswerCache | None:
    if read.ai_cache == "redis":
        from functions._shared.adapters.redis.answer_cache import RedisAnswerCache

        return RedisAnswerCache(read.redis_url)
    if read.ai_cache == "postgres":
        from functions._shared.adapters.supabase.answer_cache import SupabaseAnswerCache

        return SupabaseAnswerCache(read.supabase_url, read.secret_key, http())
    return None


def _vendor(name: str) -> str:
    """Give the name by which users and the books know a provider."""
    return "gemini" if name == "gemini_legacy" else name


def _build_model(read: Settings, name: str) -> Model:
    if name == OFFLINE:
        from functions._shared.adapters.offline import OfflineModel

        return OfflineModel()
    from functions._shared.ai.structured import StructuredModel

    given = read.model(name)
    key, model, url = given.api_key, given.model, given.base_url
    if name == "gemini":
        from functions._shared.adapters.gemini.backend import GeminiBackend

        return StructuredModel(GeminiBackend(api_key=key, model=model, base_url=url))
    if name == "gemini_legacy":
        from functions._shared.adapters.gemini_legacy.backend import GeminiLegacyBackend

        return StructuredModel(GeminiLegacyBackend(api_key=key, model=model, base_url=url))
    if name == "anthropic":
        from functions._shared.adapters.anthropic.backend import AnthropicBackend

        return StructuredModel(AnthropicBackend(api_key=key, model=model, base_url=url))
    from functions._shared.adapters.openai.backend import OpenAIBackend

    return StructuredModel(OpenAIBackend(api_key=key, model=model, base_url=url, provider=name))

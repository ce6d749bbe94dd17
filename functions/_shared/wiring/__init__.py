"""Where ports meet adapters: the only module that knows both.

Handlers, `tasks` and the edge call its functions. `parts` keeps what they return. Adapters are imported inside the
builders, so that a function loads and packages only what it uses.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from functions._shared.settings import Settings
from functions._shared.wiring.parts import Lifetime, Parts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    import httpx

    from functions._shared.flows.entailment import Verification
    from functions._shared.flows.writers import Writers
    from functions._shared.ports.admin_desk import AdminDesk
    from functions._shared.ports.answer_cache import AnswerCache
    from functions._shared.ports.archive import Archive
    from functions._shared.ports.document_reader import DocumentReader
    from functions._shared.ports.documents import ReceiptRenderer, ResumeWriter
    from functions._shared.ports.downloads import Downloads
    from functions._shared.ports.files import Files
    from functions._shared.ports.hooks import HookVerifier
    from functions._shared.ports.housekeeping import Housekeeping
    from functions._shared.ports.identity import TokenVerifier
    from functions._shared.ports.interviews import Interviews
    from functions._shared.ports.ledger import Ledger
    from functions._shared.ports.model import Model
    from functions._shared.ports.payment_books import PaymentBooks
    from functions._shared.ports.payment_provider import PaymentProvider
    from functions._shared.ports.provider_keys import ProviderKeys
    from functions._shared.ports.queue import Queue
    from functions._shared.ports.rate_limiter import RateLimiter
    from functions._shared.ports.request import Caller
    from functions._shared.ports.rows import CallerRows
    from functions._shared.ports.share_pages import SharePages
    from functions._shared.ports.shares import Shares
    from functions._shared.ports.signups import SignUps
    from functions._shared.ports.tasks import Tasks
    from functions._shared.ports.thumbnails import Thumbnails


def _rotations() -> int:
    return settings().secrets_changed()


_parts = Parts(_rotations)
override = _parts.override


@_parts.register(Lifetime.CONTAINER)
def settings() -> Settings:
    """Return the settings, read from the environment on first use."""
    from functions._shared.adapters.aws.secrets import SecretReader, has_references

    config = Settings.from_environment()
    if not has_references(config.environ):
        return config
    reader = SecretReader(config.environ)
    return replace(config, read_secret=reader, count_changes=reader.changes)


@_parts.register(Lifetime.EVENT_LOOP)
def http() -> httpx.AsyncClient:
    """Return the container's HTTP client."""
    from functions._shared.adapters.http import build_client

    return build_client()


@_parts.register()
def tokens() -> TokenVerifier:
    """Return the verifier of access tokens."""
    from functions._shared.adapters.supabase.tokens import KeySet, SupabaseTokenVerifier

    config = settings()

    async def fetch() -> Any:  # noqa: ANN401 - JSON, checked by the key set
        return (await http().get(config.jwks_url, timeout=3.0)).raise_for_status().json()

    return SupabaseTokenVerifier(
        issuer=config.jwt_issuer, audience=config.jwt_audience, secret=config.jwt_secret, keys=KeySet(fetch)
    )


@_parts.register()
def ledger() -> Ledger:
    """Return the ledger."""
    from functions._shared.adapters.supabase.ledger import SupabaseLedger

    return SupabaseLedger(settings().supabase_url, settings().secret_key, http(), settings().needs_ai_consent)


@_parts.register()
def tasks() -> Tasks:
    """Return the rows of tasks."""
    from functions._shared.adapters.supabase.tasks import SupabaseTasks

    return SupabaseTasks(settings().supabase_url, settings().secret_key, http(), settings().needs_ai_consent)


@_parts.register(Lifetime.CONTAINER)
def queue() -> Queue:
    """Return the queues. The local stack replaces them."""
    from functions._shared.adapters.aws.queue import build

    return build(settings().queues)


def rows(caller: Caller) -> CallerRows:
    """Return the database with the caller's rights."""
    return _rows()(caller)


@_parts.register()
def _rows() -> Callable[[Caller], CallerRows]:
    from functions._shared.adapters.supabase.caller import SupabaseRows

    config, client = settings(), http()
    return lambda caller: SupabaseRows(config.supabase_url, config.publishable_key, caller.token, client)


@_parts.register()
def rate_limiter() -> RateLimiter:
    """Return the limiter of calls that no reservation counts: in Redis, or else in Postgres."""
    from functions._shared.wiring.limits import limiter_of_calls

    return limiter_of_calls(settings(), http())


@_parts.register()
def signups() -> SignUps:
    """Return the sign-up rules and the provisioning of new users."""
    from functions._shared.adapters.supabase.signups import SupabaseSignUps

    return SupabaseSignUps(settings().supabase_url, settings().secret_key, http())


@_parts.register()
def payment_books() -> PaymentBooks:
    """Return our records of payments: orders, subscriptions and the inbox of events."""
    from functions._shared.adapters.supabase.payments import SupabasePayments

    return SupabasePayments(settings().supabase_url, settings().secret_key, http())


@_parts.register()
def admin_desk() -> AdminDesk:
    """Return the operations of administrators."""
    from functions._shared.adapters.supabase.admin_desk import SupabaseAdminDesk

    return SupabaseAdminDesk(settings().supabase_url, settings().secret_key, http())


@_parts.register()
def housekeeping() -> Housekeeping:
    """Return the database operations of the clean-up."""
    from functions._shared.adapters.supabase.housekeeping import SupabaseHousekeeping

    return SupabaseHousekeeping(settings().supabase_url, settings().secret_key, http())


@_parts.register()
def files() -> Files:
    """Return the files in storage."""
    from functions._shared.adapters.supabase.files import SupabaseFiles

    return SupabaseFiles(settings().supabase_url, settings().secret_key, http())


@_parts.register()
def downloads() -> Downloads:
    """Return the rows of exported files."""
    from functions._shared.adapters.supabase.downloads import SupabaseDownloads

    return SupabaseDownloads(settings().supabase_url, settings().secret_key, http())


@_parts.register()
def thumbnails() -> Thumbnails:
    """Return the pictures of saved résumés."""
    from functions._shared.adapters.supabase.thumbnails import SupabaseThumbnails

    return SupabaseThumbnails(settings().supabase_url, settings().secret_key, http())


@_parts.register()
def interviews() -> Interviews:
    """Return the practice interviews."""
    from functions._shared.adapters.supabase.interviews import SupabaseInterviews

    return SupabaseInterviews(settings().supabase_url, settings().secret_key, http())


@_parts.register()
def hooks() -> HookVerifier:
    """Return the verifier of the auth service's hooks."""
    from functions._shared.adapters.supabase.hooks import SupabaseHooks

    return SupabaseHooks(settings().rotating_secret("AUTH_HOOK_SECRET"))


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
    accounts = {"razorpay": settings().razorpay, "stripe": settings().stripe}
    return [name for name, account in accounts.items() if account is not None or _parts.is_replaced(name)]


@_parts.register()
def razorpay() -> PaymentProvider:
    """Return Razorpay."""
    from functions._shared.wiring.accounts import razorpay_account

    return razorpay_account(settings())


@_parts.register()
def stripe() -> PaymentProvider:
    """Return Stripe."""
    from functions._shared.wiring.accounts import stripe_account

    return stripe_account(settings())


@_parts.register(Lifetime.CONTAINER)
def resumes() -> ResumeWriter:
    """Return the writer of résumés."""
    from functions._shared.adapters.documents.resumes.writer import DocumentWriter

    return DocumentWriter()


@_parts.register()
def shares() -> Shares:
    """Return the shared résumés."""
    from functions._shared.adapters.supabase.shares import SupabaseShares

    return SupabaseShares(settings().supabase_url, settings().secret_key, http())


@_parts.register(Lifetime.CONTAINER)
def share_pages() -> SharePages:
    """Return the writer of the pages of shared résumés."""
    from functions._shared.adapters.documents.resumes.share_page import HtmlSharePages

    return HtmlSharePages()


@_parts.register(Lifetime.CONTAINER)
def receipts() -> ReceiptRenderer:
    """Return the receipt renderer."""
    from functions._shared.adapters.documents.receipts import TypstReceipts

    return TypstReceipts()


@_parts.register(Lifetime.CONTAINER)
def document_reader() -> DocumentReader:
    """Return the reader of files, with its child process started."""
    from functions._shared.adapters.documents.reader import ChildReader

    return ChildReader()


@_parts.register(Lifetime.CONTAINER)
def archive() -> Archive:
    """Return the archive: a bucket, or a folder on the local stack."""
    from functions._shared.wiring.archives import archive_at

    return archive_at(settings())


@_parts.register()
def model() -> Model:
    """Return the model: a cache before the preferred provider, with the other configured providers as fallbacks."""
    from functions._shared.wiring.ai import cached_chain

    return cached_chain(models(), answer_cache)


@_parts.register()
def verification() -> Verification:
    """Return who verifies what the model wrote: the configured providers, but not the rules."""
    from functions._shared.wiring.ai import verification_among

    return verification_among(settings(), models(), answer_cache)


def writers() -> Writers:
    """Return the models that we pay: who writes, and who verifies."""
    from functions._shared.flows.writers import Writers

    return Writers(model(), verification())


@_parts.register()
def provider_keys() -> ProviderKeys:
    """Return the keys of users for model providers."""
    from functions._shared.adapters.supabase.provider_keys import SupabaseProviderKeys

    config = settings()
    return SupabaseProviderKeys(config.supabase_url, config.secret_key, http(), config.provider_keys_secrets)


@asynccontextmanager
async def own_writers(user_id: str) -> AsyncIterator[Writers]:
    """Open the models of a user's own keys, without ours and without the cache. See `OwnWriters`."""
    from functions._shared.wiring.ai import own_models

    async with own_models(settings(), await provider_keys().read(user_id)) as own:
        yield own


@_parts.register()
def models() -> Sequence[Model]:
    """Return the configured models, the preferred one first."""
    from functions._shared.wiring.ai import lazy_model

    config = settings()
    return [lazy_model(config, name) for name in config.ai_providers]


@_parts.register()
def answer_cache() -> AnswerCache | None:
    """Return the cache of model answers, if there is one."""
    from functions._shared.wiring.ai import cache_of_answers

    return cache_of_answers(settings(), http())

"""The only reader of the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MIN_SECRET = 32
"""Bytes: RFC 7518 §3.2 wants an HS256 key at least as long as its hash."""


OFFLINE = "offline"
"""The rule-based adapter, which needs no key."""


class KnownModel(NamedTuple):
    """Prefix of a provider's variables, and its default model and host (``None``: the SDK's)."""

    prefix: str
    model: str | None
    base_url: str | None = None


MODELS = {
    "gemini": KnownModel("GEMINI", "gemini-3.8-flash"),
    "gemini_legacy": KnownModel("GEMINI", "gemini-3.8-flash"),
    "openai": KnownModel("OPENAI", "gpt-6.1-terra"),
    "anthropic": KnownModel("ANTHROPIC", "claude-haiku-5-5"),
    # It has everybody's models, so there is no default one.
    "openrouter": KnownModel("OPENROUTER", None, "https://openrouter.ai/api/v1"),
}
"""The adapters that call a vendor, in the order of preference where the environment names none."""

ALIASES = {"claude": "anthropic"}


class MissingSetting(RuntimeError):
    """A function needs a setting that its environment does not have."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the environment variable {name} is not set")
        self.name = name


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """What a model adapter is built with."""

    api_key: str = field(repr=False)
    model: str
    base_url: str | None


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """An account at a payment provider; `webhook_secrets` are the current one and, in a rotation, the previous."""

    key: str = field(repr=False)
    webhook_secrets: tuple[str, ...] = field(repr=False)
    account: str | None
    base_url: str | None
    key_id: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says, read once.

    Each function needs other settings, so a missing one is no error before somebody asks for it.

    Parameters
    ----------
    environ : mapping of str to str
        The environment. Empty values count as missing.
    read_secret : callable, optional
        Gives the secret of a name, or ``None``. By default secrets are variables by value, as on the local stack;
        in production a reader that follows references takes this place.
    count_changes : callable, optional
        Counts how often a secret turned out to be another than before; with values in variables none ever does.

    Raises
    ------
    MissingSetting
        By each property, naming the variable.
    """

    environ: Mapping[str, str] = field(repr=False)
    read_secret: Callable[[str], str | None] | None = field(default=None, repr=False)
    count_changes: Callable[[], int] | None = field(default=None, repr=False)

    @classmethod
    def from_environment(cls) -> Settings:
        """Take a snapshot of the process's environment."""
        return cls(dict(os.environ))

    def text(self, name: str, default: str | None = None) -> str:
        """Give the variable, the default where it is missing or empty, or raise `MissingSetting`."""
        value = self.environ.get(name) or default
        if value is None:
            raise MissingSetting(name)
        return value

    def optional_secret(self, name: str) -> str | None:
        """Give a secret, or ``None`` where there is none."""
        return (self.read_secret(name) if self.read_secret else self.environ.get(name)) or None

    def secret(self, name: str) -> str:
        """Give a secret, or raise `MissingSetting`."""
        value = self.optional_secret(name)
        if value is None:
            raise MissingSetting(name)
        return value

    def secrets_changed(self) -> int:
        """Count the rotations noticed so far: what was made of a secret is stale when this goes up."""
        return self.count_changes() if self.count_changes else 0

    def rotating_secret(self, name: str) -> tuple[str, ...]:
        """Give the current secret and, while one is rotated, the previous one from ``<name>_PREVIOUS``."""
        previous = self.optional_secret(f"{name}_PREVIOUS")
        return (self.secret(name), previous) if previous else (self.secret(name),)

    # -- Supabase ------------------------------------------------------------------------------------------

    @property
    def supabase_url(self) -> str:
        """Base URL of the project, without a slash at the end."""
        return self.text("SUPABASE_URL").rstrip("/")

    @property
    def publishable_key(self) -> str:
        """Key that says which project is meant; rights come with the caller's token."""
        return self.text("SUPABASE_PUBLISHABLE_KEY")

    @property
    def secret_key(self) -> str:
        """Key of the service role."""
        return self.secret("SUPABASE_SECRET_KEY")

    @property
    def jwt_secret(self) -> str | None:
        """HS256 secret of the local stack and of legacy projects; ``None`` elsewhere."""
        value = self.optional_secret("SUPABASE_JWT_SECRET")
        if value is not None and len(value.encode()) < _MIN_SECRET:
            raise ValueError(f"SUPABASE_JWT_SECRET is shorter than {_MIN_SECRET} bytes")
        return value

    @property
    def jwks_url(self) -> str:
        """Where the public keys of the issuer are."""
        return self.text("SUPABASE_JWKS_URL", f"{self.supabase_url}/auth/v1/.well-known/jwks.json")

    @property
    def jwt_issuer(self) -> str:
        """Expected ``iss`` of access tokens."""
        return self.text("SUPABASE_JWT_ISSUER", f"{self.supabase_url}/auth/v1")

    @property
    def jwt_audience(self) -> str:
        """Expected ``aud`` of access tokens."""
        return self.text("SUPABASE_JWT_AUDIENCE", "authenticated")

    # -- payments ------------------------------------------------------------------------------------------

    @property
    def razorpay(self) -> ProviderSettings | None:
        """Account at Razorpay; ``None`` without ``RAZORPAY_KEY_ID``."""
        key_id = self.optional_secret("RAZORPAY_KEY_ID")
        if key_id is None:
            return None
        return ProviderSettings(
            key=self.secret("RAZORPAY_KEY_SECRET"),
            webhook_secrets=self.rotating_secret("RAZORPAY_WEBHOOK_SECRET"),
            account=self.environ.get("RAZORPAY_ACCOUNT_ID") or None,
            base_url=self.environ.get("RAZORPAY_BASE_URL") or None,
            key_id=key_id,
        )

    @property
    def stripe(self) -> ProviderSettings | None:
        """Account at Stripe; ``None`` without ``STRIPE_SECRET_KEY``."""
        key = self.optional_secret("STRIPE_SECRET_KEY")
        if key is None:
            return None
        return ProviderSettings(
            key=key,
            webhook_secrets=self.rotating_secret("STRIPE_WEBHOOK_SECRET"),
            account=self.environ.get("STRIPE_ACCOUNT_ID") or None,
            base_url=self.environ.get("STRIPE_BASE_URL") or None,
        )

    @property
    def seller(self) -> dict[str, str | None]:
        """Who sells, as receipts name them."""
        return {
            "name": self.text("RESUMEBASE_SELLER_NAME", "Resumebase"),
            "address": self.environ.get("RESUMEBASE_SELLER_ADDRESS") or None,
            "tax_id": self.environ.get("RESUMEBASE_SELLER_TAX_ID") or None,
        }

    # -- the edge ------------------------------------------------------------------------------------------

    @property
    def cors_origins(self) -> tuple[str, ...]:
        """Origins whose pages may call, separated by commas; ``*`` (the default) is any.

        No cookie is ever read, so a foreign page gains nothing that its visitor's token does not give it.
        """
        return tuple(origin.strip() for origin in self.text("RESUMEBASE_CORS_ORIGINS", "*").split(","))

    @property
    def edge_key_sha256(self) -> str:
        """Hex SHA-256 of the key that our own CloudFront distribution sends; empty where there is none."""
        return self.environ.get("RESUMEBASE_EDGE_KEY_SHA256", "").lower()

    @property
    def request_seconds(self) -> float:
        """Seconds that a request may take. API Gateway gives up after 30."""
        return float(self.text("RESUMEBASE_REQUEST_SECONDS", "29"))

    # -- clean-up ------------------------------------------------------------------------------------------

    @property
    def archive_bucket(self) -> str:
        """Bucket for rows past their retention period."""
        return self.text("RESUMEBASE_ARCHIVE_BUCKET")

    @property
    def archive_folder(self) -> str:
        """Folder in place of the bucket, on the local stack; empty elsewhere."""
        return self.environ.get("RESUMEBASE_ARCHIVE_FOLDER", "")

    # -- models --------------------------------------------------------------------------------------------

    @property
    def ai_providers(self) -> tuple[str, ...]:
        """Names of the model adapters, the preferred one first; rule-based where there is no key.

        ``RESUMEBASE_AI_PROVIDER`` names the preferred one, ``RESUMEBASE_AI_FALLBACKS`` (separated by commas, may be
        ``none``) the others. By default these are all that have a key.
        """
        keyed = [name for name, known in MODELS.items() if self.optional_secret(f"{known.prefix}_API_KEY")]
        preferred = self.text("RESUMEBASE_AI_PROVIDER", keyed[0] if keyed else OFFLINE)
        preferred = ALIASES.get(preferred, preferred)
        by_key = {MODELS[name].prefix: name for name in reversed(keyed)}  # two adapters share Gemini's key
        if preferred in MODELS:
            by_key.pop(MODELS[preferred].prefix, None)
        others = [] if preferred == OFFLINE else [name for name in keyed if name in by_key.values()]
        named = self.text("RESUMEBASE_AI_FALLBACKS", ",".join(others) or "none").split(",")
        fallbacks = [ALIASES.get(name.strip(), name.strip()) for name in named if name.strip() not in {"", "none"}]
        chosen = tuple(dict.fromkeys([preferred, *fallbacks]))
        unknown = [name for name in chosen if name != OFFLINE and name not in MODELS]
        if unknown:
            raise ValueError(f"there is no AI provider called {', '.join(unknown)}")
        return chosen

    def model(self, provider: str) -> ModelSettings:
        """Give key, model and host of a provider other than ``offline``."""
        known = MODELS[provider]
        return ModelSettings(
            api_key=self.secret(f"{known.prefix}_API_KEY"),
            model=self.text(f"{known.prefix}_MODEL", known.model),
            base_url=self.environ.get(f"{known.prefix}_BASE_URL") or known.base_url,
        )

    @property
    def ai_cache(self) -> str:
        """Where models' answers are kept for an hour: ``redis``, ``postgres`` or ``none``.

        In Redis wherever there is one. Not in Postgres unless asked for: it is two more round trips a request.
        """
        place = self.text("RESUMEBASE_AI_CACHE", "redis" if self.optional_secret("REDIS_URL") else "none")
        if place not in {"redis", "postgres", "none"}:
            raise ValueError(f"RESUMEBASE_AI_CACHE cannot be {place}")
        return place

    @property
    def redis_url(self) -> str:
        """URL of Redis, with its password."""
        return self.secret("REDIS_URL")

"""Settings from environment variables. Only the wiring, the edge and tools read them; nothing else does."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from functions._shared.domain.providers import ALIASES, MODELS, OFFLINE, SPEECH

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MIN_SECRET = 32
"""Bytes. RFC 7518 §3.2 requires an HS256 key at least as long as its hash."""


class MissingSetting(RuntimeError):
    """A setting that a function needs is not in its environment."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the environment variable {name} is not set")
        self.name = name


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Configuration of a model adapter."""

    api_key: str = field(repr=False)
    model: str
    base_url: str | None


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """An account at a payment provider. `webhook_secrets` has the current one and, during a rotation, the previous."""

    key: str = field(repr=False)
    webhook_secrets: tuple[str, ...] = field(repr=False)
    account: str | None
    base_url: str | None
    key_id: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """A snapshot of the environment.

    Functions need different settings, so a missing one is an error only when it is read.

    Parameters
    ----------
    environ : mapping of str to str
        The environment variables. Empty values count as missing.
    read_secret : callable, optional
        Returns the secret with a given name, or ``None``. By default, variables hold the secrets themselves, as on
        the local stack. In production, variables hold references, and this callable resolves them.
    count_changes : callable, optional
        Returns how many secret rotations have been seen. Without it, secrets never change.

    Raises
    ------
    MissingSetting
        A variable that the property needs is missing; the message names it.
    """

    environ: Mapping[str, str] = field(repr=False)
    read_secret: Callable[[str], str | None] | None = field(default=None, repr=False)
    count_changes: Callable[[], int] | None = field(default=None, repr=False)

    @classmethod
    def from_environment(cls) -> Settings:
        """Take a snapshot of the environment of the process."""
        return cls(dict(os.environ))

    def text(self, name: str, default: str | None = None) -> str:
        """Return the variable, or the default if it is missing or empty, or raise `MissingSetting`."""
        value = self.environ.get(name) or default
        if value is None:
            raise MissingSetting(name)
        return value

    def _choice(self, name: str, *allowed: str) -> str:
        """Return a variable that has one of some values; the first is the default."""
        value = self.text(name, allowed[0])
        if value not in allowed:
            raise ValueError(f"{name} must be one of {', '.join(allowed)}, not {value}")
        return value

    def optional_secret(self, name: str) -> str | None:
        """Return a secret, or ``None`` if it is not set."""
        return (self.read_secret(name) if self.read_secret else self.environ.get(name)) or None

    def secret(self, name: str) -> str:
        """Return a secret, or raise `MissingSetting`."""
        value = self.optional_secret(name)
        if value is None:
            raise MissingSetting(name)
        return value

    def secrets_changed(self) -> int:
        """Return how many secret rotations have been seen. When it grows, objects built from a secret are stale."""
        return self.count_changes() if self.count_changes else 0

    def rotating_secret(self, name: str) -> tuple[str, ...]:
        """Return the current secret and, during a rotation, the previous one from ``<name>_PREVIOUS``."""
        previous = self.optional_secret(f"{name}_PREVIOUS")
        return (self.secret(name), previous) if previous else (self.secret(name),)

    # -- Supabase ------------------------------------------------------------------------------------------

    @property
    def supabase_url(self) -> str:
        """Base URL of the project, without a trailing slash."""
        return self.text("SUPABASE_URL").rstrip("/")

    @property
    def publishable_key(self) -> str:
        """Key that identifies the project. The rights come from the caller's token."""
        return self.text("SUPABASE_PUBLISHABLE_KEY")

    @property
    def secret_key(self) -> str:
        """Key of the service role."""
        return self.secret("SUPABASE_SECRET_KEY")

    @property
    def jwt_secret(self) -> str | None:
        """HS256 secret of the local stack and of legacy projects; ``None`` in other projects."""
        value = self.optional_secret("SUPABASE_JWT_SECRET")
        if value is not None and len(value.encode()) < _MIN_SECRET:
            raise ValueError(f"SUPABASE_JWT_SECRET is shorter than {_MIN_SECRET} bytes")
        return value

    @property
    def jwks_url(self) -> str:
        """URL of the issuer's public keys."""
        return self.text("SUPABASE_JWKS_URL", f"{self.supabase_url}/auth/v1/.well-known/jwks.json")

    @property
    def jwt_issuer(self) -> str:
        """Expected ``iss`` of access tokens."""
        return self.text("SUPABASE_JWT_ISSUER", f"{self.supabase_url}/auth/v1")

    @property
    def jwt_audience(self) -> str:
        """Expected ``aud`` of access tokens."""
        return self.text("SUPABASE_JWT_AUDIENCE", "authenticated")

    @property
    def provider_keys_secrets(self) -> tuple[str, ...]:
        """Secrets that encrypt users' provider keys: the current one and, during a rotation, the previous."""
        secrets = self.rotating_secret("PROVIDER_KEYS_SECRET")
        if any(len(secret.encode()) < _MIN_SECRET for secret in secrets):
            raise ValueError(f"PROVIDER_KEYS_SECRET is shorter than {_MIN_SECRET} bytes")
        return secrets

    # -- payments ------------------------------------------------------------------------------------------

    @property
    def razorpay(self) -> ProviderSettings | None:
        """Account at Razorpay; ``None`` if ``RAZORPAY_KEY_ID`` is not set."""
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
        """Account at Stripe; ``None`` if ``STRIPE_SECRET_KEY`` is not set."""
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
        """Name, address and tax id of the seller, for receipts."""
        return {
            "name": self.text("RESUMEBASE_SELLER_NAME", "Resumebase"),
            "address": self.environ.get("RESUMEBASE_SELLER_ADDRESS") or None,
            "tax_id": self.environ.get("RESUMEBASE_SELLER_TAX_ID") or None,
        }

    # -- the edge ------------------------------------------------------------------------------------------

    @property
    def cors_origins(self) -> tuple[str, ...]:
        """Origins that may call from a browser, separated by commas. The default ``*`` allows any.

        The functions read no cookies, so a foreign page can do nothing without its visitor's token.
        """
        return tuple(origin.strip() for origin in self.text("RESUMEBASE_CORS_ORIGINS", "*").split(","))

    @property
    def edge_keys_sha256(self) -> tuple[str, ...]:
        """Hex SHA-256 of the keys that our own CloudFront distribution may send, separated by commas; none without it.

        While a key is replaced there are two, because CloudFront takes minutes to send the new one everywhere.
        """
        hashes = self.environ.get("RESUMEBASE_EDGE_KEY_SHA256", "").lower().split(",")
        return tuple(each.strip() for each in hashes if each.strip())

    @property
    def request_seconds(self) -> float:
        """Seconds that a request may take. API Gateway gives up after 30."""
        return float(self.text("RESUMEBASE_REQUEST_SECONDS", "29"))

    # -- queues --------------------------------------------------------------------------------------------

    @property
    def share_url(self) -> str:
        """Address under which readers find shared résumés; empty: that of the request."""
        return self.environ.get("RESUMEBASE_SHARE_URL", "").rstrip("/")

    @property
    def queues(self) -> dict[str, str]:
        """URL of the queue by function, from ``generate=https://…,resume-export=https://…``."""
        pairs = [pair.partition("=") for pair in self.environ.get("RESUMEBASE_QUEUES", "").split(",")]
        return {name.strip(): url.strip() for name, _, url in pairs if url}

    # -- clean-up ------------------------------------------------------------------------------------------

    @property
    def archive_bucket(self) -> str:
        """S3 bucket for rows past their retention period."""
        return self.text("RESUMEBASE_ARCHIVE_BUCKET")

    @property
    def archive_folder(self) -> str:
        """Folder that replaces the bucket on the local stack; empty in production."""
        return self.environ.get("RESUMEBASE_ARCHIVE_FOLDER", "")

    # -- models --------------------------------------------------------------------------------------------

    @property
    def ai_providers(self) -> tuple[str, ...]:
        """Names of the model adapters in order of preference.

        ``RESUMEBASE_AI_PROVIDER`` names the preferred adapter. ``RESUMEBASE_AI_FALLBACKS`` names the others,
        separated by commas, or is ``none``. By default, every adapter with an API key is used. The rule-based one is
        used only where it is named; the local stack names it if there is no key.
        """
        keyed = [name for name, defaults in MODELS.items() if self.optional_secret(f"{defaults.prefix}_API_KEY")]
        preferred = self.text("RESUMEBASE_AI_PROVIDER", keyed[0] if keyed else None)
        preferred = ALIASES.get(preferred, preferred)
        by_key = {MODELS[name].prefix: name for name in reversed(keyed)}  # the two Gemini adapters share one key
        if preferred in MODELS:
            by_key.pop(MODELS[preferred].prefix, None)
        others = [] if preferred == OFFLINE else [name for name in keyed if name in by_key.values()]
        named = self.text("RESUMEBASE_AI_FALLBACKS", ",".join(others) or "none").split(",")
        fallbacks = [ALIASES.get(name.strip(), name.strip()) for name in named if name.strip() not in {"", "none"}]
        chosen = tuple(dict.fromkeys([preferred, *fallbacks]))
        unknown = [name for name in chosen if name != OFFLINE and name not in MODELS]
        if unknown:
            raise ValueError(f"unknown AI provider: {', '.join(unknown)}")
        if OFFLINE in chosen and len(chosen) > 1:
            raise ValueError(f"the provider {OFFLINE} is free and takes no fallbacks")
        return chosen

    def model(self, provider: str, own_key: str | None = None) -> ModelSettings:
        """Return API key, model and host of a provider other than ``offline``, with our API key or a user's."""
        defaults = MODELS[provider]
        return ModelSettings(
            api_key=own_key or self.secret(f"{defaults.prefix}_API_KEY"),
            model=self.text(f"{defaults.prefix}_MODEL", defaults.model),
            base_url=self.environ.get(f"{defaults.prefix}_BASE_URL") or defaults.base_url,
        )

    def has_model(self, provider: str) -> bool:
        """Whether it is known which model of a provider to ask."""
        defaults = MODELS[provider]
        return bool(self.environ.get(f"{defaults.prefix}_MODEL") or defaults.model)

    @property
    def verifier(self) -> str:
        """Whether a second model judges what the first one wrote: ``best_effort``, ``required`` or ``off``.

        ``best_effort`` delivers unjudged sentences as unverified; ``required`` refuses texts that nobody has judged.
        The default is ``best_effort``, which without an API key does nothing.
        """
        return self._choice("RESUMEBASE_VERIFIER", "best_effort", "required", "off")

    @property
    def needs_ai_consent(self) -> bool:
        """Whether a model may only get texts of users who agreed: ``AI_CONSENT`` is ``required``, not ``optional``."""
        return self._choice("AI_CONSENT", "optional", "required") == "required"

    @property
    def speech_providers(self) -> tuple[str, ...]:
        """Names of the providers that transcribe, in order of preference; none: voice is off.

        ``RESUMEBASE_SPEECH`` names them, separated by commas, or is ``none``. By default, every one with an API key.
        """
        keyed = [name for name in SPEECH if self.optional_secret(f"{SPEECH[name].prefix}_API_KEY")]
        named = [name.strip() for name in self.text("RESUMEBASE_SPEECH", ",".join(keyed) or "none").split(",")]
        unknown = [name for name in named if name not in {*SPEECH, "none"}]
        if unknown:
            raise ValueError(f"unknown speech provider: {', '.join(unknown)}")
        return tuple(name for name in dict.fromkeys(named) if name != "none")

    def speech(self, provider: str, own_key: str | None = None) -> ModelSettings:
        """Return API key, model and host of a provider that transcribes, with our API key or a user's."""
        prefix = SPEECH[provider].prefix
        return ModelSettings(
            api_key=own_key or self.secret(f"{prefix}_API_KEY"),
            model=self.text(f"{prefix}_SPEECH_MODEL", SPEECH[provider].model),
            base_url=self.environ.get(f"{prefix}_BASE_URL") or None,
        )

    @property
    def ai_cache(self) -> str:
        """Where model answers are cached for an hour: ``redis``, ``postgres`` or ``none``.

        The default is Redis if ``REDIS_URL`` is set. Postgres must be chosen explicitly, because it adds two round
        trips to each request.
        """
        place = self.text("RESUMEBASE_AI_CACHE", "redis" if self.optional_secret("REDIS_URL") else "none")
        if place not in {"redis", "postgres", "none"}:
            raise ValueError(f"RESUMEBASE_AI_CACHE must be redis, postgres or none, not {place}")
        return place

    @property
    def redis_url(self) -> str:
        """URL of Redis, including the password."""
        return self.secret("REDIS_URL")

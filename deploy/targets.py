"""What `make smoke` checks: the addresses and secrets of a deployed stack."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from deploy import preflight, secrets, settings

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Target:
    """A deployed stack: its addresses, what clients know, and the secrets to sign probes with.

    ``stream_url`` is empty where there are no streams.
    """

    functions_url: str
    supabase_url: str
    publishable_key: str
    secrets: Mapping[str, str] = field(repr=False)
    issuer: str = ""
    catalogue: str = "default"
    cors_origins: str = "*"
    shared_jwt: bool = False
    stream_url: str = ""


def of_stage(stage: str, url: str) -> Target:
    """Return the target of a stage, with its secrets from AWS."""
    import boto3

    config = settings.load(stage)

    def client(name: str) -> Any:  # noqa: ANN401 - boto3 makes them at run time
        return boto3.client(name, region_name=config.region)  # type: ignore[call-overload]

    known = secrets.Vault(stage, client).read()
    stream_url = preflight.outputs(preflight.Plan(stage, config, "", client)).get("StreamUrl", "")
    return target(config, url, known, stream_url=stream_url)


def target(config: settings.Settings, url: str, known: Mapping[str, str], *, stream_url: str = "") -> Target:
    """Return the target that settings and secrets describe."""
    return Target(
        url.rstrip("/"),
        config.supabase_url,
        config.publishable_key,
        known,
        issuer=config.issuer,
        catalogue=config.catalogue,
        cors_origins=config.cors_origins,
        shared_jwt=config.legacy_jwt_secret,
        stream_url=stream_url.rstrip("/"),
    )


def of_environment(url: str, environ: Mapping[str, str]) -> Target:
    """Return the target that variables describe, such as the local stack."""
    return Target(
        url.rstrip("/"),
        environ["SUPABASE_URL"],
        environ["SUPABASE_PUBLISHABLE_KEY"],
        environ,
        shared_jwt="SUPABASE_JWT_SECRET" in environ,
        # Whoever has no gateway in between streams at the same address.
        stream_url=environ.get("STREAM_URL", url).rstrip("/"),
    )

"""`make secrets STAGE=dev`: generate our own secrets, read the others, and store all where the functions look.

Values come from standard input, a line `NAME=value` each, or are typed at a prompt; none is printed or passed as an
argument. Running it again changes only what is given.
"""

from __future__ import annotations

import argparse
import base64
import getpass
import hashlib
import re
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from deploy import settings
from functions._shared.domain.providers import MODELS, OFFLINE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from deploy.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
EDGE_KEY = "EDGE_KEY"


def _token() -> str:
    return secrets.token_urlsafe(32)


def _hook_secret() -> str:
    return f"v1,whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a secret looks like, where it is found, and how it is made if it is our own."""

    shape: str
    found: str
    make: Callable[[], str] | None = None


_OWN = r"[A-Za-z0-9_-]{32,}"
KINDS = {
    "SUPABASE_SECRET_KEY": Kind(r"sb_secret_\S{20,}|eyJ\S{100,}", "Supabase: Project Settings, API Keys, secret key"),
    "SUPABASE_JWT_SECRET": Kind(r"\S{32,}", "Supabase: Project Settings, JWT Keys, legacy JWT secret"),
    "GEMINI_API_KEY": Kind(r"A[A-Za-z0-9_.-]{30,}", "aistudio.google.com, Get API key"),
    "OPENAI_API_KEY": Kind(r"sk-[A-Za-z0-9_-]{20,}", "platform.openai.com, API keys"),
    "ANTHROPIC_API_KEY": Kind(r"sk-ant-[A-Za-z0-9_-]{20,}", "console.anthropic.com, API keys"),
    "OPENROUTER_API_KEY": Kind(r"sk-or-[A-Za-z0-9_-]{20,}", "openrouter.ai, Keys"),
    "REDIS_URL": Kind(r"rediss://\S+", "your Redis; with TLS"),
    "SMTP_PASSWORD": Kind(r"\S{8,}", "your mail provider; for Supabase Auth"),
    "RAZORPAY_KEY_ID": Kind(r"rzp_(test|live)_\w{14}", "Razorpay: Account & Settings, API Keys"),
    "RAZORPAY_KEY_SECRET": Kind(r"\w{20,}", "Razorpay: shown once, with the key id"),
    "RAZORPAY_WEBHOOK_SECRET": Kind(_OWN, "ours; enter it at Razorpay: Webhooks", _token),
    "STRIPE_SECRET_KEY": Kind(r"(sk|rk)_(test|live)_\w{20,}", "Stripe: Developers, API keys"),
    "STRIPE_WEBHOOK_SECRET": Kind(r"whsec_\S{20,}", "Stripe: Developers, Webhooks, signing secret"),
    "CLEANUP_SECRET": Kind(_OWN, "ours", _token),
    "AUTH_HOOK_SECRET": Kind(
        r"v1,whsec_[A-Za-z0-9+/]{32,}={0,2}", "ours; `make deploy` gives it to Supabase", _hook_secret
    ),
    "PROVIDER_KEYS_SECRET": Kind(_OWN, "ours", _token),
    "DATABASE_WEBHOOK_SECRET": Kind(_OWN, "ours", _token),
    EDGE_KEY: Kind(_OWN, "ours", _token),
}
# A provider is complete or absent.
PROVIDERS = (
    ("RAZORPAY_KEY_ID", "RAZORPAY_KEY_SECRET", "RAZORPAY_WEBHOOK_SECRET"),
    ("STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"),
)


class SecretsError(Exception):
    """A secret has the wrong form or an unknown name; the message never contains its value."""


def places(stage: str) -> dict[str, tuple[str, str]]:
    """Return store and name of each secret of a stage, from `custom.secrets` in `serverless.yml`."""
    document = yaml.safe_load((ROOT / "serverless.yml").read_text())
    references = {
        name: str(value).replace("${sls:stage}", stage) for name, value in document["custom"]["secrets"].items()
    }
    return {name: tuple(value.split(":", 1)) for name, value in references.items() if "#" not in value}  # type: ignore[misc]


class Vault:
    """The secrets of one stage in an AWS account.

    Parameters
    ----------
    stage
        Name of the stage.
    client
        Makes a boto3 client of a service, such as `boto3.client`.
    """

    def __init__(self, stage: str, client: Callable[[str], Any]) -> None:
        self.places = places(stage)
        self._ssm, self._manager = client("ssm"), client("secretsmanager")

    def read(self) -> dict[str, str]:
        """Return the secrets that exist."""
        values: dict[str, str] = {}
        names = {place: name for name, (store, place) in self.places.items() if store == "ssm"}
        asked = list(names)
        for start in range(0, len(asked), 10):
            answer = self._ssm.get_parameters(Names=asked[start : start + 10], WithDecryption=True)
            values |= {names[each["Name"]]: each["Value"] for each in answer["Parameters"]}
        for name, (store, place) in self.places.items():
            if store == "secretsmanager" and (value := self.version(place)) is not None:
                values[name] = value[0]
        return values

    def version(self, place: str, stage: str = "AWSCURRENT") -> tuple[str, str] | None:
        """Return value and version id of a secret in Secrets Manager, or None."""
        try:
            answer = self._manager.get_secret_value(SecretId=place, VersionStage=stage)
        except self._manager.exceptions.ResourceNotFoundException:
            return None
        return answer["SecretString"], answer["VersionId"]

    def write(self, name: str, value: str) -> None:
        """Store a secret; the version before it stays readable as the previous one."""
        store, place = self.places[name]
        if store == "ssm":
            self._ssm.put_parameter(Name=place, Value=value, Type="SecureString", Overwrite=True)
        elif self.version(place) is None:
            self._manager.create_secret(Name=place, SecretString=value)
        else:
            self._manager.put_secret_value(SecretId=place, SecretString=value)

    def edge_settings(self) -> dict[str, str]:
        """Return the template's settings for the edge key: the hashes that are accepted, and the version to send."""
        place = self.places[EDGE_KEY][1]
        current, previous = self.version(place), self.version(place, "AWSPREVIOUS")
        if current is None:
            return {}
        keys = [each[0] for each in (current, previous) if each]
        hashes = [hashlib.sha256(key.encode()).hexdigest() for key in keys]
        return {"edgeKeyHashes": ",".join(dict.fromkeys(hashes)), "edgeKeyVersion": current[1]}


def misshapen(name: str, value: str) -> bool:
    """Whether a value does not look like this secret: JSON, quotes, a line break, another key."""
    return not re.fullmatch(KINDS[name].shape, value)


def needed(known: Mapping[str, str], config: Settings) -> set[str]:
    """Return the names of the secrets that a stage needs, given its settings and those that it has."""
    names = {
        "SUPABASE_SECRET_KEY",
        "CLEANUP_SECRET",
        "AUTH_HOOK_SECRET",
        "PROVIDER_KEYS_SECRET",
        "DATABASE_WEBHOOK_SECRET",
    }
    names |= {"SUPABASE_JWT_SECRET"} if config.legacy_jwt_secret else set()
    names |= {"SMTP_PASSWORD"} if config.smtp_host else set()
    names |= {EDGE_KEY} if config.edge == "cloudfront" else set()
    names |= {f"{MODELS[name].prefix}_API_KEY" for name in config.providers if name in MODELS}
    for provider in PROVIDERS:
        if provider[0] in known:
            names |= set(provider)
    return names


def complaints(known: Mapping[str, str], config: Settings) -> list[str]:
    """Return what is missing or misshapen, by name."""
    names = needed(known, config)
    found = [f"{name} is missing ({KINDS[name].found})" for name in KINDS if name in names and name not in known]
    found += [
        f"{name} has the wrong form ({KINDS[name].found})"
        for name in KINDS
        if name in known and misshapen(name, known[name])
    ]
    keys = {f"{each.prefix}_API_KEY" for each in MODELS.values()}
    if not config.providers and not keys & known.keys():
        found.append(
            f"no AI key: store one of {', '.join(sorted(keys))}, or set aiProvider: {OFFLINE} for the free rules"
        )
    return found


def parse(lines: Iterable[str]) -> dict[str, str]:
    """Read lines of the form `NAME=value`.

    Raises
    ------
    SecretsError
        A name is unknown, or a value has the wrong form.
    """
    given: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        name, sign, value = line.strip().partition("=")
        if not name or name.startswith("#"):
            continue
        if not sign or name not in KINDS:
            raise SecretsError(f"line {number} of the input is not NAME=value with one of: {', '.join(KINDS)}")
        given[name] = value.strip()
    wrong = [
        f"{name} has the wrong form ({KINDS[name].found})" for name, value in given.items() if misshapen(name, value)
    ]
    if wrong:
        raise SecretsError("\n".join(wrong))
    return given


def _prompt(known: Mapping[str, str]) -> dict[str, str]:
    """Ask for what vendors issue; an empty answer leaves a secret as it is."""
    given: dict[str, str] = {}
    for name, kind in KINDS.items():
        if kind.make is not None:
            continue
        state = "stored; Enter keeps it" if name in known else "Enter skips it"
        while value := getpass.getpass(f"{name} ({kind.found}; {state}): ").strip():
            if not misshapen(name, value):
                given[name] = value
                break
            print("That does not look like it. Try again.")
    return given


def store(vault: Vault, given: Mapping[str, str], config: Settings, rotate: Iterable[str] = ()) -> list[str]:
    """Store what is given, and what we generate if the stage needs it; return a line for each, without values."""
    known = vault.read()
    names = needed({**known, **given}, config)
    told: list[str] = []
    for name, kind in KINDS.items():
        fresh = given.get(name)
        if fresh is None and kind.make and (name in rotate or (name in names and name not in known)):
            fresh = kind.make()
        if fresh is None or fresh == known.get(name):
            told.append(f"{name:<26}{'unchanged' if name in known else 'not set'}")
            continue
        vault.write(name, fresh)
        told.append(f"{name:<26}{'replaced' if name in known else 'stored'}{'' if name in given else ', generated'}")
    return told


def main(arguments: list[str] | None = None) -> int:
    """Store or check; return 1 if something is missing or misshapen."""
    import boto3
    from botocore.exceptions import BotoCoreError, ClientError

    parser = argparse.ArgumentParser(prog="python -m deploy.secrets", description="Store the secrets of a stage.")
    parser.add_argument("stage")
    parser.add_argument("--check", action="store_true", help="store nothing; list what is missing or misshapen")
    own = [name for name, kind in KINDS.items() if kind.make]
    parser.add_argument("--rotate", nargs="*", default=[], choices=own, metavar="NAME", help="make new ones of ours")
    options = parser.parse_args(arguments)
    try:
        config = settings.load(options.stage)
        vault = Vault(options.stage, lambda name: boto3.client(name, region_name=config.region))  # type: ignore[call-overload]
        if not options.check:
            given = _prompt(vault.read()) if sys.stdin.isatty() else parse(sys.stdin)
            print("\n".join(store(vault, given, config, options.rotate)))
        found = complaints(vault.read(), config)
    except (settings.SettingsError, SecretsError, BotoCoreError, ClientError) as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(found) or "Every secret that this stage needs is there and has the right form.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

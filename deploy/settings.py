"""The settings of a stage: `deploy/defaults.yml` and `deploy/<stage>.yml`, checked before anything is deployed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel, to_snake

from functions._shared.domain.providers import ALIASES, MODELS, OFFLINE

FOLDER = Path(__file__).resolve().parent
CATALOGUES = FOLDER.parent / "supabase" / "seeds" / "catalogues"
_NAME = re.compile(r"[a-z][a-z0-9-]{1,19}")
Url = Annotated[str, Field(pattern=r"^(https://[^/\s]+)?$")]
Arn = Annotated[str, Field(pattern=r"^(arn:aws:acm:us-east-1:\d{12}:certificate/[0-9a-f-]{36})?$")]


class SettingsError(Exception):
    """The settings of a stage are missing or wrong; the message names file and setting."""


class Settings(BaseModel):
    """What `deploy/defaults.yml` describes, there in camel case."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    project_ref: Annotated[str, Field(pattern=r"^([a-z]{20})?$")]
    supabase_url: Url
    publishable_key: Annotated[str, Field(pattern=r"^((sb_publishable_|eyJ)\S{20,})?$")]
    jwt_issuer: Annotated[str, Field(pattern=r"^(https://\S+)?$")]
    legacy_jwt_secret: bool
    catalogue: str
    smtp_host: str
    smtp_port: int
    smtp_user: str
    smtp_sender: Annotated[str, Field(pattern=r"^([^@\s]+@[^@\s]+)?$")]
    smtp_sender_name: str
    site_url: Url
    redirect_urls: list[str]
    cors_origins: str
    mail_from: Annotated[str, Field(pattern=r"^([^@\s<>]+@[^@\s<>]+)?$")]
    mail_name: Annotated[str, Field(pattern=r"^[^\r\n]*$")]
    functions_url: Url
    share_url: Url
    ai_provider: str
    ai_fallbacks: str
    gemini_model: str
    openai_model: str
    anthropic_model: str
    openrouter_model: str
    verifier: Literal["best_effort", "required", "off"]
    ai_consent: Literal["optional", "required"]
    razorpay_account_id: Annotated[str, Field(pattern=r"^(acc_\w{14})?$")]
    stripe_account_id: Annotated[str, Field(pattern=r"^(acct_\w{10,})?$")]
    seller_name: str
    seller_address: str
    seller_tax_id: str
    region: Annotated[str, Field(pattern=r"^[a-z]{2}(-[a-z]+)+-\d$")]
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"]
    log_retention_days: int
    archive_days: Annotated[int, Field(ge=8)]
    archive_tier: bool
    reserved_concurrency: bool
    alarms: bool
    alarm_email: Annotated[str, Field(pattern=r"^([^@\s]+@[^@\s]+)?$")]
    budget_usd: Annotated[int, Field(ge=0)]
    edge: Literal["none", "cloudfront"]
    edge_domain: Annotated[str, Field(pattern=r"^([a-z0-9-]+(\.[a-z0-9-]+)+)?$")]
    edge_certificate: Arn
    edge_key_hashes: Annotated[str, Field(max_length=0)]
    edge_key_version: Annotated[str, Field(max_length=0)]

    @property
    def issuer(self) -> str:
        """The `iss` of the project's access tokens."""
        return self.jwt_issuer or f"{self.supabase_url}/auth/v1"

    @property
    def providers(self) -> tuple[str, ...]:
        """The model providers that are named; empty: every one with a key."""
        named = [self.ai_provider, *self.ai_fallbacks.split(",")]
        return tuple(ALIASES.get(name.strip(), name.strip()) for name in named if name.strip() not in {"", "none"})

    def complaints(self) -> list[str]:
        """Return what a deployment still needs, each with the name of its setting."""
        needed = {"projectRef": self.project_ref, "supabaseUrl": self.supabase_url, "siteUrl": self.site_url}
        needed["publishableKey"] = self.publishable_key
        if self.edge == "cloudfront":
            needed |= {"edgeDomain": self.edge_domain, "edgeCertificate": self.edge_certificate}
        if self.smtp_host:
            needed |= {"smtpUser": self.smtp_user, "smtpSender": self.smtp_sender}
        if self.mail_from:
            needed["functionsUrl"] = self.functions_url
        if self.alarms:
            needed["alarmEmail"] = self.alarm_email
        found = [f"{name} is empty" for name, value in needed.items() if not value]
        if (
            self.supabase_url.endswith(".supabase.co")
            and self.supabase_url != f"https://{self.project_ref}.supabase.co"
        ):
            found.append("supabaseUrl is not that of projectRef")
        if self.catalogue != "default" and not (CATALOGUES / f"{self.catalogue}.sql").is_file():
            found.append(f"catalogue: there is no supabase/seeds/catalogues/{self.catalogue}.sql")
        found += [f"aiProvider: {each} is unknown" for each in self.providers if each not in {*MODELS, OFFLINE}]
        if "openrouter" in self.providers and not self.openrouter_model:
            found.append("openrouterModel is empty: OpenRouter has no default")
        return found


def load(stage: str, folder: Path = FOLDER) -> Settings:
    """Read the settings of a stage.

    Raises
    ------
    SettingsError
        There is no such stage, or a setting is unknown or has a wrong form.
    """
    path = folder / f"{stage}.yml"
    if not _NAME.fullmatch(stage) or stage in {"defaults", "resources"} or not path.is_file():
        raise SettingsError(f"there is no deploy/{stage}.yml; see docs/deploy.md for a new stage")
    values: dict[str, Any] = yaml.safe_load((folder / "defaults.yml").read_text())
    values |= yaml.safe_load(path.read_text()) or {}
    try:
        return Settings.model_validate({to_snake(name): value for name, value in values.items()})
    except ValidationError as error:
        lines = [f"deploy/{stage}.yml: {to_camel(str(each['loc'][0]))}: {each['msg']}" for each in error.errors()]
        raise SettingsError("\n".join(lines)) from None

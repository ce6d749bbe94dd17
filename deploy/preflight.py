"""What must be true before a deployment changes anything: each check returns its complaints."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import yaml

from deploy import secrets
from deploy.package import service

if TYPE_CHECKING:
    from collections.abc import Callable

    from deploy.settings import Settings

ROOT: Final = Path(__file__).resolve().parent.parent
CONCURRENCY_QUOTA: Final = "L-B99A9384"
UNRESERVED: Final = 100
"""Concurrent executions that AWS keeps free for functions without a reserve."""


@dataclass(frozen=True)
class Plan:
    """A deployment: the stage, its settings, the address of its database, and the AWS account."""

    stage: str
    config: Settings
    database_url: str
    client: Callable[[str], Any]


def account(plan: Plan) -> str:
    """Return the AWS account and who is deploying."""
    identity = plan.client("sts").get_caller_identity()
    return f"{identity['Account']} as {identity['Arn'].rpartition('/')[2]}, {plan.config.region}"


def head() -> str:
    """Return the commit that is checked out."""
    return subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()


def uncommitted(_: Plan) -> list[str]:
    """Find changes that no commit has: a stack must be what its commit says."""
    status = subprocess.run(
        ["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return ["the working tree has changes that are not committed"] if status.strip() else []


def reserved() -> int:
    """Return the sum of the functions' reserved concurrency."""
    functions = yaml.safe_load((ROOT / "serverless.yml").read_text())["functions"]
    return sum(each.get("reservedConcurrency", 0) for each in functions.values())


def quota(plan: Plan) -> list[str]:
    """Compare the account's concurrency with what this stage reserves; other stages are not counted."""
    if not plan.config.reserved_concurrency:
        return []
    answer = plan.client("service-quotas").get_service_quota(ServiceCode="lambda", QuotaCode=CONCURRENCY_QUOTA)
    allowed, needed = int(answer["Quota"]["Value"]), reserved() + UNRESERVED
    if allowed >= needed:
        return []
    more = f"ask for more (Service Quotas, AWS Lambda, {CONCURRENCY_QUOTA}), or set reservedConcurrency: false"
    return [f"the account allows {allowed} concurrent executions, and this stage needs {needed}: {more}"]


def database(plan: Plan) -> list[str]:
    """Check that the address is that of this stage's project, and that the project is in our region."""
    parts = urlsplit(plan.database_url)
    ref = plan.config.project_ref
    if parts.scheme not in {"postgres", "postgresql"} or not parts.hostname:
        return ["SUPABASE_DB_URL is not set; it is at Supabase under Connect, Session pooler"]
    if parts.hostname in {"127.0.0.1", "localhost"}:
        return []  # a rehearsal
    found: list[str] = []
    if ref not in (parts.username or "") and ref not in parts.hostname:
        found.append(f"SUPABASE_DB_URL is not that of the project {ref} of this stage")
    pooler = re.fullmatch(r"aws-\d+-(.+)\.pooler\.supabase\.com", parts.hostname)
    if pooler and pooler.group(1) != plan.config.region:
        found.append(f"the project is in {pooler.group(1)}, the functions would be in {plan.config.region}: set region")
    if parts.port == 6543:  # noqa: PLR2004 - Supabase's port for transaction mode
        found.append(
            "SUPABASE_DB_URL is that of the transaction pooler (6543); migrations need the session pooler (5432)"
        )
    return found


def interpreter(_: Plan) -> list[str]:
    """Look for a Python of the runtime's version: without bytecode, functions start two to three times as slowly."""
    target = service.read(ROOT / "serverless.yml").target
    return [] if target.interpreter() else [f"Python {target.python} is missing: set RESUMEBASE_TARGET_PYTHON"]


def stored(plan: Plan) -> list[str]:
    """Check the secrets."""
    return secrets.complaints(secrets.Vault(plan.stage, plan.client).read(), plan.config)


def outputs(plan: Plan) -> dict[str, str]:
    """Return the outputs of the stack; none if there is no stack yet."""
    from botocore.exceptions import ClientError

    try:
        stacks = plan.client("cloudformation").describe_stacks(StackName=f"resumebase-{plan.stage}")["Stacks"]
    except ClientError as error:
        if "does not exist" in str(error):
            return {}
        raise
    return {each["OutputKey"]: each["OutputValue"] for each in stacks[0].get("Outputs", [])}


def subscribers(plan: Plan) -> list[str]:
    """Check that somebody has confirmed to receive the alarms; a stack that is not there yet has no topic."""
    if not plan.config.alarms:
        return []
    topic = outputs(plan).get("AlarmTopicArn")
    if topic is None:
        return []
    found = plan.client("sns").list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]
    if any(each["SubscriptionArn"].startswith("arn:") for each in found):
        return []
    return [f"nobody receives the alarms: click the link that SNS sent to {plan.config.alarm_email}"]


def complaints(plan: Plan) -> list[str]:
    """Run every check; return what stands in the way."""
    from botocore.exceptions import BotoCoreError, ClientError

    found = plan.config.complaints()
    for check in (uncommitted, database, interpreter):
        found += check(plan)
    try:
        for check in (quota, stored, subscribers):
            found += check(plan)
    except (BotoCoreError, ClientError) as error:
        found.append(f"AWS: {error}")
    return found

"""What a stage turns on and off, and the limits of AWS that neither cfn-lint nor moto knows."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.package import builder, template

ROOT = Path(__file__).resolve().parents[2]
# developer guide of CloudFront, "Custom headers that CloudFront can't add to origin requests"
DENIED_HEADERS = re.compile(
    r"cache-control|connection|content-length|cookie|host|if-(match|modified-since|none-match|range|unmodified-since)|"
    r"max-forwards|pragma|proxy-(authenticate|authorization|connection)|range|request-range|te|trailer|transfer-encoding|"
    r"upgrade|via|x-real-ip|x-(amz|edge)-.*",
    re.IGNORECASE,
)
# The error codes that CloudFront caches, from "How CloudFront caches HTTP 4xx and 5xx status codes".
CACHED_ERRORS = {400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504}
ACCOUNT_CONCURRENCY, UNRESERVED = 1000, 100
EDGE = {
    "edge": "cloudfront",
    "edgeDomain": "api.example.com",
    "edgeCertificate": "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
    "edgeKeyHashes": "aa,bb",
    "edgeKeyVersion": "11111111-2222-3333-4444-555555555555",
}


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Empty artefacts: the template contains only their names."""
    folder = tmp_path_factory.mktemp("dist")
    for name in builder.discover(ROOT / "functions"):
        with zipfile.ZipFile(folder / f"{name}.zip", "w"):
            pass
    return folder


@pytest.fixture(scope="module")
def dev(dist: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(template.compile_template(ROOT, "dev", dist).read_text())
    return document


@pytest.fixture(scope="module")
def full(dist: Path) -> dict[str, Any]:
    """A stage with everything that can be turned on."""
    path = template.compile_template(ROOT, "prod", dist, {**EDGE, "alarmEmail": "on-call@example.com"})
    template.lint(path)
    document: dict[str, Any] = json.loads(path.read_text())
    return document


def kinds(document: dict[str, Any]) -> set[str]:
    return {each["Type"] for each in document["Resources"].values()}


def of_type(document: dict[str, Any], kind: str) -> list[Any]:
    return [each["Properties"] for each in document["Resources"].values() if each["Type"] == kind]


def test_dev_has_no_alarm_no_reserve_and_no_cold_archive(dev: dict[str, Any]) -> None:
    costly = {"AWS::CloudWatch::Alarm", "AWS::Logs::MetricFilter", "AWS::Budgets::Budget", "AWS::SNS::Subscription"}
    assert not kinds(dev) & {*costly, "AWS::CloudFront::Distribution"}
    assert not any("ReservedConcurrentExecutions" in each for each in of_type(dev, "AWS::Lambda::Function"))
    assert "Transitions" not in json.dumps(dev["Resources"]["ArchiveBucket"])
    assert "execute-api" in json.dumps(dev["Outputs"]["FunctionsUrl"])


def test_what_prod_reserves_fits_into_an_account_twice(full: dict[str, Any]) -> None:
    reserved = sum(each["ReservedConcurrentExecutions"] for each in of_type(full, "AWS::Lambda::Function"))
    assert 2 * reserved + UNRESERVED <= ACCOUNT_CONCURRENCY


def test_a_schedule_that_does_not_run_raises_an_alarm(full: dict[str, Any]) -> None:
    silent = {
        each["EvaluationPeriods"] * each["Period"] // 3600: each["MetricName"]
        for each in of_type(full, "AWS::CloudWatch::Alarm")
        if each["TreatMissingData"] == "breaching"
    }
    assert set(silent) == {1, 26}
    (nightly,) = [
        each["FilterPattern"]
        for each in of_type(full, "AWS::Logs::MetricFilter")
        if each["MetricTransformations"][0]["MetricName"] == silent[26]
    ]
    # `checks` is the last task of the nightly run, and of no other.
    assert '$.task = "checks"' in nightly
    assert not any("checks" in each["Target"].get("Input", "") for each in of_type(full, "AWS::Scheduler::Schedule"))


def test_somebody_is_told_of_alarms_and_costs(full: dict[str, Any]) -> None:
    assert [each["Endpoint"] for each in of_type(full, "AWS::SNS::Subscription")] == ["on-call@example.com"]
    (budget,) = of_type(full, "AWS::Budgets::Budget")
    assert budget["Budget"]["BudgetLimit"] == {"Amount": 100, "Unit": "USD"}
    (policy,) = of_type(full, "AWS::SNS::TopicPolicy")
    assert "budgets.amazonaws.com" in json.dumps(policy)


def test_cloudfront_stands_before_the_functions_only(full: dict[str, Any]) -> None:
    (distribution,) = of_type(full, "AWS::CloudFront::Distribution")
    config = distribution["DistributionConfig"]
    (origin,) = config["Origins"]
    assert "execute-api" in json.dumps(origin["DomainName"])
    (header,) = origin["OriginCustomHeaders"]
    assert not DENIED_HEADERS.fullmatch(header["HeaderName"])
    # A new version changes the text of the reference, so that CloudFormation reads it.
    assert header["HeaderValue"].endswith(f":SecretString:::{EDGE['edgeKeyVersion']}}}}}")
    assert {each["ErrorCode"] for each in config["CustomErrorResponses"]} == CACHED_ERRORS
    assert {each["ErrorCachingMinTTL"] for each in config["CustomErrorResponses"]} == {0}
    assert config["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"
    behaviour = config["DefaultCacheBehavior"]
    assert behaviour["ViewerProtocolPolicy"] == "https-only"
    assert set(behaviour["AllowedMethods"]) == {"GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"}
    assert full["Outputs"]["FunctionsUrl"]["Value"] == "https://api.example.com"
    for function in of_type(full, "AWS::Lambda::Function"):
        # A function URL has no CloudFront before it.
        hashes = "" if function["Handler"].endswith(".stream") else "aa,bb"
        assert function["Environment"]["Variables"]["RESUMEBASE_EDGE_KEY_SHA256"] == hashes


def test_the_deployers_policy_fits_and_covers_every_service(full: dict[str, Any]) -> None:
    policy = json.loads((ROOT / "deploy" / "iam-policy.json").read_text())
    # IAM counts no white space.
    assert len(re.sub(r"\s", "", json.dumps(policy))) <= 6144
    actions = [action for each in policy["Statement"] for action in each["Action"]] + ["iam:PassRole"]
    own = {"ApiGatewayV2": "apigateway"}
    services = {own.get(kind.split("::")[1], kind.split("::")[1].lower()) for kind in kinds(full)}
    assert services <= {action.split(":")[0] for action in actions}
    wide = [
        each["Sid"] for each in policy["Statement"] if each["Resource"] == "*" and any("*" in a for a in each["Action"])
    ]
    assert wide == []


def test_every_settings_file_is_a_stage() -> None:
    stages = yaml.safe_load((ROOT / "serverless.yml").read_text())["params"]
    assert {"default": "${file(deploy/defaults.yml)}", "dev": "${file(deploy/dev.yml)}"}.items() <= stages.items()
    assert {f"{name}.yml" for name in stages} == {
        "default.yml",
        *(path.name for path in (ROOT / "deploy").glob("*.yml") if path.name not in {"defaults.yml", "resources.yml"}),
    }

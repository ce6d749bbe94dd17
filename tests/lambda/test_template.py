"""The template: each function folder has a function, a trigger, a role and alarms, and no permission is too broad.

The tests check the template that osls writes. moto creates its resources, except API Gateway v2, Scheduler and
CloudFront, which it does not support.
"""

from __future__ import annotations

import contextlib
import json
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from deploy.package import builder, service, template
from deploy.package.closure import Walker
from functions.cleanup.routines import ROUTINES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[2]
FUNCTIONS = ROOT / "functions"
FOLDERS = builder.discover(FUNCTIONS)
STREAMS = ["generate"]
CONSUMERS = sorted(path.parent.name for path in FUNCTIONS.glob("*/tasks.py"))
Resources = dict[str, Any]


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Empty artefacts: the template contains only their names."""
    folder = tmp_path_factory.mktemp("dist")
    for name in FOLDERS:
        with zipfile.ZipFile(folder / f"{name}.zip", "w") as archive:
            archive.writestr("functions/__init__.py", "")
    return folder


@pytest.fixture(scope="session")
def prod_file(dist: Path) -> Path:
    return template.compile_template(ROOT, "prod", dist)


@pytest.fixture(scope="session")
def prod(prod_file: Path) -> Resources:
    resources: Resources = json.loads(prod_file.read_text())["Resources"]
    return resources


@pytest.fixture(scope="session")
def dev(dist: Path) -> Resources:
    resources: Resources = json.loads(template.compile_template(ROOT, "dev", dist).read_text())["Resources"]
    return resources


def of_type(resources: Resources, kind: str) -> dict[str, Any]:
    return {name: each["Properties"] for name, each in resources.items() if each["Type"] == kind}


def function_of(resources: Resources, folder: str, module: str = "handler") -> tuple[str, Any]:
    handler = f"functions/{folder}/{module if '.' in module else f'{module}.handler'}"
    found = [each for each in of_type(resources, "AWS::Lambda::Function").items() if each[1]["Handler"] == handler]
    assert len(found) == 1, f"{handler}: {len(found)} functions in serverless.yml"
    return found[0]


def role_of(resources: Resources, function: Any) -> Any:
    return resources[function["Role"]["Fn::GetAtt"][0]]["Properties"]


def statements(role: Any) -> Iterator[tuple[list[str], list[str]]]:
    for policy in role["Policies"]:
        for statement in policy["PolicyDocument"]["Statement"]:
            assert statement["Effect"] == "Allow"
            actions, targets = statement["Action"], statement["Resource"]
            yield (
                [actions] if isinstance(actions, str) else actions,
                [json.dumps(each) for each in (targets if isinstance(targets, list) else [targets])],
            )


def every_function(resources: Resources) -> list[Any]:
    return list(of_type(resources, "AWS::Lambda::Function").values())


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_folder_is_deployed_from_its_own_artefact(prod: Resources, folder: str) -> None:
    _, function = function_of(prod, folder)
    assert function["Code"]["S3Key"].endswith(f"/{folder}.zip")
    assert {"MemorySize", "Timeout", "ReservedConcurrentExecutions"} <= function.keys()
    target = service.read(ROOT / "serverless.yml").target
    assert (function["Runtime"], function["Architectures"]) == (f"python{target.python}", [target.architecture])


def test_only_function_folders_are_deployed(prod: Resources) -> None:
    handlers = {f"functions/{folder}/handler.handler" for folder in FOLDERS}
    handlers |= {f"functions/{folder}/tasks.handler" for folder in CONSUMERS}
    handlers |= {f"functions/{folder}/handler.stream" for folder in STREAMS}
    assert {function["Handler"] for function in every_function(prod)} == handlers


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_folder_has_a_trigger(prod: Resources, folder: str) -> None:
    name, _ = function_of(prod, folder)
    kebab = folder.replace("_", "-")
    integrations = {
        key: each for key, each in of_type(prod, "AWS::ApiGatewayV2::Integration").items() if name in json.dumps(each)
    }
    assert all(each["PayloadFormatVersion"] == "2.0" for each in integrations.values())
    routes = {
        route["RouteKey"]
        for route in of_type(prod, "AWS::ApiGatewayV2::Route").values()
        if any(key in json.dumps(route["Target"]) for key in integrations)
    }
    schedules = [each for each in of_type(prod, "AWS::Scheduler::Schedule").values() if name in json.dumps(each)]
    assert routes in (set(), {f"ANY /functions/v1/{kebab}", f"ANY /functions/v1/{kebab}/{{proxy+}}"})
    assert routes or schedules
    permissions = [each for each in of_type(prod, "AWS::Lambda::Permission").values() if name in json.dumps(each)]
    assert bool(permissions) is bool(routes)


@pytest.mark.parametrize("folder", STREAMS)
def test_a_stream_has_an_address_that_everybody_may_call(prod: Resources, prod_file: Path, folder: str) -> None:
    name, function = function_of(prod, folder, "handler.stream")
    assert function["Code"]["S3Key"].endswith(f"/{folder}.zip")
    plain = function_of(prod, folder)[1]
    assert function["ReservedConcurrentExecutions"] == plain["ReservedConcurrentExecutions"], "it is a limit, too"
    variables, expected = (each["Environment"]["Variables"] for each in (function, plain))
    wrapper = variables.pop("AWS_LAMBDA_EXEC_WRAPPER").removeprefix("/var/task/")
    assert (ROOT / wrapper).stat().st_mode & 0o100
    assert variables == {**expected, "RESUMEBASE_EDGE_KEY_SHA256": ""}
    ((address, url),) = of_type(prod, "AWS::Lambda::Url").items()
    assert (url["AuthType"], url["InvokeMode"], name in json.dumps(url)) == ("NONE", "RESPONSE_STREAM", True)
    # Since 2025 a new address needs both.
    permissions = [
        (each["Action"], each["Principal"], each.get("FunctionUrlAuthType"), each.get("InvokedViaFunctionUrl"))
        for each in of_type(prod, "AWS::Lambda::Permission").values()
        if name in json.dumps(each)
    ]
    assert sorted(permissions, key=str) == [
        ("lambda:InvokeFunction", "*", None, True),
        ("lambda:InvokeFunctionUrl", "*", "NONE", None),
    ]
    assert address in json.dumps(json.loads(prod_file.read_text())["Outputs"]["StreamUrl"])


@pytest.mark.parametrize("folder", CONSUMERS)
def test_long_work_has_its_own_consumer(prod: Resources, folder: str) -> None:
    name, function = function_of(prod, folder, "tasks")
    assert function["Code"]["S3Key"].endswith(f"/{folder}.zip")
    mappings = [each for each in of_type(prod, "AWS::Lambda::EventSourceMapping").values() if name in json.dumps(each)]
    assert [each["FunctionResponseTypes"] for each in mappings] == [["ReportBatchItemFailures"]]


@pytest.mark.parametrize("folder", CONSUMERS)
def test_a_queue_waits_for_its_consumer_and_keeps_what_nobody_finishes(prod: Resources, folder: str) -> None:
    name, function = function_of(prod, folder, "tasks")
    (mapping,) = [
        each for each in of_type(prod, "AWS::Lambda::EventSourceMapping").values() if name in json.dumps(each)
    ]
    assert (mapping["BatchSize"], mapping["ScalingConfig"]["MaximumConcurrency"]) == (1, 20)
    assert mapping["ScalingConfig"]["MaximumConcurrency"] < function["ReservedConcurrentExecutions"]
    queue = prod[mapping["EventSourceArn"]["Fn::GetAtt"][0]]["Properties"]
    assert queue["VisibilityTimeout"] >= 6 * function["Timeout"]
    assert 3 <= queue["RedrivePolicy"]["maxReceiveCount"] <= 5
    dead = queue["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0]
    assert prod[dead]["Properties"]["MessageRetentionPeriod"] == 14 * 24 * 3600
    takers = [
        each
        for each in of_type(prod, "AWS::Lambda::EventSourceMapping").values()
        if each["EventSourceArn"] == {"Fn::GetAtt": [dead, "Arn"]}
    ]
    assert [each["FunctionName"]["Fn::GetAtt"][0] for each in takers] == [function_of(prod, "cleanup")[0]]
    assert [each["FunctionResponseTypes"] for each in takers] == [["ReportBatchItemFailures"]]
    (taker,) = (function_of(prod, "cleanup")[1],)
    assert prod[dead]["Properties"]["VisibilityTimeout"] >= 6 * taker["Timeout"]
    watched = {
        json.dumps(alarm["Dimensions"])
        for alarm in of_type(prod, "AWS::CloudWatch::Alarm").values()
        if alarm["MetricName"] == "ApproximateAgeOfOldestMessage"
    }
    for each in (queue, prod[dead]["Properties"]):
        assert json.dumps([{"Name": "QueueName", "Value": each["QueueName"]}]) in watched


@pytest.mark.parametrize("folder", CONSUMERS)
def test_a_consumer_has_time_for_the_longest_operation(prod: Resources, folder: str) -> None:
    catalogue = (ROOT / "supabase" / "migrations" / "20261121000200_catalogue.sql").read_text()
    runtimes = dict(re.findall(r"^\('(\w+)', '[^']+', (?:'\w+'|null), \d+, (\d+),", catalogue, re.MULTILINE))
    longest = max(int(seconds) for slug, seconds in runtimes.items() if slug != "interview")
    assert longest == 120
    assert function_of(prod, folder, "tasks")[1]["Timeout"] > longest


@pytest.mark.parametrize("folder", CONSUMERS)
def test_who_opens_tasks_may_send_and_who_does_them_may_receive(prod: Resources, folder: str) -> None:
    def sqs(module: str) -> set[tuple[str, str]]:
        role = role_of(prod, function_of(prod, folder, module)[1])
        return {
            (action, target)
            for actions, targets in statements(role)
            for action in actions
            for target in targets
            if action.startswith("sqs:")
        }

    own = json.dumps({"Fn::GetAtt": [f"{folder.title().replace('_', '')}Queue", "Arn"]})
    assert sqs("handler") == {("sqs:SendMessage", own)}
    assert sqs("tasks") == {(f"sqs:{verb}", own) for verb in ("ReceiveMessage", "DeleteMessage", "GetQueueAttributes")}


def test_http_functions_end_before_the_gateway_times_out(prod: Resources) -> None:
    scheduled = json.dumps(list(of_type(prod, "AWS::Scheduler::Schedule").values()))
    for name, function in of_type(prod, "AWS::Lambda::Function").items():
        if name not in scheduled and function["Handler"].endswith("/handler.handler"):
            assert function["Timeout"] <= 30


def test_each_function_has_its_own_role(prod: Resources) -> None:
    roles = [function["Role"]["Fn::GetAtt"][0] for function in every_function(prod)]
    assert len(set(roles)) == len(roles)
    for role in roles:
        assumed = prod[role]["Properties"]["AssumeRolePolicyDocument"]["Statement"]
        assert [each["Principal"] for each in assumed] == [{"Service": "lambda.amazonaws.com"}]
        assert "ManagedPolicyArns" not in prod[role]["Properties"]


def test_roles_name_actions_and_resources(prod: Resources) -> None:
    for role in of_type(prod, "AWS::IAM::Role").values():
        for actions, targets in statements(role):
            assert not [action for action in actions if "*" in action]
            # Only the ARN of a log group, a bucket or SES's identities, among which a condition names the sender, may end with a star.
            assert not [
                each for each in targets if "*" in each and not re.search(r'(:\*|\.Arn\}/\*|:identity/\*)"\}$', each)
            ]


def test_only_the_clean_up_sends_mail_and_only_from_our_sender(prod: Resources) -> None:
    senders = {
        name: statement
        for name, role in of_type(prod, "AWS::IAM::Role").items()
        for policy in role["Policies"]
        for statement in policy["PolicyDocument"]["Statement"]
        if "ses:" in json.dumps(statement["Action"])
    }
    ((name, statement),) = senders.items()
    assert "cleanup" in name.lower()
    assert statement["Action"] in ("ses:SendEmail", ["ses:SendEmail"])
    sender = function_of(prod, "cleanup")[1]["Environment"]["Variables"]["RESUMEBASE_MAIL_FROM"]
    assert statement["Condition"] == {"StringEquals": {"ses:FromAddress": sender}}


def test_roles_log_to_their_own_group_and_read_their_own_secrets(prod: Resources) -> None:
    for function in every_function(prod):
        granted = {action: targets for actions, targets in statements(role_of(prod, function)) for action in actions}
        assert [
            f"log-group:/aws/lambda/{function['FunctionName']}:*" in each for each in granted["logs:PutLogEvents"]
        ] == [True]
        values = function["Environment"]["Variables"].values()
        references = {str(value).partition("#")[0] for value in values}
        parameters = {each.removeprefix("ssm:") for each in references if each.startswith("ssm:")}
        secrets = {each.partition(":")[2] for each in references if each.startswith("secretsmanager:")}
        assert {each.split(":parameter")[1].strip('"}') for each in granted.get("ssm:GetParameters", [])} == parameters
        # The bare name too: without it, a secret that does not exist yet is "denied" instead of "not found".
        allowed = [
            each.split(":secret:")[1].removesuffix('"}') for each in granted.get("secretsmanager:GetSecretValue", [])
        ]
        assert set(allowed) == secrets | {f"{each}-??????" for each in secrets}


SECRETIVE = re.compile(r"SECRET|_KEY$|_KEY_PREVIOUS$|TOKEN|PASSWORD|CREDENTIAL")
PUBLIC = {"SUPABASE_PUBLISHABLE_KEY"}


def test_no_variable_holds_a_secret(prod: Resources) -> None:
    seen = set()
    for function in every_function(prod):
        for name, value in function["Environment"]["Variables"].items():
            if SECRETIVE.search(name) and name not in PUBLIC:
                seen.add(name)
                assert re.fullmatch(r"(ssm:/|secretsmanager:)resumebase/prod/[a-z-]+(#AWSPREVIOUS)?", value), name
    assert "SUPABASE_SECRET_KEY" in seen


def test_logs_have_a_retention_period(prod: Resources, dev: Resources) -> None:
    for resources in (prod, dev):
        groups = of_type(resources, "AWS::Logs::LogGroup").values()
        assert all(group["RetentionInDays"] > 0 for group in groups)
        names = {group["LogGroupName"] for group in groups}
        assert {f"/aws/lambda/{function['FunctionName']}" for function in every_function(resources)} <= names


def test_each_function_has_its_alarms(prod: Resources) -> None:
    alarms = of_type(prod, "AWS::CloudWatch::Alarm")
    for alarm in alarms.values():
        assert alarm["AlarmActions"] == alarm["OKActions"] == [{"Ref": "AlarmTopic"}]
    filters = of_type(prod, "AWS::Logs::MetricFilter")
    for name, function in of_type(prod, "AWS::Lambda::Function").items():
        dimensions = [{"Name": "FunctionName", "Value": function["FunctionName"]}]
        metrics = {alarm["MetricName"] for alarm in alarms.values() if alarm.get("Dimensions") == dimensions}
        assert metrics == {"Errors", "Throttles"}
        group = name.removesuffix("LambdaFunction") + "LogGroup"
        errors = [
            each["MetricTransformations"][0]["MetricName"]
            for each in filters.values()
            if each["LogGroupName"] == {"Ref": group} and '$.level = "ERROR"' in each["FilterPattern"]
        ]
        assert len(errors) == 1
        assert [alarm for alarm in alarms.values() if alarm["MetricName"] == errors[0]]


def test_alarms_watch_messages_that_the_code_logs(prod: Resources) -> None:
    walker = Walker(FUNCTIONS)
    watched: set[str] = set()
    for name, function in of_type(prod, "AWS::Lambda::Function").items():
        group = {"Ref": name.removesuffix("LambdaFunction") + "LogGroup"}
        patterns = [each for each in of_type(prod, "AWS::Logs::MetricFilter").values() if each["LogGroupName"] == group]
        messages = re.findall(r'\$\.message = "(\w+)"', " ".join(each["FilterPattern"] for each in patterns))
        folder = function["Handler"].split("/")[1]
        source = "".join(path.read_text() for path in walker.closure(folder).modules.values())
        for message in messages:
            assert f'"{message}"' in source, f"{folder} never logs {message}"
        watched.update(messages)
    assert {"invariant_breach", "webhooks_given_up"} <= watched


def test_the_archive_is_encrypted_private_and_expires(prod: Resources) -> None:
    bucket = prod["ArchiveBucket"]
    assert (bucket["DeletionPolicy"], bucket["UpdateReplacePolicy"]) == ("RetainExceptOnCreate", "Retain")
    properties = bucket["Properties"]
    rule = properties["BucketEncryption"]["ServerSideEncryptionConfiguration"][0]["ServerSideEncryptionByDefault"]
    assert rule == {"SSEAlgorithm": "AES256"}
    assert set(properties["PublicAccessBlockConfiguration"].values()) == {True}
    assert properties["LifecycleConfiguration"]["Rules"][0]["ExpirationInDays"] > 365
    policy = json.dumps(prod["ArchiveBucketPolicy"])
    assert "aws:SecureTransport" in policy


def test_schedules(prod: Resources) -> None:
    schedules = of_type(prod, "AWS::Scheduler::Schedule").values()
    found = {(each["ScheduleExpression"], each.get("ScheduleExpressionTimezone")) for each in schedules}
    assert {("cron(0 2 * * ? *)", "UTC"), ("rate(5 minutes)", None)} <= found
    assert {each["Target"]["RoleArn"]["Fn::GetAtt"][0] for each in schedules} == {"ScheduleRole"}
    called = {json.dumps(each["Target"]["Arn"]) for each in schedules}
    ((actions, targets),) = statements(prod["ScheduleRole"]["Properties"])
    assert (actions, set(targets)) == (["lambda:InvokeFunction"], called)


def test_what_somebody_waits_for_runs_every_five_minutes(prod: Resources) -> None:
    schedules = of_type(prod, "AWS::Scheduler::Schedule").values()
    (often,) = [each for each in schedules if each["ScheduleExpression"] == "rate(5 minutes)"]
    asked = json.loads(often["Target"]["Input"])
    assert set(asked["tasks"]) == {
        *(
            "holds",
            "webhooks",
            "contradictions",
            "trials",
            "resend",
            "subscriptions",
            "cancellations",
            "checkouts",
            "signups",
            "mails",
            "files",
            "thumbnails",
        )
    }
    assert asked["tasks"] == [name for name in ROUTINES if name in asked["tasks"]], (
        "they run in the order of the nightly run"
    )
    # Two at once are the nightly run and one of these.
    assert asked["budget_seconds"] < 300
    (nightly,) = [each for each in schedules if each["ScheduleExpression"].startswith("cron(")]
    assert "Input" not in nightly["Target"]


def test_stages_share_nothing(prod: Resources, dev: Resources) -> None:
    names = [
        {json.dumps(each.get(key)) for each in of_type(resources, kind).values()}
        for resources in (prod, dev)
        for kind, key in [("AWS::Lambda::Function", "FunctionName")]
    ]
    assert not names[0] & names[1]
    assert "/resumebase/prod/" not in json.dumps(dev)
    assert "/resumebase/dev/" not in json.dumps(prod)


def test_moto_creates_the_stack(aws: Callable[[str], Any], prod_file: Path, prod: Resources, dist: Path) -> None:
    s3 = aws("s3")
    s3.create_bucket(Bucket="deployment", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    for function in every_function(prod):
        s3.upload_file(dist / f"{function['Handler'].split('/')[1]}.zip", "deployment", function["Code"]["S3Key"])
    # No reference that CloudFormation resolves: it would not read a changed value again.
    assert "{{resolve:" not in prod_file.read_text()
    document = json.loads(prod_file.read_text())
    for each in document["Resources"].values():
        if each["Type"] == "AWS::Lambda::Function":
            each["Properties"]["Code"]["S3Bucket"] = "deployment"
    # moto knows no function URL, and fails at outputs that name one.
    document["Outputs"] = {
        key: each for key, each in document["Outputs"].items() if "FunctionUrl" not in json.dumps(each)
    }
    aws("cloudformation").create_stack(
        StackName="resumebase-prod", TemplateBody=json.dumps(document), Capabilities=["CAPABILITY_IAM"]
    )

    created = aws("lambda").list_functions()["Functions"]
    assert {each["FunctionName"] for each in created} == {each["FunctionName"] for each in every_function(prod)}
    roles = {each["Arn"] for each in aws("iam").list_roles()["Roles"]}
    assert {each["Role"] for each in created} <= roles
    assert len({each["Role"] for each in created}) == len(created)
    groups = {each["logGroupName"]: each for each in aws("logs").describe_log_groups()["logGroups"]}
    assert all(groups[f"/aws/lambda/{each['FunctionName']}"]["retentionInDays"] == 90 for each in created)
    (bucket,) = [each["Name"] for each in s3.list_buckets()["Buckets"] if "archive" in each["Name"].lower()]
    assert s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"]


def test_cloudwatch_accepts_alarms_and_filters(aws: Callable[[str], Any], prod: Resources) -> None:
    cloudwatch, logs = aws("cloudwatch"), aws("logs")
    for name, alarm in of_type(prod, "AWS::CloudWatch::Alarm").items():
        flat = json.loads(re.sub(r'{"Ref": "(\w+)"}', r'"\1"', json.dumps(alarm)))
        cloudwatch.put_metric_alarm(AlarmName=name, **flat)
    found = cloudwatch.describe_alarms(MaxRecords=100)["MetricAlarms"]
    assert len(found) == len(of_type(prod, "AWS::CloudWatch::Alarm"))
    for name, each in of_type(prod, "AWS::Logs::MetricFilter").items():
        group = each["LogGroupName"]["Ref"]
        with contextlib.suppress(logs.exceptions.ResourceAlreadyExistsException):
            logs.create_log_group(logGroupName=group)
        (transformation,) = each["MetricTransformations"]
        lower = {key[0].lower() + key[1:]: value for key, value in transformation.items()}
        logs.put_metric_filter(
            logGroupName=group, filterName=name, filterPattern=each["FilterPattern"], metricTransformations=[lower]
        )
    metrics = {(each["Namespace"], each["MetricName"]) for each in found}
    for each in logs.describe_metric_filters()["metricFilters"]:
        (made,) = each["metricTransformations"]
        assert (made["metricNamespace"], made["metricName"]) in metrics


def test_the_scheduler_accepts_the_schedules(aws: Callable[[str], Any], prod: Resources) -> None:
    """moto's CloudFormation skips schedules, so create them through the scheduler's API."""
    scheduler = aws("scheduler")
    for schedule in of_type(prod, "AWS::Scheduler::Schedule").values():
        arns = {
            "Arn": "arn:aws:lambda:eu-central-1:123456789012:function:x",
            "RoleArn": "arn:aws:iam::123456789012:role/x",
        }
        scheduler.create_schedule(**{**schedule, "Target": {**schedule["Target"], **arns}})
        made = scheduler.get_schedule(Name=schedule["Name"])
        assert made["ScheduleExpression"] == schedule["ScheduleExpression"]
        json.loads(made["Target"].get("Input", "{}"))


def test_each_alarm_says_what_to_do(prod: Resources) -> None:
    guide = (ROOT / "docs" / "operations.md").read_text()
    rows = re.findall(r"^\| (`[^|]*Alarm`[^|]*) \|(.*)\|$", guide, re.MULTILINE)
    described = {name for names, _ in rows for name in re.findall(r"`([^`]+)`", names)}
    kinds = {name for name in described if name.startswith("<Function>")}
    functions = {name.removesuffix("LambdaFunction") for name in of_type(prod, "AWS::Lambda::Function")}
    alarms = set()
    for name in of_type(prod, "AWS::CloudWatch::Alarm"):
        usual = [kind for kind in kinds if name.removesuffix(kind.removeprefix("<Function>")) in functions]
        alarms.add(usual[0] if usual else name)
    assert alarms == described
    for names, rest in rows:
        assert re.search(r"`sql/\w+/\w+\.sql`", rest), f"{names} names no query"
    for path in re.findall(r"sql/\w+/\w+\.sql", guide):
        assert (ROOT / path).is_file(), path

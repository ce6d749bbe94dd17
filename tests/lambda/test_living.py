"""A container over time: paid work on the real stack, time-outs, freezes, dead connections, snapshots, rotated secrets."""

from __future__ import annotations

import json
import time
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jwt
import psutil
import pytest

from local.lambda_runtime.events import HttpAnswer, http_answer, http_event, scheduler_event
from tests.fakes.models import Answer, FakeModels
from tests.fakes.tcp import Line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from local.lambda_runtime import Container, Runtime
    from local.stack import Stack

BASE = "/functions/v1/generate"
HANDLER = "functions/generate/handler.handler"
CONTENT = {
    "personalInfo": {"fullName": "Zoë Müller", "jobTitle": "Engineer"},
    "experience": [
        {"company": "Acme", "position": "Engineer", "startDate": "2020-01", "achievements": ["Cut costs by 12 %."]}
    ],
    "skills": {"technical": ["SQL", "Python"]},
}


@dataclass
class Member:
    user_id: str
    resume_id: str
    token: str


@pytest.fixture
def member(stack: Stack, new_user: Callable[..., uuid.UUID], as_user: Callable[..., Any]) -> Member:
    """A user with five welcome credits and a résumé."""
    user_id = new_user()
    with as_user(user_id) as cursor:
        cursor.execute(
            "insert into public.resumes (title, content) values ('Mine', %s) returning id", (json.dumps(CONTENT),)
        )
        resume_id = str(cursor.fetchone()["id"])
    claims = {"iss": f"{stack.url}/auth/v1", "aud": "authenticated", "role": "authenticated", "sub": str(user_id)}
    token = jwt.encode({**claims, "exp": int(time.time()) + 3600}, stack.jwt_secret, "HS256")
    return Member(str(user_id), resume_id, token)


@pytest.fixture
def line(stack: Stack) -> Iterator[Line]:
    """A TCP proxy between the container and Supabase."""
    with Line(stack.url) as line:
        yield line


@pytest.fixture(scope="module")
def models() -> Iterator[FakeModels]:
    with FakeModels() as fake:
        fake.always = Answer({"text": "Engineer at Acme. Cut costs by 12 %."})
        yield fake


@pytest.fixture
def environment(stack: Stack, line: Line, models: FakeModels) -> dict[str, str]:
    return {
        "SUPABASE_URL": line.url,
        "SUPABASE_PUBLISHABLE_KEY": stack.publishable_key,
        "SUPABASE_SECRET_KEY": stack.secret_key,
        "SUPABASE_JWT_SECRET": stack.jwt_secret,
        "SUPABASE_JWT_ISSUER": f"{stack.url}/auth/v1",
        "GEMINI_API_KEY": models.key,
        "GEMINI_BASE_URL": models.url,
    }


@pytest.fixture
def generate(
    container: Callable[..., Container], unzipped: Callable[[str], Path], environment: dict[str, str]
) -> Callable[..., Container]:
    """`generate(**env)`: a container of `generate`."""

    def _generate(handler: str = HANDLER, *, init: str = "on-demand", **env: str) -> Container:
        return container(unzipped("generate"), handler, env={**environment, **env}, init=init)

    return _generate


def ask(
    made: Container,
    member: Member,
    key: str = "",
    *,
    media_type: str = "application/json",
    timeout: float = 30,
) -> HttpAnswer:
    headers = [
        ("authorization", f"Bearer {member.token}"),
        ("content-type", media_type),
        ("cookie", "theme=dark; consent=1"),
        ("cookie", "other=2"),
        ("accept-language", "de"),
        ("accept-language", "en"),
        ("idempotency-key", key or str(uuid.uuid4())),
    ]
    body = json.dumps({"operation": "summary", "resume_id": member.resume_id}).encode()
    answer = made.invoke(http_event("POST", BASE, route=BASE, headers=headers, body=body), timeout=timeout)
    assert not answer.failed, f"{answer.payload}\n{made.logs()}"
    return http_answer(answer.payload)


def paid(answer: HttpAnswer) -> int:
    """The balance after an answer that must have been charged."""
    assert answer.status == 200, answer.body
    balance: int = answer.json()["receipt"]["balance"]
    return balance


def test_a_paid_request_and_its_replay(generate: Callable[..., Container], member: Member) -> None:
    made = generate()
    first = ask(made, member, "key-1")
    assert (paid(first), first.json()["receipt"]["charged"]) == (4, 1)
    again = ask(made, member, "key-1")
    assert again.body == first.body
    assert again.header("idempotency-replayed") == "true"


def test_a_body_that_aws_passes_as_base64(generate: Callable[..., Container], member: Member) -> None:
    event = http_event("POST", BASE, route=BASE, headers=[("content-type", "application/ld+json")], body=b"{}")
    assert event["isBase64Encoded"]
    assert paid(ask(generate(), member, media_type="application/ld+json")) == 4


def test_repeated_keys_joined_by_aws_are_one_key(generate: Callable[..., Container], member: Member) -> None:
    """AWS joins a repeated header with a comma: the result is one other key, never two charges."""
    made = generate()
    joined = http_event("GET", BASE, route=BASE, headers=[("idempotency-key", "a"), ("idempotency-key", "b")])
    assert joined["headers"]["idempotency-key"] == "a,b"
    assert [paid(ask(made, member, "a,b")) for _ in range(2)] == [4, 4]


def test_one_loop_one_process_one_connection(generate: Callable[..., Container], member: Member, line: Line) -> None:
    made = generate().start()
    pid = made.pid
    assert [paid(ask(made, member)) for _ in range(4)] == [4, 3, 2, 1]
    assert made.pid == pid
    assert line.accepted == 1


def test_a_timeout_is_answered_by_the_function_not_the_platform(
    generate: Callable[..., Container], member: Member, line: Line
) -> None:
    made = generate().start()
    assert paid(ask(made, member)) == 4
    pid = made.pid
    line.stall()
    late = ask(made, member, "late", timeout=1.5)
    assert (late.status, late.json()["code"]) in {(503, "database_unavailable"), (504, "deadline_exceeded")}
    assert made.pid == pid
    line.stall(False)
    assert paid(ask(made, member, "late")) == 3


def test_connections_that_were_closed_during_a_freeze(
    generate: Callable[..., Container], member: Member, line: Line
) -> None:
    made = generate().start()
    assert paid(ask(made, member)) == 4
    pid = made.pid
    made.freeze()
    assert line.cut() == 1
    made.thaw()
    assert paid(ask(made, member)) == 3
    assert (made.pid, line.accepted) == (pid, 2)


# The adapter binds its clock on import; Lambda's remaining time must not change.
CLOCK = """
import os, time
real = time.time
time.time = lambda: real() + float(open(os.environ["CLOCK_OFFSET"]).read() or 0)
import functions._shared.adapters.http
time.time = real
from functions.generate.handler import handler
"""


@pytest.fixture
def clock(tmp_path: Path, runtime: Runtime) -> tuple[dict[str, str], Path]:
    """Variables for a handler whose HTTP client adds a file's seconds to the wall clock, and that file."""
    (tmp_path / "clocked.py").write_text(CLOCK)
    offset = tmp_path / "offset"
    offset.write_text("")
    return {"PYTHONPATH": f"{runtime.libraries}:{tmp_path}", "CLOCK_OFFSET": str(offset)}, offset


def test_connections_that_died_silently_during_a_long_freeze(
    generate: Callable[..., Container], member: Member, line: Line, clock: tuple[dict[str, str], Path]
) -> None:
    env, offset = clock
    made = generate("clocked.handler", **env).start()
    assert paid(ask(made, member)) == 4
    pid = made.pid
    made.freeze()
    assert line.deaden() == 1
    offset.write_text("300")
    made.thaw()
    assert paid(ask(made, member)) == 3
    assert (made.pid, line.accepted) == (pid, 2)


def test_a_restored_snapshot_shares_nothing_with_its_copies(
    generate: Callable[..., Container], member: Member, line: Line
) -> None:
    """At the snapshot, only the runtime's own call is connected; ids are random after it."""
    made = generate(init="snap-start").start()
    assert made.pid is not None
    sockets = psutil.Process(made.pid).net_connections()
    peers = [each.raddr.port for each in sockets if each.status == psutil.CONN_ESTABLISHED]
    assert peers == [int(made.environment()["AWS_LAMBDA_RUNTIME_API"].rpartition(":")[2])]
    assert line.accepted == 0
    line.cut()
    made.restore()
    first, second = ask(made, member), ask(made, member)
    assert [paid(first), paid(second)] == [4, 3]
    assert first.header("x-request-id") != second.header("x-request-id")


PARAMETER = "/resumebase/test/supabase-secret-key"


def test_a_secret_by_reference_and_its_rotation(
    generate: Callable[..., Container],
    member: Member,
    stack: Stack,
    aws: Callable[[str], Any],
    aws_variables: dict[str, str],
) -> None:
    parameters = aws("ssm")
    parameters.put_parameter(Name=PARAMETER, Value="sb_secret_not_this_one", Type="SecureString")
    reference = {"SUPABASE_SECRET_KEY": f"ssm:{PARAMETER}", "POWERTOOLS_PARAMETERS_MAX_AGE": "0"}
    made = generate(**aws_variables, **reference).start()
    pid = made.pid
    refused = ask(made, member, "key-1")
    assert refused.status >= 500
    assert "sb_secret" not in refused.body.decode()
    parameters.put_parameter(Name=PARAMETER, Value=stack.secret_key, Type="SecureString", Overwrite=True)
    assert paid(ask(made, member, "key-1")) == 4
    assert made.pid == pid
    assert stack.secret_key not in made.logs()


def test_a_secret_that_cannot_be_read(
    generate: Callable[..., Container], member: Member, aws_variables: dict[str, str]
) -> None:
    with Line(aws_variables["AWS_ENDPOINT_URL"]) as gone:
        gone.unplug()
        env = {**aws_variables, "AWS_ENDPOINT_URL": gone.url, "SUPABASE_SECRET_KEY": f"ssm:{PARAMETER}"}
        answer = ask(generate(**env), member)
    assert (answer.status, answer.json()["code"]) == (503, "secrets_unavailable")


def test_the_schedule_cleans_up_into_the_bucket(
    container: Callable[..., Container],
    unzipped: Callable[[str], Path],
    environment: dict[str, str],
    aws: Callable[[str], Any],
    aws_variables: dict[str, str],
) -> None:
    aws("s3").create_bucket(Bucket="archive", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    env = {**environment, **aws_variables, "RESUMEBASE_ARCHIVE_BUCKET": "archive"}
    made = container(unzipped("cleanup"), "functions/cleanup/handler.handler", env=env, timeout=60)
    holds = made.invoke({"tasks": ["holds"]})
    assert not holds.failed, f"{holds.payload}\n{made.logs()}"
    nightly = made.invoke(scheduler_event("nightly"))
    assert not nightly.failed, f"{nightly.payload}\n{made.logs()}"
    assert nightly.payload


COLLECTED = """
import gc
from functions.signup.handler import handler as real

def handler(event, context):
    return [real is not None, gc.isenabled(), gc.get_threshold()[0], gc.get_freeze_count()]
"""


def test_the_garbage_collector_works_once_everything_is_loaded(
    container: Callable[..., Container], unzipped: Callable[[str], Path], runtime: Runtime, tmp_path: Path
) -> None:
    (tmp_path / "collected.py").write_text(COLLECTED)
    env = {"PYTHONPATH": f"{runtime.libraries}:{tmp_path}"}
    answer = container(unzipped("signup"), "collected.handler", env=env).invoke({})
    loaded, enabled, threshold, frozen = answer.payload
    assert loaded
    assert enabled
    assert threshold <= 2000
    assert frozen > 10_000

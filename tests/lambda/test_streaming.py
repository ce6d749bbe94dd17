"""`generate` behind a function URL in streaming mode: our runtime client, from the artefact, against the Runtime API."""

from __future__ import annotations

import json
import time
import uuid
from typing import TYPE_CHECKING, Any

import jwt
import pytest

from local.lambda_runtime import Answer, Container, InitFailedError
from local.lambda_runtime.events import HttpAnswer, url_answer, url_event
from tests.fakes.models import Answer as Text
from tests.fakes.models import FakeModels, Hang

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from local.lambda_runtime import Runtime
    from local.stack import Stack

BASE = "/functions/v1/generate"
WRAPPER = "/var/task/functions/_shared/edge/streaming.sh"
SUMMARY = "Engineer at Acme. Cut costs by 12 %."
CONTENT = {
    "personalInfo": {"fullName": "Zoë Müller", "jobTitle": "Engineer"},
    "experience": [
        {"company": "Acme", "position": "Engineer", "startDate": "2020-01", "achievements": ["Cut costs by 12 %."]}
    ],
}


@pytest.fixture(scope="module")
def models() -> Iterator[FakeModels]:
    with FakeModels() as fake:
        fake.always = Text({"text": SUMMARY}, pause=0.1)
        yield fake


@pytest.fixture(scope="module")
def function(
    unzipped: Callable[[str], Path], runtime: Runtime, stack: Stack, models: FakeModels
) -> Iterator[Container]:
    """The deployed function; one process answers all tests."""
    env = {
        **stack.env(),
        "AWS_LAMBDA_EXEC_WRAPPER": WRAPPER,
        "RESUMEBASE_VERIFIER": "off",
        "GEMINI_API_KEY": models.key,
        "GEMINI_BASE_URL": models.url,
    }
    env.pop("DATABASE_URL", None)
    with Container(unzipped("generate"), "functions/generate/handler.stream", runtime=runtime, env=env) as made:
        yield made.start()


@pytest.fixture
def post(
    function: Container, stack: Stack, new_user: Callable[..., uuid.UUID], as_user: Callable[..., Any]
) -> Callable[..., Answer]:
    """`post(**body)`: asks for a summary of the résumé of a user with five credits."""
    user_id = new_user()
    with as_user(user_id) as cursor:
        cursor.execute(
            "insert into public.resumes (title, content) values ('Mine', %s) returning id", (json.dumps(CONTENT),)
        )
        resume_id = str(cursor.fetchone()["id"])
    claims = {"iss": f"{stack.url}/auth/v1", "aud": "authenticated", "role": "authenticated", "sub": str(user_id)}
    token = jwt.encode({**claims, "exp": int(time.time()) + 3600}, stack.jwt_secret, "HS256")

    def _post(
        *, key: str = "k", timeout: float = 30, bearer: str = token, accept: str = "text/event-stream", **body: Any
    ) -> Answer:
        headers = {
            "accept": accept,
            "authorization": f"Bearer {bearer}",
            "content-type": "application/json",
            "idempotency-key": key,
            "origin": "https://app.example.com",
        }
        raw = json.dumps({"operation": "summary", "resume_id": resume_id, **body}).encode()
        return function.invoke(url_event("POST", BASE, headers=headers.items(), body=raw), timeout=timeout)

    return _post


def read(answer: Answer) -> HttpAnswer:
    assert not answer.failed, answer.payload
    assert answer.streamed is not None
    return url_answer(answer.streamed)


def events(body: bytes) -> list[tuple[str, Any]]:
    blocks = [dict(line.split(": ", 1) for line in each.split("\n")) for each in body.decode().split("\n\n")[:-1]]
    return [(each["event"], json.loads(each["data"])) for each in blocks if "event" in each]


def test_the_text_arrives_while_it_is_written_and_the_plain_answer_is_the_result(post: Callable[..., Answer]) -> None:
    answer = post()
    heard = read(answer)
    assert (heard.status, heard.header("content-type")) == (200, "text/event-stream; charset=utf-8")
    assert heard.header("access-control-allow-origin")
    assert heard.header("content-length") is None
    told = events(heard.body)
    assert [name for name, _ in told] == ["status", "delta", "delta", "status", "result"]
    assert answer.streamed is not None
    times = [when for when, _ in answer.streamed.pieces]
    assert len(times) >= len(told)
    assert times[-1] - times[1] > 0.15, "in pieces, not all at the end"

    plain = read(post(accept="application/json"))
    assert plain.header("idempotency-replayed") == "true"
    assert b"data: " + plain.body in heard.body, "byte for byte, and paid once"
    assert plain.json()["receipt"]["balance"] == 4


def test_mistakes_of_clients_have_their_own_status(post: Callable[..., Answer], function: Container) -> None:
    refused = [
        read(each)
        for each in (post(bearer="no.such.token"), post(resume_id=str(uuid.uuid4())), post(operation="novel"))
    ]
    assert [(each.status, each.json()["code"]) for each in refused] == [
        (401, "invalid_token"),
        (404, "resume_not_found"),
        (422, "unknown_operation"),
    ]
    assert {each.header("content-type") for each in refused} == {"application/problem+json"}
    health = read(function.invoke(url_event("GET", f"{BASE}/health")))
    assert (health.status, health.body) == (200, b'{"status":"ok"}')


def test_browsers_may_call(function: Container) -> None:
    asked = [("origin", "https://app.example.com"), ("access-control-request-method", "POST")]
    answer = read(function.invoke(url_event("OPTIONS", BASE, headers=asked)))
    assert answer.status == 200
    assert answer.header("access-control-allow-origin")


def test_before_lambda_ends_the_invocation_the_stream_ends_with_an_error(
    post: Callable[..., Answer], models: FakeModels, function: Container
) -> None:
    pid = function.pid
    models.plan(Hang())
    (*_, (name, problem)) = events(read(post(timeout=5)).body)
    assert (name, problem["code"], problem["receipt"]["charged"]) == ("error", "model_timeout", 0)
    assert read(post(accept="application/json")).json()["receipt"]["balance"] == 4
    assert function.pid == pid


APPS = """
import asyncio
from functions._shared.edge.streaming import StreamHandler

async def app(scope, receive, send):
    assert (await receive())["type"] == "http.request"
    if scope["path"] == "/early":
        raise LookupError("private")
    headers = [(b"set-cookie", b"a=1"), (b"set-cookie", b"b=2"), (b"vary", b"x"), (b"vary", b"y")]
    await send({"type": "http.response.start", "status": 201, "headers": headers})
    await send({"type": "http.response.body", "body": b"one", "more_body": True})
    if scope["path"] == "/late":
        raise LookupError("private")
    if scope["path"] == "/hang":
        await asyncio.sleep(60)
    await send({"type": "http.response.body", "body": b"two" + bytes(8)})

handler = StreamHandler(app)
"""


@pytest.fixture
def broken(
    container: Callable[..., Container], unzipped: Callable[[str], Path], runtime: Runtime, tmp_path: Path
) -> Callable[[str], Container]:
    """`broken(handler)`: a container of small apps behind our runtime client."""
    (tmp_path / "apps.py").write_text(APPS)
    task = unzipped("generate")
    env = {
        "PYTHONPATH": f"{runtime.libraries}:{task}",
        "AWS_LAMBDA_EXEC_WRAPPER": WRAPPER.replace("/var/task", str(task)),
        "RESUMEBASE_STAGE": "test",
    }
    return lambda handler: container(tmp_path, handler, env=env)


def test_a_function_that_breaks_breaks_its_own_answer_only(broken: Callable[[str], Container]) -> None:
    made = broken("apps.handler")
    whole = read(made.invoke(url_event("GET", "/")))
    assert (whole.status, whole.body) == (201, b"onetwo" + bytes(8))
    assert whole.headers == [("vary", "x, y"), ("set-cookie", "a=1"), ("set-cookie", "b=2")]

    early = made.invoke(url_event("GET", "/early"))
    assert (early.failed, early.streamed, early.payload["errorType"]) == (True, None, "LookupError")

    odd = made.invoke({"Records": []})
    assert (odd.failed, odd.streamed, odd.payload["errorType"]) == (True, None, "KeyError")

    late = made.invoke(url_event("GET", "/late"))
    assert late.failed
    assert late.streamed is not None
    assert url_answer(late.streamed).body == b"one", "what was sent before"
    assert late.streamed.trailers["lambda-runtime-function-error-type"] == "LookupError"
    assert late.payload["errorType"] == "LookupError"
    assert any("apps.py" in line for line in late.payload["stackTrace"])
    assert "private" not in json.dumps([early.payload, late.payload]) + made.logs()

    pid = made.pid
    assert read(made.invoke(url_event("GET", "/"))).status == 201
    assert made.pid == pid

    cut = made.invoke(url_event("GET", "/hang"), timeout=0.5)
    assert (cut.failed, cut.payload["errorType"]) == (True, "Sandbox.Timedout")
    assert cut.streamed is not None
    assert (url_answer(cut.streamed).body, cut.streamed.ended) == (b"one", False)
    assert read(made.invoke(url_event("GET", "/"))).status == 201


def test_a_function_that_cannot_be_loaded(broken: Callable[[str], Container]) -> None:
    with pytest.raises(InitFailedError) as failure:
        broken("apps.absent").start()
    assert failure.value.payload["errorType"] == "AttributeError"

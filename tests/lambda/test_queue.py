"""Tasks on AWS: the deployed functions with a queue and its dead letters on SQS (moto), from the request to the result.

`Mapping` does what Lambda's event source mapping does: it receives, invokes, and deletes what did not fail.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import jwt
import pytest

from local.lambda_runtime.events import HttpAnswer, http_answer, http_event
from tests.functions.generate.writer import ENGINEER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from local.lambda_runtime import Container
    from local.stack import Stack

ROUTE = "/functions/v1/generate"


@dataclass
class Mapping:
    """An event source mapping between a queue and a function."""

    sqs: Any
    url: str
    container: Container
    _failed: list[str] = field(default_factory=list)

    def poll(self, size: int = 1) -> list[str]:
        """Deliver one batch; return the bodies of the messages that failed."""
        got = self.sqs.receive_message(QueueUrl=self.url, MaxNumberOfMessages=size, AttributeNames=["All"])
        messages = got.get("Messages", [])
        if not messages:
            return []
        records = [
            {
                "messageId": each["MessageId"],
                "receiptHandle": each["ReceiptHandle"],
                "body": each["Body"],
                "attributes": each["Attributes"],
                "messageAttributes": {},
                "eventSource": "aws:sqs",
                "eventSourceARN": self.attribute("QueueArn"),
                "awsRegion": "eu-central-1",
            }
            for each in messages
        ]
        answer = self.container.invoke({"Records": records})
        assert not answer.failed, self.container.logs()
        failed = {each["itemIdentifier"] for each in answer.payload["batchItemFailures"]}
        for each in messages:
            if each["MessageId"] in failed:
                self._failed.append(each["ReceiptHandle"])
            else:
                self.sqs.delete_message(QueueUrl=self.url, ReceiptHandle=each["ReceiptHandle"])
        return [each["Body"] for each in messages if each["MessageId"] in failed]

    def pass_time(self) -> None:
        """Let the visibility timeout of the messages that failed run out."""
        while self._failed:
            self.sqs.change_message_visibility(QueueUrl=self.url, ReceiptHandle=self._failed.pop(), VisibilityTimeout=0)

    def attribute(self, name: str) -> str:
        """An attribute of the queue, such as how many messages wait and how many are being worked on."""
        answer = self.sqs.get_queue_attributes(QueueUrl=self.url, AttributeNames=["All"])
        return str(answer["Attributes"][name])

    def wait(self) -> int:
        """How many messages wait."""
        return int(self.attribute("ApproximateNumberOfMessages"))


@dataclass
class Deployment:
    """The functions, their queue and its dead letters."""

    stack: Stack
    front: Container
    queue: Mapping
    dead: Mapping
    resume: Callable[[Any], str]

    def call(self, user: Any, method: str, path: str = "", body: Any = None) -> HttpAnswer:
        claims = {"iss": f"{self.stack.url}/auth/v1", "aud": "authenticated", "role": "authenticated", "sub": str(user)}
        token = jwt.encode({**claims, "exp": int(time.time()) + 3600}, self.stack.jwt_secret, "HS256")
        headers = (("authorization", f"Bearer {token}"), ("content-type", "application/json"))
        route = f"{ROUTE}/{{proxy+}}" if path else ROUTE
        content = None if body is None else json.dumps(body).encode()
        answer = self.front.invoke(http_event(method, ROUTE + path, route=route, headers=headers, body=content))
        assert not answer.failed, self.front.logs()
        return http_answer(answer.payload)

    def open(self, user: Any) -> dict[str, Any]:
        summary = {"operation": "summary", "resume_id": self.resume(user)}
        answer = self.call(user, "POST", body={"operation": "batch", "input": {"requests": [summary]}})
        assert answer.status == 202, answer.body
        task: dict[str, Any] = answer.json()
        return task

    def task(self, user: Any, task: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = self.call(user, "GET", f"/tasks/{task['id']}").json()
        return found


@pytest.fixture
def deployment(
    stack: Stack,
    aws: Callable[[str], Any],
    aws_variables: dict[str, str],
    unzipped: Callable[[str], Path],
    container: Callable[..., Container],
    connect: Callable[[], Any],
) -> Deployment:
    def resume(user: Any) -> str:
        statement = "insert into public.resumes (user_id, title, content) values (%s, 'Mine', %s) returning id"
        return str(connect().execute(statement, (user, json.dumps(ENGINEER))).fetchone()["id"])

    sqs = aws("sqs")
    dead = sqs.create_queue(QueueName="dead")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    redrive = {"deadLetterTargetArn": arn, "maxReceiveCount": 3}
    attributes = {"VisibilityTimeout": "900", "RedrivePolicy": json.dumps(redrive)}
    url = sqs.create_queue(QueueName="generate", Attributes=attributes)["QueueUrl"]
    env = {**stack.env(), **aws_variables, "RESUMEBASE_AI_PROVIDER": "offline", "CLEANUP_SECRET": "s" * 40}
    env["RESUMEBASE_QUEUES"] = f"generate={url}"
    env.pop("DATABASE_URL", None)
    front = container(unzipped("generate"), "functions/generate/handler.handler", env=env)
    back = container(unzipped("generate"), "functions/generate/tasks.handler", env=env, timeout=150)
    cleanup = container(unzipped("cleanup"), "functions/cleanup/handler.handler", env=env)
    return Deployment(stack, front, Mapping(sqs, url, back), Mapping(sqs, dead, cleanup), resume)


def test_a_task_from_the_gateway_through_the_queue_to_its_result(deployment: Deployment, new_user: Any) -> None:
    user = new_user()
    task = deployment.open(user)
    assert deployment.queue.wait() == 1
    assert deployment.queue.poll() == []
    assert deployment.queue.wait() == 0, "what is done is deleted"
    done = deployment.task(user, task)
    assert (done["status"], done["progress"]) == ("completed", 100)
    (item,) = done["result"]["items"]
    assert item["receipt"]["funding"] == "offline"


def test_of_a_batch_only_what_failed_comes_again_and_then_is_a_dead_letter(
    deployment: Deployment, new_user: Any
) -> None:
    user = new_user()
    queue = deployment.queue
    queue.sqs.send_message(QueueUrl=queue.url, MessageBody="poison")
    task = deployment.open(user)
    assert queue.poll(size=10) == ["poison"]
    assert deployment.task(user, task)["status"] == "completed"
    for _ in range(2):
        assert queue.poll(size=10) == [], "while it may be worked on, it is not delivered again"
        queue.pass_time()
        assert queue.poll(size=10) == ["poison"]
    queue.pass_time()
    assert queue.poll(size=10) == [], "after three deliveries it goes to the dead letters"
    assert deployment.dead.wait() == 1
    assert deployment.dead.poll(size=10) == ["poison"], "and stays there for somebody to look at"


def test_a_dead_letter_ends_its_task_and_gives_back_what_it_holds(
    deployment: Deployment, new_user: Any, connect: Any
) -> None:
    user, connection = new_user(), connect()
    task = deployment.open(user)
    # A consumer that dies at it each time: claimed, held, gone.
    row = connection.execute("select public.task_claim(%s) as claim", (task["id"],)).fetchone()
    key = row["claim"]["idempotency_key"]
    connection.execute("select public.usage_reserve(%s, 'summary', %s, 'hash')", (user, f"{key}:1"))
    lease = "update public.resume_generations set lease_until = %s where id = %s"
    connection.execute(lease, ("infinity", task["id"]))
    queue = deployment.queue
    queue.sqs.send_message(QueueUrl=deployment.dead.url, MessageBody=json.dumps({"task_id": task["id"]}))
    assert deployment.dead.poll(size=10) == []
    assert deployment.task(user, task)["status"] == "processing", "a consumer is at it"

    connection.execute(lease, ("-infinity", task["id"]))
    queue.sqs.send_message(QueueUrl=deployment.dead.url, MessageBody=json.dumps({"task_id": task["id"]}))
    queue.sqs.send_message(QueueUrl=deployment.dead.url, MessageBody=json.dumps({"task_id": str(uuid4())}))
    assert deployment.dead.poll(size=10) == []
    assert deployment.task(user, task)["error"]["code"] == "task_failed"
    books = connection.execute(
        "select balance, reserved from public.user_credits where user_id = %s", (user,)
    ).fetchone()
    assert (books["balance"], books["reserved"]) == (5, 0)
    assert "task_given_up" in deployment.dead.container.logs()

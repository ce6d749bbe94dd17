"""The container: how AWS's runtime client handles events, errors, limits, freezes and snapshots."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from local.lambda_runtime import Container, InitFailedError
from local.lambda_runtime.events import scheduler_event

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Container]

HANDLERS = """
import json, os, sys, time
import pid

def echo(event, context):
    return {"event": event, "pid": os.getpid()}

def describe(event, context):
    return {
        "remaining": context.get_remaining_time_in_millis(),
        "request_id": context.aws_request_id,
        "arn": context.invoked_function_arn,
        "name": context.function_name,
        "memory": context.memory_limit_in_mb,
        "client": context.client_context and context.client_context.custom,
        "env": dict(os.environ),
    }

def fail(event, context):
    raise LookupError("no such thing")

def sleep(event, context):
    time.sleep(event)
    return "slept"

def big(event, context):
    return "x" * event

def end(event, context):
    print("last words", flush=True)
    os._exit(3)
"""


@pytest.fixture
def task(tmp_path: Path) -> Path:
    (tmp_path / "handlers.py").write_text(HANDLERS)
    (tmp_path / "pid.py").write_text("import os\nprint('loaded by', os.getpid(), flush=True)")
    return tmp_path


def test_one_process_answers_all_events(container: Make, task: Path) -> None:
    made = container(task, "handlers.echo")
    events: list[Any] = [scheduler_event("x"), {"ü": [1, None]}, [], "text", None]
    answers = [made.invoke(event) for event in events]
    assert [answer.payload["event"] for answer in answers] == events
    assert {answer.payload["pid"] for answer in answers} == {made.pid}
    assert not any(answer.failed for answer in answers)
    assert len({answer.request_id for answer in answers}) == len(events)


def test_the_context_equals_lambdas(container: Make, task: Path) -> None:
    made = container(task, "handlers.describe", memory=1024, name="resumebase-test-x", env={"OURS": "1"})
    answer = made.invoke({}, timeout=7, client_context={"custom": {"a": "b"}})
    described = answer.payload
    assert 5000 < described["remaining"] <= 7000
    assert (described["request_id"], described["name"], described["memory"]) == (
        answer.request_id,
        "resumebase-test-x",
        "1024",
    )
    assert described["arn"].endswith(":function:resumebase-test-x")
    assert described["client"] == {"a": "b"}
    env = described["env"]
    assert (env["OURS"], env["LAMBDA_TASK_ROOT"], env["AWS_LAMBDA_FUNCTION_NAME"]) == ("1", str(task), made.name)
    # It inherits none of this process's variables.
    assert "HOME" not in env
    assert "VIRTUAL_ENV" not in env


def test_after_an_exception_the_process_continues(container: Make, task: Path) -> None:
    made = container(task, "handlers.fail")
    first, second = made.invoke({}), made.invoke({})
    assert first.failed
    assert second.failed
    assert (first.payload["errorType"], first.payload["errorMessage"]) == ("LookupError", "no such thing")
    assert any("handlers.py" in line for line in first.payload["stackTrace"])
    assert made.logs().count("loaded by") == 1


def test_a_function_that_cannot_be_loaded(container: Make, task: Path) -> None:
    with pytest.raises(InitFailedError) as failure:
        container(task, "handlers.absent").start()
    assert failure.value.payload["errorType"] == "Runtime.HandlerNotFound"
    (task / "broken.py").write_text("import no_such_library")
    answer = container(task, "broken.handler").invoke({})
    assert answer.failed
    assert answer.payload["errorType"] == "Runtime.ImportModuleError"
    assert "no_such_library" in answer.payload["errorMessage"]


def test_a_process_that_times_out_is_killed_and_replaced(container: Make, task: Path) -> None:
    made = container(task, "handlers.sleep").start()
    processes = [made.pid]
    late = made.invoke(60, timeout=0.2)
    assert late.failed
    assert late.payload["errorType"] == "Sandbox.Timedout"
    processes.append(made.pid)
    assert made.invoke(0).payload == "slept"
    processes.append(made.pid)
    assert processes[1] is None
    assert processes[2] not in processes[:2]
    assert made.logs().count("loaded by") == 2


def test_a_process_that_ends_fails_its_event(container: Make, task: Path) -> None:
    made = container(task, "handlers.end")
    answer = made.invoke({})
    assert answer.failed
    assert answer.payload["errorType"] == "Runtime.ExitError"
    assert "last words" in made.logs()


def test_the_limit_of_six_megabytes(container: Make, task: Path) -> None:
    made = container(task, "handlers.big")
    limit = 6 * 1024 * 1024
    assert len(made.invoke(limit - 2).payload) == limit - 2
    large = made.invoke(limit)
    assert large.failed
    assert large.payload["errorType"] == "Function.ResponseSizeTooLarge"
    with pytest.raises(ValueError, match="Lambda accepts at most"):
        made.invoke("x" * limit)


def test_a_frozen_process_stops_and_continues(container: Make, task: Path) -> None:
    (task / "ticking.py").write_text(
        "import threading, time\nticks = 0\n"
        "def tick():\n    global ticks\n    while True:\n        time.sleep(0.005)\n        ticks += 1\n"
        "threading.Thread(target=tick, daemon=True).start()\n"
        "def handler(event, context):\n    return ticks\n"
    )
    made = container(task, "ticking.handler").start()
    made.invoke({})
    made.freeze()
    state = f"/proc/{made.pid}/stat"
    until = time.monotonic() + 10
    while stat(state) != "T" and time.monotonic() < until:
        time.sleep(0.01)
    assert stat(state) == "T"
    made.thaw()
    assert not made.invoke({}).failed


def stat(path: str) -> str:
    with open(path) as file:  # noqa: PTH123 - /proc
        return file.read().rpartition(")")[2].split()[0]


SNAPPED = """
import os
from snapshot_restore_py import register_after_restore, register_before_snapshot
seen = []

@register_before_snapshot
def before():
    seen.append("before")

@register_after_restore
def after():
    seen.append("after")

def handler(event, context):
    return [seen, os.environ["AWS_LAMBDA_INITIALIZATION_TYPE"]]
"""


def test_a_snapshot_is_taken_after_loading_and_its_hooks_run(container: Make, task: Path) -> None:
    (task / "snapped.py").write_text(SNAPPED)
    made = container(task, "snapped.handler", init="snap-start").start()
    assert made.pid is not None
    made.restore()
    assert made.invoke({}).payload == [["before", "after"], "snap-start"]


def test_answers_must_be_json(container: Make, task: Path) -> None:
    (task / "odd.py").write_text("def handler(event, context):\n    return {1, 2}\n")
    answer = container(task, "odd.handler").invoke({})
    assert answer.failed
    assert answer.payload["errorType"] == "Runtime.MarshalError"
    assert json.loads(json.dumps(answer.payload)) == answer.payload


def test_output_of_the_process_is_its_log(container: Make, task: Path) -> None:
    made = container(task, "handlers.echo")
    payload: dict[str, Any] = made.invoke({}).payload
    assert f"loaded by {payload['pid']}" in made.logs()

"""One execution environment of AWS Lambda: the process, its variables, its limits and its end."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Self

from local.lambda_runtime.api import PAYLOAD_LIMIT, Invocation, RuntimeServer, State, Streamed

if TYPE_CHECKING:
    import threading
    from collections.abc import Mapping
    from pathlib import Path

ACCOUNT = "123456789012"
# Seconds. Lambda allows 10 for loading; a busy test machine needs more.
INIT_LIMIT = 60.0


class InitFailedError(Exception):
    """The function could not be loaded; `payload` is the error that the runtime client posted."""

    def __init__(self, payload: dict[str, Any], logs: str) -> None:
        super().__init__(f"{payload.get('errorType')}: {payload.get('errorMessage')}\n{logs}")
        self.payload = payload


@dataclass(frozen=True, slots=True)
class Runtime:
    """A Python interpreter, and the libraries in Lambda's image: the runtime client and boto3."""

    python: Path
    libraries: Path


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of one event: the handler's return value, or the error object that Lambda would return.

    `seconds` is the time from the event to its answer, `since_start` the time from the start of the process. An answer
    in pieces is `streamed`; its payload is None, or the error that ended it.
    """

    payload: Any
    failed: bool
    seconds: float
    since_start: float
    request_id: str
    streamed: Streamed | None = None


class Container:
    """Processes one event at a time in one process; if the process has ended, the next event starts another.

    Parameters
    ----------
    artefact
        The unzipped artefact, Lambda's `/var/task`.
    handler
        In the template's form: `functions/generate/handler.handler`.
    runtime
        The interpreter and the libraries of the image.
    env
        The function's variables. It inherits none of this process's variables.
    timeout
        Seconds that one event may take; after that the process is killed, as on Lambda.
    init
        `snap-start` waits after loading until `restore()`.
    """

    def __init__(
        self,
        artefact: Path,
        handler: str,
        *,
        runtime: Runtime,
        env: Mapping[str, str],
        timeout: float = 30.0,
        memory: int = 512,
        name: str = "resumebase-test",
        init: Literal["on-demand", "snap-start"] = "on-demand",
    ) -> None:
        self.artefact, self.handler, self.runtime = artefact.resolve(), handler, runtime
        self.timeout, self.memory, self.name, self.init = timeout, memory, name, init
        self.env = dict(env)
        self.region = self.env.get("AWS_REGION", "eu-central-1")
        self.arn = f"arn:aws:lambda:{self.region}:{ACCOUNT}:function:{name}"
        self._state = State(self.arn)
        self._server = RuntimeServer(self._state)
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the container
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0

    def environment(self) -> dict[str, str]:
        """Return all variables of the process: those that Lambda sets, then the function's own."""
        return {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "LANG": "en_US.UTF-8",
            "TZ": ":UTC",
            "PYTHONPATH": str(self.runtime.libraries),
            # /var/task is read-only: modules without bytecode in the artefact are compiled at every start.
            "PYTHONDONTWRITEBYTECODE": "1",
            "LAMBDA_TASK_ROOT": str(self.artefact),
            "LAMBDA_RUNTIME_DIR": str(self.runtime.libraries),
            "_HANDLER": self.handler,
            "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{self._server.server_port}",
            "AWS_LAMBDA_FUNCTION_NAME": self.name,
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(self.memory),
            "AWS_LAMBDA_INITIALIZATION_TYPE": self.init,
            "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{self.name}",
            "AWS_LAMBDA_LOG_STREAM_NAME": "test",
            "AWS_EXECUTION_ENV": "AWS_Lambda_python3",
            "AWS_REGION": self.region,
            "AWS_DEFAULT_REGION": self.region,
            # On Lambda, the role's temporary credentials.
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_SESSION_TOKEN": "test",
            **self.env,
        }

    def start(self) -> Self:
        """Start the process and wait until the function is loaded.

        Raises
        ------
        InitFailedError
            The function could not be loaded.
        """
        self._spawn()
        self._await(self._state.initialised)
        return self

    def _spawn(self) -> None:
        self._state = self._server.state = State(self.arn)
        self._started = time.perf_counter()
        interpreter = [str(self.runtime.python), "-S", "-s"]
        wrapper = self.env.get("AWS_LAMBDA_EXEC_WRAPPER")
        # A wrapper script gets the arguments of AWS's image, whose last one is the file of the runtime client.
        command = (
            [*interpreter, "-m", "awslambdaric", self.handler]
            if wrapper is None
            else [wrapper.replace("/var/task", str(self.artefact), 1), *interpreter, "/var/runtime/bootstrap.py"]
        )
        self._process = subprocess.Popen(
            command,
            cwd=self.artefact,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )

    def _await(self, event: threading.Event) -> None:
        until = time.monotonic() + INIT_LIMIT
        while not event.wait(0.02):
            if self.pid is None or time.monotonic() > until:
                error = {
                    "errorType": "Runtime.ExitError",
                    "errorMessage": "the process ended or hung while loading",
                }
                raise InitFailedError(self._state.error or error, self.logs())
        if self._state.error is not None:
            raise InitFailedError(self._state.error, self.logs())

    def invoke(self, event: object, *, timeout: float | None = None, client_context: object = None) -> Answer:
        """Send one event to the function and wait for its answer.

        Parameters
        ----------
        event
            Any JSON value.
        timeout
            Seconds for this event; by default the container's timeout.
        client_context
            A direct caller's context; None for API Gateway and the scheduler.

        Returns
        -------
        Answer
            `failed` also if the function could not be loaded, ran out of time or ended.

        Raises
        ------
        ValueError
            The event is larger than Lambda's limit of 6 MB.
        """
        limit = self.timeout if timeout is None else timeout
        body = json.dumps(event).encode()
        if len(body) > PAYLOAD_LIMIT:
            message = f"the event has {len(body)} bytes; Lambda accepts at most {PAYLOAD_LIMIT}"
            raise ValueError(message)
        if self.pid is None:
            self._spawn()
        try:
            # Loading does not count towards the event's timeout.
            self._await(self._state.ready)
        except InitFailedError as failure:
            return Answer(failure.payload, failed=True, seconds=0.0, since_start=0.0, request_id="")
        context = None if client_context is None else json.dumps(client_context)
        invocation = Invocation(body, time.time() + limit, context)
        self._state.events.put(invocation)
        until = time.monotonic() + limit
        while not invocation.done.wait(0.05):
            if self.pid is None or time.monotonic() > until:
                return self._give_up(invocation, limit)
        return self._answer(invocation, json.loads(invocation.body or b"null"), failed=invocation.failed)

    def _answer(self, invocation: Invocation, payload: object, *, failed: bool) -> Answer:
        seconds = invocation.answered - invocation.handed_out
        since_start, streamed = invocation.answered - self._started, invocation.streamed
        if streamed is not None and "lambda-runtime-function-error-body" in streamed.trailers:
            payload = json.loads(base64.b64decode(streamed.trailers["lambda-runtime-function-error-body"]))
        return Answer(payload, failed, seconds, since_start, invocation.request_id, streamed)

    def _give_up(self, invocation: Invocation, limit: float) -> Answer:
        invocation.answered = time.perf_counter()
        alive = self.pid is not None
        self.kill()
        error_type, message = (
            ("Sandbox.Timedout", f"Task timed out after {limit:.2f} seconds")
            if alive
            else ("Runtime.ExitError", "Runtime exited")
        )
        payload = {"errorType": error_type, "errorMessage": f"RequestId: {invocation.request_id} Error: {message}"}
        return self._answer(invocation, payload, failed=True)

    def restore(self) -> None:
        """Continue after the snapshot; connections that the process had open may be closed by now."""
        self._state.restored.set()
        self._await(self._state.ready)

    def freeze(self) -> None:
        """Stop the process between two events, as Lambda does."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Continue a frozen process."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        if self.pid is not None:
            os.kill(self.pid, number)

    @property
    def pid(self) -> int | None:
        """The process id, or None if no process runs."""
        return None if self._process is None or self._process.poll() is not None else self._process.pid

    def logs(self) -> str:
        """Return everything that the process has written so far."""
        # pread does not move the file offset, which the process shares.
        return os.pread(self._log.fileno(), os.fstat(self._log.fileno()).st_size, 0).decode(errors="replace")

    def kill(self) -> None:
        """End the process at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._state.restored.set()
        self._state.events.put(None)

    def close(self) -> None:
        """End the process and the server."""
        self.kill()
        self._server.shutdown()
        self._server.server_close()
        self._log.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

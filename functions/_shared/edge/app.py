"""The app factory: one `FunctionApp` per function, the same object locally and on Lambda."""

from __future__ import annotations

import asyncio
import inspect
import re
import time
from typing import TYPE_CHECKING, Any, Final, TypeVar, Unpack, overload
from uuid import uuid4

from pydantic import BaseModel
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request

from functions._shared import logs, wiring
from functions._shared.domain.errors import DeadlineExceeded, DomainError, InternalError
from functions._shared.edge import events, problem, tasks
from functions._shared.edge.admission import admit
from functions._shared.edge.cors import with_cors
from functions._shared.edge.response import render
from functions._shared.edge.route import PREFIX, Auth, Call, Reply, RouteOptions, RouteSpec
from functions._shared.edge.router import Router
from functions._shared.ports.request import Deadline, TaskAnswer

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.middleware.cors import CORSMiddleware
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from functions._shared.edge.aws import EventHandler, LambdaHandler
    from functions._shared.edge.route import AnyHandler, Handler
    from functions._shared.edge.streaming import StreamHandler

_NAME: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._:=+/@-]{1,128}")
_PLATFORM_MARGIN: Final = 0.5
"""Seconds of an invocation reserved for sending the answer and the log line."""

R = TypeVar("R", bound=BaseModel)


class FunctionApp:
    """One deployable function as an ASGI application.

    It serves ``/functions/v1/<name>`` and every path below it, whether the server passes the full path or a mounted
    one. Every function also serves ``/health``, which calls no other service, and ``/openapi.json``.

    Parameters
    ----------
    name : str
        Kebab-case name, in the URL and in the logs.
    summary : str
        One line for the API description.

    Raises
    ------
    ValueError
        The name is not kebab-case.

    Examples
    --------
    >>> app = FunctionApp("generate", summary="AI writing")
    >>> @app.post("/", request=GenerateRequest, response=GenerateResult, paid=True, errors=(ResumeNotFound,))
    ... async def generate(call: Call[GenerateRequest]) -> PaidAnswer:
    ...     return await service.generate(call.body, call.paid, wiring.ledger(), wiring.model())
    >>> handler = app.lambda_handler()
    """

    def __init__(self, name: str, *, summary: str) -> None:
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is not a kebab-case name")
        self.name = name
        self.summary = summary
        self._router = Router(PREFIX + name)
        self._cors: CORSMiddleware | None = None
        self._openapi: bytes | None = None
        self._router.add(
            RouteSpec("GET", "/health", self._health, auth=Auth.PUBLIC, summary="Check that the function is up.")
        )
        self._router.add(
            RouteSpec("GET", "/openapi.json", self._describe, auth=Auth.PUBLIC, summary="Return this API description.")
        )

    @property
    def specs(self) -> list[RouteSpec]:
        """Every route of the function."""
        return self._router.specs

    # -- declaring -----------------------------------------------------------------------------------------

    @overload
    def route(
        self, method: str, path: str, *, request: type[R], **options: Unpack[RouteOptions]
    ) -> Callable[[Handler[R]], Handler[R]]: ...

    @overload
    def route(
        self, method: str, path: str, *, request: None = None, **options: Unpack[RouteOptions]
    ) -> Callable[[Handler[None]], Handler[None]]: ...

    def route(
        self, method: str, path: str, *, request: type[BaseModel] | None = None, **options: Unpack[RouteOptions]
    ) -> Callable[[AnyHandler], AnyHandler]:
        """Declare a route. Decorates ``async def handler(call: Call[Body]) -> Answer``.

        Parameters
        ----------
        method : str
            HTTP method, upper case.
        path : str
            Path inside the function; ``/`` is the function's own URL. Write parameters as ``{id}`` or ``{id:uuid}``.
        request : type of BaseModel, optional
            Schema of the JSON body. Without it, the body arrives as ``call.raw``.
        **options
            See `RouteOptions`.
        """

        def declare(handler: AnyHandler) -> AnyHandler:
            summary = options.get("summary") or (inspect.getdoc(handler) or "").partition("\n")[0]
            rest = {key: value for key, value in options.items() if key != "summary"}
            spec = RouteSpec(method, path, handler, request, summary=summary, **rest)  # type: ignore[arg-type]
            if spec.tasks and not any(each.tasks for each in self.specs):
                for task_route in tasks.routes(self.name):
                    self._router.add(task_route)
            self._router.add(spec)
            return handler

        return declare

    def get(self, path: str, **options: Unpack[RouteOptions]) -> Callable[[Handler[None]], Handler[None]]:
        """Declare a GET route; see `route`."""
        return self.route("GET", path, **options)

    @overload
    def post(
        self, path: str, *, request: type[R], **options: Unpack[RouteOptions]
    ) -> Callable[[Handler[R]], Handler[R]]: ...

    @overload
    def post(
        self, path: str, *, request: None = None, **options: Unpack[RouteOptions]
    ) -> Callable[[Handler[None]], Handler[None]]: ...

    def post(
        self, path: str, *, request: type[Any] | None = None, **options: Unpack[RouteOptions]
    ) -> Callable[[Any], Any]:
        """Declare a POST route; see `route`."""
        return self.route("POST", path, request=request, **options)

    def lambda_handler(self, events: EventHandler | None = None) -> LambdaHandler:
        """Build the entry point for AWS Lambda: ``handler = app.lambda_handler()``.

        Parameters
        ----------
        events : coroutine function, optional
            Handles events that are not HTTP requests; see `LambdaHandler`.
        """
        from functions._shared.edge.aws import LambdaHandler

        return LambdaHandler(self, self.name, events)

    def stream_handler(self) -> StreamHandler:
        """Build the entry point behind a function URL in streaming mode: ``stream = app.stream_handler()``."""
        from functions._shared.edge.streaming import StreamHandler

        return StreamHandler(self)

    # -- serving -------------------------------------------------------------------------------------------

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one ASGI connection."""
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        if scope["type"] != "http":
            raise ValueError(f"{self.name} serves HTTP, not {scope['type']}")
        started = time.perf_counter()
        state = scope.setdefault("state", {})
        request_id = state["request_id"] = _request_id(scope)
        state["deadline"] = _deadline(scope)
        outcome: dict[str, Any] = {"status": 500}

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                outcome["status"] = message["status"]
                headers = MutableHeaders(scope=message)
                headers["x-request-id"] = request_id
                headers.update(state.get("headers", {}))
            await send(message)

        logs.bind(function=self.name, request_id=request_id)
        try:
            await self._with_cors()(scope, receive, send_with_headers)
        finally:
            logs.logger().info(
                "request",
                extra={
                    "method": scope["method"],
                    "route": state.get("route", "-"),
                    "status": outcome["status"],
                    "code": state.get("code"),
                    "user_id": state.get("user_id"),
                    "ms": round((time.perf_counter() - started) * 1000, 1),
                },
            )

    async def _dispatch(self, scope: Scope, receive: Receive, send: Send) -> None:
        state = scope["state"]
        deadline: Deadline = state["deadline"]
        try:
            async with asyncio.timeout(deadline.remaining()) as limit:
                response = await self._respond(scope, receive)
        except Exception as fault:  # noqa: BLE001 - the last resort: the client always gets a well-formed answer
            response = _problem(fault, state, late=isinstance(fault, TimeoutError) and limit.expired())
        if scope["method"] == "HEAD":
            response.body = b""
        await response(scope, receive, send)

    async def _respond(self, scope: Scope, receive: Receive) -> Response:
        match = self._router.match(scope)
        scope["state"]["route"] = match.spec.path
        spec, state = match.spec, scope["state"]
        try:
            call = await admit(match, Request(scope, receive), self.name)
            if spec.streams and events.is_wanted(call.headers):
                answer = await events.answer(spec.handler, call, lambda failure: bytes(_problem(failure, state).body))
            else:
                answer = await spec.handler(call)
        except DomainError as error:
            reply = spec.refusal(error, Headers(scope=scope)) if spec.refusal else None
            if reply is None:
                raise
            state["code"] = error.code
            answer = reply
        if isinstance(answer, events.EventStream):
            return answer
        if isinstance(answer, TaskAnswer):
            return tasks.render(spec, answer, self.name, call.request_id)
        return render(spec, answer)

    def _with_cors(self) -> ASGIApp:
        origins = wiring.settings().cors_origins
        if self._cors is None or self._cors.allow_origins != origins:
            self._cors = with_cors(self._dispatch, origins)
        return self._cors

    # -- routes of every function ----------------------------------------------------------------------------

    async def _health(self, _: Call[None]) -> Reply:
        return Reply(b'{"status":"ok"}', media_type="application/json", headers={"cache-control": "no-store"})

    async def _describe(self, _: Call[None]) -> Reply:
        if self._openapi is None:
            from functions._shared.edge.openapi import describe

            self._openapi = describe(self.name, self.summary, self.specs)
        return Reply(self._openapi, media_type="application/json")


def _problem(fault: Exception, state: dict[str, Any], *, late: bool = False) -> Response:
    error = DeadlineExceeded() if late else fault if isinstance(fault, DomainError) else InternalError()
    state["code"] = error.code
    if error.status >= InternalError.status:
        logs.logger().error("fault", extra=logs.fault(fault))
    return problem.render(error, state["request_id"])


def _request_id(scope: Scope) -> str:
    """Return the caller's id if it is well formed, else the platform's, else a new one."""
    client_id = Headers(scope=scope).get("x-request-id", "")
    if _REQUEST_ID.fullmatch(client_id):
        return client_id
    event = scope.get("aws.event") or {}
    return str(event.get("requestContext", {}).get("requestId") or uuid4())


def _deadline(scope: Scope) -> Deadline:
    """Return the earlier of the gateway's timeout and the end of the Lambda invocation."""
    seconds = wiring.settings().request_seconds
    context = scope.get("aws.context")
    if context is not None:
        seconds = min(seconds, context.get_remaining_time_in_millis() / 1000 - _PLATFORM_MARGIN)
    return Deadline.after(seconds)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return

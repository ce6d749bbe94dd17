"""The vocabulary of a route: its declaration, the `Call` its handler receives, and the `Reply` it may return."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, Generic, TypedDict, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from pydantic import BaseModel

    from functions._shared.domain.errors import DomainError
    from functions._shared.ports.request import Caller, Deadline, Idempotency, PaidAnswer, PaidCall, TaskAnswer

B = TypeVar("B")

PREFIX: Final = "/functions/v1/"
"""URL path of all functions; the function's name follows it."""
DEFAULT_MAX_BODY: Final = 256 * 1024
"""Largest body in bytes, unless the route declares another limit."""


class Auth(Enum):
    """Who may call a route."""

    USER = "user"
    """A signed-in user with a JWT from Supabase Auth. Anonymous sign-ins count as users."""

    PUBLIC = "public"
    """Anyone. A token in the request is ignored."""

    SECRET = "secret"  # noqa: S105 - the name of a mode
    """Our own machines. The bearer token is a shared secret, stored in the setting that the route names."""

    WEBHOOK = "webhook"
    """A vendor. The handler verifies the signature of the raw bytes."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that is not a pydantic model, such as a file, a page, a redirect or an empty 204.

    Parameters
    ----------
    body : bytes
        Sent as it is.
    media_type : str
        Content type, with the charset for text.
    status : int
        HTTP status.
    headers : mapping of str to str
        More headers.
    """

    body: bytes = b""
    media_type: str = "application/octet-stream"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call(Generic[B]):
    """One authenticated, parsed and validated request.

    Parameters
    ----------
    body : B
        The validated body; ``None`` if the route declares no ``request``.
    raw : bytes
        The body as bytes, for signatures and files.
    query : Any
        The validated query string; ``None`` if the route declares no ``query``.
    path : mapping
        Path parameters.
    headers : mapping
        Request headers; names are in lower case.
    request_id : str
        Id of the request, which is also in the response and in every log line.
    client_ip : str or None
        The client address that the platform reports.
    deadline : Deadline
        When the answer must be sent.
    method : str
        Of the request: a route for GET answers HEAD, too.
    """

    body: B
    raw: bytes
    query: Any
    path: Mapping[str, Any]
    headers: Mapping[str, str] = field(repr=False)
    request_id: str
    client_ip: str | None
    deadline: Deadline
    method: str = "GET"
    maybe_caller: Caller | None = None
    maybe_idempotency: Idempotency | None = None
    maybe_paid: PaidCall | None = None

    @property
    def caller(self) -> Caller:
        """The verified user. Only on routes with `Auth.USER`."""
        if self.maybe_caller is None:
            raise RuntimeError("this route does not authenticate a user")
        return self.maybe_caller

    @property
    def idempotency(self) -> Idempotency:
        """Idempotency key and request hash. Only on routes declared ``idempotent=True`` or ``paid=True``."""
        if self.maybe_idempotency is None:
            raise RuntimeError("this route is not declared as idempotent")
        return self.maybe_idempotency

    @property
    def prefers_task(self) -> bool:
        """Whether the client prefers a task to waiting for the result: ``Prefer: respond-async`` (RFC 7240)."""
        preferences = self.headers.get("prefer", "").lower().split(",")
        return "respond-async" in {each.partition(";")[0].strip() for each in preferences}

    @property
    def paid(self) -> PaidCall:
        """Key, hash, dry run and payer. Only on routes declared ``paid=True`` or ``tasks=True``."""
        if self.maybe_paid is None:
            raise RuntimeError("this route is not declared as paid")
        return self.maybe_paid


class RouteOptions(TypedDict, total=False):
    """Keywords of `FunctionApp.get`, `FunctionApp.post` and `FunctionApp.route`."""

    auth: Auth
    """Default `Auth.USER`."""
    secret: str
    """With `Auth.SECRET`: name of the setting that holds the secret."""
    idempotent: bool
    """Read Idempotency-Key, or generate one, and return it in the response; see `Call.idempotency`."""
    paid: bool
    """Idempotent, and reads ``dry_run`` too; see `Call.paid`. The handler returns a `PaidAnswer`."""
    tasks: bool
    """On a paid or idempotent route: it may answer 202 with a task. The function gets routes to read and cancel one."""
    streams: bool
    """On a paid route: ``Accept: text/event-stream`` gets what `PaidCall.tell` tells, and the result, as events."""
    response: type[BaseModel]
    """Schema of the answer; on a paid route, schema of its ``result``."""
    produces: str
    """Media type, if the handler returns a `Reply`."""
    status: int
    """HTTP status of a success; default 200."""
    query: type[BaseModel]
    """Schema of the query string."""
    errors: Sequence[type[DomainError]]
    """Errors that the service can raise, for the API description. The edge adds its own."""
    per_minute: int
    """How often a user, or the address of an anonymous client, may call it within a minute; default no limit."""
    max_body: int
    """Largest body in bytes; default `DEFAULT_MAX_BODY`."""
    media_types: Sequence[str]
    """Accepted content types of a raw body; default any."""
    refusal: Callable[[DomainError, Mapping[str, str]], Reply | None]
    """What the route answers to an error, its own or the edge's, given the headers; None: a problem document."""
    summary: str
    """One line for the API description; default the first line of the handler's docstring."""


if TYPE_CHECKING:
    Answer = BaseModel | Reply | PaidAnswer | TaskAnswer
    Handler = Callable[[Call[B]], Awaitable[Answer]]
    AnyHandler = Callable[[Call[Any]], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class RouteSpec:
    """A declared route. See `RouteOptions` for the meaning of the fields."""

    method: str
    path: str
    handler: AnyHandler
    request: type[BaseModel] | None = None
    auth: Auth = Auth.USER
    secret: str | None = None
    idempotent: bool = False
    paid: bool = False
    tasks: bool = False
    streams: bool = False
    response: type[BaseModel] | None = None
    produces: str | None = None
    status: int = 200
    query: type[BaseModel] | None = None
    errors: Sequence[type[DomainError]] = ()
    per_minute: int | None = None
    max_body: int = DEFAULT_MAX_BODY
    media_types: Sequence[str] = ()
    refusal: Callable[[DomainError, Mapping[str, str]], Reply | None] | None = None
    summary: str = ""

    def __post_init__(self) -> None:
        """Refuse contradictory declarations when the module is imported."""
        if self.paid and self.auth is not Auth.USER:
            raise ValueError(f"{self.method} {self.path}: paid=True requires Auth.USER")
        if self.tasks and not (self.reads_key and self.auth is Auth.USER):
            raise ValueError(f"{self.method} {self.path}: tasks=True requires a user and an idempotency key")
        if self.streams and not self.paid:
            raise ValueError(f"{self.method} {self.path}: streams=True requires paid=True")
        if (self.auth is Auth.SECRET) != (self.secret is not None):
            raise ValueError(f"{self.method} {self.path}: Auth.SECRET requires secret=, and no other mode takes it")
        if self.auth is Auth.WEBHOOK and self.request is not None:
            raise ValueError(f"{self.method} {self.path}: a webhook's body stays raw, so it takes no request=")

    @property
    def reads_key(self) -> bool:
        """Whether the edge reads Idempotency-Key."""
        return self.idempotent or self.paid

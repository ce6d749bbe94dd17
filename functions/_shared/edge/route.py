"""What a route declares and what its handler is called with."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, TypedDict, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from pydantic import BaseModel

    from functions._shared.domain.errors import DomainError
    from functions._shared.ports.request import Caller, Deadline, PaidAnswer, PaidCall

B = TypeVar("B")

DEFAULT_MAX_BODY = 256 * 1024
"""Bytes of body that a JSON route reads unless it says otherwise."""


class Auth(Enum):
    """Who may call a route."""

    USER = "user"
    """A signed-in user, by the JWT of Supabase Auth; anonymous sign-ins are users."""

    PUBLIC = "public"
    """Anybody; a token that happens to come along is ignored."""

    SECRET = "secret"  # noqa: S105 - the name of a mode
    """A machine of ours, by the shared secret whose setting the route names, as a bearer token."""

    WEBHOOK = "webhook"
    """A vendor; the handler verifies the signature over the raw bytes."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that is not a pydantic model: a file, a page, a redirect, an empty 204.

    Parameters
    ----------
    body : bytes
        Sent as it is.
    media_type : str
        Content type, with charset where it is text.
    status : int
        HTTP status.
    headers : mapping of str to str
        Further headers.
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
        The validated body; ``None`` where the route declares none.
    raw : bytes
        The body's bytes, for signatures and files.
    query : Any
        An instance of the route's ``query`` model, else ``None``.
    path : mapping
        Path parameters.
    headers : mapping
        Request headers, names in lower case.
    request_id : str
        Also in the response and in every log line.
    client_ip : str or None
        Address of the peer that the platform reports.
    deadline : Deadline
        When the answer must be on its way.
    """

    body: B
    raw: bytes
    query: Any
    path: Mapping[str, Any]
    headers: Mapping[str, str] = field(repr=False)
    request_id: str
    client_ip: str | None
    deadline: Deadline
    maybe_caller: Caller | None = None
    maybe_paid: PaidCall | None = None

    @property
    def caller(self) -> Caller:
        """The verified user; only on routes with `Auth.USER`."""
        if self.maybe_caller is None:
            raise RuntimeError("this route does not authenticate a user")
        return self.maybe_caller

    @property
    def paid(self) -> PaidCall:
        """Key, hash, dry run and payer; only on routes declared ``paid=True``."""
        if self.maybe_paid is None:
            raise RuntimeError("this route is not declared as paid")
        return self.maybe_paid


class RouteOptions(TypedDict, total=False):
    """Keywords of `FunctionApp.get`, `FunctionApp.post` and `FunctionApp.route`."""

    auth: Auth
    """Default `Auth.USER`."""
    secret: str
    """With `Auth.SECRET`: the name of the setting that holds the secret."""
    paid: bool
    """Read Idempotency-Key and ``dry_run``, compute the request hash; the handler answers a `PaidAnswer`."""
    response: type[BaseModel]
    """Shape of the answer; of ``result`` where the route is paid."""
    produces: str
    """Media type, where the handler answers a `Reply`."""
    status: int
    """HTTP status of success, default 200."""
    query: type[BaseModel]
    """Shape of the query string."""
    errors: Sequence[type[DomainError]]
    """What the service can raise, for the API description; the edge adds its own."""
    max_body: int
    """Bytes; default `DEFAULT_MAX_BODY`."""
    media_types: Sequence[str]
    """Content types of a raw body; without it a raw body may have any."""
    summary: str
    """One line for the API description; default is the first line of the handler's docstring."""


if TYPE_CHECKING:
    Handler = Callable[[Call[B]], Awaitable[BaseModel | Reply | PaidAnswer]]
    AnyHandler = Callable[[Call[Any]], Awaitable[BaseModel | Reply | PaidAnswer]]


@dataclass(frozen=True, slots=True)
class RouteSpec:
    """A declared route. See `RouteOptions` for the meaning of the fields."""

    method: str
    path: str
    handler: AnyHandler
    request: type[BaseModel] | None = None
    auth: Auth = Auth.USER
    secret: str | None = None
    paid: bool = False
    response: type[BaseModel] | None = None
    produces: str | None = None
    status: int = 200
    query: type[BaseModel] | None = None
    errors: Sequence[type[DomainError]] = ()
    max_body: int = DEFAULT_MAX_BODY
    media_types: Sequence[str] = ()
    summary: str = ""

    def __post_init__(self) -> None:
        """Refuse declarations that contradict themselves, when the module is imported."""
        if self.paid and self.auth is not Auth.USER:
            raise ValueError(f"{self.method} {self.path}: only a user can pay")
        if (self.auth is Auth.SECRET) != (self.secret is not None):
            raise ValueError(f"{self.method} {self.path}: Auth.SECRET and secret= belong together")
        if self.auth is Auth.WEBHOOK and self.request is not None:
            raise ValueError(f"{self.method} {self.path}: a webhook's body is raw until its signature is verified")

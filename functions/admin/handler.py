"""Routes of `admin`: the page, what administrators read, and what they change.

The page is a shell without data that anybody may load: a navigation carries no token. Everything else needs the token
of an active administrator, whose permissions the database checks (docs/admin.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from functions._shared import wiring
from functions._shared.domain import errors
from functions._shared.edge import Auth, FunctionApp, Reply
from functions.admin import service, shell
from functions.admin.schemas import (
    AuditQuery,
    Changed,
    ChangeRequest,
    CreditsRequest,
    EventQuery,
    FeedbackQuery,
    Invariants,
    Me,
    Metric,
    MetricQuery,
    PageQuery,
    PlanRequest,
    ReadQuery,
    Retention,
    ReviewRequest,
    Rows,
    SuspensionRequest,
    TaskQuery,
    User,
    UsersQuery,
    WebhookQuery,
)

if TYPE_CHECKING:
    from functions._shared.edge import Call

app = FunctionApp("admin", summary="Metrics and accounts, for administrators")

_MAX_KEY: Final = 160
_MAX_BODY: Final = 16 * 1024
_READS: Final = (errors.NotAnAdministrator, errors.SecondFactorRequired, errors.PermissionMissing)
_PAGES: Final = (*_READS, errors.InvalidCursor)
_CHANGES: Final = (*_READS, errors.OwnAccount, errors.ReasonRequired, errors.IdempotencyConflict)


def _desk(call: Call[Any]) -> service.Desk:
    return service.Desk(
        service.identify(call.caller, call.client_ip, call.headers.get("user-agent")), wiring.admin_desk()
    )


def _key(call: Call[Any]) -> tuple[str, str]:
    """Return the key, which the client must have chosen, and the hash of the request."""
    if "idempotency-key" not in call.headers or len(call.idempotency.key) > _MAX_KEY:
        raise errors.InvalidIdempotencyKey(f"Send an Idempotency-Key of 1 to {_MAX_KEY} characters.")
    return call.idempotency.key, call.idempotency.request_hash


# -- the page -------------------------------------------------------------------------------------------------


@app.get("/", auth=Auth.PUBLIC, produces="text/html")
async def page(_: Call[None]) -> Reply:
    """Return the page: a shell without data."""
    config = wiring.settings()
    return _file(shell.write_page(config.supabase_url, config.publishable_key))


@app.get("/files/{name}", auth=Auth.PUBLIC, produces="text/javascript", errors=(errors.NotFound,))
async def file(call: Call[None]) -> Reply:
    """Return a script or the style sheet of the page."""
    found = shell.read_file(call.path["name"])
    if call.headers.get("if-none-match") == found.headers["etag"]:
        return Reply(status=304, headers=found.headers)
    return _file(found)


def _file(found: shell.PageFile) -> Reply:
    return Reply(found.content, found.media_type, headers=found.headers)


# -- reads ----------------------------------------------------------------------------------------------------


@app.get("/me", response=Me, errors=_READS)
async def me(call: Call[None]) -> Me:
    """Return the caller's role and permissions, and the names of the metrics."""
    return Me.model_validate(await service.read(_desk(call), "me"))


@app.get("/metrics/{name}", query=MetricQuery, response=Metric, errors=(*_PAGES, errors.NotFound))
async def metric(call: Call[None]) -> Metric:
    """Return the rows of a metric."""
    return Metric.model_validate(await service.read(_desk(call), "metric", call.query, name=call.path["name"]))


@app.get("/users", query=UsersQuery, response=Rows, errors=_PAGES)
async def users(call: Call[None]) -> Rows:
    """List users, newest first, or find them by the beginning of their address."""
    return Rows.model_validate(await service.read(_desk(call), "users", call.query))


@app.get("/users/{id:uuid}", query=ReadQuery, response=User, errors=(*_READS, errors.UserNotFound))
async def user(call: Call[None]) -> User:
    """Return an account."""
    return User.model_validate(await service.read(_desk(call), "user", call.query, user_id=str(call.path["id"])))


@app.get("/feedback", query=FeedbackQuery, response=Rows, errors=_PAGES)
async def feedback(call: Call[None]) -> Rows:
    """List feedback."""
    return Rows.model_validate(await service.read(_desk(call), "feedback", call.query))


@app.get("/events", query=EventQuery, response=Rows, errors=_PAGES)
async def events(call: Call[None]) -> Rows:
    """Search the system events."""
    return Rows.model_validate(await service.read(_desk(call), "events", call.query))


@app.get("/audit", query=AuditQuery, response=Rows, errors=_PAGES)
async def audit(call: Call[None]) -> Rows:
    """Search the audit log."""
    return Rows.model_validate(await service.read(_desk(call), "audit", call.query))


@app.get("/webhooks", query=WebhookQuery, response=Rows, errors=_PAGES)
async def webhooks(call: Call[None]) -> Rows:
    """List payment events that failed, or all of them."""
    return Rows.model_validate(await service.read(_desk(call), "webhooks", call.query))


@app.get("/reviews", query=PageQuery, response=Rows, errors=_PAGES)
async def reviews(call: Call[None]) -> Rows:
    """List payments that wait for a person."""
    return Rows.model_validate(await service.read(_desk(call), "reviews", call.query))


@app.get("/tasks", query=TaskQuery, response=Rows, errors=_PAGES)
async def tasks(call: Call[None]) -> Rows:
    """List tasks that failed, or that are open."""
    return Rows.model_validate(await service.read(_desk(call), "tasks", call.query))


@app.get("/holds", query=PageQuery, response=Rows, errors=_PAGES)
async def holds(call: Call[None]) -> Rows:
    """List holds that ran out and were not given back."""
    return Rows.model_validate(await service.read(_desk(call), "holds", call.query))


@app.get("/retention", response=Retention, errors=_READS)
async def retention(call: Call[None]) -> Retention:
    """Return the retention periods and the last runs of the clean-up."""
    return Retention.model_validate(await service.read(_desk(call), "retention"))


@app.get("/invariants", response=Invariants, errors=_READS)
async def invariants(call: Call[None]) -> Invariants:
    """Return the invariants and what the last check of them found."""
    return Invariants.model_validate(await service.read(_desk(call), "invariants"))


# -- changes --------------------------------------------------------------------------------------------------


@app.post(
    "/users/{id:uuid}/credits", request=CreditsRequest, response=Changed, idempotent=True, max_body=_MAX_BODY,
    errors=(*_CHANGES, errors.UserNotFound),
)  # fmt: skip
async def adjust_credits(call: Call[CreditsRequest]) -> Changed:
    """Give or take credits."""
    return await service.change(_desk(call), "adjust_credits", call.body, _key(call), user_id=str(call.path["id"]))


@app.post(
    "/users/{id:uuid}/plan", request=PlanRequest, response=Changed, idempotent=True, max_body=_MAX_BODY,
    errors=(*_CHANGES, errors.UserNotFound, errors.NotFound, errors.InvalidPeriod),
)  # fmt: skip
async def override_plan(call: Call[PlanRequest]) -> Changed:
    """Give a plan for nothing, or end that."""
    return await service.change(_desk(call), "override_plan", call.body, _key(call), user_id=str(call.path["id"]))


@app.post(
    "/users/{id:uuid}/suspension", request=SuspensionRequest, response=Changed, idempotent=True, max_body=_MAX_BODY,
    errors=(*_CHANGES, errors.UserNotFound),
)  # fmt: skip
async def suspend(call: Call[SuspensionRequest]) -> Changed:
    """Suspend an account, or end that."""
    return await service.change(_desk(call), "suspend", call.body, _key(call), user_id=str(call.path["id"]))


@app.post(
    "/users/{id:uuid}/holds", request=ChangeRequest, response=Changed, idempotent=True, max_body=_MAX_BODY,
    errors=(*_CHANGES, errors.UserNotFound),
)  # fmt: skip
async def sweep_holds(call: Call[ChangeRequest]) -> Changed:
    """Give back what an account holds beyond its time."""
    return await service.change(_desk(call), "sweep_holds", call.body, _key(call), user_id=str(call.path["id"]))


@app.post(
    "/webhooks/{id:int}/replay", request=ChangeRequest, response=Changed, idempotent=True, max_body=_MAX_BODY,
    errors=(*_CHANGES, errors.Conflict),
)  # fmt: skip
async def replay_webhook(call: Call[ChangeRequest]) -> Changed:
    """Try a failed payment event again."""
    return await service.change(_desk(call), "replay_webhook", call.body, _key(call), id=int(call.path["id"]))


@app.post(
    "/reviews/close", request=ReviewRequest, response=Changed, idempotent=True, max_body=_MAX_BODY,
    errors=(*_CHANGES, errors.ReviewNotFound),
)  # fmt: skip
async def close_review(call: Call[ReviewRequest]) -> Changed:
    """Close an entry of the payments that wait for a person, with the reason as its note."""
    return await service.change(_desk(call), "close_review", call.body, _key(call))


@app.post(
    "/tasks/{id:uuid}/retry", request=ChangeRequest, response=Changed, idempotent=True, max_body=_MAX_BODY,
    errors=(*_CHANGES, errors.TaskNotFound, errors.Conflict, errors.AccountInactive),
)  # fmt: skip
async def retry_task(call: Call[ChangeRequest]) -> Changed:
    """Repeat a failed task."""
    return await service.retry_task(_desk(call), call.body, _key(call), str(call.path["id"]), wiring.queue())


handler = app.lambda_handler()

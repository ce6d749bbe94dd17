"""Routes of `account`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast, get_args

from functions._shared import wiring
from functions._shared.domain.errors import (
    AccountErased,
    AccountInactive,
    ExportNotFound,
    ExportRunning,
    IdempotencyConflict,
    ModelUnavailable,
    NotFound,
    ProviderKeyNotFound,
    ProviderKeyRejected,
    RecoveryOver,
    SignInAgain,
    TooManyTasks,
    UnsubscribeLinkInvalid,
    UserNotFound,
)
from functions._shared.edge import Auth, FunctionApp, Reply
from functions._shared.flows.task import open_task
from functions._shared.wiring import privacy
from functions.account import service, unsubscribe
from functions.account.schemas import (
    AccountState,
    DeleteRequest,
    Export,
    ExportRequest,
    Exports,
    KeyRequest,
    KeyTest,
    Provider,
    ProviderKey,
    ProviderKeys,
)

if TYPE_CHECKING:
    from typing import Any

    from functions._shared.edge import Call
    from functions._shared.ports.request import PaidAnswer, TaskAnswer

app = FunctionApp("account", summary="Export, delete and restore an account; own provider keys")

_GONE: Final = (UserNotFound, AccountErased)


@app.get("/", response=AccountState, per_minute=60, errors=_GONE)
async def show(call: Call[None]) -> AccountState:
    """Return the state of the caller's account, also of a deleted one."""
    return await service.state(call.caller.user_id, privacy.user_accounts())


@app.post(
    "/delete",
    request=DeleteRequest,
    response=AccountState,
    idempotent=True,
    per_minute=10,
    errors=(*_GONE, IdempotencyConflict),
)
async def delete(call: Call[DeleteRequest]) -> AccountState:
    """Delete the account. It can be restored for 30 days."""
    key = call.idempotency.key
    return await service.delete(call.caller.user_id, key, privacy.user_accounts(), wiring.files())


@app.post(
    "/restore",
    response=AccountState,
    idempotent=True,
    per_minute=10,
    errors=(*_GONE, RecoveryOver, SignInAgain, IdempotencyConflict),
)
async def restore(call: Call[None]) -> AccountState:
    """Restore the account within 30 days, after signing in again."""
    return await service.restore(call.caller, call.idempotency.key, privacy.user_accounts())


# -- provider keys ------------------------------------------------------------------------------------------------


@app.get("/keys", response=ProviderKeys, errors=(AccountInactive,))
async def list_keys(call: Call[None]) -> ProviderKeys:
    """List the caller's provider keys. The keys themselves are never shown."""
    return await service.list_keys(call.caller.user_id, privacy.user_accounts(), wiring.provider_keys())


@app.route(
    "PUT",
    "/keys/{provider}",
    request=KeyRequest,
    response=ProviderKey,
    per_minute=10,
    errors=(AccountInactive, ProviderKeyRejected, NotFound),
)
async def put_key(call: Call[KeyRequest]) -> ProviderKey:
    """Store a key, in place of an earlier one, unless its provider refuses it."""
    accounts, keys, checks = privacy.user_accounts(), wiring.provider_keys(), privacy.key_checks()
    key = call.body.key
    return await service.put_key(call.caller.user_id, _provider(call), key, accounts, keys, checks)


@app.post(
    "/keys/{provider}/test",
    response=KeyTest,
    per_minute=10,
    errors=(AccountInactive, ProviderKeyNotFound, ModelUnavailable, NotFound),
)
async def check_key(call: Call[None]) -> KeyTest:
    """Ask the provider whether it accepts the stored key. It costs nothing."""
    accounts, keys, checks = privacy.user_accounts(), wiring.provider_keys(), privacy.key_checks()
    return await service.check_key(call.caller.user_id, _provider(call), accounts, keys, checks)


@app.route(
    "DELETE", "/keys/{provider}", status=204, per_minute=30, errors=(AccountInactive, ProviderKeyNotFound, NotFound)
)
async def delete_key(call: Call[None]) -> Reply:
    """Delete a key."""
    await service.delete_key(call.caller.user_id, _provider(call), privacy.user_accounts(), wiring.provider_keys())
    return Reply(status=204)


def _provider(call: Call[Any]) -> Provider:
    name = str(call.path["provider"])
    if name not in get_args(Provider):
        raise NotFound(providers=list(get_args(Provider)))
    return cast("Provider", name)


# -- exports ------------------------------------------------------------------------------------------------------


@app.post(
    "/export",
    request=ExportRequest,
    response=Export,
    idempotent=True,
    tasks=True,
    per_minute=5,
    errors=(AccountInactive, ExportRunning, TooManyTasks),
)
async def export(call: Call[ExportRequest]) -> TaskAnswer | PaidAnswer:
    """Export everything about the caller, as a task. `GET account/exports` then has the links."""
    plan = service.plan_export()
    return await open_task(
        wiring.tasks(), wiring.queue(), plan, call.paid, function=app.name, request_id=call.request_id
    )


@app.get("/exports", response=Exports, per_minute=60, errors=(AccountInactive,))
async def list_exports(call: Call[None]) -> Exports:
    """List the caller's exports, with links that end when they expire or are revoked."""
    return await service.list_exports(call.caller.user_id, privacy.user_accounts(), wiring.files())


@app.route("DELETE", "/exports/{id:uuid}", status=204, errors=(AccountInactive, ExportNotFound))
async def revoke_export(call: Call[None]) -> Reply:
    """Revoke an export: its links end at once."""
    identity = str(call.path["id"])
    await service.revoke_export(call.caller.user_id, identity, privacy.user_accounts(), wiring.files())
    return Reply(status=204)


# -- e-mail -------------------------------------------------------------------------------------------------------

_HTML: Final = "text/html; charset=utf-8"


@app.get("/unsubscribe/{link}", auth=Auth.PUBLIC, produces="text/html", per_minute=60)
async def ask_unsubscribe(call: Call[None]) -> Reply:
    """Return the page of an unsubscribe link, with a button. Fetching it changes nothing."""
    return Reply(unsubscribe.ask(call.path["link"]), _HTML, headers=unsubscribe.HEADERS)


@app.post(
    "/unsubscribe/{link}",
    auth=Auth.PUBLIC,
    produces="text/html",
    per_minute=300,
    max_body=4096,
    errors=(UnsubscribeLinkInvalid,),
)
async def end_subscription(call: Call[None]) -> Reply:
    """Unsubscribe with one click (RFC 8058). The body is not read; the signed link says what ends."""
    page = await unsubscribe.end(call.path["link"], privacy.user_accounts())
    return Reply(page, _HTML, headers=unsubscribe.HEADERS)


handler = app.lambda_handler()

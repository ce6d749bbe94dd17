"""Routes of `signup`: the auth service's hook before a sign-up, and the database webhook after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared import wiring
from functions._shared.domain.errors import InvalidSignature
from functions._shared.edge import Auth, FunctionApp, Reply
from functions._shared.edge.body import parse_json, validate
from functions.signup import service
from functions.signup.schemas import BeforeUserCreated, DatabaseMessage, Provisioned

if TYPE_CHECKING:
    from functions._shared.edge import Call

app = FunctionApp("signup", summary="Sign-up rules, and provisioning of new users")


@app.post("/hook", auth=Auth.WEBHOOK, produces="application/json", errors=(InvalidSignature,))
async def before_user_created(call: Call[None]) -> Reply:
    """Answer Supabase Auth's before-user-created hook.

    A refusal is HTTP 200 with an ``error``, because the auth service turns a 4xx status into a 500 for the user.
    """
    wiring.hooks().verify(call.raw, call.headers)
    message = validate(BeforeUserCreated, parse_json(call.raw))
    answer = await service.check(message, call.headers["webhook-id"], wiring.signups())
    return Reply(answer.model_dump_json(exclude_none=True).encode(), media_type="application/json")


@app.post(
    "/provision",
    auth=Auth.SECRET,
    secret="DATABASE_WEBHOOK_SECRET",  # noqa: S106 - the name of the setting
    request=DatabaseMessage,
    response=Provisioned,
)
async def provision(call: Call[DatabaseMessage]) -> Provisioned:
    """Provision a new or newly confirmed user: a starter résumé and a trial, each only once."""
    return await service.provision(call.body, wiring.signups())


handler = app.lambda_handler()

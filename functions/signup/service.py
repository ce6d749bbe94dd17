"""Sign-up: the decision before a user is created, and the provisioning after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from functions._shared.domain.errors import UserNotFound
from functions.signup.schemas import BeforeUserCreated, DatabaseMessage, HookAnswer, HookError, Provisioned

if TYPE_CHECKING:
    from functions._shared.ports.signups import SignUps

REFUSALS: Final = {
    "disposable_email": (403, "Please sign up with a permanent email address."),
    "email_domain_refused": (403, "Sign-ups with this email domain are not accepted."),
    "email_domain_not_listed": (403, "Sign-ups are open only to invited email domains."),
    "too_many_signups": (429, "Too many sign-ups from this network. Please try again later."),
}
"""Reason from the database → HTTP status, and the message that the user sees."""


async def check(message: BeforeUserCreated, attempt: str, signups: SignUps) -> HookAnswer:
    """Decide whether the user may sign up.

    Parameters
    ----------
    message : BeforeUserCreated
        The message, with a verified signature.
    attempt : str
        Id of the message. The same message again gets the same answer.
    signups : SignUps
        The sign-up rules.
    """
    verdict = await signups.check(attempt, message.user.email or None, message.metadata.ip_address or None)
    if verdict.allowed:
        return HookAnswer()
    status, refusal = REFUSALS.get(verdict.reason or "", (403, "This sign-up is not accepted."))
    return HookAnswer(error=HookError(http_code=status, message=refusal))


async def provision(message: DatabaseMessage, signups: SignUps) -> Provisioned:
    """Provision the user named in a database webhook.

    If the user has been deleted in the meantime, nothing is done. That is no error: after an error the database
    would send the message again.
    """
    try:
        user_id = UUID(str((message.record or {}).get("id")))
    except ValueError:
        return Provisioned(user_id=None, given=[])
    if message.type == "DELETE":
        return Provisioned(user_id=user_id, given=[])
    try:
        return Provisioned(user_id=user_id, given=await signups.provision(str(user_id)))
    except UserNotFound:
        return Provisioned(user_id=user_id, given=[])

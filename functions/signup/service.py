"""Sign-up against its ports: a question before, a delivery after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from functions._shared.domain.errors import UserNotFound
from functions.signup.schemas import BeforeUserCreated, DatabaseMessage, HookAnswer, HookError, Provisioned

if TYPE_CHECKING:
    from functions._shared.ports.signups import SignUps

REFUSALS: Final = {
    "disposable_email": (403, "Please sign up with a lasting e-mail address."),
    "email_domain_refused": (403, "Sign-ups with this e-mail domain are not accepted."),
    "email_domain_not_listed": (403, "Sign-ups are open to invited e-mail domains only."),
    "too_many_signups": (429, "Too many sign-ups from this network. Please try again later."),
}
"""Reason of the database -> HTTP status and sentence that the user sees."""


async def check(message: BeforeUserCreated, attempt: str, signups: SignUps) -> HookAnswer:
    """Answer whether the user may be made.

    Parameters
    ----------
    message : BeforeUserCreated
        The question, its signature verified.
    attempt : str
        Id of the message: the same question again gets the same answer.
    signups : SignUps
        The rules.
    """
    verdict = await signups.check(attempt, message.user.email or None, message.metadata.ip_address or None)
    if verdict.allowed:
        return HookAnswer()
    status, sentence = REFUSALS.get(verdict.reason or "", (403, "This sign-up is not accepted."))
    return HookAnswer(error=HookError(http_code=status, message=sentence))


async def provision(message: DatabaseMessage, signups: SignUps) -> Provisioned:
    """Give the user of a database message what their sign-up is owed.

    A user who is gone again by the time of the message is owed nothing: that is no error, since an error would only
    bring the message again.
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

"""Practice interviews in the database: started, found again and ended. Their answers are effects of operations.

Used by the ``interview`` function. Implemented by the ``supabase`` adapter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from typing import Literal

    from functions._shared.domain.interviews import Interview, Opening, StartedInterview
    from functions._shared.domain.metering import ChosenFunding
    from functions._shared.ports.request import PaidCall


class Interviews(Protocol):
    """The rows of interviews. Each call is one round trip."""

    async def start(self, call: PaidCall, opening: Opening, funding: ChosenFunding | None) -> StartedInterview:
        """Reserve an interview and open it, or return the one of the same key.

        Raises
        ------
        InsufficientCredits, IdempotencyConflict, NoProviderKey, ResumeNotFound, JobNotFound, AccountInactive,
        TooManyReleases, SpendCeilingReached, ReplayGone
            The ledger refuses. Nothing is opened. ``ReplayGone``: the user has deleted the interview of this key.
        """
        ...

    async def open(self, user_id: str, interview_id: str, *, hold: bool, key: str) -> Interview:
        """Return a user's interview, with its résumé and its job as they are now.

        Parameters
        ----------
        user_id, interview_id : str
            Whose, and which.
        hold : bool
            Reserve it anew if its hold ran out before an answer was accepted.
        key : str
            Idempotency key of the step that it is opened for (`Interview.is_repeated`).

        Raises
        ------
        SessionNotFound, AccountInactive
            The user has no such interview, or their account is suspended or deleted.
        InsufficientCredits
            It can not be reserved anew.
        """
        ...

    async def end(self, user_id: str, interview_id: str, status: Literal["abandoned", "cancelled"]) -> Interview:
        """End an interview without a score, and give back what it holds. Repeating it changes nothing.

        Raises
        ------
        SessionNotFound, SessionNotActive, AccountInactive
            There is no such interview, it has ended otherwise, or the account is suspended or deleted.
        """
        ...

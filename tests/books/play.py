"""Going through time: which lot pays which spend (books §3.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

NEVER = 1 << 62  # later than any moment


@dataclass(frozen=True)
class Lot:
    """Units granted for one cause.

    `units` is G, `worth` is W and `worth_if_lost` is W': what the lot must hold when open disputes count as won
    and as lost. `expires` is None for a lot that lasts.
    """

    key: str
    cause: str
    units: int
    worth: int
    worth_if_lost: int
    starts: int
    expires: int | None
    priority: int

    @property
    def rank(self) -> tuple[int, int, int, str]:
        """Lots burn in this order."""
        return self.priority, NEVER if self.expires is None else self.expires, self.starts, self.key


@dataclass(frozen=True)
class Played:
    """Where each lot's units are at the end, and what no lot covered."""

    used: Mapping[str, int]
    expired: Mapping[str, int]
    free: Mapping[str, int]
    unmet: int


def play(
    lots: Sequence[Lot],
    spends: Iterable[tuple[int, int]],
    holds: Callable[[Lot], int],
    now: int,
    closed_at: int | None = None,
) -> Played:
    """Play spends against lots from the beginning to now.

    Parameters
    ----------
    lots
        Lots that have started.
    spends
        Moments and units.
    holds
        What a lot holds in this play: its W or its W'.
    now
        Where the play ends.
    closed_at
        When the account was closed: its lots end then, after the spends of that second.

    Returns
    -------
    Played
        Units used, expired and free per lot, and the units that no lot covered.
    """
    board = _Board(lots, holds)
    totals: dict[int, int] = {}
    for at, units in spends:
        totals[at] = totals.get(at, 0) + units
    ends = {lot.expires for lot in lots if lot.expires is not None}
    closing = set() if closed_at is None else {closed_at}
    for moment in sorted({*totals, *ends, *closing, *(lot.starts for lot in lots)}):
        if moment > now:
            break
        board.end_lots(moment)
        board.start_lots(moment)
        board.spend(totals.get(moment, 0))
        if moment == closed_at:
            board.close()
    return Played(board.used, board.expired, board.free, board.unmet)


class _Board:
    """The lots in the order in which they burn, at one moment of the play."""

    def __init__(self, lots: Sequence[Lot], holds: Callable[[Lot], int]) -> None:
        self._lots = sorted(lots, key=lambda lot: lot.rank)
        self._holds = holds
        self.free = {lot.key: 0 for lot in self._lots}
        self.used = dict(self.free)
        self.expired = dict(self.free)
        self.unmet = 0

    def end_lots(self, moment: int) -> None:
        for lot in self._lots:
            if lot.expires == moment:
                self._expire(lot.key)

    def start_lots(self, moment: int) -> None:
        """A lot that starts pays what is unmet; one that starts after its end keeps nothing of the rest."""
        for lot in self._lots:
            if lot.starts == moment:
                self.free[lot.key] = self._holds(lot)
                self._burn(lot.key)
                if lot.expires is not None and lot.expires <= moment:
                    self._expire(lot.key)

    def spend(self, units: int) -> None:
        self.unmet += units
        for key in self.free:
            self._burn(key)

    def close(self) -> None:
        for key in self.free:
            self._expire(key)

    def _burn(self, key: str) -> None:
        burnt = min(self.unmet, self.free[key])
        self.free[key] -= burnt
        self.used[key] += burnt
        self.unmet -= burnt

    def _expire(self, key: str) -> None:
        self.expired[key] += self.free[key]
        self.free[key] = 0

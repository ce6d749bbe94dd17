"""What the services of `billing` need to serve one caller. The handler builds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from functions._shared.ports.payment_books import PaymentBooks
    from functions._shared.ports.payment_provider import FindProvider
    from functions._shared.ports.rows import CallerRows


@dataclass(frozen=True, slots=True)
class BillingDesk:
    """The caller, and the ports to serve them.

    Parameters
    ----------
    user_id : str
        The caller, from the verified token.
    books : PaymentBooks
        Our records of payments.
    rows : CallerRows
        The database with the caller's own rights.
    find_provider : callable
        Returns a payment provider by name, or the preferred one if the name is empty.
    """

    user_id: str
    books: PaymentBooks
    rows: CallerRows
    find_provider: FindProvider

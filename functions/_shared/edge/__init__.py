"""The edge: everything between HTTP and a service, written once for every function.

A request passes through these modules in this order, each once: `aws` (on Lambda only) → `app` → `cors` → `router` →
`admission` (which calls `bearer`, `idempotency` and `body`) → the handler → `response`, or `problem` for an error.
"""

from functions._shared.edge.app import FunctionApp
from functions._shared.edge.route import Auth, Call, Reply

__all__ = ["Auth", "Call", "FunctionApp", "Reply"]

"""The edge: everything between HTTP and a service, written once for every function."""

from functions._shared.edge.app import FunctionApp
from functions._shared.edge.route import Auth, Call, Reply

__all__ = ["Auth", "Call", "FunctionApp", "Reply"]

"""Serves every function of this repository from one process, as API Gateway does in production.

`local.stack` starts it. A folder `functions/<name>/` whose `handler` module has an ASGI `app` answers under
`/functions/v1/<kebab-name>`: the same app that Mangum wraps on Lambda, called with the same full path.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn

from functions._shared import wiring
from local import api_page, queue

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping

    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    Application = Callable[[Message, Receive, Send], Awaitable[None]]

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "/functions/v1/"
_wired = ExitStack()
"""What is replaced in the wiring for the life of the process."""


def discover(folder: Path, package: str = "functions") -> dict[str, Application]:
    """Import every function's ASGI app.

    Parameters
    ----------
    folder
        Folder that contains the functions' folders.
    package
        Its dotted name.

    Returns
    -------
    dict
        Apps by their name in URLs (`resume-import`). A handler that cannot be imported stops the server: answering its
        requests with 404 would hide the mistake.
    """
    apps: dict[str, Application] = {}
    for handler in sorted(folder.glob("*/handler.py")):
        module = importlib.import_module(f"{package}.{handler.parent.name}.handler")
        apps[handler.parent.name.replace("_", "-")] = module.app
    return apps


class Dispatcher:
    """ASGI app that passes each request to its function unchanged and serves the API page at `/functions/v1/docs`."""

    def __init__(self, apps: dict[str, Application], providers: Application | None = None) -> None:
        self.apps = apps
        self.providers = providers

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return
        path: str = scope["path"]
        name = path.removeprefix(PREFIX).split("/", 1)[0] if path.startswith(PREFIX) else ""
        if name in self.apps:
            await self.apps[name](scope, receive, send)
        elif self.providers is not None and path.startswith("/providers/"):
            await self.providers(scope, receive, send)
        elif name == "docs" and (found := await api_page.answer(scope["method"], path, self.apps)):
            await _answer(send, found)
        else:
            problem = {
                "type": "about:blank",
                "title": "Function not found",
                "status": 404,
                "code": "function_not_found",
                "detail": f"These functions exist: {', '.join(self.apps) or 'none'}.",
            }
            headers = {"content-type": "application/problem+json", "access-control-allow-origin": "*"}
            await _answer(send, api_page.Answer(404, headers, json.dumps(problem).encode()))


async def _answer(send: Send, answer: api_page.Answer) -> None:
    headers = [(name.encode(), value.encode()) for name, value in answer.headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})


def functions_folder() -> Path:
    """Return the folder of the functions; a test may set FUNCTIONS_DIRECTORY to another one."""
    return Path(os.environ.get("FUNCTIONS_DIRECTORY", ROOT / "functions"))


def create_app() -> Dispatcher:
    """Return the app that serves this repository's functions, whose queues deliver in this process."""
    folder = functions_folder()
    sys.path.insert(0, str(folder.parent))
    apps = discover(folder, folder.name)
    _wired.enter_context(wiring.override(queue=queue.discover(list(apps), folder.name)))
    return Dispatcher(apps, payment_providers())


def payment_providers() -> Application | None:
    """Return the local Razorpay and Stripe, mounted at `/providers`, if the stack has configured them."""
    memory = os.environ.get("LOCAL_PROVIDERS_MEMORY")
    if not memory:
        return None
    from starlette.applications import Starlette
    from starlette.routing import Mount

    from local.providers.server import Providers

    url = os.environ["LOCAL_FUNCTIONS_URL"]
    providers = Providers(f"{url}/providers", f"{url}/functions/v1/payments-webhook", Path(memory))
    return Starlette(routes=[Mount("/providers", providers)])


def main() -> None:
    """Serve until stopped: `python -m local.functions_server PORT [--reload]`."""
    uvicorn.run(
        "local.functions_server:create_app",
        factory=True,
        host="127.0.0.1",
        port=int(sys.argv[1]),
        # The Supabase API keeps its connections open; closing one here would race with its next request.
        timeout_keep_alive=3600,
        lifespan="off",
        reload="--reload" in sys.argv,
        reload_dirs=[str(functions_folder())] if "--reload" in sys.argv else None,
    )


if __name__ == "__main__":
    main()

"""The routes of one function: which one serves a request. Used by `FunctionApp`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.routing import Match, Route

from functions._shared.domain.errors import MethodNotAllowed, NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.types import Scope

    from functions._shared.edge.route import RouteSpec


@dataclass(frozen=True, slots=True)
class RouteMatch:
    """The route that serves a request.

    Parameters
    ----------
    spec : RouteSpec
        The route.
    path : str
        The requested path inside the function.
    parameters : mapping
        Path parameters, converted to their types.
    """

    spec: RouteSpec
    path: str
    parameters: Mapping[str, Any]


class Router:
    """Matches paths with or without the function's own prefix.

    Parameters
    ----------
    base_path : str
        URL path of the function.
    """

    def __init__(self, base_path: str) -> None:
        self._base_path = base_path
        self._routes: list[tuple[Route, RouteSpec]] = []

    @property
    def specs(self) -> list[RouteSpec]:
        """Every route, in the order of declaration."""
        return [spec for _, spec in self._routes]

    def add(self, spec: RouteSpec) -> None:
        """Add a route."""

        async def endpoint(_: Request) -> None:
            """Satisfy Starlette, which only matches the path here: `FunctionApp` calls the handler."""

        path = spec.path.rstrip("/") or "/"
        self._routes.append((Route(path, endpoint, methods=[spec.method]), spec))

    def match(self, scope: Scope) -> RouteMatch:
        """Find the route for a request.

        Raises
        ------
        NotFound
            No route has this path.
        MethodNotAllowed
            Routes have this path, but none has this method.
        """
        path = scope["path"].removeprefix(scope.get("root_path", "")).rstrip("/")
        if path == self._base_path or path.startswith(self._base_path + "/"):
            path = path.removeprefix(self._base_path)
        local = {**scope, "path": path or "/", "root_path": ""}
        allowed: set[str] = set()
        for route, spec in self._routes:
            match, child = route.matches(local)
            if match is Match.FULL:
                return RouteMatch(spec, local["path"], child["path_params"])
            if match is Match.PARTIAL:
                allowed |= set(route.methods or ())
        if allowed:
            raise MethodNotAllowed(allowed=sorted(allowed | {"OPTIONS"}))
        raise NotFound

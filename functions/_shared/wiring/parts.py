"""How the wiring keeps its parts: each is built on first use and kept for its lifetime; tests can replace any."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from enum import IntEnum
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

T = TypeVar("T")


class Lifetime(IntEnum):
    """How long a part is kept, from short to long."""

    SECRETS = 0
    """Until the event loop or a secret changes: the part may be built from a secret."""

    EVENT_LOOP = 1
    """Until the event loop changes: the part holds connections, which belong to one loop."""

    CONTAINER = 2
    """For the life of the container."""


class Parts:
    """A registry of parts, with those built so far.

    Parameters
    ----------
    rotations : callable
        Returns how many secret rotations have been seen.
    """

    def __init__(self, rotations: Callable[[], int]) -> None:
        self._rotations = rotations
        self._lifetimes: dict[str, Lifetime] = {}
        self._container = _Container({})

    def register(self, lifetime: Lifetime = Lifetime.SECRETS) -> Callable[[Callable[[], T]], Callable[[], T]]:
        """Register a builder as a part: calls return the kept part, and `override` accepts its name."""

        def decorate(build: Callable[[], T]) -> Callable[[], T]:
            name = build.__name__.removeprefix("_")
            self._lifetimes[name] = lifetime

            @wraps(build)
            def get() -> T:
                return self._get(name, build)

            return get

        return decorate

    @property
    def names(self) -> set[str]:
        """The names of all parts."""
        return set(self._lifetimes)

    def is_replaced(self, name: str) -> bool:
        """Return whether `override` has replaced a part."""
        return name in self._container.replacements

    @contextmanager
    def override(self, **parts: object) -> Iterator[None]:
        """Replace parts, for tests and tools. Inside the ``with`` block, all other parts are built anew.

        Parameters
        ----------
        **parts
            Replacements, by the name of their function in the wiring. ``rows`` is a callable that takes the caller.

        Raises
        ------
        TypeError
            There is no part of this name.

        Examples
        --------
        >>> with wiring.override(ledger=FakeLedger(), settings=Settings({"SUPABASE_URL": url})):
        ...     client.post("/functions/v1/generate")
        """
        unknown = parts.keys() - self._lifetimes.keys()
        if unknown:
            raise TypeError(f"no such part: {', '.join(sorted(unknown))}")
        before, self._container = self._container, _Container(parts)
        try:
            yield
        finally:
            self._container = before

    def _get(self, name: str, build: Callable[[], T]) -> T:
        """Return a part; build it if it is new or stale."""
        container = self._container
        if name in container.replacements:
            return cast("T", container.replacements[name])
        if self._lifetimes[name] < Lifetime.CONTAINER:
            self._drop_stale()
        if name not in container.built:
            container.built[name] = build()
        return cast("T", container.built[name])

    def _drop_stale(self) -> None:
        container, loop = self._container, asyncio.get_running_loop()
        if loop is not container.loop:
            # On Lambda there is one loop for good; test runners start one per test.
            container.loop = loop
            self._keep(Lifetime.CONTAINER)
        rotations = self._rotations()
        if rotations != container.rotations:
            container.rotations = rotations
            self._keep(Lifetime.EVENT_LOOP)

    def _keep(self, shortest: Lifetime) -> None:
        built = self._container.built
        self._container.built = {name: part for name, part in built.items() if self._lifetimes[name] >= shortest}


class _Container:
    """The parts built so far, and the replacements from `override`."""

    def __init__(self, replacements: Mapping[str, Any]) -> None:
        self.replacements = replacements
        self.built: dict[str, Any] = {}
        self.loop: asyncio.AbstractEventLoop | None = None
        self.rotations = 0

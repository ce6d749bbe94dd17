"""The modules that a function can reach: its own folder, and what that imports, lazily or not.

A function that imports a module carries everything which that module can import. The exception is `wiring`: it knows
every adapter, and imports each inside the builder that needs it, so only the builders that a function (or what it
imports) names are followed. That is what keeps a payment SDK out of the function that writes cover letters.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from deploy.package.errors import PackagingError
from deploy.package.imports import Import, Source, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

HUB = "_shared.wiring"


@dataclass(slots=True)
class Closure:
    """What one function consists of.

    Attributes
    ----------
    modules
        Dotted name → file, of this repository.
    imports
        Imports of everything else but the standard library.
    """

    modules: dict[str, Path] = field(default_factory=dict)
    imports: set[Import] = field(default_factory=set)


class Walker:
    """Collects the closures of the functions below one folder.

    Parameters
    ----------
    folder
        The package of functions (`functions/`), whose own name is the root of every import.
    absent
        Tells imports that the artefact will not have: those of optional extras. A module that makes one could not
        run, so it stays out, with what only it reaches.
    """

    def __init__(self, folder: Path, absent: Callable[[Import], bool] = lambda _: False) -> None:
        self.folder, self.root, self._absent = folder, folder.name, absent
        self.hub = f"{self.root}.{HUB}"
        self._sources: dict[str, Source] = {}

    def closure(self, name: str) -> Closure:
        """Follow everything that `functions/<name>/` can reach.

        Raises
        ------
        PackagingError
            If an import leads nowhere or cannot be known.
        """
        found, seen, used = Closure(), set[str](), set[str]()
        pending = [self._dotted(path) for path in sorted((self.folder / name).rglob("*.py"))]
        while pending:
            while pending:
                module = pending.pop()
                path = self.file(module)
                if module in seen or path is None:
                    continue
                seen.add(module)
                source = self._source(module, path)
                if any(map(self._absent, source.whole.imports)):
                    continue
                found.modules[module] = path
                pending.append(module.rpartition(".")[0])
                if module == self.hub:
                    pending += self._follow(source.top.imports, found)
                else:
                    pending += self._follow(source.whole.imports, found)
                    used |= self._builders(source, path)
            pending = [module for module in self._built(used, found) if module not in seen]
        return found

    def _built(self, used: set[str], found: Closure) -> Iterator[str]:
        """Give what the hub's builders import, those that are used."""
        if self.hub in found.modules:
            hub = self._source(self.hub, found.modules[self.hub])
            for builder in _reachable(hub, used):
                yield from self._follow(hub.definitions[builder].imports, found)

    def file(self, module: str) -> Path | None:
        """Give the file of one of our modules; None where the name is not a module."""
        if module.partition(".")[0] != self.root:
            return None
        path = self.folder.parent.joinpath(*module.split("."))
        candidates = path.with_suffix(".py"), path / "__init__.py"
        return next((candidate for candidate in candidates if candidate.is_file()), None)

    def _dotted(self, path: Path) -> str:
        parts = path.relative_to(self.folder.parent).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def _source(self, module: str, path: Path) -> Source:
        if module not in self._sources:
            self._sources[module] = read(path, module)
        return self._sources[module]

    def _follow(self, imports: list[Import], found: Closure) -> Iterator[str]:
        for imported in imports:
            top = imported.module.split(".")[0]
            if top == self.root:
                if self.file(imported.module) is None:
                    raise PackagingError(f"{imported.module} is imported, but there is no such module")
                yield imported.module
                if self.file(imported.dotted) is not None:
                    yield imported.dotted
            elif top not in sys.stdlib_module_names:
                found.imports.add(imported)

    def _builders(self, source: Source, path: Path) -> set[str]:
        """Names of the hub that a module uses."""
        used: set[str] = set()
        for imported in source.whole.imports:
            if imported.module == self.hub and imported.name is not None:
                used.add(imported.name)
            elif imported.dotted == self.hub:
                if imported.bound in source.whole.names:
                    raise PackagingError(f"{path}: hands {imported.bound} on; name the builders that it needs")
                used |= source.whole.attributes.get(imported.bound, set())
        return used


def _reachable(hub: Source, used: set[str]) -> Iterator[str]:
    """Definitions of the hub that the used ones lead to, themselves included."""
    pending, seen = list(used), set[str]()
    # What runs when the hub is imported is reached by everyone.
    pending += hub.top.names
    while pending:
        name = pending.pop()
        if name in seen or name not in hub.definitions:
            continue
        seen.add(name)
        scope = hub.definitions[name]
        pending += scope.names | set(scope.attributes)
        yield name

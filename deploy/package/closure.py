"""Finds the modules that a function can reach: its own folder and everything that it imports, lazily or not.

An artefact contains everything that its modules can import. The exception is `wiring`, which knows every adapter and
imports each one inside the builder that needs it: only the builders that a function or its imports name are followed.
This keeps payment SDKs out of the function that writes cover letters.
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
    """The modules and imports of one function.

    Attributes
    ----------
    modules
        Files of this repository by dotted module name.
    imports
        Imports of third-party modules.
    """

    modules: dict[str, Path] = field(default_factory=dict)
    imports: set[Import] = field(default_factory=set)


class Walker:
    """Finds the closures of the functions in one folder.

    Parameters
    ----------
    folder
        The package of functions, `functions/`. Its name is the root of our imports.
    absent
        Whether an import is missing from artefacts because only an optional extra installs it. A module with such an
        import is left out, with everything that only it reaches.
    """

    def __init__(self, folder: Path, absent: Callable[[Import], bool] = lambda _: False) -> None:
        self.folder, self.root, self._absent = folder, folder.name, absent
        self.hub = f"{self.root}.{HUB}"
        self._sources: dict[str, Source] = {}

    def closure(self, name: str) -> Closure:
        """Return everything that `functions/<name>/` can reach.

        Raises
        ------
        PackagingError
            An import names no module, or is not known before run time.
        """
        closure, seen, used = Closure(), set[str](), set[str]()
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
                closure.modules[module] = path
                pending.append(module.rpartition(".")[0])
                if module == self.hub:
                    pending += self._follow(source.top.imports, closure)
                else:
                    pending += self._follow(source.whole.imports, closure)
                    used |= self._builders(source, path)
            pending = [module for module in self._built(used, closure) if module not in seen]
        return closure

    def _built(self, used: set[str], closure: Closure) -> Iterator[str]:
        """Yield the imports of the hub's builders that are used."""
        if self.hub in closure.modules:
            hub = self._source(self.hub, closure.modules[self.hub])
            for builder in _reachable(hub, used):
                yield from self._follow(hub.definitions[builder].imports, closure)

    def file(self, module: str) -> Path | None:
        """Return the file of one of our modules, or None for any other name."""
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

    def _follow(self, imports: list[Import], closure: Closure) -> Iterator[str]:
        for imported in imports:
            top = imported.module.split(".")[0]
            if top == self.root:
                if self.file(imported.module) is None:
                    raise PackagingError(f"{imported.module} is imported, but no such module exists")
                yield imported.module
                if self.file(imported.dotted) is not None:
                    yield imported.dotted
            elif top not in sys.stdlib_module_names:
                closure.imports.add(imported)

    def _builders(self, source: Source, path: Path) -> set[str]:
        """Return the names that a module uses from the hub."""
        used: set[str] = set()
        for imported in source.whole.imports:
            if imported.module == self.hub and imported.name is not None:
                used.add(imported.name)
            elif imported.dotted == self.hub:
                if imported.bound in source.whole.names:
                    raise PackagingError(f"{path}: uses {imported.bound} as a value; name the builders that it needs")
                used |= source.whole.attributes.get(imported.bound, set())
        return used


def _reachable(hub: Source, used: set[str]) -> Iterator[str]:
    """Yield the used definitions of the hub and all that they use in turn."""
    pending, seen = list(used), set[str]()
    # Importing the hub runs its top level.
    pending += hub.top.names
    while pending:
        name = pending.pop()
        if name in seen or name not in hub.definitions:
            continue
        seen.add(name)
        scope = hub.definitions[name]
        pending += scope.names | set(scope.attributes)
        yield name

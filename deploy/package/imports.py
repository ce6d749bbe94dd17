"""Reads the imports of a module from its source, without running it."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from deploy.package.errors import PackagingError

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Import:
    """One import: the absolute dotted `module`, and the `name` imported from it (None for the module itself).

    `bound` is its name in the importing code.
    """

    module: str
    name: str | None
    bound: str

    @property
    def dotted(self) -> str:
        """The longest dotted path that may be a module."""
        return self.module if self.name is None else f"{self.module}.{self.name}"


@dataclass(slots=True)
class Scope:
    """The imports, bare names and attributes of names that the code of one level uses."""

    imports: list[Import] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    attributes: dict[str, set[str]] = field(default_factory=dict)


@dataclass(slots=True)
class Source:
    """A parsed module: its top level, and its functions and classes by name.

    `whole` combines them: everything that the module can import.
    """

    top: Scope
    definitions: dict[str, Scope]
    whole: Scope


class _Reader(ast.NodeVisitor):
    def __init__(self, path: Path, package: str) -> None:
        self.path, self.package = path, package
        self.scopes: list[Scope] = []

    def visit_If(self, node: ast.If) -> None:
        """Skip the code that only type checkers see."""
        test = node.test
        name = test.attr if isinstance(test, ast.Attribute) else test.id if isinstance(test, ast.Name) else ""
        for child in node.orelse if name == "TYPE_CHECKING" else [test, *node.body, *node.orelse]:
            self.visit(child)

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._add(Import(alias.name, None, alias.asname or alias.name))

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = node.module or ""
        if node.level:
            parent = self.package.split(".")[: len(self.package.split(".")) - node.level + 1]
            module = ".".join([*parent, module]).rstrip(".")
        for alias in node.names:
            if alias.name == "*":
                raise PackagingError(f"{self.path}:{node.lineno}: a star import cannot be followed; name what you need")
            self._add(Import(module, alias.name, alias.asname or alias.name))

    def visit_Call(self, node: ast.Call) -> None:
        """Follow `import_module("literal")`; refuse a name that is computed at run time."""
        target = node.func
        name = target.attr if isinstance(target, ast.Attribute) else target.id if isinstance(target, ast.Name) else ""
        if name in {"import_module", "__import__"}:
            argument = node.args[0] if node.args else None
            if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
                raise PackagingError(
                    f"{self.path}:{node.lineno}: {name}() has a computed name; write the name as a literal"
                )
            self._add(Import(argument.value, None, ""))
        self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        for scope in self.scopes:
            scope.names.add(node.id)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if isinstance(node.value, ast.Name):
            for scope in self.scopes:
                scope.attributes.setdefault(node.value.id, set()).add(node.attr)
        else:
            self.generic_visit(node)

    def _add(self, imported: Import) -> None:
        for scope in self.scopes:
            scope.imports.append(imported)


def read(path: Path, module: str) -> Source:
    """Read one module.

    Parameters
    ----------
    path
        The source file.
    module
        Its dotted name, which resolves relative imports.

    Returns
    -------
    Source
        Its imports by level, without those under `if TYPE_CHECKING`.

    Raises
    ------
    PackagingError
        An import is not known before run time.
    """
    tree = ast.parse(path.read_bytes(), str(path))
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    source = Source(Scope(), {}, Scope())
    reader = _Reader(path, package)
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            scope = source.definitions.setdefault(statement.name, Scope())
        else:
            scope = source.top
        reader.scopes = [scope, source.whole]
        reader.visit(statement)
    return source

"""Which imports a module makes, read from its source without running it."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from deploy.package.errors import PackagingError

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Import:
    """One imported name: `module` is dotted and absolute, `name` what is taken from it (None for the module).

    `bound` is the name that the importing code knows it by.
    """

    module: str
    name: str | None
    bound: str

    @property
    def dotted(self) -> str:
        """The longest path that may be a module."""
        return self.module if self.name is None else f"{self.module}.{self.name}"


@dataclass(slots=True)
class Scope:
    """What the code at one level uses: imports, bare names, and attributes of names."""

    imports: list[Import] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    attributes: dict[str, set[str]] = field(default_factory=dict)


@dataclass(slots=True)
class Source:
    """A parsed module: its top level, and each function or class of it by name.

    `whole` is both together: everything that the module can ever import.
    """

    top: Scope
    definitions: dict[str, Scope]
    whole: Scope


class _Reader(ast.NodeVisitor):
    def __init__(self, path: Path, package: str) -> None:
        self.path, self.package = path, package
        self.scopes: list[Scope] = []

    def visit_If(self, node: ast.If) -> None:
        """Leave out what only type checkers see."""
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
                raise PackagingError(f"{self.path}:{node.lineno}: a star import cannot be followed")
            self._add(Import(module, alias.name, alias.asname or alias.name))

    def visit_Call(self, node: ast.Call) -> None:
        """Follow `import_module("literal")`, and refuse one that only the running program can resolve."""
        target = node.func
        name = target.attr if isinstance(target, ast.Attribute) else target.id if isinstance(target, ast.Name) else ""
        if name in {"import_module", "__import__"}:
            argument = node.args[0] if node.args else None
            if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
                raise PackagingError(
                    f"{self.path}:{node.lineno}: {name}() of a computed name: packaging cannot know what it loads"
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
        Its dotted name, against which relative imports are resolved.

    Returns
    -------
    Source
        What it imports, level by level; imports under `if TYPE_CHECKING` are left out.

    Raises
    ------
    PackagingError
        If an import cannot be known without running the code.
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

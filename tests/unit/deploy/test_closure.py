"""The modules of an artefact: everything that the function can reach, but only the wiring builders that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from deploy.package.artefact import own_files
from deploy.package.closure import Closure, Walker
from deploy.package.errors import PackagingError

if TYPE_CHECKING:
    from pathlib import Path

WIRING = """
from functions._shared.settings import read

def quick():
    from functions._shared.adapters.quick import client
    return client

def slow():
    def build():
        from functions._shared.adapters.slow.client import Slow
        return Slow()
    return build()

def composed():
    return _both()

def _both():
    return quick(), slow()

class Book:
    def open(self):
        from functions._shared.adapters.book import shelf
        return shelf
"""
SHARED = {
    "_shared/wiring.py": WIRING,
    "_shared/settings.py": "import os\nread = os.environ.get",
    "_shared/adapters/quick/client.py": "import httpx",
    "_shared/adapters/slow/client.py": "import stripe.error as e\nclass Slow: ...",
    "_shared/adapters/book/shelf.py": "import pypdf",
    "_shared/domain/rules.py": "from .facts import FACT",
    "_shared/domain/facts.py": "from decimal import Decimal\nFACT = 1",
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for path, text in SHARED.items():
        write(tmp_path / "functions", path, text)
    return tmp_path / "functions"


def write(folder: Path, path: str, text: str) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    for parent in [file.parent, *file.parent.parents]:
        if folder not in {parent, *parent.parents}:
            break
        (parent / "__init__.py").touch()


def closure(tree: Path, handler: str, **options: object) -> Closure:
    write(tree, "hello/handler.py", handler)
    return Walker(tree, **options).closure("hello")  # type: ignore[arg-type]


def names(found: Closure) -> set[str]:
    return {module.removeprefix("functions.") for module, path in found.modules.items() if path.name != "__init__.py"}


def third_party(found: Closure) -> set[str]:
    return {imported.dotted for imported in found.imports}


def test_own_folder_only(tree: Path) -> None:
    write(tree, "hello/deep/prompts.py", "import json")
    found = closure(tree, "import os, sys\nfrom pathlib import Path")
    assert names(found) == {"hello.handler", "hello.deep.prompts"}
    assert "functions.hello.deep" in found.modules
    assert not found.imports


def test_imports_are_followed_through_modules_and_relative_ones(tree: Path) -> None:
    found = closure(tree, "from functions._shared.domain import rules")
    assert names(found) == {"hello.handler", "_shared.domain.rules", "_shared.domain.facts"}
    assert {"functions", "functions._shared", "functions._shared.domain"} <= found.modules.keys()


def test_lazy_imports_count(tree: Path) -> None:
    found = closure(tree, "def f():\n    import pydantic\n    from functions._shared.domain.facts import FACT")
    assert third_party(found) == {"pydantic"}
    assert "_shared.domain.facts" in names(found)


@pytest.mark.parametrize(
    "handler",
    [
        "from functions._shared.wiring import quick",
        "from functions._shared import wiring\nwiring.quick()",
        "from functions._shared import wiring as parts\ndef f():\n    return parts.quick",
        "import functions._shared.wiring as parts\nparts.quick()",
    ],
)
def test_only_named_builders_are_followed(tree: Path, handler: str) -> None:
    found = closure(tree, handler)
    assert names(found) == {"hello.handler", "_shared.wiring", "_shared.settings", "_shared.adapters.quick.client"}
    assert third_party(found) == {"httpx"}


def test_builders_lead_to_builders(tree: Path) -> None:
    found = closure(tree, "from functions._shared import wiring\nwiring.composed()")
    assert {"_shared.adapters.quick.client", "_shared.adapters.slow.client"} <= names(found)
    assert third_party(found) == {"httpx", "stripe.error"}


def test_a_builder_named_by_a_shared_module_counts_and_so_does_what_its_adapter_names(tree: Path) -> None:
    write(tree, "_shared/edge/app.py", "from functions._shared import wiring\nwiring.Book")
    write(tree, "_shared/adapters/book/shelf.py", "from functions._shared.wiring import quick")
    found = closure(tree, "from functions._shared.edge.app import wiring as w")
    assert {"_shared.adapters.book.shelf", "_shared.adapters.quick.client"} <= names(found)
    assert "_shared.adapters.slow.client" not in names(found)


def test_wiring_used_as_a_value_is_refused(tree: Path) -> None:
    with pytest.raises(PackagingError, match="uses wiring as a value"):
        closure(tree, "from functions._shared import wiring\nservice(wiring)")


def test_imports_for_type_checkers_are_left_out(tree: Path) -> None:
    found = closure(
        tree,
        "from typing import TYPE_CHECKING\nimport typing\n"
        "if TYPE_CHECKING:\n    import stripe\n"
        "if typing.TYPE_CHECKING:\n    import httpx\nelse:\n    import jwt",
    )
    assert third_party(found) == {"jwt"}


def test_literal_dynamic_imports_are_followed(tree: Path) -> None:
    found = closure(tree, "from importlib import import_module\nimport_module('functions._shared.domain.facts')")
    assert "_shared.domain.facts" in names(found)


@pytest.mark.parametrize(
    ("handler", "message"),
    [
        ("import importlib\nimportlib.import_module(name)", "computed name"),
        ("from functions._shared.domain.facts import *", "star import"),
        ("from functions._shared.gone import x", "no such module"),
        ("import functions.gone", "no such module"),
    ],
)
def test_imports_that_cannot_be_resolved_are_refused(tree: Path, handler: str, message: str) -> None:
    with pytest.raises(PackagingError, match=message):
        closure(tree, handler)


def test_a_module_of_an_optional_extra_stays_out_with_what_only_it_reaches(tree: Path) -> None:
    write(tree, "_shared/adapters/quick/helper.py", "import requests")
    write(tree, "_shared/adapters/quick/client.py", "import httpx\nfrom functions._shared.adapters.quick import helper")
    found = closure(
        tree, "from functions._shared.wiring import composed", absent=lambda imported: imported.module == "httpx"
    )
    assert "_shared.adapters.slow.client" in names(found)
    assert not {"_shared.adapters.quick.client", "_shared.adapters.quick.helper"} & names(found)
    assert third_party(found) == {"stripe.error"}


def test_data_beside_the_code_is_included(tree: Path) -> None:
    for path in ("hello/prompt.txt", "hello/templates/a/b.j2", "hello/__pycache__/x.pyc", "hello/py.typed"):
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        (tree / path).touch()
    (tree / "_shared" / "domain" / "words.json").touch()
    (tree / "_shared" / "adapters" / "quick" / "never.json").touch()
    found = closure(tree, "from functions._shared.domain import facts")
    files = own_files(found, tree, "hello")
    data = {path for path in files if not path.endswith(".py")}
    assert data == {
        "functions/hello/prompt.txt",
        "functions/hello/templates/a/b.j2",
        "functions/_shared/domain/words.json",
    }

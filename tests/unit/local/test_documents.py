from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from functions._shared.edge import FunctionApp
from local import documents
from local.functions_server import discover

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "Makefile").write_text("up: setup\n")
    (tmp_path / "docs").mkdir()
    (tmp_path / "local").mkdir()
    (tmp_path / "docs" / "other.md").write_text("# The `free` writer, and more!\n\n## Twice\n\n## Twice\n")
    return tmp_path


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[x](docs/missing.md)", "README.md:1: nothing is at docs/missing.md"),
        ("![x](docs/missing.png)", "README.md:1: nothing is at docs/missing.png"),
        ("\n\n[x](docs/other.md#nowhere)", "README.md:3: nothing is at docs/other.md#nowhere"),
        ("[x](#nowhere)", "README.md:1: nothing is at #nowhere"),
        ("see `local/gone.py`", "README.md:1: there is no local/gone.py"),
        ("run `make nothing STAGE=dev`", "README.md:1: the Makefile has no target nothing"),
    ],
)
def test_what_leads_nowhere_is_reported(root: Path, text: str, complaint: str) -> None:
    (root / "README.md").write_text(text)
    assert list(documents.complaints(root)) == [complaint]


def test_what_leads_somewhere_is_not(root: Path) -> None:
    good = (
        "# Here\n[a](docs/other.md#the-free-writer-and-more) [b](docs/other.md#twice-1) [c](#here) [d](docs) [e](https://x.example) "
        "`make up` `local/` `functions/<name>/` `docs/*.md`\n\n```sh\n[x](nowhere.md) make nothing\n```\n"
    )
    (root / "README.md").write_text(good)
    assert list(documents.complaints(root)) == []
    (block,) = documents.blocks(root)
    assert (str(block), block.language) == ("README.md:4", "sh")


def test_every_function_has_a_page() -> None:
    readme = (documents.ROOT / "README.md").read_text()
    names = [app.name for app in discover(documents.ROOT / "functions").values() if isinstance(app, FunctionApp)]
    assert len(names) > 10
    assert [name for name in names if f"| [`{name}`](docs/" not in readme] == []

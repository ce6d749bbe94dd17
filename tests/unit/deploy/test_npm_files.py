"""Files of npm packages that a function serves are copied into its artefact."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy.package.artefact import npm_files
from deploy.package.errors import PackagingError

ROOT = Path(__file__).resolve().parents[3]


def test_the_page_takes_its_libraries_and_their_licences_along(tmp_path: Path) -> None:
    folder, modules = tmp_path / "functions" / "admin", tmp_path / "node_modules"
    (folder / "page").mkdir(parents=True)
    assert npm_files(folder, modules) == {}
    (folder / "page" / "npm.json").write_text('{"a.js": "a/dist/a.js"}')
    with pytest.raises(PackagingError, match="make setup"):
        npm_files(folder, modules)
    (modules / "a" / "dist").mkdir(parents=True)
    (modules / "a" / "dist" / "a.js").write_text("1")
    assert npm_files(folder, modules) == {"functions/admin/page/vendor/a.js": modules / "a" / "dist" / "a.js"}


def test_every_library_of_the_page_is_installed_with_its_licence() -> None:
    files = npm_files(ROOT / "functions" / "admin", ROOT / "node_modules")
    names = {Path(path).name for path in files}
    assert {Path(name).stem for name in names if name.endswith(".js")} == {
        Path(name).stem for name in names if name.endswith(".txt")
    }
    for path in files.values():
        if path.name == "LICENSE":
            assert "Permission is hereby granted" in path.read_text()

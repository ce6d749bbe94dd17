from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from local import release

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1.2.3"\n')
    (tmp_path / "package.json").write_text('{"version": "1.2.3"}')
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## Unreleased\n\n## 1.2.3 — 2026-12-01\n")
    (tmp_path / "functions").mkdir()
    (tmp_path / "functions" / "__init__.py").write_text('__version__ = "1.2.3"\n')
    folder = tmp_path / "supabase" / "migrations"
    folder.mkdir(parents=True)
    (folder / "20260101000000_first.sql").write_text("select 1;")
    (folder / "20260101000100_second.sql").write_text("select 2;")
    return tmp_path


def test_before_the_first_release_migrations_may_change(root: Path) -> None:
    (root / "supabase" / "migrations" / "20260101000000_first.sql").write_text("select 3;")
    assert list(release.complaints(root)) == []


def test_a_later_migration_may_be_added(root: Path) -> None:
    release.freeze(root)
    (root / "supabase" / "migrations" / "20260101000200_third.sql").write_text("select 3;")
    assert list(release.complaints(root)) == []


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("20260101000000_first.sql", "select 3;", "20260101000000_first.sql: was released and has changed"),
        ("20260101000000_first.sql", None, "20260101000000_first.sql: was released and is gone"),
        ("20260101000050_between.sql", "select 3;", "20260101000050_between.sql: comes before 20260101000100_second"),
    ],
)
def test_a_released_migration_stays(root: Path, name: str, text: str | None, complaint: str) -> None:
    release.freeze(root)
    path = root / "supabase" / "migrations" / name
    path.unlink() if text is None else path.write_text(text)
    (found,) = release.complaints(root)
    assert found.startswith(complaint)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("package.json", '{"version": "1.2.4"}'),
        ("functions/__init__.py", '__version__ = "1.2.4"\n'),
        ("CHANGELOG.md", "## 1.2.4 — 2026-12-01\n"),
    ],
)
def test_there_is_one_version(root: Path, name: str, text: str) -> None:
    (root / name).write_text(text)
    assert list(release.complaints(root)) == [f"{name}: version 1.2.4; pyproject.toml says 1.2.3"]

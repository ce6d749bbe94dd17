"""The builder of the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from functions._shared.ports.archive import Archive
    from functions._shared.settings import Settings


def archive_at(config: Settings) -> Archive:
    """Return the archive in a bucket, or in a folder on the local stack."""
    if folder := config.archive_folder:
        from functions._shared.adapters.folder.archive import FolderArchive

        return FolderArchive(folder)
    from functions._shared.adapters.aws.archive import build

    return build(config.archive_bucket)

"""The catalogue as a step of its own: plans, limits, prices, templates, interviewers, disposable domains.

`supabase db push --include-seed` never runs a seed again that was edited. This step always loads all of them, in one
transaction, by slug: what is no longer in a file is taken off sale and stays for those who bought it. It keeps a hash
of the files, by which `make smoke` sees that the database has this catalogue.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import psycopg

from deploy.settings import CATALOGUES
from local import migrate

if TYPE_CHECKING:
    from pathlib import Path


def files(catalogue: str = "default") -> list[Path]:
    """Return the seed files, with one of the other catalogues in place of the default one if it is named."""
    default = migrate.SUPABASE / "seeds" / "catalogue.sql"
    chosen = default if catalogue == "default" else CATALOGUES / f"{catalogue}.sql"
    return [chosen if path == default else path for path in migrate.seeds()]


def fingerprint(catalogue: str = "default") -> str:
    """Return the hash of the files."""
    return migrate.fingerprint(files(catalogue))


def load(url: str, catalogue: str = "default") -> str:
    """Make this catalogue the one on sale; return its hash.

    Raises
    ------
    psycopg.Error
        A file failed, and nothing has changed.
    """
    with psycopg.connect(url) as connection:
        for path in files(catalogue):
            connection.execute(path.read_bytes())
        migrate.record_catalogue(connection, files(catalogue))
    return fingerprint(catalogue)


def expected_plans(catalogue: str = "default") -> dict[str, Any]:
    """Return plans with their prices, as `billing/plans` should show them: slug, interval, currency and amount."""
    text = next(path for path in files(catalogue) if path.stem == "catalogue" or path.parent == CATALOGUES).read_text()
    match = re.search(r"\$catalogue\$(.*)\$catalogue\$", text, re.DOTALL)
    if match is None:
        raise ValueError(f"no catalogue between $catalogue$ in {catalogue}")
    return {
        plan["slug"]: sorted(
            (each["slug"], each["billing_interval"], each["currency"], each["amount"])
            for each in plan.get("prices", [])
        )
        for plan in json.loads(match.group(1))["plans"]
    }

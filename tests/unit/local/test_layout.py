from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from local.layout import complaints

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("functions/helpers.py", "", "functions holds folders, not files"),
        ("functions/_shared/common.py", "", "functions/_shared holds folders, not files"),
        ("functions/_shared/adapters/common.py", "", "functions/_shared/adapters holds folders, not files"),
        ("functions/_shared/ports/big.py", "\n" * 151, "151 lines; a file of this kind has at most 150"),
        ("functions/letters/service.py", "\n" * 301, "301 lines; a file of this kind has at most 300"),
        ("functions/_shared/domain/rules.py", "import logging", "the domain must not import logging"),
        ("functions/_shared/domain/rules.py", "def f():\n    from sqlite3 import connect", "must not import sqlite3"),
        ("functions/_shared/domain/rules.py", "from functions._shared.ports.ledger import Ledger", "must not import"),
        ("functions/_shared/domain/rules.py", "from ... import settings", "the domain must not import ..."),
        ("functions/_shared/domain/rules.py", "def f():\n    import boto3", "the domain must not import boto3"),
        ("functions/letters/service.py", "import os\nx = os.environ['A']", "reads the environment"),
        ("functions/letters/handler.py", "from os import getenv", "reads the environment"),
    ],
)
def test_code_in_the_wrong_place_is_reported(tmp_path: Path, name: str, text: str, complaint: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_text(text)
    assert complaint in "\n".join(complaints(tmp_path))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("functions/_shared/settings.py", "import os\nx = os.environ"),
        ("functions/_shared/adapters/http.py", "import os\nos.getpid()"),
        ("functions/_shared/domain/rules.py", "import re\nfrom pydantic import BaseModel"),
        ("functions/_shared/ports/small.py", "\n" * 150),
    ],
)
def test_code_in_its_place_is_not(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_text(text)
    assert not list(complaints(tmp_path))

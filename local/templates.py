"""The designs of the built-in templates, read from their seed file, for tools that run without a database."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

SEED: Final = Path(__file__).parent.parent / "supabase" / "seeds" / "resume_templates.sql"
_ROW: Final = re.compile(r"\(\s*'([a-z0-9-]+)', '((?:[^']|'')+)', '[a-z-]+',\s*'.*?'(\{.*?\})'\s*\)", re.DOTALL)


@cache
def designs() -> dict[str, dict[str, Any]]:
    """Return slug → design of every built-in template."""
    return {slug: json.loads(design.replace("''", "'")) for slug, _, design in _ROW.findall(SEED.read_text())}

"""Runs a script of this folder that drives a headless browser."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
FONTS: Final = ROOT / "functions" / "_shared" / "adapters" / "documents" / "resumes" / "fonts"

needs_browser = pytest.mark.skipif(
    not (HERE / "node_modules" / ".ready").exists(), reason="npm ci in tests/browser: make test does it"
)


def run(script: str, task: dict[str, Any]) -> Any:
    """Run `node <script> <task as JSON>` and return the JSON that it prints."""
    # A folder for each test process: two that unpack the browser into the same one disturb each other.
    cache = ROOT / ".local" / "cache" / "browser" / os.environ.get("PYTEST_XDIST_WORKER", "main")
    cache.mkdir(parents=True, exist_ok=True)
    (cache / "fonts.conf").write_text(
        f"<fontconfig><dir>{FONTS}</dir><cachedir>{cache}/fonts-cache</cachedir>"
        "<alias><family>sans-serif</family><prefer><family>Inter</family></prefer></alias></fontconfig>"
    )
    # The browser brings its own libraries where it believes to be on Lambda. The fonts are ours.
    env = {
        **os.environ,
        "TMPDIR": str(cache),
        "AWS_LAMBDA_JS_RUNTIME": "nodejs20.x",
        "FONTCONFIG_FILE": str(cache / "fonts.conf"),
        "FONTCONFIG_PATH": str(cache),
    }
    command = ["node", str(HERE / script), json.dumps(task)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def screenshots(factory: pytest.TempPathFactory) -> str:
    """Return the folder for pictures: SCREENSHOTS, for people who want to look at them, or a temporary one."""
    return os.environ.get("SCREENSHOTS") or str(factory.mktemp("screenshots"))

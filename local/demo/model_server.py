"""A model server for the demo: aimock speaks Gemini's protocol and answers from `answers.json`."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from local.processes import Process, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
AIMOCK = ROOT / "node_modules" / "@copilotkit" / "aimock" / "dist" / "cli.js"
ANSWERS = Path(__file__).with_name("answers.json")


@contextmanager
def model_server(folder: Path) -> Iterator[dict[str, str]]:
    """Serve the demo's answers; yield the variables that point the functions' Google SDK to them."""
    process, port = Process("models", folder), free_port()
    url = f"http://127.0.0.1:{port}"
    command: list[str | Path] = [
        "node",
        AIMOCK,
        "--port",
        str(port),
        "--fixtures",
        ANSWERS,
        "--strict",
        "--validate-on-load",
    ]
    process.start(command, port=port, env={}, cwd=ROOT)
    try:
        process.wait_until_ready(f"{url}/health")
        yield {
            "RESUMEBASE_AI_PROVIDER": "gemini",
            "RESUMEBASE_AI_FALLBACKS": "none",
            "GEMINI_API_KEY": "demo",
            "GEMINI_BASE_URL": url,
        }
    finally:
        process.stop()

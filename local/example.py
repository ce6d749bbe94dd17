"""The example client of `examples/web`, served by Vite for a local stack."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from local.processes import Process, free_port

if TYPE_CHECKING:
    from types import TracebackType

    from local.stack import Stack

FOLDER: Final = Path(__file__).resolve().parent.parent / "examples" / "web"


class Example:
    """The example, served from its sources; a change shows at once.

    Parameters
    ----------
    directory
        Holds its log and process record.
    stack
        The stack that it talks to.
    port
        TCP port on 127.0.0.1; 0 chooses a free one.
    """

    def __init__(self, directory: Path, stack: Stack, port: int = 0) -> None:
        self._process = Process("example", directory)
        self._stack = stack
        self._port = port or free_port()

    @staticmethod
    def installed() -> bool:
        """Whether its packages are there."""
        return (FOLDER / "node_modules" / ".ready").exists()

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._port}/"

    def stop(self) -> None:
        """Stop it, whichever command started it."""
        self._process.stop()

    def __enter__(self) -> Self:
        self.stop()
        command = ["node", str(FOLDER / "node_modules" / "vite" / "bin" / "vite.js"), "--port", str(self._port)]
        env = {
            "VITE_SUPABASE_URL": self._stack.url,
            "VITE_SUPABASE_PUBLISHABLE_KEY": self._stack.publishable_key,
        }
        self._process.start(command, port=self._port, env=env, cwd=FOLDER)
        try:
            self._process.wait_until_ready(self.url)
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

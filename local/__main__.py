"""Commands of the local stack: `python -m local up | down | dev | status`."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from pathlib import Path

import watchfiles

from local.migrate import SUPABASE, MigrationError
from local.postgres import PostgresError
from local.processes import StackError
from local.stack import PORT_VARIABLES, Stack

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_PORTS = {"postgres": 54322, "api": 54321, "functions": 54323}


class Commands:
    """The commands, for one folder and one set of ports.

    Parameters
    ----------
    folder
        Gets `stack/` with all state and `env` with what clients need.
    ports
        Port of each part.
    """

    def __init__(self, folder: Path, ports: dict[str, int]) -> None:
        self.folder = folder
        self.env_file = folder / "env"
        self.ports = ports

    def _stack(self, *, reload: bool = False) -> Stack:
        return Stack(
            self.folder / "stack",
            postgres_port=self.ports["postgres"],
            api_port=self.ports["api"],
            functions_port=self.ports["functions"],
            throwaway=False,
            reload=reload,
        )

    def _announce(self, stack: Stack, began: float) -> None:
        self.env_file.touch(mode=0o600)
        self.env_file.write_text("".join(f"{name}={value}\n" for name, value in stack.env().items()))
        print(f"Supabase API  {stack.url}")
        print(f"Functions     {stack.url}/functions/v1/docs")
        print(f"Payments      {stack.functions_url}/providers/pay/<id of an order, a subscription or a session>")
        print(f"Postgres      127.0.0.1:{self.ports['postgres']}")
        print(f"Keys          {self.env_file}")
        print(f"Logs          {stack.directory}")
        print(f"Ready after {time.monotonic() - began:.1f} s.", flush=True)

    def up(self) -> None:
        """Start the stack in the background, or leave it alone where it runs."""
        began = time.monotonic()
        stack = self._stack()
        running = stack.running_ports()
        if len(running) == len(self.ports) and running != self.ports:
            choice = " ".join(f"{PORT_VARIABLES[name]}={port}" for name, port in running.items())
            message = f"The stack runs already, on other ports ({choice}). Stop it with `make down` first."
            raise StackError(message)
        stack.start()
        self._announce(stack, began)

    def dev(self) -> None:
        """Run the stack until Ctrl-C: functions reload when changed, new migrations and changed seeds are applied."""
        began = time.monotonic()
        stack = self._stack(reload=True)
        if stack.running_ports():  # in the background, or left by a `make dev` that was killed
            print("Taking over from the stack that is running.", flush=True)
            stack.stop()
        with stack:
            self._announce(stack, began)
            print("Watching functions/ and supabase/. Stop with Ctrl-C.", flush=True)
            watched = watchfiles.watch(SUPABASE, watch_filter=lambda _, path: path.endswith(".sql"))
            try:
                for _ in watched:
                    self._migrate(stack)
            except KeyboardInterrupt:
                print("\nStopping.", flush=True)

    @staticmethod
    def _migrate(stack: Stack) -> None:
        try:
            stack.migrate()
        except MigrationError as error:
            print(error, file=sys.stderr, flush=True)
        else:
            print("Migrations and seeds are applied.", flush=True)

    def down(self) -> None:
        """Stop whatever runs."""
        stack = self._stack()
        ran = stack.running_ports()
        stack.stop()
        print(f"Stopped: {', '.join(ran)}." if ran else "Nothing was running.")

    def status(self) -> None:
        """Print which parts run, and where."""
        running = self._stack().running_ports()
        for name in self.ports:
            print(f"{name:<10} {f'port {running[name]}' if name in running else 'not running'}")


def main() -> int:
    """Run one command; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m local", description="The local stack.")
    parser.add_argument("command", choices=("up", "down", "dev", "status"))
    parser.add_argument("--folder", type=Path, default=ROOT / ".local", help="where state is kept")
    for name, port in DEFAULT_PORTS.items():
        parser.add_argument(f"--{name}-port", type=int, default=port, metavar="PORT")
    arguments = parser.parse_args()
    ports = {name: getattr(arguments, f"{name}_port") for name in DEFAULT_PORTS}
    # Set, not taken over: a shell starts background jobs with Ctrl-C ignored.
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.default_int_handler)
    try:
        getattr(Commands(arguments.folder, ports), arguments.command)()
    except (StackError, PostgresError, MigrationError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())

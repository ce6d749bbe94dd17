"""Commands that manage the local stack: `python -m local up | down | dev | status`."""

from __future__ import annotations

import argparse
import contextlib
import signal
import sys
import time
from pathlib import Path

import watchfiles

from local.example import Example
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
        Holds `stack/` with all state, and `env` with the variables that clients need.
    ports
        Port of each service.
    example_port
        Port of the example client, which `dev` serves; 0 if it does not.
    """

    def __init__(self, folder: Path, ports: dict[str, int], example_port: int = 0) -> None:
        self.folder = folder
        self.env_file = folder / "env"
        self.ports = ports
        self.example_port = example_port

    def _stack(self, *, reload: bool = False) -> Stack:
        return Stack(
            self.folder / "stack",
            postgres_port=self.ports["postgres"],
            api_port=self.ports["api"],
            functions_port=self.ports["functions"],
            throwaway=False,
            reload=reload,
        )

    def _announce(self, stack: Stack, started: float) -> None:
        self.env_file.touch(mode=0o600)
        self.env_file.write_text("".join(f"{name}={value}\n" for name, value in stack.env().items()))
        print(f"Supabase API  {stack.url}")
        print(f"Functions     {stack.url}/functions/v1/docs")
        print(f"Payments      {stack.functions_url}/providers/pay/<id of a provider's order, subscription or session>")
        print(f"Postgres      127.0.0.1:{self.ports['postgres']}")
        print(f"Keys          {self.env_file}")
        print(f"Logs          {stack.directory}")
        print(f"Ready in {time.monotonic() - started:.1f} s.", flush=True)

    def up(self) -> None:
        """Start the stack in the background; do nothing if it is running."""
        started = time.monotonic()
        stack = self._stack()
        running = stack.running_ports()
        if len(running) == len(self.ports) and running != self.ports:
            choice = " ".join(f"{PORT_VARIABLES[name]}={port}" for name, port in running.items())
            message = f"The stack is already running on other ports ({choice}). Stop it first: make down"
            raise StackError(message)
        stack.start()
        self._announce(stack, started)

    def dev(self) -> None:
        """Run the stack until Ctrl-C: reload changed functions, apply new migrations and changed seeds."""
        started = time.monotonic()
        stack = self._stack(reload=True)
        if stack.running_ports():  # in the background, or left behind by a killed `make dev`
            print("Stopping the stack that is already running.", flush=True)
            stack.stop()
        with stack, contextlib.ExitStack() as more:
            if self.example_port:
                example = more.enter_context(Example(stack.directory, stack, self.example_port))
                print(f"Example       {example.url}")
            self._announce(stack, started)
            print("Watching functions/ and supabase/ for changes. Press Ctrl-C to stop.", flush=True)
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
            print("Applied migrations and seeds.", flush=True)

    def down(self) -> None:
        """Stop the stack."""
        stack = self._stack()
        running = stack.running_ports()
        Example(stack.directory, stack).stop()  # which a killed `make dev` left
        stack.stop()
        print(f"Stopped {', '.join(running)}." if running else "The stack was not running.")

    def status(self) -> None:
        """Print the services that are running, with their ports."""
        running = self._stack().running_ports()
        for name in self.ports:
            print(f"{name:<10} {f'port {running[name]}' if name in running else 'not running'}")


def main() -> int:
    """Run one command; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m local", description="Manage the local stack.")
    parser.add_argument("command", choices=("up", "down", "dev", "status"))
    parser.add_argument("--folder", type=Path, default=ROOT / ".local", help="folder for all state (default: .local)")
    for name, port in DEFAULT_PORTS.items():
        parser.add_argument(f"--{name}-port", type=int, default=port, metavar="PORT", help=f"default: {port}")
    parser.add_argument("--example-port", type=int, default=0, metavar="PORT", help="serve the example client (dev)")
    arguments = parser.parse_args()
    ports = {name: getattr(arguments, f"{name}_port") for name in DEFAULT_PORTS}
    # Set both handlers: a shell starts background jobs with Ctrl-C ignored.
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.default_int_handler)
    try:
        getattr(Commands(arguments.folder, ports, arguments.example_port), arguments.command)()
    except (StackError, PostgresError, MigrationError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())

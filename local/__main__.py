"""Commands of the local stack: `python -m local up | down | dev | status`."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import watchfiles

from local.migrate import SUPABASE, MigrationError
from local.postgres import PostgresError
from local.processes import StackError
from local.stack import PORT_VARIABLES, Stack

ROOT = Path(__file__).resolve().parent.parent
DIRECTORY = ROOT / ".local" / "stack"
ENV_FILE = ROOT / ".local" / "env"
DEFAULT_PORTS = {"postgres": 54322, "api": 54321, "functions": 54323}


def _stack(ports: dict[str, int], *, reload: bool = False) -> Stack:
    return Stack(
        DIRECTORY,
        postgres_port=ports["postgres"],
        api_port=ports["api"],
        functions_port=ports["functions"],
        throwaway=False,
        reload=reload,
    )


def _write_env(stack: Stack) -> None:
    ENV_FILE.touch(mode=0o600)
    ENV_FILE.write_text("".join(f"{name}={value}\n" for name, value in stack.env().items()))


def _tell(stack: Stack, seconds: float) -> None:
    print(f"Supabase API  {stack.url}   (functions: {stack.url}/functions/v1/docs)")
    print(f"Postgres      {stack.database_url}")
    print(f"Keys          {ENV_FILE.relative_to(ROOT)}")
    print(f"Ready in {seconds:.1f} s. Logs: {DIRECTORY.relative_to(ROOT)}/*.log")


def up(ports: dict[str, int]) -> None:
    """Start the stack in the background, or leave it alone where it runs."""
    began = time.monotonic()
    stack = _stack(ports)
    running = stack.running_ports()
    if len(running) == len(ports) and running != ports:
        choice = " ".join(f"{PORT_VARIABLES[name]}={port}" for name, port in running.items())
        message = f"The stack runs already, on other ports ({choice}). Stop it with `make down` first."
        raise StackError(message)
    stack.start()
    _write_env(stack)
    _tell(stack, time.monotonic() - began)


def dev(ports: dict[str, int]) -> None:
    """Run the stack until Ctrl-C: functions reload when changed, new migrations and changed seeds are applied."""
    began = time.monotonic()
    stack = _stack(ports, reload=True)
    if stack.running_ports():
        message = "The stack runs already in the background. Stop it with `make down` first."
        raise StackError(message)
    with stack:
        _write_env(stack)
        _tell(stack, time.monotonic() - began)
        print("Watching functions/ and supabase/. Stop with Ctrl-C.", flush=True)
        for _ in watchfiles.watch(SUPABASE, watch_filter=lambda _, path: path.endswith(".sql"), raise_interrupt=False):
            try:
                stack.migrate()
            except MigrationError as error:
                print(error, file=sys.stderr, flush=True)
            else:
                print("Migrations and seeds are applied.", flush=True)
    print("Stopped.")


def down(ports: dict[str, int]) -> None:
    """Stop whatever runs."""
    stack = _stack(ports)
    ran = stack.running_ports()
    stack.stop()
    print(f"Stopped: {', '.join(ran)}." if ran else "Nothing was running.")


def status(ports: dict[str, int]) -> None:
    """Print which parts run, and where."""
    running = _stack(ports).running_ports()
    for name in ports:
        print(f"{name:<10} {f'port {running[name]}' if name in running else 'not running'}")


COMMANDS = {"up": up, "down": down, "dev": dev, "status": status}


def main() -> int:
    """Run one command; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m local", description="The local stack.")
    parser.add_argument("command", choices=COMMANDS)
    for name, port in DEFAULT_PORTS.items():
        parser.add_argument(f"--{name}-port", type=int, default=port, metavar="PORT")
    arguments = parser.parse_args()
    ports = {name: getattr(arguments, f"{name}_port") for name in DEFAULT_PORTS}
    try:
        COMMANDS[arguments.command](ports)
    except (StackError, PostgresError, MigrationError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""`make types`: TypeScript types for clients, made from the database, the résumé model and the functions.

`types/database.ts` holds tables, views and RPCs, `types/resume.ts` the content of a résumé, `types/functions/<name>.ts`
the requests and answers of a function. `types/index.ts`, written by hand, joins them for `createClient<Database>()`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import psycopg

from functions._shared.domain.resume.content import ResumeContent
from functions._shared.edge import FunctionApp
from functions._shared.edge.openapi import describe
from local import migrate
from local.functions_server import discover
from local.scratch import scratch
from local.stack import Stack

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "types"
# The functions that clients may call, each with its parameters that are null by default.
_CALLABLE: Final = """
select p.proname, array_remove(array_agg(a.name), null)
  from pg_catalog.pg_proc as p
  left join unnest(p.proargnames) with ordinality as a (name, place)
    on pg_get_function_arg_default(p.oid, a.place::integer) ilike 'null%'
 where p.pronamespace = 'public'::regnamespace
   and (has_function_privilege('anon', p.oid, 'execute') or has_function_privilege('authenticated', p.oid, 'execute'))
 group by p.oid
"""
_ENTRY: Final = re.compile(r'^ *"(\w+)":\n(?=\{ Args)', re.MULTILINE)
_HEAD: Final = "// Made by `make types`. Do not edit.\n"


class TypesError(RuntimeError):
    """A generator failed; the message is its output."""


def generate(url: str) -> dict[Path, str]:
    """Return the text of each generated file by its path.

    Parameters
    ----------
    url
        A database with all migrations.

    Raises
    ------
    TypesError
        A generator failed.
    """
    schema = ResumeContent.model_json_schema(ref_template="#/components/schemas/{model}")
    parts = {**schema.pop("$defs"), "ResumeContent": schema}
    documents: dict[str, Any] = {"resume": {"openapi": "3.1.0", "paths": {}, "components": {"schemas": parts}}}
    for name, app in discover(ROOT / "functions").items():
        if isinstance(app, FunctionApp):
            documents[f"functions/{name}"] = json.loads(describe(app.name, app.summary, app.specs))
    command = ["node", str(Path(__file__).with_suffix(".mjs"))]
    made = subprocess.run(command, input=json.dumps(documents), check=False, capture_output=True, text=True, cwd=ROOT)
    if made.returncode != 0:
        raise TypesError(made.stderr)
    files = {FOLDER / f"{name}.ts": _HEAD + text for name, text in json.loads(made.stdout).items()}
    return {FOLDER / "database.ts": _HEAD + _database(url), **files}


def stale(files: dict[Path, str]) -> list[str]:
    """Return the paths of files that differ from what is generated, or that nothing generates any more."""
    wrong = [path for path, text in files.items() if not path.exists() or path.read_text() != text]
    wrong += [path for path in FOLDER.rglob("*.ts") if path not in files and path.name != "index.ts"]
    return sorted(str(path.relative_to(ROOT)) for path in wrong)


def _database(url: str) -> str:
    arguments = ("--lang", "typescript", f"--remote={url}?sslmode=disable", "--schema", "public")
    made = migrate.run_cli("gen", "types", *arguments)
    if made.returncode != 0:
        raise TypesError(made.stdout + made.stderr)
    # The CLI may say something about TLS before the code, on the same stream.
    text = made.stdout[made.stdout.index("export type Json") :]
    with psycopg.connect(url) as connection:
        return _only_callable(text, dict(connection.execute(_CALLABLE).fetchall()))


def _only_callable(text: str, functions: dict[str, list[str]]) -> str:
    """Leave out the functions that clients may not call; allow null where it is the default."""
    start, end = text.index("Functions: {\n") + len("Functions: {\n"), text.index("Enums: {")
    end = text.rindex("}", start, end)
    _, *parts = _ENTRY.split(text[start:end])
    entries = []
    for name, entry in zip(parts[::2], parts[1::2], strict=True):
        if name in functions:
            arguments, mark, answer = entry.strip().removesuffix(",").partition(" }; Returns: ")
            for each in functions[name]:
                arguments = re.sub(rf'("{each}"\?: (?!Json)[^,]+?)(?=,"|$)', r"\1 | null", arguments)
            entries.append(f'"{name}":\n{arguments}{mark}{answer}')
    return text[:start] + ",\n".join(entries) + "\n" + text[end:]


def main() -> int:
    """Write the files that have changed; remove those that nothing generates any more."""
    with scratch() as folder:
        stack = Stack(folder / "types")
        try:
            stack.start_database()
            files = generate(stack.database_url)
        except (migrate.MigrationError, TypesError) as error:
            print(error, file=sys.stderr)
            return 1
        finally:
            stack.stop()
    for name in (changed := stale(files)):
        path = ROOT / name
        if path in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(files[path])
        else:
            path.unlink()
        print(name)
    print(f"{len(changed)} of {len(files)} files changed.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Every code block of the documents does what it shows: it runs on the stack, or its checker reads it."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import psycopg
import pytest
import yaml
from PIL import Image

from deploy import settings
from local import documents

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from local.documents import Block
    from local.stack import Stack

ROOT: Final = Path(__file__).resolve().parents[3]
DATA: Final = ROOT / "tests" / "data"
BLOCKS: Final = documents.blocks()
# `python` has test_python.py. Nothing here runs Dart and Swift, which docs/clients.md says; `text` is output.
LANGUAGES: Final = {"js", "ts", "sh", "sql", "yaml", "json", "python", "mermaid", "text", "dart", "swift"}
# What a block is refused on the local stack, and why. The block ends there.
REFUSED: Final = {
    ("docs/account.md", 403): "the deletion has ended the session that signing out would end",
    (
        "docs/interview.md",
        "voice_unavailable",
    ): "the rules transcribe nothing; tests/functions/interview/test_voice.py does",
}
# Tools that read files without a stack: these run. Of all others, `make` knows the target.
TOOLS: Final = ("local.resume_export", "local.resume_import", "local.ats_scan")
ADMIN: Final = (
    "insert into public.admin_users (user_id, email, role) select id, email, 'super_admin' from auth.users "
    "where id = '$user' on conflict do nothing"
)


def of(*languages: str) -> list[Any]:
    return [pytest.param(block, id=str(block)) for block in BLOCKS if block.language in languages]


def test_every_block_names_a_language_that_is_checked() -> None:
    assert [str(block) for block in BLOCKS if block.language not in LANGUAGES] == []


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the documents speak of."""
    folder = tmp_path_factory.mktemp("files")
    image = io.BytesIO()
    Image.new("RGB", (300, 400), "#336699").save(image, "JPEG")
    (folder / "me.jpg").write_bytes(image.getvalue())
    others = DATA / "import" / "others"
    (folder / "cv.pdf").write_bytes((others / "buchhalterin_tabellarisch.pdf").read_bytes())
    (folder / "cv.docx").write_bytes((others / "brand_manager_word_modern.docx").read_bytes())
    (folder / "my.json").write_bytes((DATA / "export" / "full.json").read_bytes())
    for name in ("job.txt", "a.txt", "b.txt"):
        (folder / name).write_bytes((DATA / "jobs" / "backend-engineer.txt").read_bytes())
    return folder


@pytest.fixture(scope="module")
def ran(stack: Stack, files: Path) -> dict[str, dict[str, Any]]:
    """What came of each block of JavaScript."""
    asked = {
        "url": stack.url,
        "key": stack.publishable_key,
        "database_url": stack.database_url,
        "files": {
            "content": str(files / "my.json"),
            "pdf": str(files / "cv.pdf"),
            "jpg": str(files / "me.jpg"),
            "webm": str(DATA / "audio" / "answer.webm"),
        },
        "blocks": [
            {
                "document": block.document,
                "line": block.line,
                "code": block.code,
                "before": ADMIN if any(name in block.code for name in ("admin_rows", "share_take_down")) else "",
            }
            for block in BLOCKS
            if block.language == "js"
        ],
    }
    script = Path(__file__).with_name("blocks.mjs")
    done = subprocess.run(
        ["node", script], input=json.dumps(asked), check=False, capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return {each["block"]: each for each in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("block", of("js"))
def test_javascript_runs_on_the_stack(ran: dict[str, dict[str, Any]], block: Block) -> None:
    result = ran[str(block)]
    refused = [each for each in result["answers"] if each["status"] >= 400]
    expected = [each for each in refused if (block.document, each.get("code")) in REFUSED]
    assert [each for each in refused if each not in expected] == []
    assert result["error"] is None or expected, result["error"]


def test_typescript_compiles() -> None:
    with_types = {str(block): block.code for block in BLOCKS if block.language == "ts"}
    assert with_types
    # Inside the repository, so that the compiler finds `types/` and the client.
    from local.scratch import scratch

    with scratch() as folder:
        for n, code in enumerate(with_types.values()):
            text = re.sub(r'"\./types', f'"{os.path.relpath(ROOT / "types", folder)}', code)
            (folder / f"block{n}.ts").write_text(f"declare const url: string, key: string;\n{text}\nexport {{}};\n")
        config = json.loads((ROOT / "tests" / "types" / "tsconfig.json").read_text())
        (folder / "tsconfig.json").write_text(json.dumps({**config, "include": ["*.ts"]}))
        done = subprocess.run(
            [ROOT / "node_modules" / ".bin" / "tsc", "-p", folder], check=False, capture_output=True, text=True
        )
    assert done.returncode == 0, f"{list(with_types)}\n{done.stdout}"


def commands(block: Block) -> list[list[str]]:
    """Split a block of shell into words, one list for each command; a backslash continues a line."""
    lines = block.code.replace("\\\n", " ").splitlines()
    return [words for line in lines if (words := shlex.split(line, comments=True))]


def of_make(words: list[str]) -> list[list[str]]:
    """Return the commands that a target of the Makefile would run; make refuses one that does not exist."""
    # Not with the variables of the `make test` that may run this.
    env = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    done = subprocess.run(
        ["make", "--dry-run", "--no-print-directory", *words[1:]],
        check=False, capture_output=True, text=True, cwd=ROOT, env=env,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    defined = set(re.findall(r"^([A-Z_]+) *\??=", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert {word.partition("=")[0] for word in words[1:] if "=" in word} <= defined
    return [found for line in done.stdout.splitlines() if (found := shlex.split(line, comments=True))]


@pytest.mark.parametrize("block", of("sh"))
def test_shell_runs(block: Block, files: Path, stack: Stack) -> None:
    (files / ".local").mkdir(exist_ok=True)
    (files / ".local" / "env").write_text(
        "".join(f"{name}={shlex.quote(value)}\n" for name, value in stack.env().items())
    )
    subprocess.run(["bash", "-n"], input=block.code, text=True, check=True)
    if "curl" in block.code:
        text = re.sub(
            r"\bcurl\b", r"curl --silent --show-error --output /dev/null --write-out '%{http_code}\\n'", block.code
        )
        env = {**os.environ, **stack.env()}
        done = subprocess.run(
            ["bash", "-eu"], input=text, capture_output=True, text=True, cwd=files, env=env, check=False
        )
        assert done.returncode == 0, done.stderr
        # 404: the object of the example is in nobody's archive.
        assert set(done.stdout.split()) <= {"200", "404"}, done.stdout
        return
    todo = [found for words in commands(block) for found in (of_make(words) if words[0] == "make" else [words])]
    for words in todo:
        if words[0].endswith("python") and words[1:2] == ["-m"] and words[2] in TOOLS:
            done = subprocess.run(
                [sys.executable, *words[1:]],
                capture_output=True,
                text=True,
                cwd=files,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                check=False,
            )
            assert done.returncode == 0, f"{shlex.join(words)}\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("block", of("sql"))
def test_sql_runs(block: Block, database: str, new_user: Callable[..., uuid.UUID]) -> None:
    with psycopg.connect(database) as connection:
        for address in sorted(set(re.findall(r"'([\w.]+@[\w.]+)'", block.code))):
            connection.execute(
                "update auth.users set email = %s where id = %s",
                (address, new_user(f"x{os.urandom(8).hex()}@example.com")),
            )
        for statement in filter(None, map(str.strip, block.code.split(";\n"))):
            assert connection.execute(statement.encode()).rowcount != 0, statement
        connection.rollback()


@pytest.mark.parametrize("block", of("yaml"))
def test_yaml_is_of_a_stage(block: Block, tmp_path: Path) -> None:
    yaml.safe_load(block.code)
    if block.document == "docs/deploy.md":
        (tmp_path / "defaults.yml").write_text((ROOT / "deploy" / "defaults.yml").read_text())
        (tmp_path / "dev.yml").write_text(block.code.replace("…", "a" * 31))
        assert settings.load("dev", tmp_path).project_ref


@pytest.mark.parametrize("block", of("json"))
def test_json_is_json(block: Block) -> None:
    json.loads(block.code)

"""Build the artefacts, the manifest and the templates of both stages into `dist/`: `python -m deploy.package`."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from deploy.package import builder, service, template
from deploy.package.errors import PackagingError
from deploy.package.requirements import Requirements

ROOT = Path(__file__).resolve().parent.parent.parent
STAGES = ("dev", "prod")
_MB = 1024 * 1024


def main(arguments: list[str] | None = None) -> int:
    """Build; return 0, or print the reason for a failure and return 1."""
    parser = argparse.ArgumentParser(
        prog="python -m deploy.package", description="Build artefacts, manifest and templates."
    )
    parser.add_argument("functions", nargs="*", help="functions to build, without templates (default: all)")
    parser.add_argument("--dist", type=Path, default=ROOT / "dist", help="folder for the results (default: dist/)")
    parser.add_argument(
        "--require-bytecode", action="store_true", help="fail if the runtime's Python version is missing"
    )
    options = parser.parse_args(arguments)
    try:
        _package(options.functions, options.dist, require_bytecode=options.require_bytecode)
    except PackagingError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _package(names: list[str], dist: Path, *, require_bytecode: bool) -> None:
    settings = service.read(ROOT / "serverless.yml")
    interpreter = settings.target.interpreter()
    if interpreter is None:
        message = (
            f"Python {settings.target.python} is missing on this machine (searched RESUMEBASE_TARGET_PYTHON, PATH and "
            "pyenv). The artefacts contain no bytecode: they work, but take two to three times as long to start."
        )
        if require_bytecode:
            raise PackagingError(message)
        print(message, file=sys.stderr)
    built = builder.build(
        ROOT / "functions",
        names or builder.discover(ROOT / "functions"),
        requirements=Requirements(ROOT / "pyproject.toml", ROOT / "requirements.lock", settings.target),
        target=settings.target,
        interpreter=interpreter,
        stores=ROOT / ".local" / "package",
        dist=dist,
    )
    _note_commit(dist / "manifest.json")
    print(f"Built for Python {settings.target.python} on {settings.target.architecture} in {dist}/:")
    print(f"{'artefact':<24}{'MB zipped':>10}{'unzipped':>10}{'files':>7}  content")
    for each in built:
        sizes = f"{each.zipped / _MB:>10.1f}{each.unzipped / _MB:>10.1f}{each.files:>7}"
        print(f"{each.path.name:<24}{sizes}  {each.content[:16]}")
    if names:
        return
    for stage in STAGES:
        compiled = template.compile_template(ROOT, stage, dist)
        template.lint(compiled)
        print(f"{compiled.name:<24}{'linted':>10}")


def _note_commit(manifest: Path) -> None:
    """Write into the manifest which commit was built; none if there are other changes, or no repository."""

    def git(*arguments: str) -> str | None:
        result = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
        return None if result.returncode else result.stdout.strip()

    commit = git("rev-parse", "HEAD") if git("status", "--porcelain") == "" else None
    manifest.write_text(json.dumps({"commit": commit, **json.loads(manifest.read_text())}, indent=2) + "\n")


if __name__ == "__main__":
    sys.exit(main())

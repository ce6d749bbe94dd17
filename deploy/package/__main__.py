"""`python -m deploy.package`: builds every artefact, the manifest and both stages' templates into `dist/`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from deploy.package import builder, service, template
from deploy.package.errors import PackagingError
from deploy.package.requirements import Requirements

ROOT = Path(__file__).resolve().parent.parent.parent
STAGES = ("dev", "prod")
_MB = 1024 * 1024


def main(arguments: list[str] | None = None) -> int:
    """Build; answer 0, or 1 with the reason on standard error."""
    parser = argparse.ArgumentParser(prog="python -m deploy.package", description=__doc__)
    parser.add_argument("functions", nargs="*", help="folders to build; all of them by default")
    parser.add_argument("--dist", type=Path, default=ROOT / "dist", help="where to (default: dist/)")
    parser.add_argument("--require-bytecode", action="store_true", help="fail where the runtime's Python is missing")
    options = parser.parse_args(arguments)
    try:
        _package(options.functions, options.dist, require_bytecode=options.require_bytecode)
    except PackagingError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _package(names: list[str], dist: Path, *, require_bytecode: bool) -> None:
    told = service.read(ROOT / "serverless.yml")
    interpreter = told.target.interpreter()
    if interpreter is None:
        message = (
            f"There is no Python {told.target.python} on this machine (looked at RESUMEBASE_TARGET_PYTHON, PATH and "
            "pyenv), so the artefacts carry no bytecode: they run, and start two to three times as slowly."
        )
        if require_bytecode:
            raise PackagingError(message)
        print(message, file=sys.stderr)
    built = builder.build(
        ROOT / "functions",
        names or builder.discover(ROOT / "functions"),
        requirements=Requirements(ROOT / "pyproject.toml", ROOT / "requirements.lock", told.target),
        target=told.target,
        interpreter=interpreter,
        stores=ROOT / ".local" / "package",
        dist=dist,
    )
    print(f"Python {told.target.python} on {told.target.architecture}, into {dist}/")
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


if __name__ == "__main__":
    sys.exit(main())

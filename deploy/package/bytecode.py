"""Compiles source files to bytecode. Run by the target's own Python, which may be another than ours: stdlib only.

`python -S -s -P bytecode.py PREFIX < LIST` reads paths, one a line, relative to the working directory, and writes
`__pycache__/<name>.cpython-<xy>.pyc` beside each. `PREFIX` is where the files will lie when they run.

The files are "unchecked hash" pycs (PEP 552): Python neither compares their time stamp, which a zip file loses, nor
reads their source. What cannot be compiled for this Python (a package's templates, code for other versions) is left as
it is.
"""

import importlib.util
import py_compile
import sys
import warnings


def main() -> int:
    """Compile what standard input names; answer 0."""
    prefix = sys.argv[1]
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        source = line.rstrip("\n")
        try:
            py_compile.compile(
                source,
                cfile=importlib.util.cache_from_source(source),
                dfile=f"{prefix}/{source}",
                doraise=True,
                optimize=-1,
                invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
            )
        except (py_compile.PyCompileError, ValueError):
            continue
    return 0


if __name__ == "__main__":
    sys.exit(main())

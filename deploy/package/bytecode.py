"""Compiles source files to bytecode. The target's Python runs it, so it uses the standard library only.

`python -S -s -P bytecode.py PREFIX < LIST` reads paths relative to the working directory, one per line, and writes
`__pycache__/<name>.cpython-<xy>.pyc` beside each. `PREFIX` is the folder of the files at run time.

The results are "unchecked hash" pycs (PEP 552): Python compares neither their time stamp, which a zip file does not
preserve, nor their source. Files that this Python cannot compile (templates, code for other versions) are skipped.
"""

import importlib.util
import py_compile
import sys
import warnings


def main() -> int:
    """Compile the files that standard input lists; return 0."""
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

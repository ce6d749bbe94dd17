"""Resumebase functions: one folder is one deployable function and one URL."""

import gc
import sys

__version__ = "0.1.0"
"""Of the release, which `pyproject.toml` names; each function's description has it."""

USUAL_COLLECTION = gc.get_threshold()

if "awslambdaric" in sys.modules:
    # On Lambda: imports create a hundred thousand objects and hardly any garbage, and repeated collections take a tenth
    # of the cold start. `LambdaHandler`, which is created last, restores the usual threshold.
    gc.set_threshold(200_000)

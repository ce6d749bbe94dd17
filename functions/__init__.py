"""Resumebase functions: one folder is one deployable function and one URL."""

import gc
import sys

USUAL_COLLECTION = gc.get_threshold()

if "awslambdaric" in sys.modules:
    # In Lambda's own client: loading makes a hundred thousand objects and hardly any garbage, and looking for it again
    # and again is a tenth of a cold start. `LambdaHandler`, made last, puts the collector back to its usual work.
    gc.set_threshold(200_000)

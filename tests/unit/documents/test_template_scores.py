"""The scores of the built-in templates are those of our own scan."""

from __future__ import annotations

from local.template_scores import scores, with_scores
from local.templates import SEED, designs


def test_the_seed_file_has_the_scores_that_a_scan_gives() -> None:
    found = scores()
    assert found.keys() == designs().keys()
    assert with_scores(SEED.read_text(), found) == SEED.read_text()
    # Two columns, and dates in a column of their own, cost points.
    assert found["plain"] == 100
    assert found["sidebar"] < 100

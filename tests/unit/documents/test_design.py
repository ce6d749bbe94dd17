"""Designs: what users may write into them, and how they tighten."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from functions._shared.domain.documents.design import MIN_SIZE, READABLE, STEPS, contrast, parse_design, tint
from functions._shared.domain.documents.fitting import fit
from local.templates import designs
from tests.unit.documents.samples import TEMPLATES

if TYPE_CHECKING:
    from functions._shared.domain.documents.design import Design


@pytest.mark.parametrize("junk", [None, [], 7, "x", {"a": []}, True, float("nan"), 10**400, "1e9pt", "-3pt"])
def test_a_design_of_junk_is_the_default(junk: Any) -> None:
    keys = (
        "layout",
        "paper",
        "fonts",
        "colors",
        "sectionOrder",
        "spacing",
        "header",
        "headings",
        "bullets",
        "sidebar",
        "fit",
    )
    assert parse_design(dict.fromkeys(keys, junk)) == parse_design({})
    spacing = {"margins": junk, "lineHeight": junk, "sectionGap": junk, "itemGap": junk}
    if junk != 7:
        assert parse_design({"spacing": spacing, "fonts": {"size": junk}}) == parse_design({})


def test_values_are_kept_within_bounds() -> None:
    design = parse_design({"fonts": {"size": "4pt"}, "spacing": {"margins": "9in", "lineHeight": 40}})
    assert (design.size, design.margin, design.line_height) == (MIN_SIZE, 108.0, 2.0)


def test_lengths_have_units() -> None:
    assert (
        parse_design({"spacing": {"margins": "1in"}}).margin == parse_design({"spacing": {"margins": 72}}).margin == 72
    )
    assert parse_design({"spacing": {"margins": "20mm"}}).margin == pytest.approx(56.69, abs=0.01)


def test_colours_of_text_are_readable() -> None:
    design = parse_design({"colors": {"primary": "#ffff00", "secondary": "#3498db", "text": "#fff", "muted": "url(x)"}})
    assert all(contrast(color) >= READABLE for color in (design.primary, design.secondary, design.text, design.muted))


@pytest.mark.parametrize("primary", ["#ffff00", "#7fffd4", "#ff8c69", "#aaaaaa"])
def test_text_is_readable_on_the_tint_of_a_bright_colour(primary: str) -> None:
    sidebar = {"layout": "two-column", "sidebar": {"tinted": True}}
    design = parse_design(sidebar | {"colors": dict.fromkeys(("primary", "secondary", "text", "muted"), primary)})
    ground = tint(design.primary)
    assert all(contrast(c, ground) >= READABLE for c in (design.primary, design.secondary, design.text, design.muted))


@pytest.mark.parametrize("template", TEMPLATES)
def test_text_is_readable_on_the_ground_that_it_stands_on(template: str) -> None:
    design = parse_design(designs()[template])
    ground = tint(design.primary) if design.sidebar and design.sidebar.tinted else "#ffffff"
    assert all(contrast(c, ground) >= 4.5 for c in (design.primary, design.secondary, design.text, design.muted))


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_step_is_looser_or_smaller_than_the_bounds(template: str) -> None:
    design = parse_design(designs()[template])
    steps = [design.tightened(step) for step in range(STEPS + 1)]
    assert steps[0] == design
    for before, after in pairwise(steps):
        for name in ("size", "margin", "line_height", "section_gap", "item_gap"):
            assert getattr(after, name) <= getattr(before, name)
    last = steps[-1]
    assert last.size >= max(MIN_SIZE, design.min_size) - 0.01
    assert last.line_height >= design.min_line_height - 0.01
    assert last.margin >= min(design.min_margin, design.margin) - 0.1


def test_the_loosest_step_that_fits_is_chosen() -> None:
    design = parse_design({})
    for needed in range(STEPS + 1):
        enough = design.tightened(needed)

        def count(tried: Design, enough: Design = enough) -> int:
            return 1 if (tried.size, tried.margin) <= (enough.size, enough.margin) else 2

        chosen, report = fit(design, 1, count)
        assert (report.step, report.fits, chosen) == (needed, True, enough)
    _, report = fit(design, 1, lambda tried: 3)  # noqa: ARG005 - never fits
    assert (report.step, report.fits, report.pages) == (STEPS, False, 3)

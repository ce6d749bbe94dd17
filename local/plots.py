"""Plots as SVG, without a library: lines over time, and bars. They follow the reader's light or dark scheme."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Points = Sequence[tuple[float, float]]

COLOURS: Final = ("#2f6fde", "#d9822b", "#2a9d62", "#b5446e", "#7a5cc9", "#8a7a2b")
STYLE: Final = (
    "<style>text{font:12px system-ui,sans-serif;fill:#333}.t{font-weight:600;font-size:14px}.g{stroke:#8884;fill:none}"
    ".b{fill:#d0342c;opacity:.12}.n{font-size:10px;fill:#a33}"
    "@media(prefers-color-scheme:dark){text{fill:#ddd}.n{fill:#f99}}</style>"
)
LEFT: Final = 64
TOP: Final = 50
BOTTOM: Final = 36


@dataclass(frozen=True)
class Band:
    """A part of the horizontal axis that is shaded and named."""

    begin: float
    end: float
    name: str


def _ticks(most: float, count: int = 5) -> list[float]:
    """Return round numbers from zero up to at least the largest value."""
    if most <= 0:
        return [0.0, 1.0]
    rough = most / count
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    return [step * number for number in range(math.ceil(most / step) + 1)]


def _decades(least: float, most: float) -> list[float]:
    first, last = math.floor(math.log10(least)), math.ceil(math.log10(most))
    return [10.0**power for power in range(first, max(last, first + 1) + 1)]


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:.2g}"  # noqa: PLR2004


def lines(
    title: str,
    series: Mapping[str, Points],
    *,
    x_unit: str,
    y_unit: str,
    bands: Sequence[Band] = (),
    logarithmic: bool = False,
    width: int = 960,
    height: int = 300,
) -> str:
    """Return a plot of several lines.

    Parameters
    ----------
    title
        Stands above it.
    series
        The points of each line, by its name.
    x_unit, y_unit
        What the axes measure.
    bands
        Shaded parts of the horizontal axis.
    logarithmic
        Whether the vertical axis is; values must then be positive.
    width, height
        In pixels.
    """
    values = [y for points in series.values() for _, y in points if y > 0 or not logarithmic] or [1.0]
    ends = [x for points in series.values() for x, _ in points] + [band.end for band in bands]
    x_marks = _ticks(max(ends, default=1.0), 8)
    y_marks = _decades(min(values), max(values)) if logarithmic else _ticks(max(values))
    inner_width, inner_height = width - LEFT - 20, height - TOP - BOTTOM

    def place_x(x: float) -> float:
        return LEFT + inner_width * x / x_marks[-1]

    def place_y(y: float) -> float:
        if logarithmic:
            low, high = math.log10(y_marks[0]), math.log10(y_marks[-1])
            share = (math.log10(max(y, y_marks[0])) - low) / (high - low)
        else:
            share = y / y_marks[-1]
        return TOP + inner_height * (1 - share)

    parts = [_head(title, width, height)]
    for number, band in enumerate(bands):
        left, right = place_x(band.begin), place_x(band.end)
        parts.append(
            f'<rect class="b" x="{left:.1f}" y="{TOP}" width="{max(right - left, 1):.1f}" height="{inner_height}"/>'
            f'<text class="n" x="{left:.1f}" y="{TOP + 11 + number % 2 * 12}">{escape(band.name)}</text>'
        )
    for mark in y_marks:
        y = place_y(mark)
        parts.append(
            f'<path class="g" d="M{LEFT} {y:.1f}h{inner_width}"/>'
            f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{_number(mark)}</text>'
        )
    parts += [
        f'<text x="{place_x(mark):.1f}" y="{height - 16}" text-anchor="middle">{_number(mark)}</text>'
        for mark in x_marks
    ]
    parts.append(f'<text x="{width - 20}" y="{height - 3}" text-anchor="end">{escape(x_unit)}</text>')
    parts.append(f'<text x="6" y="{TOP - 10}">{escape(y_unit)}</text>')
    right = width - 20
    for number, (name, points) in reversed(list(enumerate(series.items()))):
        colour = COLOURS[number % len(COLOURS)]
        path = " ".join(f"{place_x(x):.1f},{place_y(y):.1f}" for x, y in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.6"/>')
        parts.append(f'<text x="{right}" y="20" text-anchor="end" style="fill:{colour}">{escape(name)}</text>')
        right -= 7 * len(name) + 18
    return "".join(parts) + "</svg>"


@dataclass(frozen=True)
class Bar:
    """A bar: how long it is, as a share of the limit, and what stands at its end."""

    name: str
    share: float
    text: str
    holds: bool


def bars(title: str, rows: Sequence[Bar], *, limit: str, width: int = 960) -> str:
    """Return horizontal bars beside a line that marks their limit; a bar that reaches it misses it.

    Parameters
    ----------
    title
        Stands above it.
    rows
        The bars from above to below.
    limit
        What the line means.
    width
        In pixels.
    """
    height, left, step = TOP + 24 * len(rows) + BOTTOM, 240, 24
    inner = width - left - 250
    scale = inner / 1.25
    parts = [_head(title, width, height)]
    for number, row in enumerate(rows):
        y = TOP + step * number
        length = min(max(row.share, 0.004), 1.25) * scale
        colour = COLOURS[2] if row.holds else "#d0342c"
        parts.append(
            f'<text x="{left - 8}" y="{y + 15}" text-anchor="end">{escape(row.name)}</text>'
            f'<rect x="{left}" y="{y + 3}" width="{length:.1f}" height="15" rx="2" fill="{colour}"/>'
            f'<text x="{left + inner + 10}" y="{y + 15}">{escape(row.text)}</text>'
        )
    bottom = TOP + step * len(rows)
    parts.append(f'<path d="M{left + scale:.1f} {TOP - 4}V{bottom + 4}" stroke="#d0342c" stroke-dasharray="4 3"/>')
    parts.append(f'<text x="{left + scale:.1f}" y="{bottom + 20}" text-anchor="middle">{escape(limit)}</text>')
    return "".join(parts) + "</svg>"


def _head(title: str, width: int, height: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label="{escape(title)}">{STYLE}<text class="t" x="6" y="20">{escape(title)}</text>'
    )

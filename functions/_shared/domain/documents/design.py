"""The design of a template as checked values, and tighter versions of it.

A design is data that users may write themselves, so every value has a default and bounds, and nothing in it reaches a
writer as text except names of sections, six-digit colours and bullets.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from functions._shared.domain.documents.paper import stated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from functions._shared.domain.documents.paper import Paper

SECTIONS: Final = (
    "summary", "experience", "education", "skills", "projects", "certifications", "languages", "awards", "volunteer",
    "publications", "interests", "references",
)  # fmt: skip
"""Sections beside ``personalInfo``, in the order of a résumé that does not say otherwise."""
MIN_SIZE: Final = 9.0
"""Points; no text of a résumé is set smaller."""
READABLE: Final = 4.6
"""The least contrast between text and its ground."""
_TINT: Final = 0.09
"""The share of the primary colour in the ground of a tinted sidebar."""
DARK: Final = "#15181e"
"""The ground of a page for dark surroundings."""
STEPS: Final = 12
"""Of tightening."""

_UNITS: Final = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "px": 0.75, "": 1.0}
_LENGTH: Final = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,4})?)\s*(pt|in|cm|mm|px|)")
_ENORMOUS: Final = 1e6
_COLOR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_BULLETS: Final = frozenset("•\u2013-▪●○■‣∙·")


@dataclass(frozen=True, slots=True)
class Sidebar:
    """The narrow column of a two-column design.

    Parameters
    ----------
    side : str
        ``start`` or ``end`` of the line: left or right, mirrored in right-to-left résumés.
    width : float
        Its share of the text width.
    sections : tuple
        The sections in it. Contact details come first if ``contact`` is set.
    tinted : bool
        Whether its ground has a tint of the primary colour.
    """

    side: str
    width: float
    sections: tuple[str, ...]
    contact: bool
    tinted: bool


@dataclass(frozen=True, slots=True)
class Design:
    """A design. Lengths are in points, ``line_height`` in multiples of ``size``; `parse_design` documents the keys."""

    paper: Paper
    heading_font: str
    body_font: str
    fallback: str
    size: float
    primary: str
    secondary: str
    text: str
    muted: str
    order: tuple[str, ...]
    margin: float
    line_height: float
    section_gap: float
    item_gap: float
    header: str
    photo: str
    heading_case: str
    heading_rule: str
    bullet: str
    date_format: str
    dates: str
    skills: str
    sidebar: Sidebar | None
    min_size: float
    min_margin: float
    min_line_height: float

    def tightened(self, step: int) -> Design:
        """Return the design, ``step`` of `STEPS` tighter: first the space, then also the size, within its bounds."""
        share = step / STEPS
        space, size = min(1.0, share * 1.5), max(0.0, share * 2 - 1)
        return replace(
            self,
            size=round(_between(self.size, self.min_size, size), 2),
            margin=round(_between(self.margin, self.min_margin, share), 2),
            line_height=round(_between(self.line_height, self.min_line_height, space), 3),
            section_gap=round(_between(self.section_gap, self.section_gap * 0.5, space), 2),
            item_gap=round(_between(self.item_gap, self.item_gap * 0.4, space), 2),
        )


def parse_design(value: Mapping[str, Any]) -> Design:
    """Read a template's ``design``.

    Parameters
    ----------
    value : mapping
        ``layout`` single-column or two-column; ``paper`` letter or a4 (`build_view` fills it in); ``fonts`` {heading,
        body, fallback: sans | serif | mono, size}; ``colors`` {primary, secondary, text, muted}; ``sectionOrder``;
        ``spacing`` {margins, lineHeight, sectionGap, itemGap}; ``header`` {align: left | center | band, photo: none |
        start | end}; ``headings`` {case: none | upper | small-caps, rule: below | left | none}; ``bullets``;
        ``dateFormat`` with MMMM, MMM, MM or only YYYY; ``entries`` {dates: end | start}; ``skills`` inline or lines;
        ``sidebar`` {side: left | right, width, sections, contact, tinted}; ``fit`` {minSize, minMargins,
        minLineHeight}.

    Returns
    -------
    Design
        Its values, within bounds. What is missing or makes no sense takes the default.
    """
    fonts, colors, spacing = _part(value, "fonts"), _part(value, "colors"), _part(value, "spacing")
    header, headings, fit = _part(value, "header"), _part(value, "headings"), _part(value, "fit")
    size = _length(fonts.get("size"), 10.0, MIN_SIZE, 14.0)
    margin = _length(spacing.get("margins"), 57.6, 28.0, 108.0)
    line_height = _number(spacing.get("lineHeight"), 1.35, 1.05, 2.0)
    sidebar = _sidebar(_part(value, "sidebar")) if value.get("layout") == "two-column" else None
    primary = _color(colors.get("primary"), "#1f4e79")
    # The darkest ground that text stands on. A tint darkens with its colour.
    on_tint = sidebar is not None and sidebar.tinted
    primary = _readable(primary, None if on_tint else "#ffffff")
    ground = tint(primary) if on_tint else "#ffffff"
    order = [key for key in _texts(value.get("sectionOrder")) if key in SECTIONS]
    bullet, pattern = value.get("bullets"), value.get("dateFormat")
    return Design(
        paper=stated(value.get("paper")) or "a4",
        heading_font=_name(fonts.get("heading")),
        body_font=_name(fonts.get("body")),
        fallback=_choice(fonts.get("fallback"), "sans", "sans", "serif", "mono"),
        size=size,
        primary=primary,
        secondary=_readable(_color(colors.get("secondary"), primary), ground),
        text=_readable(_color(colors.get("text"), "#222222"), ground),
        muted=_readable(_color(colors.get("muted"), "#5f6b76"), ground),
        order=tuple(dict.fromkeys([*order, *SECTIONS])),
        margin=margin,
        line_height=line_height,
        section_gap=_length(spacing.get("sectionGap"), 14.0, 2.0, 40.0),
        item_gap=_length(spacing.get("itemGap"), 8.0, 0.0, 30.0),
        header=_choice(header.get("align"), "left", "left", "center", "band"),
        photo=_choice(header.get("photo"), "none", "none", "start", "end"),
        heading_case=_choice(headings.get("case"), "none", "none", "upper", "small-caps"),
        heading_rule=_choice(headings.get("rule"), "below", "below", "left", "none"),
        bullet=bullet if isinstance(bullet, str) and bullet in _BULLETS else "•",
        date_format=pattern if isinstance(pattern, str) and re.fullmatch("[MYD/ .-]{4,12}", pattern) else "MMM YYYY",
        dates=_choice(_part(value, "entries").get("dates"), "end", "end", "start"),
        skills=_choice(value.get("skills"), "inline", "inline", "lines"),
        sidebar=sidebar,
        min_size=min(size, _length(fit.get("minSize"), max(MIN_SIZE, size - 1.5), MIN_SIZE, 14.0)),
        min_margin=min(margin, _length(fit.get("minMargins"), max(36.0, margin * 0.65), 28.0, 108.0)),
        min_line_height=min(line_height, _number(fit.get("minLineHeight"), max(1.15, line_height - 0.25), 1.05, 2.0)),
    )


def _sidebar(value: dict[str, Any]) -> Sidebar:
    width = value.get("width")
    match = re.fullmatch(r"([0-9]{1,2}(?:\.[0-9]+)?)%", width) if isinstance(width, str) else None
    sections = tuple(dict.fromkeys(key for key in _texts(value.get("sections")) if key in SECTIONS))
    return Sidebar(
        side="end" if value.get("side") == "right" else "start",
        width=min(0.45, max(0.22, float(match[1]) / 100 if match else 0.32)),
        sections=sections or ("skills", "languages", "certifications"),
        contact=value.get("contact") is True,
        tinted=value.get("tinted") is True,
    )


def _between(first: float, last: float, share: float) -> float:
    return first + (last - first) * share


def _part(value: Mapping[str, Any], key: str) -> dict[str, Any]:
    part = value.get(key)
    return part if isinstance(part, dict) else {}


def _texts(value: Any) -> list[str]:  # noqa: ANN401 - any JSON
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _name(value: Any) -> str:  # noqa: ANN401 - any JSON
    return value if isinstance(value, str) else ""


def _color(value: Any, default: str) -> str:  # noqa: ANN401 - any JSON
    return value.lower() if isinstance(value, str) and _COLOR.fullmatch(value) else default


def contrast(color: str, ground: str = "#ffffff") -> float:
    """Return the contrast ratio of two colours (WCAG 2)."""
    lights = sorted((_luminance(color), _luminance(ground)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(color: str) -> float:
    parts = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]  # noqa: PLR2004 - sRGB
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def tint(color: str) -> str:
    """Return the ground of a tinted sidebar."""
    parts = (int(color[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * _TINT):02x}" for part in parts)


def on_dark(color: str, ground: str = DARK, least: float = READABLE) -> str:
    """Lighten a colour until its text has a contrast with a dark ground."""
    while contrast(color, ground) < least:
        color = _mixed(color, "#ffffff", 0.06)
    return color


def dark_tint(color: str) -> str:
    """Return the ground of a tinted sidebar on a dark page."""
    return _mixed(DARK, color, _TINT)


def _mixed(color: str, other: str, share: float) -> str:
    pairs = ((int(color[place : place + 2], 16), int(other[place : place + 2], 16)) for place in (1, 3, 5))
    return "#" + "".join(f"{math.ceil(one + (two - one) * share):02x}" for one, two in pairs)


def _readable(color: str, ground: str | None = None) -> str:
    """Darken a colour until its text has the contrast that WCAG 2 AA asks for, on a ground or on its own tint."""
    while contrast(color, ground or tint(color)) < READABLE:
        color = "#" + "".join(f"{int(int(color[place : place + 2], 16) * 0.95):02x}" for place in (1, 3, 5))
    return color


def _choice(value: Any, default: str, *allowed: str) -> str:  # noqa: ANN401 - any JSON
    return value if isinstance(value, str) and value in allowed else default


def _number(value: Any, default: float, least: float, most: float) -> float:  # noqa: ANN401 - any JSON
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _ENORMOUS
    return min(most, max(least, float(value))) if is_number else default


def _length(value: Any, default: float, least: float, most: float) -> float:  # noqa: ANN401 - any JSON
    if isinstance(value, str) and (match := _LENGTH.fullmatch(value.strip())):
        value = round(float(match[1]) * _UNITS[match[2]], 2)
    return _number(value, default, least, most)

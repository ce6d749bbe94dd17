"""The sections of a résumé: which lines are headings, and what they name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from functions.resume_import.dates import find_dates
from functions.resume_import.reading.rows import table_heads
from functions.resume_import.vocabulary.headings import TITLES_OF_DOCUMENT, likely_section, normal, section_of
from functions.resume_import.vocabulary.words import is_degree, is_school, title_weight

if TYPE_CHECKING:
    from functions.resume_import.reading.lines import Text

HEADER: Final = "header"
OTHER: Final = "other"
_OF_ENTRIES: Final = frozenset(
    {"experience", "education", "projects", "volunteer", "certifications", "awards", "publications", "references"}
)
_INLINE: Final = re.compile(r"^([^:：]{3,30}?)\s*[:：]\s+(\S.*)$")
_LONG: Final = 60


@dataclass(slots=True)
class Section:
    """A section: what it is about, its heading as written, and its lines."""

    kind: str
    title: str = ""
    heading: Text | None = None
    texts: list[Text] = field(default_factory=list)


class _Style(NamedTuple):
    size: int
    bold: bool
    caps: bool


def body_size(texts: list[Text]) -> float:
    """Return the font size of most of the text."""
    sizes: Counter[float] = Counter()
    for text in texts:
        sizes[round(text.line.size, 1)] += len(text.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def split(texts: list[Text]) -> list[Section]:
    """Split the lines at their headings. The first section is what stands before all headings."""
    texts = [text for text in texts if normal(text.text) not in TITLES_OF_DOCUMENT or not text.text.strip()]
    kinds = _headings(texts, body_size(texts))
    sections = [Section(HEADER)]
    current = sections[0]
    size = body_size(texts)
    for index, text in enumerate(texts):
        if index in kinds:
            kind, title, rest = kinds[index]
            current = Section(kind, title, text)
            sections.append(current)
            if rest:
                current.texts.append(rest)
        elif index - 1 in kinds and kinds[index - 1][1].endswith(f" {text.text}"):
            continue
        else:
            if index and _jumps_to_top(texts[index - 1], text, size):
                current = sections[0]
            current.texts.append(text)
    for section in sections:
        if section.kind == OTHER:
            section.kind = _guess(section, {each.kind for each in sections})
    return sections


def _jumps_to_top(before: Text, text: Text, size: float) -> bool:
    """Return whether a line starts the heading of the page after a column beside it: the name, in large type."""
    return text.page == before.page == 0 and text.box.bottom < before.box.top - 60 and text.line.size > 1.25 * size


def _guess(section: Section, known: set[str]) -> str:
    """Return what a section with an unknown heading holds, by its heading and its lines."""
    texts = section.texts
    if any("@" in text.text and "." in text.text for text in texts) and len(texts) < 12:
        return "contact"
    likely = likely_section(section.title)
    spans = sum(1 for text in texts for found in find_dates(text.text) if found.start)
    schools = sum(1 for text in texts if is_school(text.text) or is_degree(text.text))
    titles = sum(1 for text in texts if title_weight(text.text) > 0 and len(text.text) < 60)
    if likely == "experience" and (spans or titles):
        return "experience"
    if likely == "education" or (schools >= 2 and spans and "education" not in known):
        return "education" if spans or schools else OTHER
    if spans >= 2 and titles and "experience" not in known:
        return "experience"
    if likely in known and likely not in {"skills", "awards"}:
        return OTHER
    return likely or OTHER


def _headings(texts: list[Text], body: float) -> dict[int, tuple[str, str, Text | None]]:
    known = {
        index: kind
        for index, text in enumerate(texts)
        if (not text.bullet or text.line.role != "bullet") and (kind := section_of(text.text))
    }
    heads = table_heads(texts)
    known = {index: kind for index, kind in known.items() if index not in heads}
    level = _level(texts, known)
    styles = _styles(texts, known)
    found: dict[int, tuple[str, str, Text | None]] = {}
    current = HEADER
    for index, text in enumerate(texts):
        kind = known.get(index)
        if text.level > level and current in _OF_ENTRIES:
            continue  # an entry
        if kind and _is_heading(texts, index, kind, current, styles, body):
            found[index] = (kind, text.text, None)
            if joined := _wrapped(texts, index):
                found[index] = joined
                known.pop(index + 1, None)
        elif not kind and text.level and (text.level >= level or current != HEADER):
            found[index] = (OTHER, text.text, None)
        elif (
            not kind
            and current != HEADER
            and (inline := _inline(text, set(known.values()), current, apart=_stands_apart(texts, index)))
        ):
            found[index] = inline
        if index in found:
            current = found[index][0]
    if len({kind for kind, *_ in found.values()}) < 2:
        found.update(_by_style(texts, body) or _apart(texts))
    if len({_style(text)._replace(caps=False) for text in texts}) == 1:
        found = {**_alike(texts, found), **found}  # plain text
    found.update({index: each for index, each in _unknown(texts, found, body).items() if index not in heads})
    return found


def _level(texts: list[Text], known: dict[int, str]) -> int:
    """Return the level of the headings that name sections: what is deeper in a section of entries is an entry."""
    levels = Counter(texts[index].level for index in known if texts[index].level)
    return max(levels, key=lambda level: (levels[level], -level)) if levels else 9


def _inline(text: Text, known: set[str], current: str, *, apart: bool) -> tuple[str, str, Text | None] | None:
    """Return the heading that stands on one line with its section: "SKILLS: Go, Rust"."""
    match = _INLINE.match(text.text)
    if match is None or text.bullet:
        return None
    prominent = match[1].isupper() or (len(text.runs) > 1 and text.runs[0].bold and not text.runs[1].bold)
    kind = section_of(match[1]) if prominent or apart else None
    if not prominent and kind not in {"interests", "references", "languages"}:
        return None
    if kind is None or kind in known or kind in {"experience", "education", OTHER}:
        return None
    if current == "skills" and (kind == "languages" or not match[1].isupper()):
        return None  # the name of a group of skills
    return kind, match[1], replace(text, text=match[2], runs=())


def _stands_apart(texts: list[Text], index: int) -> bool:
    """Return whether an empty line stands before a line."""
    return texts[index].page == texts[index - 1].page and _gap(texts, index) > 1.6


def _wrapped(texts: list[Text], index: int) -> tuple[str, str, Text | None] | None:
    """Return the heading that a line forms with the one below it."""
    if index + 1 >= len(texts):
        return None
    text, following = texts[index], texts[index + 1]
    below = 0 < following.box.bottom - text.box.bottom < 1.6 * text.line.size
    whole = f"{text.text} {following.text}"
    kind = section_of(whole) if below and _style(following) == _style(text) else None
    return (kind, whole, None) if kind else None


def _apart(texts: list[Text], least: int = 2) -> dict[int, tuple[str, str, Text | None]]:
    """Find headings in one's own words in plain text: short lines that stand apart and sound like a section."""
    found: dict[int, tuple[str, str, Text | None]] = {}
    for index, text in enumerate(texts[1:], 1):
        gap = _gap(texts, index)
        plain = len(text.text.split()) <= 5 and not text.bullet and not re.search(r"[\d@,.]", text.text)
        if (
            plain
            and ":" not in text.text[:-1]
            and gap > 1.8
            and likely_section(text.text)
            and title_weight(text.text) <= 0
        ):
            found[index] = (OTHER, text.text, None)
    return found if len(found) >= least else {}


def _alike(
    texts: list[Text], found: dict[int, tuple[str, str, Text | None]]
) -> dict[int, tuple[str, str, Text | None]]:
    """Find headings in one's own words in plain text that has others: set like these, for sections that are missing."""
    known = [index for index in found if index and found[index][2] is None]
    if not known:
        return {}
    gap = min(_gap(texts, index) for index in known)
    capitals = {texts[index].text.isupper() for index in known}
    kinds = {kind for kind, *_ in found.values()}
    return {
        index: each
        for index, each in _apart(texts, least=1).items()
        if index not in found
        and _gap(texts, index) > gap - 0.1
        and texts[index].text.isupper() in capitals
        and likely_section(texts[index].text) not in kinds
        and not is_school(texts[index].text)
    }


def _gap(texts: list[Text], index: int) -> float:
    text, before = texts[index], texts[index - 1]
    return (text.box.bottom - before.box.bottom) / max(text.line.size, 1) if text.page == before.page else 9.0


def _by_style(texts: list[Text], body: float) -> dict[int, tuple[str, str, Text | None]]:
    """Find headings in one's own words: short prominent lines of one style, of which some sound like a section."""
    styles: dict[_Style, list[int]] = defaultdict(list)
    for index, text in enumerate(texts):
        style = _style(text)
        if (style.size > body + 0.6 or (style.bold and style.caps)) and len(text.text) < _LONG and not text.bullet:
            styles[style].append(index)
    for indexes in sorted(styles.values(), key=len, reverse=True):
        likely = sum(1 for index in indexes if likely_section(texts[index].text))
        if len(indexes) >= 3 and likely >= 2 and likely * 3 >= len(indexes):
            return {
                index: (OTHER, texts[index].text, None)
                for index in indexes
                if index == 0 or index - 1 not in indexes or likely_section(texts[index].text)
            }
    return {}


def _style(text: Text) -> _Style:
    return _Style(round(text.line.size), text.line.bold, text.text.isupper())


def _styles(texts: list[Text], known: dict[int, str]) -> dict[_Style, set[str]]:
    styles: dict[_Style, set[str]] = defaultdict(set)
    for index, kind in known.items():
        styles[_style(texts[index])].add(kind)
    return styles


def _is_heading(
    texts: list[Text], index: int, kind: str, current: str, styles: dict[_Style, set[str]], body: float
) -> bool:
    text, style = texts[index], _style(texts[index])
    if text.level:
        return True
    if _beside(texts, index):
        return False
    best = max(
        styles,
        key=lambda each: (
            len(styles[each]) + 0.5 * (each.size > body + 0.6) + 0.3 * each.bold + 0.3 * each.caps,
            each.size,
        ),
    )
    prominent = style.size > body + 0.6 or style.bold or style.caps or text.text.rstrip().endswith((":", "："))
    if style == best:
        return True
    if len(styles[best]) >= 2:
        weaker = (
            style.size < best.size - 1
            or (best.bold and not style.bold and style.size <= best.size)
            or (best.caps and not style.caps and style.size <= best.size)
        )
        if weaker and (
            len(styles[style]) < 2 or (current in {"skills", "experience", "projects"} and style.size <= body + 0.6)
        ):
            return False
    if text.bullet and not prominent:
        return False
    return (
        prominent or len(styles[style]) >= 2 or (kind in {"experience", "education", "skills"} and len(text.text) > 5)
    )


def _beside(texts: list[Text], index: int) -> bool:
    """Return whether a text follows another one on its row: "Skills" in "Languages | Skills" of a table."""
    if index == 0:
        return False
    text, before = texts[index], texts[index - 1]
    same_row = text.page == before.page and abs(text.box.bottom - before.box.bottom) < 0.3 * text.line.size
    return same_row and 0 <= text.box.left - before.box.right < 3 * text.line.size


def _unknown(
    texts: list[Text], found: dict[int, tuple[str, str, Text | None]], body: float
) -> dict[int, tuple[str, str, Text | None]]:
    """Find headings that no list of ours has, by the style of the others."""
    styles = Counter(_style(texts[index]) for index in found)
    if not styles:
        return {}
    first = min(found)
    largest = max((text.line.size for text in texts[:first]), default=0.0)
    exact = {(round(texts[index].line.size, 1), texts[index].line.bold, texts[index].text.isupper()) for index in found}
    candidates: dict[_Style, list[int]] = defaultdict(list)
    for index, text in enumerate(texts):
        style = _style(text)
        if (
            index in found
            or styles[style] < 2
            or (round(text.line.size, 1), text.line.bold, text.text.isupper()) not in exact
        ):
            continue
        prominent = style.size > body + 0.6 or (style.bold and style.caps)
        early = index < first and (index < 2 or text.line.size >= largest)
        if (
            prominent
            and not early
            and not text.bullet
            and len(text.text) <= _LONG
            and not find_dates(text.text)
            and not _beside(texts, index)
            and not _row_has_more(texts, index)
        ):
            candidates[style].append(index)
    result: dict[int, tuple[str, str, Text | None]] = {}
    for style, indexes in candidates.items():
        if len(indexes) <= styles[style] + 1:
            result.update({index: (OTHER, texts[index].text, None) for index in indexes})
    return result


def _row_has_more(texts: list[Text], index: int) -> bool:
    text = texts[index]
    following = texts[index + 1 : index + 3]
    return any(
        each.page == text.page and abs(each.box.bottom - text.box.bottom) < 0.3 * text.line.size for each in following
    )

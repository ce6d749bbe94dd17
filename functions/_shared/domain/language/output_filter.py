"""What no answer may contain, whatever it claims: an answer that does is not delivered and not charged.

The filter looks at form. It comes before the check against the résumé, and it does not decide whether a text is true.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from functions._shared.domain.language.eastern import LETTERS
from functions._shared.domain.language.function_words import FUNCTION_WORDS
from functions._shared.domain.language.unwanted_forms import NEVER, STOCK_PHRASES, TO_THE_READER, UNLESS_OWN, Fault
from functions._shared.domain.language.words import fold, folded_words, sentence_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_QUOTED: Final = 7
"""Words in a row that an answer may share with our instructions, if the material does not have them."""
MAX_BULLET: Final = 400
_GROWTH, _ROOM = 1.5, 120
"""How much longer than the original an improvement may be."""
_REPEATS: Final = 3
_WORDS_TO_JUDGE: Final = 30
_DISTINCT: Final = 0.4
_MOST_SIGNS: Final = 0.4
_STEM: Final = 4
"""Letters by which words are compared with the material's; shorter words do not count."""
_ENOUGH: Final = 8
"""Such words that the material needs, so that an answer without any of them is about something else."""
_EASTERN: Final = re.compile(f"[{LETTERS}]{{2,}}")
_KEY: Final = re.compile(r'"\w{1,40}": ')
_SPACES_AND_MARKS: Final = frozenset(["Zs", "Mn", "Me"])
_UNREADABLE: Final = frozenset(["Co", "Cn", "Cs"])


@dataclass(frozen=True, slots=True)
class Room:
    """How many characters and sentences a text may have."""

    characters: int
    sentences: int


def fault(texts: Sequence[str], *, rules: str, material: str, speaks: bool = False) -> Fault | None:
    """Find what makes an answer undeliverable.

    Parameters
    ----------
    texts : sequence of str
        The answer, without invisible characters.
    rules : str
        Our instructions to the model, which it must not repeat.
    material : str
        The user's own texts. What they have themselves is theirs to use: a link, a path, code. Live HTML and formulas
        are refused all the same.
    speaks : bool
        Whether the texts speak to a reader, as letters do.

    Returns
    -------
    str or None
        The first fault; None if there is none.
    """
    own = _Own(material)
    for text in texts:
        if any(unicodedata.category(sign) in _UNREADABLE or sign in "\ufffc\ufffd" for sign in text):
            return "unreadable"
        if found := _unwanted(_plain(text), own, speaks=speaks):
            return found
        if _quotes(text, rules, material):
            return "quoted_rule"
        if _is_filler(text):
            return "filler"
    if _repeated(texts):
        return "filler"
    return "stock_phrase" if speaks and any(_has_stock_phrase(text, own) for text in texts) else None


def without_stock_phrases(text: str, material: str) -> str:
    """Leave out the sentences of a text that have a phrase of `STOCK_PHRASES`, unless it is in the user's own texts."""
    own = _Own(material)
    spans = sentence_spans(text)
    kept = [text[start:end] for start, end in spans if not _has_stock_phrase(text[start:end], own)]
    return text if len(kept) == len(spans) else "".join(kept).strip()


def _has_stock_phrase(text: str, own: _Own) -> bool:
    return not all(own.has("stock_phrase", match.group()) for match in STOCK_PHRASES.finditer(_plain(text)))


def forbidden(text: str) -> Fault | None:
    """Find what no answer may contain, not even as a quotation."""
    plain = _plain(text)
    return next((kind for kind, forms in _compiled(own=False).items() if forms.search(plain)), None)


def unrelated(texts: Iterable[str], material: str) -> bool:
    """Tell whether an answer shares no word or figure with the material, as a refusal or talk does in any language.

    Parameters
    ----------
    texts : iterable of str
        The answer.
    material : str
        The user's own texts. Models are told to write in its language. If it is short, an honest answer may do without
        its words, so that nothing is told.
    """
    theirs = set(_stems(_KEY.sub("", material)))
    return len(theirs) >= _ENOUGH and theirs.isdisjoint(_stems("\n".join(texts)))


def too_long(text: str, *, room: Room | None = None, original: str | None = None, bullet: bool = False) -> bool:
    """Tell whether a text is much longer than what was asked for.

    Parameters
    ----------
    text : str
        A text of the answer.
    room : Room or None
        How long it may be.
    original : str or None
        The text that it improves.
    bullet : bool
        Whether it is a bullet.
    """
    if bullet:
        return len(text) > MAX_BULLET
    if original is not None:
        return len(text) > _GROWTH * len(original) + _ROOM
    if room is None:
        return False
    return len(text) > room.characters or len(sentence_spans(text)) > room.sentences


class _Own:
    """What the user's own text has."""

    def __init__(self, material: str) -> None:
        # A résumé is sent as JSON, where quotes and line ends are escaped.
        unescaped = material.replace("\\n", "\n").replace('\\"', '"').replace("\\\\", "\\")
        self._plain = _plain(material).casefold()
        self._text = f"{self._plain}\n{_plain(unescaped).casefold()}"
        self._links: set[str] | None = None

    def has(self, kind: Fault, part: str) -> bool:
        """Tell whether the text has a part; of a link, the whole of it."""
        if kind != "link":
            return part.casefold() in self._text
        if self._links is None:
            self._links = {_link(match.group()) for match in _compiled(own=True)["link"].finditer(self._text)}
        return _link(part) in self._links


def _link(text: str) -> str:
    """Reduce a link to what is compared: no case, no ``https://www.``, no full stop or slash behind it."""
    plain = text.casefold().rstrip(".,;:!?)]}/")
    return plain.removeprefix("https://").removeprefix("http://").removeprefix("www.")


def _unwanted(text: str, own: _Own, *, speaks: bool) -> Fault | None:
    exempt = _compiled(own=True, speaks=speaks)
    for kind in dict.fromkeys([*NEVER, *UNLESS_OWN]):
        if (never := _compiled(own=False).get(kind)) and never.search(text):
            return kind
        matches = exempt[kind].finditer(text) if kind in exempt else ()
        if not all(own.has(kind, match.group()) for match in matches):
            return kind
    return None


@lru_cache(maxsize=3)
def _compiled(*, own: bool, speaks: bool = False) -> dict[Fault, re.Pattern[str]]:
    flags = re.IGNORECASE | re.MULTILINE
    allowed = frozenset(TO_THE_READER if speaks else ())
    return {
        kind: re.compile("|".join(form for form in forms if form not in allowed), flags)
        for kind, forms in (UNLESS_OWN if own else NEVER).items()
    }


def _plain(text: str) -> str:
    """Write a text as its reader sees it: compatible forms alike, no blanks or stray marks at the start of a line."""
    lines = unicodedata.normalize("NFKC", text).replace("\u2019", "'").split("\n")
    return "\n".join(line[_indent(line) :] for line in lines)


def _indent(line: str) -> int:
    for position, sign in enumerate(line):
        if sign not in "\t\u2800" and unicodedata.category(sign) not in _SPACES_AND_MARKS:
            return position
    return len(line)


def _stems(text: str) -> Iterator[str]:
    """Give the figures of a text and the beginnings of its content words; of Chinese and Japanese, pairs of signs."""
    for run in _EASTERN.findall(text):
        yield from (run[start : start + 2] for start in range(len(run) - 1))
    for word in folded_words(_EASTERN.sub(" ", text)):
        if word.isdigit() and len(word) > 1:
            yield word
        elif len(word) >= _STEM and word not in _function_words():
            yield word[:_STEM]


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    return frozenset(word for known in FUNCTION_WORDS.values() for word in known.common)


def _quotes(text: str, rules: str, material: str) -> bool:
    ours, theirs = _runs(rules), _runs(material)
    return any(run in ours and run not in theirs for run in _runs(text))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = folded_words(text)
    return {tuple(words[start : start + _QUOTED]) for start in range(len(words) - _QUOTED + 1)}


def _is_filler(text: str) -> bool:
    if not any(map(str.isalpha, text)):
        return True
    if re.search(r"(\S)\1{9,}|(\b\w+\b)(?:\W+\2\b){3,}", text, re.IGNORECASE):
        return True
    words = folded_words(text)
    signs = sum(unicodedata.category(character)[0] in "PSC" for character in text)
    if signs > _MOST_SIGNS * len(text):
        return True
    if len(words) < _WORDS_TO_JUDGE:
        return False
    common = Counter(pairwise(words)).most_common(1)[0][1]
    return len(set(words)) < _DISTINCT * len(words) or common > max(_REPEATS, len(words) // 15)


def _repeated(texts: Sequence[str]) -> bool:
    """Tell whether a whole sentence stands twice."""
    parts = [fold(text[start:end].strip()) for text in texts for start, end in sentence_spans(text)]
    return len(parts) != len(set(parts))

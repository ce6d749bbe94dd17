"""A résumé as the texts in which requirements are looked for, each with its JSON Pointer."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from functions._shared.coverage.folding import folded
from functions._shared.coverage.lexicon import Hit, Term, lexicon
from functions._shared.domain.language.function_words import FUNCTION_WORDS, language_of
from functions._shared.domain.language.words import stem
from functions._shared.domain.resume.kept_lines import kept_texts
from functions._shared.domain.resume.plain_text import texts_with_pointers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from functions._shared.domain.resume.content import ResumeContent

_LEFT_OUT: Final = re.compile(
    r"/(?:personalInfo/(?!headline)|.*/(?:startDate|endDate|date|url|location|id|fluency|score)$|education/\d+/institution|"
    r"references|languages/|certifications/\d+/issuer)"
)
_WORD: Final = re.compile(r"[^\W_]+(?:['.+#][^\W_]+|[+#]+)*")
_BRITISH: Final = re.compile(r"(?<=\w\w\w)is(?=(?:e[ds]?|ing|ation\w*)$)")
_GENERIC: Final = frozenset(
    """
    a an the of in on at for to with and or as by from able ability skill skills experience knowledge using use
    your our their it its good strong other any similar related der die das den dem und oder mit von im zu de la
    le les el los las des du et ou en y o con para e di da environment setting industry sector field role position
    area team teams methods tools branche bereich umfeld secteur entorno
    particular enough well gut guter gute goed goede bon bonne bom boa buen buena
    """.split()  # noqa: SIM905
)
"""Words that say nothing about what somebody can do."""


@dataclass(frozen=True, slots=True)
class Place:
    """A text of the résumé.

    Parameters
    ----------
    pointer : str
        Its JSON Pointer.
    text : str
        The text.
    hits : list of Hit
        The terms in it.
    """

    pointer: str
    text: str
    hits: list[Hit]
    plain: str
    hyphened: str
    stems: frozenset[str]
    squashed: str
    words: tuple[tuple[str, bool], ...]
    initials: str
    telling: tuple[str, ...]


@dataclass(slots=True)
class Evidence:
    """What a résumé shows.

    Parameters
    ----------
    content : ResumeContent
        The résumé.
    """

    content: ResumeContent
    language: str = field(init=False)
    places: list[Place] = field(init=False)
    _shown: set[Term] = field(init=False)
    _stems: frozenset[str] = field(init=False)
    _text: str = field(init=False)
    _squashed: str = field(init=False)
    _initials: str = field(init=False)

    def __post_init__(self) -> None:
        document = self.content.to_json()
        texts = [(pointer, text) for pointer, text in texts_with_pointers(document) if not _LEFT_OUT.match(pointer)]
        texts += kept_texts(document)
        self.language = language_of("\n".join(text for _, text in texts))
        self.places = [self._place(pointer, text) for pointer, text in texts]
        self._shown = {term for place in self.places for hit in place.hits for term in (hit.term, *hit.term.implied())}
        self._stems = frozenset[str]().union(*(place.stems for place in self.places))
        self._text, self._squashed, self._initials = (
            (
                "\n".join(parts)
                for parts in zip(
                    *((place.hyphened, place.squashed, place.initials) for place in self.places), strict=True
                )
            )
            if self.places
            else ("", "", "")
        )

    def _place(self, pointer: str, text: str) -> Place:
        telling = tuple(word for word in _LETTERS.findall(text) if word.lower() not in _GENERIC)
        return Place(
            pointer,
            text,
            lexicon().find(text, self.language),
            folded(text),
            _plain(text),
            frozenset(content_stems(text, self.language)),
            _squashed(text),
            tuple((_squashed(part), not part[0].islower()) for part in re.split(r"[\s,;()]+", text) if part),
            "".join(word[0] for word in telling).upper(),
            telling,
        )

    def may_show(self, text: str, term: Term | None) -> bool:
        """Tell quickly whether any text can show an option; most of them cannot."""
        if term in self._shown or _plain(text) in self._text or _squashed(text) in self._squashed:
            return True
        if any(short in self._initials for short in _SHORT.findall(text)):
            return True
        if any(name in place.text for name in core_names(text) for place in self.places):
            return True
        wanted = content_stems(text, self.language)
        if _mostly(wanted, self._stems, text):
            return True
        if wanted and (self._stems.issuperset(wanted) or (len(wanted) == 1 and len(wanted[0]) >= _COMPOUND)):
            return True
        telling = [word[0] for word in _LETTERS.findall(text) if word.lower() not in _GENERIC]
        return len(telling) > 2 and "".join(telling).casefold() in self._text  # noqa: PLR2004

    def under(self, pointer: str) -> Iterator[Place]:
        """Yield the texts of an entry."""
        for place in self.places:
            if place.pointer.startswith(f"{pointer}/"):
                yield place


@lru_cache(maxsize=8192)
def content_stems(text: str, language: str) -> tuple[str, ...]:
    """Return the stems of the words of a text that say something."""
    known = FUNCTION_WORDS.get(language)
    words = [match[0] for match in _WORD.finditer(folded(text))]
    if language == "english":
        words = [_BRITISH.sub("iz", word) for word in words]
    return tuple(
        stem(word, language) for word in words if word not in _GENERIC and not (known and word in known.neutral)
    )


def same_words(written: str, option: str) -> bool:
    """Tell whether a text has the words of an option: case and accents aside, but as parted by hyphens and spaces."""
    one, other = _plain(option), _plain(written)
    if _MAKER.match(one):
        return one == other or ((one := _MAKER.sub("", one)) == other and any(letter.isalpha() for letter in one))
    return f" {one} " in f" {other} "


_MAKER: Final = re.compile(r"^(?:microsoft|ms|apache|adobe|amazon|google|oracle|cisco|atlassian) (?=\w)")


@lru_cache(maxsize=8192)
def _plain(text: str) -> str:
    return "".join(
        letter if mark == " " and letter in "-\u2010\u2011" else mark
        for letter, mark in zip(text, folded(text), strict=True)
    )


def states(place: Place, option: str, *, as_written: bool = False) -> bool:
    """Tell whether a text has the words of an option; a single word that is the whole text counts in any case."""
    if place.plain == folded(option):
        return place.text.casefold() == option.casefold() or not as_written
    text, words = (place.text, option) if as_written else (place.hyphened, _plain(option))
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        before, after = text[start - 1 : start], text[end : end + 1]
        if not (
            before.isalnum()
            or before in {"-", "&"}
            or after.isalnum()
            or (after and after in "+#-&")
            or re.match(r"\.\w", text[end:])
        ):
            return not (as_written and len(option) <= 2) or (len(option) == 2 and option.isupper())  # noqa: PLR2004
        start = text.find(words, start + 1)
    return False


def akin(option: str, place: Place, language: str, *, by_stem: bool, known: bool = False) -> str:
    """Say in which other form a text has an option; nothing if it has not."""
    squashed = _squashed(option)
    apart = squashed not in place.plain.split() or not option.isalpha()
    if (
        len(squashed) >= _SQUASHED
        and apart
        and squashed in place.squashed
        and _whole(squashed, place.words, capital=option[0].isupper())
    ):
        return f"written differently: {option}"
    if not known and (acronym := _acronym(option, place)):
        return f"“{acronym}” is {option}"
    return f"other words for {option}" if by_stem and _other_words(option, place, language, known=known) else ""


def _other_words(option: str, place: Place, language: str, *, known: bool) -> bool:
    wanted = content_stems(option, language)
    if not known and _mostly(wanted, place.stems, option):
        return True
    if wanted and (len(wanted) > 1 or len(wanted[0]) >= _STEM) and all(word in place.stems for word in wanted):
        return True
    if len(wanted) == 1 and len(wanted[0]) >= _COMPOUND and language in {"german", "dutch", "swedish"}:
        return len({own[:6] for own in place.stems if len(own) >= _STEM + 1 and own[:6] in wanted[0]}) > 1
    return False


@lru_cache(maxsize=4096)
def core_names(option: str) -> tuple[str, ...]:
    """Return the names in a longer option that can be nothing else: SOQL of "SOQL queries"."""
    found = tuple(_CORE.findall(option))
    return found if found != (option,) else ()


_CORE: Final = re.compile(r"(?<![\w-])(?:[A-Z]{3,}\d*|[A-Z]{2,}[a-z]+\w*|[A-Z][a-z]+[A-Z]\w*|[A-Z]+\d+)(?![\w])")


def _mostly(wanted: tuple[str, ...], stems: frozenset[str], option: str) -> bool:
    """Tell whether a text says most of an option: the last of two words, if it is a telling one, or two of three."""
    if len(wanted) < 2:  # noqa: PLR2004
        return False
    if len(wanted) == 2:  # noqa: PLR2004
        return (
            option.islower() and len(wanted[1]) >= _TELLING and wanted[1] in stems and not wanted[1].startswith(_COMMON)
        )
    telling = [word for word in wanted if not word.startswith(_COMMON)]
    return len(telling) > 1 and 3 * sum(word in stems for word in telling) >= 2 * len(telling)


_TELLING: Final = 5
_COMMON: Final = (
    "manag", "develop", "plan", "analy", "design", "test", "report", "support", "work", "train", "process", "project",
    "product", "custom", "servic", "data", "system", "softwar", "engin", "technolog", "administ", "operat", "market",
    "account", "busi", "sale", "secur", "standard", "requir", "compani", "polici", "program", "client", "control",
    "erfahr", "kenntn", "arbeit", "kund", "entwickl", "projekt", "prozess", "gestion", "travail", "trabaj", "desarroll",
)  # fmt: skip
"""Beginnings of words that say little by themselves: a manager of projects is no manager of products."""
_SQUASHED: Final = 3
_STEM: Final = 4
_COMPOUND: Final = 10


@lru_cache(maxsize=4096)
def _squashed(text: str) -> str:
    plain = unicodedata.normalize("NFKC", folded(text))
    return re.sub(r"[\s/.'-]", "", plain)


def _whole(squashed: str, words: tuple[tuple[str, bool], ...], *, capital: bool) -> bool:
    """Tell whether the letters are those of whole words, parted differently; "sales force" is not Salesforce."""
    for start, (_, is_capital) in enumerate(words):
        joined = ""
        for word, _ in words[start:]:
            joined += word
            if joined == squashed:
                return is_capital or not capital or len(joined) == len(word)
            if len(joined) >= len(squashed):
                break
    return False


def _acronym(option: str, place: Place) -> str:
    """Return the words that an abbreviation stands for, or the abbreviation of the words, if a text has them."""
    for short in _SHORT.findall(option):
        at = place.initials.find(short)
        words = place.telling[at : at + len(short)]
        if at >= 0 and sum(word[0].isupper() for word in words) * 2 >= len(short):
            return " ".join(words)
    telling = [word for word in _LETTERS.findall(option) if word.lower() not in _GENERIC]
    if len(telling) > 2:  # noqa: PLR2004
        initials = "".join(word[0] for word in telling).upper()
        return initials if initials in place.text and re.search(rf"(?<!\w){initials}(?!\w)", place.text) else ""
    return ""


_LETTERS: Final = re.compile(r"[^\W\d_]+")
_SHORT: Final = re.compile(r"(?<!\w)[A-Z]{3,6}(?!\w)")


def shows(place: Place, term: Term, option: str = "") -> tuple[Hit, Term] | None:
    """Return how a text shows a term: by the words of an option, by another name, or by something that implies it."""
    own = [hit for hit in place.hits if hit.term is term]
    if own:
        return next((hit for hit in own if same_words(place.text[hit.start : hit.end], option)), own[0]), term
    implied = None
    for hit in place.hits:
        if implied is None and term in hit.term.implied():
            implied = hit, hit.term
    return implied

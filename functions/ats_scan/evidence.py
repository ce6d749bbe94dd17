"""A résumé as the texts in which requirements are looked for, each with its JSON Pointer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from functions._shared.domain.language.function_words import FUNCTION_WORDS, language_of
from functions._shared.domain.language.words import stem
from functions._shared.domain.resume.plain_text import texts_with_pointers
from functions.ats_scan.folding import folded
from functions.ats_scan.lexicon import Hit, Term, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from functions._shared.domain.resume.content import ResumeContent

_LEFT_OUT: Final = re.compile(
    r"/(?:personalInfo/(?!headline)|.*/(?:startDate|endDate|date|url|location|id|fluency|score)$|education/\d+/institution|references|languages/|certifications/\d+/issuer)"
)
_WORD: Final = re.compile(r"[^\W_]+(?:['.+#][^\W_]+|[+#]+)*")
_GENERIC: Final = frozenset(
    "a an the of in on at for to with and or as by from able ability skill skills experience knowledge using use your our their it its "
    "good strong other any similar related der die das den dem und oder mit von im zu de la le les el los las des du et ou en y o con para e di da "
    "environment setting industry sector field role position area team teams other related methods tools branche bereich umfeld secteur sector entorno".split()
)


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
    stems: frozenset[str]


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

    def __post_init__(self) -> None:
        document = self.content.to_json()
        texts = [(pointer, text) for pointer, text in texts_with_pointers(document) if not _LEFT_OUT.match(pointer)]
        self.language = language_of("\n".join(text for _, text in texts))
        self.places = [self._place(pointer, text) for pointer, text in texts]

    def _place(self, pointer: str, text: str) -> Place:
        return Place(
            pointer, text, lexicon().find(text, self.language), folded(text), frozenset(content_stems(text, self.language))
        )

    def under(self, pointer: str) -> Iterator[Place]:
        """Yield the texts of an entry."""
        for place in self.places:
            if place.pointer.startswith(f"{pointer}/"):
                yield place


def content_stems(text: str, language: str) -> list[str]:
    """Return the stems of the words of a text that say something."""
    known = FUNCTION_WORDS.get(language)
    words = [match[0] for match in _WORD.finditer(folded(text))]
    return [
        stem(word, language)
        for word in words
        if word not in _GENERIC and not (known and word in known.neutral)
    ]


def states(place: Place, option: str) -> bool:
    """Tell whether a text has the words of an option, case and accents aside."""
    words = folded(option)
    start = place.plain.find(words)
    while start >= 0:
        end = start + len(words)
        before, after = place.plain[start - 1 : start], place.plain[end : end + 1]
        if not (before.isalnum() or (after.isalnum() or (after and after in "+#"))):
            return True
        start = place.plain.find(words, start + 1)
    return False


def shows(place: Place, term: Term) -> tuple[Hit, Term] | None:
    """Return how a text shows a term: by its name, or by something that implies it."""
    implied = None
    for hit in place.hits:
        if hit.term is term:
            return hit, term
        if implied is None and term in hit.term.implied():
            implied = hit, hit.term
    return implied

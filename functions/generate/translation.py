"""The texts of a résumé that are translated, and what code can tell of a translation without knowing the languages.

Names of people, employers, schools, products and certificates, dates, contact details and scores are no such texts and
are never sent to be changed. In the others, every figure and every name stays, and none is added.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, Literal

from functions._shared.domain.documents.scripts import script_of, scripts
from functions._shared.domain.grounding.operands import in_words
from functions._shared.domain.language.digits import readings
from functions._shared.domain.language.function_words import language_of
from functions._shared.domain.language.quantities import quantities
from functions._shared.domain.language.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


LANGUAGES: Final[dict[str, tuple[str, str]]] = {
    "ar": ("Arabic", "العربية"), "bg": ("Bulgarian", "Български"), "cs": ("Czech", "Čeština"),
    "da": ("Danish", "Dansk"), "de": ("German", "Deutsch"), "de-CH": ("Swiss Standard German", "Deutsch (Schweiz)"),
    "el": ("Greek", "Ελληνικά"), "en": ("English", "English"), "en-GB": ("British English", "English (UK)"),
    "en-US": ("American English", "English (US)"), "es": ("Spanish", "Español"),
    "es-419": ("Latin American Spanish", "Español (Latinoamérica)"), "fi": ("Finnish", "Suomi"),
    "fr": ("French", "Français"), "fr-CA": ("Canadian French", "Français (Canada)"), "he": ("Hebrew", "עברית"),
    "hi": ("Hindi", "हिन्दी"), "hu": ("Hungarian", "Magyar"), "id": ("Indonesian", "Bahasa Indonesia"),
    "it": ("Italian", "Italiano"), "ja": ("Japanese", "日本語"), "ko": ("Korean", "한국어"),
    "nb": ("Norwegian Bokmål", "Norsk bokmål"), "nl": ("Dutch", "Nederlands"), "pl": ("Polish", "Polski"),
    "pt": ("Portuguese", "Português"), "pt-BR": ("Brazilian Portuguese", "Português (Brasil)"),
    "pt-PT": ("European Portuguese", "Português (Portugal)"), "ro": ("Romanian", "Română"),
    "ru": ("Russian", "Русский"), "sv": ("Swedish", "Svenska"), "tr": ("Turkish", "Türkçe"),
    "uk": ("Ukrainian", "Українська"), "vi": ("Vietnamese", "Tiếng Việt"),
    "zh-Hans": ("Simplified Chinese", "简体中文"), "zh-Hant": ("Traditional Chinese", "繁體中文"),
}  # fmt: skip
"""BCP 47 tag → the language's name in English, and in itself."""
_READ: Final = {
    "en": "english", "de": "german", "fr": "french", "es": "spanish", "it": "italian", "pt": "portuguese",
    "nl": "dutch", "pl": "polish", "sv": "swedish",
}  # fmt: skip
"""Languages in Latin letters that `language_of` tells apart."""
PART: Final = 5_000
"""Characters that one question asks for, about 1,500 tokens."""
Problem = Literal["missing", "figures", "names", "script", "form", "unsupported"]

_LABELS: Final = {
    "experience": ("role", "title", "position", "jobTitle", "companyDescription"),
    "volunteer": ("role", "title", "position"),
    "education": ("degree", "studyType", "area", "field", "fieldOfStudy", "major", "courses"),
    "projects": ("roles",),
    "languages": ("language", "name", "fluency", "level", "proficiency"),
    "interests": ("name", "keywords"),
}
_PROSE: Final = {
    "experience": ("description", "bullets"),
    "volunteer": ("description", "bullets"),
    "projects": ("description", "bullets"),
    "awards": ("summary",),
    "publications": ("summary",),
}
_NAMES: Final = frozenset([
    "company", "employer", "organization", "organisation", "institution", "school", "university", "entity", "issuer",
    "awarder", "publisher",
])  # fmt: skip
_NAMED: Final = frozenset(["projects", "certifications", "publications"])
"""Sections whose entries' names are names."""
_CODED: Final = re.compile(r"(?<!\w)[A-Za-z]\w*(?:(?<=[a-z])[A-Z](?!n(?:nen)?\b)\w+|\d\w*|[+#][\w+#]*)")
"""Names by their form: PostgreSQL, N+1, S3. Not short ones (PhD, kWh), and not German plurals (KundInnen)."""
_SHORTEST: Final = 4
_DIGITS: Final = re.compile(r"\d+(?:[.,'\u2019\u00a0\u202f ]\d+)*")
_ENOUGH: Final = 200
"""Letters of a whole translation below which its language is not told."""
_SHARE: Final = 0.25
_GROWTH, _ROOM = 5, 200
"""How much longer than its source a translation may be: Chinese is short."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text that is translated, wherever the résumé has it.

    Parameters
    ----------
    text : str
        As it is stored.
    paths : tuple of str
        JSON Pointers.
    is_prose : bool
        Whether it says what the person did, so that its translation is judged.
    names : tuple of str
        The names in it that must stay.
    """

    text: str
    paths: tuple[str, ...]
    is_prose: bool
    names: tuple[str, ...]

    @property
    def entry(self) -> str:
        """JSON Pointer of the entry that has it first."""
        return "/".join(self.paths[0].split("/")[:3])

    @property
    def is_one_line(self) -> bool:
        """Whether it has no room for line breaks."""
        return not re.search(r"/(?:summary|description)$", self.paths[0])


def source_texts(stored: Mapping[str, Any]) -> list[SourceText]:
    """List the texts of a résumé that are translated, each once, in the order of the document."""
    found: dict[str, list[str]] = {}
    prose: set[str] = set()
    for path, text, is_prose in _texts(stored):
        if any(map(str.isalpha, text)):
            found.setdefault(text, []).append(path)
            prose.update([text] if is_prose else [])
    names = _names(stored)
    return [
        SourceText(text, tuple(paths), text in prose, tuple(name for name in names if fold(name) in fold(text)))
        for text, paths in found.items()
    ]


def divided(sources: Sequence[SourceText], numbers: Iterable[int]) -> list[list[int]]:
    """Divide lines, by their numbers, into questions to a model."""
    parts: list[list[int]] = []
    room = 0
    for n in numbers:
        room -= len(sources[n].text)
        if not parts or room < 0:
            parts.append([])
            room = PART - len(sources[n].text)
        parts[-1].append(n)
    return parts


def problem(source: SourceText, translation: str, language: str) -> tuple[Problem, list[str]] | None:
    """Find what makes a translation unusable, and the figures and names that are to blame; None if nothing does."""
    if not translation:
        return "missing", []
    if len(translation) > _GROWTH * len(source.text) + _ROOM:
        return "form", []
    if figures := [*_without(source.text, translation), *_without(translation, source.text)]:
        return "figures", figures
    text = fold(translation)
    coded = [word for word in _coded(source.text) if fold(word) not in text]
    added = [word for word in _coded(translation) if fold(word) not in fold(source.text)]
    if lost := [*(name for name in source.names if fold(name) not in text), *coded, *added]:
        return "names", list(dict.fromkeys(lost))
    if source.is_prose and translation != source.text and not _in_script(translation, source.names, language):
        return "script", []
    return None


def is_in(language: str, texts: Sequence[str]) -> bool:
    """Tell whether a whole translation is in a language, as far as its script and its function words show."""
    whole = "\n".join(texts)
    letters = scripts(whole)
    if letters.total() < _ENOUGH:
        return True
    base = language.partition("-")[0]
    own = script_of(base)
    if letters.get(own, 0) < _SHARE * letters.total():
        return False
    return own != "Latn" or base not in _READ or language_of(whole) == _READ[base]


def replaced(stored: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    """Return content with other texts at some of its paths. Nothing else changes, neither keys nor lists."""
    content = copy.deepcopy(dict(stored))
    for path, text in values.items():
        *steps, last = path.split("/")[1:]
        node: Any = content
        for step in steps:
            node = node[int(step)] if isinstance(node, list) else node[step]
        node[int(last) if isinstance(node, list) else last] = text
    return content


def _texts(stored: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Yield path, text, and whether it is prose."""
    person = stored.get("personalInfo")
    yield from _of(person, "/personalInfo", ("headline", "label", "jobTitle"), is_prose=False)
    yield from _of(stored, "", ("summary",), is_prose=True)
    for section in dict.fromkeys([*_PROSE, *_LABELS]):
        for index, item in enumerate(_list(stored, section)):
            path = f"/{section}/{index}"
            yield from _of(item, path, _LABELS.get(section, ()), is_prose=False)
            yield from _of(item, path, _PROSE.get(section, ()), is_prose=True)
    skills = stored.get("skills")
    yield from _of(skills, "/skills", ("technical", "soft"), is_prose=False)
    for index, group in enumerate(_list(skills, "groups")):
        yield from _of(group, f"/skills/groups/{index}", ("name", "keywords"), is_prose=False)


def _of(item: object, path: str, keys: Sequence[str], *, is_prose: bool) -> Iterator[tuple[str, str, bool]]:
    if not isinstance(item, dict):
        return
    for key in keys:
        value = item.get(key)
        if isinstance(value, str):
            yield f"{path}/{key}", value, is_prose
        elif isinstance(value, list):
            yield from (
                (f"{path}/{key}/{at}", each, is_prose) for at, each in enumerate(value) if isinstance(each, str)
            )


def _list(node: object, key: str) -> list[Any]:
    value = node.get(key) if isinstance(node, dict) else None
    return value if isinstance(value, list) else []


def _names(stored: Mapping[str, Any]) -> list[str]:
    """List the names that stay as they are wherever they stand."""
    found: list[str] = []
    for section, items in stored.items():
        for item in items if isinstance(items, list) else ():
            if isinstance(item, dict):
                keys = [*_NAMES, *(("name",) if section in _NAMED else ())]
                found += [item[key].strip() for key in keys if isinstance(item.get(key), str) and item[key].strip()]
    return list(dict.fromkeys(found))


def _without(text: str, other: str) -> list[str]:
    """List the figures of a text that another one does not have, in whatever unit or notation."""
    text, other = (_CODED.sub(" ", each) for each in (text, other))
    there = [_values(each.text) | each.values for each in quantities(other)]
    values = frozenset[Fraction]().union(*there) if there else frozenset()
    digits = frozenset(value for run in _DIGITS.findall(other) for value in readings(run))
    return [
        each.text
        for each in quantities(text)
        if not (each.values & values or (written := _values(each.text)) & (digits | values))
        # "A day" is "1日", and "three-year" is "3年間".
        and not any(value == 1 or in_words(value, [other]) for value in written)
    ]


def _values(figure: str) -> frozenset[Fraction]:
    """Return what the digits of a figure may stand for."""
    return frozenset(value for run in _DIGITS.findall(figure) for value in readings(run))


def _coded(text: str) -> list[str]:
    return [word for word in _CODED.findall(text) if len(word) >= _SHORTEST or not word.isalpha()]


def _in_script(text: str, names: Sequence[str], language: str) -> bool:
    """Tell whether a line is in the script of a language, apart from names in Latin letters."""
    for name in names:
        text = text.replace(name, "")
    letters = scripts(text)
    own = script_of(language)
    if own == "Latn":
        return letters.get(own, 0) == letters.total()
    return letters.get(own, 0) >= _SHARE * letters.total()

"""What the user has said: résumé and own words, as an index that claims are looked up in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from functions._shared.domain.language.quantities import VAGUE, Quantity, quantities
from functions._shared.domain.language.vocabulary.titles import ORGANISATION_FORMS
from functions._shared.domain.language.words import Phrases, fold, folded_words, stem
from functions._shared.domain.resume.dates import MONTHS, length, total, year_and_month

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from functions._shared.domain.resume.content import ResumeContent

_JOINERS: Final = frozenset({"of", "and", "for", "the", "in", "at", "a"})
_NEAR: Final = 0.05
"""How much larger or smaller a rounded number may be than the number that it stands for."""
_SHORTEST_ACRONYM: Final = 3
_CAPITALISED_RUN: Final = re.compile(r"\b[A-Z]\w+(?:[ -][A-Z]\w+){2,6}")
_NO_PROSE: Final = frozenset({"id", "extra", "personalInfo", "startDate", "endDate", "date", "url"})
"""Keys whose numbers are no facts to write about: a house number, a telephone number, a month."""
MONTH_AND_YEAR: Final = re.compile(
    r"\b(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?,?\s+((?:19|20)\d\d)\b",
    re.IGNORECASE,
)


def month_of(name: str) -> int:
    """Give the number (1-12) of a month's name or abbreviation."""
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name.casefold()[:3]))


class Source:
    """Everything that generated text may lean on.

    Parameters
    ----------
    content : ResumeContent
        The résumé.
    today : datetime.date
        Until when current jobs count.
    said : sequence of str
        What the user told us for this request: answers, notes, transcripts of their own words.
    about : sequence of str
        Names that the text may mention without the user having them: employer and title of the job applied for.
    """

    def __init__(
        self, content: ResumeContent, *, today: date, said: Sequence[str] = (), about: Sequence[str] = ()
    ) -> None:
        self._texts = [*_strings(content.to_json()), *said]
        everything = "\n".join(self._texts)
        self._phrases = Phrases(everything)
        self._about = Phrases("\n".join(about))
        self._initials = _initials([*self._texts, *about])
        stated = quantities("\n".join([*_strings(content.to_json(), _NO_PROSE), *said]))
        self._values = _by_unit(stated)
        self._years, self._months = _calendar(content, stated, everything)
        spans = [*content.experience, *content.volunteer, *content.education, *content.projects]
        lengths = [length(span, today) for span in spans]
        career = total(content.experience, today)
        self._lengths = [each for each in (career, *lengths) if each]
        self._titles = [_stems(title) for title in (*_titles(content), *about) if title]
        self._counts = _counts(content)

    def has(self, phrase: str) -> bool:
        """Tell whether the user said it, in whatever inflection."""
        return self._phrases.has(phrase)

    def writes(self, word: str) -> bool:
        """Tell whether the word occurs exactly as written."""
        return word in self._phrases.exact

    def names(self, phrase: str) -> bool:
        """Tell whether a name occurs, in the source or among what the text may mention, in full or by initials."""
        if self._phrases.has(phrase) or self._about.has(phrase):
            return True
        if phrase.isupper():
            return phrase in self._initials
        initials = "".join(word[0].upper() for word in phrase.split())
        return len(initials) >= _SHORTEST_ACRONYM and self.writes(initials)

    def has_organisation(self, name: str) -> bool:
        """Tell whether an organisation occurs, with or without its legal form."""
        core = folded_words(name)
        while len(core) > 1 and core[-1] in ORGANISATION_FORMS:
            core = core[:-1]
        return self._phrases.has(core) or self._about.has(core)

    def has_title(self, title: str) -> bool:
        """Tell whether a title is one of the user's, or a part of one ("engineer" of "senior engineer")."""
        asked = _stems(title)
        return any(asked <= own for own in self._titles) or self.names(title)

    def has_month(self, year: int, month: int) -> bool:
        """Tell whether the source has the month."""
        return (year, month) in self._months

    def has_quantity(self, asked: Quantity, noun: str) -> bool:
        """Tell whether the source has a number.

        Parameters
        ----------
        asked : Quantity
            The number of the generated text.
        noun : str
            The word after it, folded: "three roles" may be counted.
        """
        if asked.unit == "vague":
            return self._has_vague(asked)
        if asked.unit == "year":
            return any(value in self._years for value in asked.values) or self._states(asked)
        if asked.unit in {"years", "months"} and self._lasts(asked):
            return True
        if asked.unit == "" and any(self._counts.get(stem(noun)) == value for value in asked.values):
            return True
        return self._states(asked)

    def _states(self, asked: Quantity) -> bool:
        known = self._values.get(_comparable(asked.unit), frozenset())
        if any(round(value, 6) in known for value in asked.values):
            return True
        slack = {value: min(asked.step / 2, _NEAR * value) for value in asked.values} if asked.step else {}
        return any(abs(value - other) <= near for value, near in slack.items() for other in known)

    def _has_vague(self, asked: Quantity) -> bool:
        low, high = VAGUE[asked.text.casefold()]
        stated = (value for unit in ("", "$") for value in self._values.get(unit, ()))
        return self.has(asked.text) or any(low <= value < high * 10 for value in stated)

    def _lasts(self, asked: Quantity) -> bool:
        """Tell whether dates bear out a duration: "5+ years" by any longer career, "5 years" only by about 5."""
        for value in asked.values:
            if asked.unit == "months":
                if any(each.least <= value <= each.most for each in self._lengths):
                    return True
            elif value >= 1 and asked.at_least:
                if any(value <= each.most / 12 for each in self._lengths):
                    return True
            elif value >= 1 and any(value in each.years() for each in self._lengths):
                return True
        return False


def _comparable(unit: str) -> str:
    """Treat 2019 as a plain number, too: "2000 users" looks like a year."""
    return "" if unit == "year" else unit


def _by_unit(stated: list[Quantity]) -> dict[str, frozenset[float]]:
    values: dict[str, set[float]] = {}
    for quantity in stated:
        values.setdefault(_comparable(quantity.unit), set()).update(round(value, 6) for value in quantity.values)
    return {unit: frozenset(found) for unit, found in values.items()}


def _strings(node: Any, skipped: frozenset[str] = frozenset({"id"})) -> Iterator[str]:  # noqa: ANN401 - any JSON
    if isinstance(node, dict):
        for key, child in node.items():
            if key not in skipped:
                yield from _strings(child, skipped)
    elif isinstance(node, list):
        for child in node:
            yield from _strings(child, skipped)
    elif isinstance(node, str):
        yield node
    elif isinstance(node, int | float) and not isinstance(node, bool):
        yield f"{node:g}"


def _initials(texts: Sequence[str]) -> frozenset[str]:
    """Collect what capitalised words abbreviate to: ICU from Intensive Care Unit."""
    found: set[str] = set()
    for text in texts:
        for run in _CAPITALISED_RUN.findall(text):
            letters = "".join(word[0] for word in re.split(r"[ -]", run))
            found.update(
                letters[start:end]
                for start in range(len(letters))
                for end in range(start + _SHORTEST_ACRONYM, len(letters) + 1)
            )
    return frozenset(found)


def _titles(content: ResumeContent) -> Iterator[str | None]:
    yield content.personalInfo.headline
    yield from (job.role for job in content.experience)
    yield from (job.role for job in content.volunteer)
    for project in content.projects:
        yield from project.roles
    for course in content.education:
        yield f"{course.degree or ''} {course.area or ''}"


def _stems(title: str) -> frozenset[str]:
    return frozenset(stem(word) for word in folded_words(title) if word not in _JOINERS)


def _calendar(
    content: ResumeContent, found: list[Quantity], everything: str
) -> tuple[set[float], set[tuple[int, int]]]:
    years = {value for quantity in found if quantity.unit == "year" for value in quantity.values}
    months = {(int(match[2]), month_of(match[1])) for match in MONTH_AND_YEAR.finditer(everything)}
    spans = (*content.experience, *content.volunteer, *content.education, *content.projects)
    dates = [date for span in spans for date in (span.startDate, span.endDate)]
    for dated in (content.certifications, content.awards, content.publications):
        dates += [item.date for item in dated]
    for date in dates:
        if known := year_and_month(date):
            years.add(known[0])
            if known[1]:
                months.add((known[0], known[1]))
    return years, months


def _counts(content: ResumeContent) -> dict[str, int]:
    """How many there are of what a résumé lists, by the stems of the nouns for it."""
    companies = len({fold(job.company) for job in content.experience if job.company})
    counted = {
        "companies company employers employer organisations organizations": companies,
        "roles positions jobs": len(content.experience),
        "projects": len(content.projects),
        "certifications certificates": len(content.certifications),
        "languages": len(content.languages),
        "degrees": len(content.education),
        "awards": len(content.awards),
        "publications": len(content.publications),
    }
    return {stem(noun): number for nouns, number in counted.items() for noun in nouns.split()}

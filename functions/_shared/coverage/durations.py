"""Years of experience that a posting asks for, and in what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from functions._shared.coverage import phrases
from functions._shared.coverage.fields import fields_of
from functions._shared.domain.language.vocabulary.numerals import numerals

if TYPE_CHECKING:
    from collections.abc import Iterator

_LANGUAGES: Final = ("english", "german", "french", "spanish", "italian", "portuguese", "dutch")
_ONE: Final = {
    "one": "1",
    "a": "1",
    "ein": "1",
    "einem": "1",
    "einjährige": "1",
    "un": "1",
    "une": "1",
    "uno": "1",
    "an": "1",
    "eines": "1",
    "several": "0",
    "mehrere": "0",
    "plusieurs": "0",
    "varios": "0",
    "diversi": "0",
    "meerdere": "0",
}


@dataclass(frozen=True, slots=True)
class Years:
    """A demand for experience.

    Parameters
    ----------
    start, end : int
        Where it stands.
    minimum : float or None
        Years; None where the posting names none.
    subject : tuple of int or None
        Where the subject stands; None for experience as such.
    sure : bool
        Whether the subject is work, and not perhaps a tool.
    """

    start: int
    end: int
    minimum: float | None
    subject: tuple[int, int] | None
    sure: bool = True


@lru_cache(maxsize=1)
def _numbers() -> dict[str, str]:
    known = dict(_ONE)
    for language in _LANGUAGES:
        known.update({word: value for word, value in numerals(language).items() if value.isdigit() and len(value) <= 2})  # noqa: PLR2004
    return known


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, _numbers()), key=len, reverse=True))
    number = rf"(?:\d+(?:[.,]\d+)?|{words})"
    return re.compile(
        rf"(?<![\w$€£.,])(?P<low>{number})(?:\s*\(\d+\))?\s*(?:\+|plus\b)?\s*(?:(?:-|\u2013|to|bis|à|a|y|"
        rf"or|oder|and|und|et)\s*{number}\s*)?\+?\s*(?:or more|oder mehr|ou plus|o más)?\s*"
        r"-?(?P<unit>(?:years?|yrs?|Jahre?n?|jährige\w*|ans|an|années?|años?|months?|Monate?n?|mois|mes(?:es)?|"
        r"jaar|jaren|maanden|anni|anno|mesi|anos?|meses))(?:['\u2019]s?|s['\u2019])?(?!\w)(?:\s*(?:or more|"
        r"\+|oder mehr|minimum|mindestens|ou plus|o más|of meer|ou mais|o più))?",
        re.IGNORECASE,
    )


_EXPERIENCE: Final = re.compile(
    r"experience|erfahrung|expérience|experiencia|worked|tätigkeit|behind you|praxis|kitchen|background|"
    r"gearbeitet|as an? |of them as|in (?:a|the|der|einer)|selling|developing|working|teaching|\bin [A-Z]",
    re.IGNORECASE,
)
_NOT: Final = re.compile(
    r"(?:times|once|twice|days|weeks) (?:a|per|each|every) year|"
    r"(?:up to|at most|no more than|bis zu|h\u00f6chstens|jusqu'\u00e0|hasta|fino a|tot) (?:\d|one|two|three|five)|"
    r"is plenty|background check|unter \d|under (?:\d|three|five)|moins de \d|menores de|sotto i \d|\baged|"
    r"is enough|reicht|"
    r"years? (?:of age|old|ago|or (?:older|over))|"
    r"\d\s*-?year[- ](?:old|contract|plan|program|"
    r"degree|fixed)|\bsince|founded|anniversary|holiday|warranty|contract (?:of|for|until)|(?:month|"
    r"year)s?'? (?:fixed[- ]term )?contract|für die|business for|in a row|"
    r"licen[cs]e for|driving for|clean record|jahre alt|au-delà|ans d'existence|edad",
    re.IGNORECASE,
)
_OFTEN: Final = re.compile(
    r"\b(?:once|twice|times|per|each|every|last|past|letzten|derniers|últimos|einmal|zweimal|fois|veces)\s*$",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    r"^[\s,:)]*(?:(?:d['\u2019]|[\u2013-]\s*|(?:of|de|an|in|with|as|behind you|mit|en|dans|di|em|van)\s+))*"
    r"(?:(?:relevante?|ervaring|di|professional|proven|hands-on|practical|progressive|recent|post-\w+|prior|previous|"
    r"full-time|commercial|industry|demonstrable|solid|paid|work(?:ing)?|job|einschlägige\w*|relevante\w*|"
    r"praktische\w*|berufliche\w*|professionnelle|réussie|confirmée|minimum|similaire|profesional|previa|"
    r"demostrable|laboral|mínima|comparable|similar|direct|total|overall|combined)\s+)*",
    re.IGNORECASE,
)
_HEAD: Final = re.compile(
    r"^(?:(?:professional |practical |work(?:ing)? )?(?:experience|ervaring|esperienza|experiência|"
    r"werkervaring|berufserfahrung|erfahrung|berufspraxis|expérience|experiencia|praxis))\b[\s,]*"
    r"(?:(?:professionnelle|professionnel|profesional|réussie|previa|prévia|demostrable|laboral|confirmée|"
    r"significative|similaire|pregressa|maturata)\s+)*"
    r"(?:d['\u2019]|(?:of|in|with|as|working(?: with| in| as)?|using|building|designing|developing|"
    r"managing|doing|on|im|als|mit|auf|bei|der|die|das|den|dem|einer|einem|dans|en|sur|comme|avec|de|"
    r"como|con|the|an?|"
    r"un|una|une|la|le|el|los|las|les|tant que|qualité de|in het|di|nel|nella|em|no|na|como|van|met|het|een)\s+)*",
    re.IGNORECASE,
)
_GOES_ON: Final = re.compile(
    r"^[^,;.:()]{2,40}(?:,\s+(?!know|have|hold|speak|can\b|are\b|be\b|and\b|includ|preferabl|ideal|of which|"
    r"at least|with\b)[^,;.:()]{2,40})*,?\s+(?:or|"
    r"oder|ou|o|of)\s+[^,;.:()]{2,40}"
)
_STOP: Final = re.compile(
    r"[,;.(:\n]|\s(?:and have|and you|und hast|et avez|preferably|ideally|including|is|are|required|"
    r"preferred|vorzugsweise|idealerweise|"
    r"dont|where|that|who|which|on the|at a|for the|within|plus|we|so|wünschenswert|von vorteil|erforderlich|"
    r"exigée?|est|es|sont|demandée?|if|since)\b|\s[\u2013\u2014-]\s",
    re.IGNORECASE,
)
_WORKED: Final = re.compile(
    r"(?:worked|working|tätigkeit|gearbeitet|travaillé|trabajado|trabajando)\s+(?:as|in|als|comme|como|"
    r"en|dans|with)\s+(?:an?|the|einem|einer|un|una|une)?\s*(.+?)\s+(?:for|seit|mindestens|pendant|"
    r"depuis|durante|at least)?\s*$",
    re.IGNORECASE,
)
_DONE: Final = re.compile(
    r"\b(?:have|has|\w+['\u2019]ve)\s+((?:\w+ed|run|led|built|sold|taught|driven)\s[^,;.:]{3,50}?)(?:\s+before)?\s*,?\s+"
    r"(?:for|over|during)?\s*(?:at least|a minimum of|around|about|more than)?\s*$",
    re.IGNORECASE,
)
"""What somebody has done for years: "you have managed housing sites for five years"."""
_BEFORE: Final = re.compile(
    r"([^,;.:]{4,60}?)\s+(?:experience|erfahrung)\s*[(,:\u2013-]\s*(?:of |at least |min\.? |mindestens )?$",
    re.IGNORECASE,
)
_HYPHENED: Final = re.compile(r"^\s*(.{3,60}?)\s+(?:experience|erfahrung)\b", re.IGNORECASE)
_VAGUE: Final = re.compile(
    r"^(?:a |an |the |in a |in |sur un |dans un |à un |en un |en una |in una |em )?(?:similar|comparable|"
    r"same|this|such|relevant|vergleichbare\w*|ähnliche\w*|"
    r"similaires?|un poste similaire|puesto similar|puestos similares|role|position|job|field|industry|"
    r"the field|poste similaire|experience)\b.*$",
    re.IGNORECASE,
)
_MANY: Final = re.compile(
    r"\b(?:mehrjährige|langjährige|many years of|several years of)\s+(?:(?:relevante|einschlägige|praktische|"
    r"fundierte)\s+)*(?:berufs)?(?:erfahrung|experience|praxis)\s+(?:(?:in|im|als|as|mit|with|der|einer|"
    r"einem|an?|of)\s+)*",
    re.IGNORECASE,
)
PLACES: Final = (
    r"industry|sector|environment|firms?|settings?|role|kitchen|warehouse|compan(?:y|ies)|start-?ups?|"
    r"agency|agencies|\w*branche|\w*bereich|\w*umfeld|\w*betrieb|"
    r"unternehmen|secteur|milieu|environnement|entorno|empresas?|hospital|schools?|\w*wesen|settore|"
    r"setor|sektor|restaurants?|hotels?|practice|logistics|"
    r"agriculture|manufacturing|retail|hospitality|healthcare|construction|finance|banking|insurance|"
    r"restauration|agroalimentaire|hostelería|restauración"
)
_CUES: Final = (
    r"experience|background|worked|berufserfahrung|erfahrung|gearbeitet|expérience|travaillé|experiencia|"
    r"trabajado|experiência|ervaring|gewerkt|esperienza|"
    r"preferably|ideally|idealerweise|vorzugsweise|idéalement|preferiblemente|preferentemente|idealmente|bij voorkeur"
)
_UNIT: Final = re.compile(
    r"year|yr|month|jahr|jähr|monat|\ban[sn]?\b|ann[ée]e|año|\banos?\b|\banni|\banno|jaar|jaren|maand|mois|mes",
    re.IGNORECASE,
)
_CUE: Final = re.compile(rf"{_CUES}|sold|selling|many years|several years|jährige", re.IGNORECASE)
_WITHOUT_NUMBER: Final = re.compile(
    rf"\b(?:{_CUES})\s+(?:(?:of|in|as|im|in der|in einem|in einer|bei|dans|en|em|nel|nella|in un|working "
    rf"in|working as|teaching in|auprès)\s+|dans l['\u2019])"
    rf"(?:(?:an?|the|einem|einer|un|una|une|le|la|el|los|las|de|l['\u2019]|another|other|el sector de(?: "
    rf"las?)?|le secteur de)\s+)*(?P<subject>(?:[\w&/'-]+\s+){{0,4}}?(?:{PLACES})\b.*)"
    rf"|\b(?:preferably|ideally|idealerweise|vorzugsweise|idéalement|preferiblemente|preferentemente)\s+(?:(?:in|"
    rf"im|en|dans)\s+(?:an?\s+)?|(?:with|at|for)\s+an?\s+)(?P<wished>.+)"
    rf"|(?P<before>^\W*[\w /&-]{{3,60}}?)\s+(?:background\b(?!\s+(?:in|with|check))|"
    rf"(?-i:experience)\b(?!\s+(?:in|with|of|as|using|on|from|to|\w+ing)))"
    rf"|\bexperience (?:of |in )?(?P<doing>(?:teaching|selling|nursing|cooking|driving|caring for|working "
    rf"as an?) .+)|\b(?:have|you) (?:have )?(?P<sold>sold to .+)"
    rf"|\b(?:have )?worked (?:in|as) (?:an? |the )?(?P<worked>[\w /&-]+?)(?:\s+before\b.*|\W*$|\s*\()"
    rf"|\b(?:berufserfahrung (?:in|im|als)|work experience (?:in|as)|esperienza (?:lavorativa )?(?:nel\w*|come))\s+"
    rf"(?:(?:der|einer|einem|an?|the|il|la)\s+)?(?P<work>[\w][^,;.(]+?)(?=\W*$|\s*[,;(]|\s(?:ist|wäre|is|would|è)\b)"
    rf"|\b(?:experience (?:of|in)|background in|exposure to|expérience (?:en|dans)|experiencia en|experiência em|"
    rf"esperienza (?:in|nel\w*)|ervaring in)\s+(?:an?\s+|the\s+|le\s+|la\s+|les\s+|el\s+)?"
    rf"(?P<field>(?-i:[a-zà-ü])[\w &/-]+?(?:\s(?:or|ou|o)\s[\w &/-]+?)?)"
    rf"(?=\W*$|\s*[,;(]|\s(?:is|are|would|will|and|preferred|desirable|required|est|serait|es|será)\b)"
    rf"(?:\s*\([^()]*\))?",
    re.IGNORECASE,
)


_OF: Final = re.compile(r"\bexperience of\b", re.IGNORECASE)
_QUANTITY: Final = re.compile(
    r"(?:every|any|some|more|previous|prior|relevant|similar|proven|solid|long|no|work(?:ing)?|"
    r"professional)(?: \w+ly)?",
    re.IGNORECASE,
)
"""Words before "experience" that say nothing about what it was in."""
_PROPER: Final = re.compile(r"\b(?:[A-Z]\w*[A-Z]\w*|[a-z].* [A-Z]\w+)")
"""Names of tools; "experience of migrating to Flow" is no field of work."""


def years(text: str, start: int, end: int, *, listed: bool) -> Iterator[Years]:
    """Find the demands for experience in a clause."""
    clause = text[start:end]
    counted = list(_counted(clause, start, listed=listed))
    yield from counted or _uncounted(clause, start)


def _counted(clause: str, start: int, *, listed: bool) -> Iterator[Years]:
    """Find demands with a number: "5 years in product management, including 2 years in payments" has two."""
    read = 0
    for match in _pattern().finditer(clause) if _UNIT.search(clause) else ():
        around = clause[max(0, match.start() - 40) : match.end() + 60]
        if (
            match.start() < read
            or _NOT.search(around)
            or _OFTEN.search(clause[: match.start()])
            or not (listed or _EXPERIENCE.search(clause))
        ):
            continue
        low = _numbers().get(match["low"].lower(), match["low"])
        minimum = float(low.replace(",", "."))
        if match["unit"].lower().startswith(("mon", "mois", "mes")):
            minimum /= 12
        if minimum > 30:  # noqa: PLR2004
            continue
        subject, last = _subject(clause, match)
        if read and subject is None:
            break
        read = last
        first = min(match.start(), subject[0]) if subject else match.start()
        yield Years(start + first, start + last, minimum or None, subject and (start + subject[0], start + subject[1]))


def _uncounted(clause: str, start: int) -> Iterator[Years]:
    """Find a demand without a number: "experience in a regulated industry"."""
    if not _CUE.search(clause):
        return
    if many := _MANY.search(clause):
        offset = many.end()
        stop = _STOP.search(clause, offset)
        end = start + (len(clause) if stop is None else stop.start())
        yield Years(start + many.start(), end, None, (start + offset, end))
    elif plain := _WITHOUT_NUMBER.search(clause):
        name = next(
            each for each in ("subject", "wished", "before", "doing", "sold", "work", "worked", "field") if plain[each]
        )
        if (
            not re.search(r"[^\W\d]{3,}", plain[name])
            or (name == "before" and re.search(r"\d", plain[name]))
            or _QUANTITY.fullmatch(plain[name].strip())
        ):
            return
        if name == "field" and _OF.search(plain[0]) and not fields_of(plain[name]) and "working" not in plain[0]:
            return  # "experience of method validation" is a skill
        if name in {"before", "field"} and _PROPER.search(plain[name]) and not fields_of(plain[name]):
            return
        yield Years(
            start + plain.start(),
            start + plain.end(),
            None,
            (start + plain.start(name), start + plain.end(name)),
            sure=name in {"doing", "sold", "wished", "work"},
        )


def _subject(clause: str, match: re.Match[str]) -> tuple[tuple[int, int] | None, int]:
    rest = clause[match.end() :]
    offset = match.end() + (lead.end() if (lead := _AFTER.match(rest)) else 0)
    rest = clause[offset:]
    head = _HEAD.match(rest)
    if not head and (named := _HYPHENED.match(rest)) and not re.search("[,;.]", named[1]):
        after = rest[named.end() :]
        more = re.match(r"\s+(?:in|with|of|as)\s+(?:an?|the)?\s*", after)
        if more and not _STOP.match(after[more.end() :]):
            stop = _STOP.search(after, more.end())
            last = offset + named.end() + (stop.start() if stop else len(after))
            return (offset + named.start(1), offset + named.end(1)), last
        return (offset + named.start(1), offset + named.end(1)), offset + named.end()
    if head:
        offset += head.end()
        rest = clause[offset:]
    stop = _STOP.search(rest)
    if stop and stop[0] == "," and (more := _GOES_ON.match(rest)):
        stop = _STOP.search(rest, more.end())
    last = offset + (stop.start() if stop else len(rest))
    text = clause[offset:last].strip()
    if text and not _VAGUE.match(text) and not re.fullmatch(r"\W*(?:and|und|et|y|e)?\W*", text):
        return (offset, last), last
    return _subject_before(clause, match), max(last, match.end())


def _subject_before(clause: str, match: re.Match[str]) -> tuple[int, int] | None:
    """Return the subject that stands before the years: "managed housing sites for five years"."""
    if before := _BEFORE.search(clause[: match.start()]):
        lead = phrases.LEAD_IN.match(before[1])
        return before.start(1) + (lead.end() if lead else 0), before.end(1)
    done = _DONE.search(clause[: match.start()]) or _WORKED.search(clause[: match.start()])
    return done.span(1) if done else None

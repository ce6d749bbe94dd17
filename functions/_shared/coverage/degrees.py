"""Degrees in postings and résumés: their level and subject."""

from __future__ import annotations

import re
from typing import Final

LEVELS: Final = ("school", "vocational", "associate", "bachelor", "master", "doctorate")
_LEVELS: Final = {
    "doctorate": (r"ph\.? ?d\.?|doctora(?:te|l)|doktor\w*|promotion in|dr\. |doctorado|doctorat|dphil"),
    "master": (
        r"master(?:'s|s|abschluss|studium)?|m\.? ?sc\.?|m\.? ?a\.?(?=\W|$)|m\.? ?eng\.?|mphys|mba|m\.? "
        r"?s\.?(?=\W|$)|m\.? ?tech|m\.?ed|magister|diplom(?!a|\u00e9)(?:-?\w+)?|m[aá]ster|bac ?\+ ?5|dipl\.-\w+|"
        r"licence professionnelle bac|ingénieur|ingeniería superior|inżynier magister"
    ),
    "bachelor": (
        r"bachelor(?:'s|s|abschluss|studium)?|b\.? ?sc\.?|b\.? ?a\.?(?=\W|$)|b\.? ?eng\.?|b\.? ?s\.?(?=\W|"
        r"$)|bsn|b\.? ?tech|b\.? ?com|bba|b\.?ed|bfa|licence(?= en| d')|licenciatura|laurea triennale|licenciad[oa]|"
        r"grado(?: universitario)?|graduad[oa]|bac ?\+ ?3|in[zż]ynier|laurea|honours degree|undergraduate|"
        r"but(?=\W|$)"
    ),
    "associate": (
        r"associate(?:'s)? (?:degree|of)|a\.?a\.?s\.?(?=\W|$)|bts\b|dut\b|bac ?\+ ?2|foundation degree|"
        r"hnd\b|t[eé]cnico superior|grado superior|fp superior|cfgs"
    ),
    "vocational": (
        r"\w*ausbildung|staatlich\w* (?:anerk\w+|geprüft\w*)|\w*kauf(?:mann|frau|leute)\w*|apprenticeship|"
        r"vocational|gesell(?:e|in|enbrief)|"
        r"formación profesional|grado medio|\bfp\b|\bcap\b|bep\b|bac pro\w*|\blehre\b|ausgebildete\w*|gelernte\w*|"
        r"fachwirt\w*|meister|city & guilds|nvq|technical education|htl|btec|mbo\b|diploma di|istituto|"
        r"ensino profissional|culinary (?:arts |school )?(?:diploma|qualification|degree)|diplôme d'état"
    ),
    "school": (
        r"high school|ged\b|abitur|baccalaur[eé]at|bachillerato|mittlere reife|secondary school|a[- ]levels?|"
        r"gcse|school diploma|bac(?= \w|$)|realschulabschluss|hauptschulabschluss|schulabschluss|graduado "
        r"escolar|eso\b"
    ),
}
_ANY: Final = (
    r"(?:university |college |academic |technical |advanced |graduate |higher )*(?:degree|diploma|education)|"
    r"studium|hochschulabschluss|hochschulstudium|studienabschluss|universitätsabschluss|ensino superior|(?:hbo|wo|"
    r"mbo)-?(?: of (?:hbo|wo)-?)?\s?(?:opleiding|diploma|niveau)|universit(?:y|"
    r"ät|é|aria)?\w*|fachhochschul\w*|diplôme|formation (?:supérieure|en|de|initiale)|titulaci[oó]n|"
    r"t[ií]tulo|carrera|estudios|hbo-?|wo-?diploma|diploma|laurea|mestrado|curso superior|qualification "
    r"in|culinary qualification|abschluss"
)
_LEVEL: Final = [
    (level, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)) for level, pattern in _LEVELS.items()
]
MENTION: Final = re.compile(
    rf"(?<!\w)(?:{'|'.join(pattern for pattern in _LEVELS.values())}|{_ANY})(?!\w)", re.IGNORECASE
)
_CASED: Final = re.compile(r"(?<!\w)(?:ba|ma|ms|bs|be|as|but|eso|cap|ged|aas|fp)(?!\w)")
"""Abbreviations that are words when written in lower case."""
EQUIVALENT: Final = re.compile(
    r"equivalent|autodidact|self-taught|experience|expérience|erfahrung|experiencia|comparable|gleichwertig|"
    r"vergleichbar|équivalent|equivalente",
    re.IGNORECASE,
)
PRACTICE: Final = re.compile(
    r"equivalent|autodidact|self-taught|experience|expérience|erfahrung|experiencia|esperienza|équivalent|praxis",
    re.IGNORECASE,
)
"""What experience may stand for."""
RELATED: Final = re.compile(
    r"related|similar|relevant|adjacent|comparable|verwandt|ähnlich|vergleichbar|connexe|afín|afines|"
    r"relacionad|quantitative|technical field|element of",
    re.IGNORECASE,
)
_IN: Final = re.compile(
    r"\b(?:in|of|en|im|der|de|der fachrichtung|als|as|zum|zur|d')\s+(?:the\s+)?(.+)$", re.IGNORECASE
)


def mentions(text: str) -> re.Match[str] | None:
    """Return where a text names a degree."""
    for match in MENTION.finditer(text):
        if _counts(text, match):
            return match
    return None


_EXTENT: Final = re.compile(r" of (?-i:[a-z])")


def _counts(text: str, match: re.Match[str]) -> bool:
    """Tell a degree from words and products that look like one: "as", "MS Excel"."""
    plain = match[0].replace(".", "").replace(" ", "")
    if _CASED.fullmatch(match[0]) or (len(plain) <= 2 and not plain.isupper()):  # noqa: PLR2004
        return False
    if match[0].lower() == "education" or (match[0].lower().endswith("degree") and _EXTENT.match(text, match.end())):
        return False  # special education, a high degree of integrity
    return not (
        plain == "MS"
        and re.match(
            r"[ -]?(?:Excel|Office|Word|Project|SQL|Teams|Access|PowerPoint|Dynamics|Visio|Outlook|365)",
            text[match.end() :],
        )
    )


def level(text: str) -> int | None:
    """Return the level of a degree as an index of `LEVELS`, the lowest if several are named; None without one."""
    found = [LEVELS.index(name) for name, pattern in _LEVEL for match in pattern.finditer(text) if _counts(text, match)]
    return min(found) if found else None


def highest(text: str) -> int | None:
    """Return the highest level that a text names."""
    found = [
        LEVELS.index(name) for name, pattern in _LEVEL if any(_counts(text, match) for match in pattern.finditer(text))
    ]
    return max(found) if found else None


def subject(text: str) -> str:
    """Return what a degree is in; an empty string without it."""
    match = _IN.search(text)
    return match[1].strip(" .,") if match else ""


def with_subjects(options: list[str]) -> list[str]:
    """Give "MSc" of "MSc or BSc in Physics" its subject."""
    last = ""
    found: list[str] = []
    for option in reversed(options):
        mention = mentions(option)
        if (
            mention
            and len(option.removeprefix(mention[0]).split()) <= 1
            and last
            and not option.rstrip(".").endswith(("y", "e"))
        ):
            option = f"{option} {last}"  # noqa: PLW2901
        elif mention and (match := _IN.search(option)):
            last = option[match.start() :]
        found.append(option)
    return found[::-1]


def without_level(text: str) -> str:
    """Return a text without the words that name a degree."""
    rest = MENTION.sub(" ", text)
    return re.sub(
        r"(?<!\w)(?:degree|diploma|abgeschlossene\w*|in|of|de|der|en|em|a|an|à|or|field|subject|s|'s|\W+)(?!\w)",
        " ",
        rest,
        flags=re.IGNORECASE,
    ).strip(" .,'/-")

"""Greetings, closings and signatures that a model writes although they are ours: they are taken off the text."""

from __future__ import annotations

import re
from typing import Final

from functions._shared.domain.language.words import folded_words

_GREETINGS: Final = (
    "dear|hi|hello|hey|to whom it may concern|good (?:morning|day|afternoon)|guten tag|sehr geehrte[rs]?|"
    "bonjour|ch[eè]re?s?|estimad[oa]s?|hola|buenos d[ií]as|buongiorno|egregi[oa]?|spett(?:\\.|abile)|"
    "prezad[oa]s?|ol[aá]|bom dia|geachte?|szanown[aeiy]|dzień dobry|hej|bästa|नमस्ते"
)
"""Words that begin nothing but a greeting."""
_BEGINNINGS: Final = "liebe[rs]?|beste|hallo|moin|gentil[ei]|madame|monsieur|mesdames|messieurs|caro|cara|car[oa]s"
"""Words that begin a greeting if they stand on a line of their own."""
_LINE: Final = re.compile(rf"(?:{_GREETINGS}|{_BEGINNINGS})(?!\w)[^\n?;]{{0,80}}", re.IGNORECASE)
_INLINE: Final = re.compile(
    rf"(?:{_GREETINGS}|hallo)(?!\w)(?:(?:dr|mr|mrs|ms|prof|sr|sra)\.|[^,.:;!?\d\n，：]){{0,60}}[,:!，：]\s*",  # noqa: RUF001
    re.IGNORECASE,
)
_EASTERN: Final = re.compile(r"尊敬的[^\n。]{1,40}[：，]\s*|[^\n。]{0,40}(?:様|御中|您好[：，])\s*")  # noqa: RUF001 - their own signs
_GREETING_WORDS: Final = 8
_CLOSINGS: Final = (
    r"(?:(?:with )?(?:my |very )?(?:kind|kindest|best|warm|warmest) )?regards|(?:with )?(?:best|kind|warm) wishes|"
    r"(?:yours )?(?:most )?(?:sincerely|faithfully|truly)(?: yours)?|respectfully(?: yours)?|all the best|best|cheers|"
    r"(?:many )?thanks|thank you|mit (?:freundlichen|besten|herzlichen|vielen) gr[uü]e?(?:ß|ss)en|"
    r"(?:freundliche|viele|beste|herzliche|liebe|schöne) gr[uü]e?(?:ß|ss)e|hochachtungsvoll|"
    r"(?:bien |très )?cordialement|(?:bien )?(?:sincèrement|respectueusement)|bien à vous|sincères salutations|"
    r"salutations distinguées|(?:muy )?atentamente|(?:un )?(?:cordial )?saludos?(?: cordial(?:es)?)?|cordialmente|"
    r"(?:cordiali|distinti|migliori) saluti|(?:muito )?atenciosamente|(?:com os melhores )?cumprimentos|"
    r"(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?|hoogachtend|z poważaniem|(?:z )?pozdrawiam|"
    r"(?:med )?(?:vänlig|vänliga|bästa) hälsning(?:ar)?|सादर|よろしくお願いいたします|敬具|此致\s*敬礼|此致|敬礼"
)
_CLOSING: Final = re.compile(rf"(?:{_CLOSINGS})\s*[,.!，。]*", re.IGNORECASE)  # noqa: RUF001 - their own signs
_LAST_WORDS: Final = re.compile(
    rf"(?<=[.!?])\s+(?!(?:many )?thank|best[.!])(?:{_CLOSINGS})\s*[,.!]*\s*\Z", re.IGNORECASE
)
_FRENCH: Final = re.compile(
    r"(?:veuillez|je vous prie)\b[^\n.]{0,160}\b(?:salutations|sentiments|considération)\b[^\n.]{0,60}\.?",
    re.IGNORECASE,
)
_SIGNATURE: Final = 3
"""Lines under a closing."""
_SIGNATURE_WORDS: Final = 6


def without_formalities(text: str, name: str | None) -> str:
    """Take a greeting, a closing and a signature off a text.

    Parameters
    ----------
    text : str
        As the model wrote it.
    name : str or None
        The person's name.
    """
    lines = _ungreeted([line.strip() for line in text.strip().split("\n")])
    lines = _unsigned(lines, frozenset(folded_words(name or "")))
    return _LAST_WORDS.sub("", "\n".join(lines)).strip()


def _ungreeted(lines: list[str]) -> list[str]:
    first = lines[0]
    is_greeting = _LINE.fullmatch(first) and not first.endswith(".") and len(first.split()) <= _GREETING_WORDS
    if is_greeting or _EASTERN.fullmatch(first):
        return lines[1:]
    return [_INLINE.sub("", first, count=1) if _INLINE.match(first) else first, *lines[1:]]


def _unsigned(lines: list[str], name: frozenset[str]) -> list[str]:
    written = [number for number, line in enumerate(lines) if line]
    while written and name and _is_name(lines[written[-1]], name):
        written.pop()
    for closing in reversed(written[-1 - _SIGNATURE :]):
        if _CLOSING.fullmatch(lines[closing]) or _FRENCH.fullmatch(lines[closing]):
            behind = [lines[each] for each in written if each > closing]
            if all(len(line.split()) <= _SIGNATURE_WORDS and not line.endswith((".", "?")) for line in behind):
                written = [each for each in written if each < closing]
            break
    return lines[: written[-1] + 1] if written else []


def _is_name(line: str, name: frozenset[str]) -> bool:
    found = folded_words(line)
    return bool(found) and name.issuperset(found)

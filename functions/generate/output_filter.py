"""What no answer may contain, whatever it claims: an answer that does is not delivered and not charged.

The filter looks at form. It comes before the check against the résumé, and it does not decide whether a text is true.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from functions._shared.domain.language.words import fold, folded_words, sentence_spans

if TYPE_CHECKING:
    from collections.abc import Sequence

Fault = Literal[
    "markup", "link", "address", "formula", "path", "refusal", "quoted_rule", "order", "talk", "placeholder",
    "filler", "length",
]  # fmt: skip

_PATTERNS: Final[dict[Fault, tuple[str, ...]]] = {
    "markup": (
        r"</?[a-z!][^<>]{0,200}>",
        r"&(?:[a-z]{2,8}|\#x?[0-9a-f]{1,6});",
        r"\[[^\]\n]{0,200}\]\([^)\n]{0,300}\)",
        r"\*\*",
        r"__\w",
        r"``",
        r"`\w",
        r"^\s{0,3}(?:\#{1,6}\s|>\s|\|.*\||-{3,}|={3,})",
        r"<\?",
        r"\{\{",
        r"\{%",
        r"\$\{",
        r"\\(?:begin|textbf|input|href|item)\b",
        r"<\|",
        r"<<<",
        r">>>",
        r"\[/?INST",
        r"\bdata-[0-9a-f]{16}",
    ),
    "link": (
        r"\b[a-z][a-z0-9+.-]{1,20}://",
        r"\bwww\.",
        r"\b(?:javascript|mailto|vbscript):",
        r"\bdata:\w+/",
        r"\b[\w-]+\.(?:com|org|net|io|dev|co|ai|app|me|info|biz|de|fr|uk|eu|ru|cn|xyz|ly|gl|tk|top)/\w",
    ),
    "address": (
        r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+\s?(?:\.|\(dot\)|\[dot\])\s?[a-z]{2,}",
        r"(?<!\w)(?:\+|00)\d[\d ()/-]{7,}\d",
        r"\b\d{3}[-. ]\d{3}[-. ]\d{4}\b",
    ),
    "formula": (
        r"^\s*[=@]",
        r"^\s*[+-]\s*[a-z_]+\w*\(",
        r"(?-i:[=+@-][A-Z]{3,}\()",
        r"\|\s?'",
        r"cmd\|",
    ),
    "path": (
        r"(?:^|\s)~?(?:/[\w.~-]+){2,}",
        r"(?:^|\s)\.{1,2}/",
        r"\b[a-z]:\\",
        r"\\\\\w",
        r"(?:^|\s)/[a-z]+/\d+(?:/|\b)",
    ),
    "placeholder": (
        r"\[[a-z][^\]\n]{1,40}\]",
        r"<[a-z][^>\n]{1,40}>",
        r"\{[a-z_ ]{2,40}\}",
        r"\bx{2,}\s?%",
        r"\blorem ipsum\b",
        r"(?-i:\bTODO\b|\bTBD\b)",
    ),
    "refusal": (
        r"\bas an? (?:ai|artificial|large|language)\b",
        r"\bi(?:'m| am) (?:sorry|unable|not able|afraid)\b",
        r"\bi (?:can(?:no|')t|cannot|won't|will not|must decline|apologi[sz]e)\b",
        r"\b(?:sorry|apologies),",
        r"\bcan(?:no|')t (?:help|assist|comply|fulfil)\b",
        r"\bes tut mir leid\b",
        r"\bleider kann ich\b",
        r"\bich kann (?:dir|ihnen|das|diese\w*|dabei|leider)?\s?(?:nicht|keine)\b",
        r"\bals ki\b",
        r"\bje suis (?:désolée?|dans l'impossibilité)\b",
        r"\bdésolée?,",
        r"\bje ne peux pas\b",
        r"\ben tant qu[e'](?:ia| une? (?:ia|modèle))",
        r"\blo siento\b",
        r"\bno puedo (?:ayudar|cumplir|generar|escribir)",
        r"\bcomo (?:una )?(?:ia|inteligencia)\b",
        r"\bcomo modelo de",
        r"\bmi dispiace\b",
        r"\bnon posso\b",
        r"\bsinto muito\b",
        r"\bnão posso\b",
        r"\bdesculpe\b",
        r"\bhet spijt me\b",
        r"\bik kan (?:je|u|dit|hier)?\s?(?:niet|geen)\b",
        r"\bprzykro mi\b",
        r"\bprzepraszam\b",
        r"\bnie mogę\b",
        r"\btyvärr kan jag\b",
        r"\bjag kan inte\b",
        r"抱歉",
        r"对不起",
        r"申し訳",
        r"すみません",
        r"मुझे खेद",
    ),
    "order": (
        r"\b(?:system|developer) prompt\b",
        r"\b(?:previous|prior|above) instructions?\b",
        r"\bhire (?:me|(?:this|the) (?:candidate|person|applicant))\b",
        r"\bperfect match\b",
    ),
    "talk": (
        r"^\W*(?:sure|certainly|of course|absolutely|okay|ok|great)[,!.:]",
        r"\bhere(?:'s| is| are) (?:the|your|a|an|my|some|\d)",
        r"\blet me know\b",
        r"\bhope this helps\b",
        r"\bfeel free\b",
        r"\byour (?:r[eé]sum[eé]|cv|summary|request|application|profile|text)\b",
        r"\byou (?:can|could|may|should|asked|are|have|might|want|need)\b",
        r"\b(?:revised|improved|updated|rewritten) (?:version|text|summary|bullet)s?\s*:",
        (
            r"^\W*(?:note|summary|answer|output|result|bullets?|rewritten|improved|professional summary|"
            r"zusammenfassung|résumé|resumen)\s*:"
        ),
        r"\bi(?:'ve| have) (?:rewritten|improved|written|updated|revised|removed|created|drafted)\b",
        r"\bif you (?:\w+ )?(?:want|need|would|like)",
        r"\bhier ist (?:die|der|das|deine?|ihre?)\b",
        r"\bgerne[,!]",
        r"\bvoici (?:le|la|les|votre|une?)\b",
        r"\bbien sûr[,!]",
        r"\baquí (?:está|tiene)\b",
        r"\bclaro[,!]",
        r"\becco (?:il|la|un)",
        r"\baqui está\b",
        r"\bhier is (?:de|het|je|uw)",
        r"\boto (?:twoje|podsumowanie)",
        r"\bhär är\b",
        r"\b(?:this|the) (?:candidate|applicant|resume|résumé)\b",
    ),
}
"""By fault, its forms: first those of a text, then refusals and talk to the reader in the languages we read."""


_EXEMPT_NEVER: Final = frozenset({"markup", "formula", "address", "order"})
"""Not even if the user's own text has it."""
_QUOTED: Final = 7
"""Words in a row that an answer may share with our instructions, if the material does not have them."""
_LONGEST: Final = {"short": 600, "medium": 900, "long": 1_500}
_SENTENCES: Final = {"short": 4, "medium": 5, "long": 8}
MAX_BULLET: Final = 400
_GROWTH, _ROOM = 1.5, 120
"""How much longer than the original an improvement may be."""
_REPEATS: Final = 3
_WORDS_TO_JUDGE: Final = 30
_DISTINCT: Final = 0.4
_MOST_SIGNS: Final = 0.4


def fault(texts: Sequence[str], *, rules: str, material: str) -> Fault | None:
    """Find what makes an answer undeliverable.

    Parameters
    ----------
    texts : sequence of str
        The answer, without invisible characters.
    rules : str
        Our instructions to the model, which it must not repeat.
    material : str
        The user's own texts. What they have themselves is theirs to use: a link-like name such as ASP.NET, a path.

    Returns
    -------
    str or None
        The first fault; None if there is none.
    """
    own = material.replace("\u2019", "'").casefold()
    for text in texts:
        plain = text.replace("\u2019", "'")
        for kind, pattern in _compiled().items():
            found = (match.group().strip().casefold() for match in pattern.finditer(plain))
            if any(kind in _EXEMPT_NEVER or each not in own for each in found):
                return kind
        if _quotes(text, rules, material):
            return "quoted_rule"
        if _is_filler(text):
            return "filler"
    return "filler" if _repeated(texts) else None


def too_long(texts: Sequence[str], *, length: str | None = None, original: str | None = None, bullets: bool) -> bool:
    """Tell whether an answer is much longer than what was asked for.

    Parameters
    ----------
    texts : sequence of str
        The answer.
    length : str or None
        ``short``, ``medium`` or ``long``, for a summary.
    original : str or None
        The text to improve.
    bullets : bool
        Whether the texts are bullets.
    """
    if bullets:
        return any(len(text) > MAX_BULLET for text in texts)
    size = sum(map(len, texts))
    if original is not None:
        return size > _GROWTH * len(original) + _ROOM
    if length is None:
        return False
    return size > _LONGEST[length] or sum(len(sentence_spans(text)) for text in texts) > _SENTENCES[length]


@lru_cache(maxsize=1)
def _compiled() -> dict[Fault, re.Pattern[str]]:
    flags = re.IGNORECASE | re.MULTILINE
    return {kind: re.compile("|".join(forms), flags) for kind, forms in _PATTERNS.items()}


def _quotes(text: str, rules: str, material: str) -> bool:
    ours, theirs = _runs(rules), _runs(material)
    return any(run in ours and run not in theirs for run in _runs(text))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = folded_words(text)
    return {tuple(words[start : start + _QUOTED]) for start in range(len(words) - _QUOTED + 1)}


def _is_filler(text: str) -> bool:
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

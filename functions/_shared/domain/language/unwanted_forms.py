"""The forms that the output filter looks for, by fault. Each repetition is bounded, so that a search takes linear time.

`NEVER` lists what no answer may contain; `UNLESS_OWN` lists what it may contain where the user's own text has the same.
Lists of phrases have gaps. The filter does not rest on them alone: an answer that shares no word with the user's text
is not delivered, either (see `output_filter.unrelated`).
"""

from __future__ import annotations

import re
from typing import Final, Literal

Fault = Literal[
    "markup", "link", "address", "formula", "path", "placeholder", "refusal", "order", "talk", "quoted_rule",
    "filler", "unreadable", "unrelated", "length", "language", "stock_phrase",
]  # fmt: skip

_BEGIN: Final = r"^[^\w\n]{0,10}"
_TAGS: Final = (
    "a|abbr|audio|b|base|big|body|br|button|center|code|details|div|em|embed|font|form|frame|frameset|h[1-6]|head|hr|"
    "html|i|iframe|img|input|kbd|li|link|marquee|math|meta|noscript|object|ol|option|p|picture|pre|s|script|select|"
    "small|source|span|strong|style|sub|sup|svg|table|tbody|td|template|textarea|th|title|tr|tt|u|ul|video"
)
_LIVE_TAGS: Final = (
    "audio|base|body|button|details|embed|form|frame|iframe|img|input|link|marquee|math|meta|object|script|style|svg|"
    "template|video"
)
_DOMAINS: Final = (
    "com|org|net|io|dev|co|ai|app|me|info|biz|de|fr|es|it|nl|pl|se|at|ch|in|jp|uk|eu|us|ru|cn|xyz|ly|gl|tk|top|shop|"
    "site|online|store|club|link|click|live|example|рф"
)
_BARE_DOMAINS: Final = "com|org|net|io|dev|app|info|biz|xyz|top|shop|site|online|store|club|click|example|рф"
"""Without those that begin a sentence after a full stop, if its space is missing."""
_PRODUCTS: Final = r"(?:asp|ado|vb|ml)\.net\b|socket\.io\b"

NEVER: Final[dict[Fault, tuple[str, ...]]] = {
    "markup": (
        rf"<\s?/?\s?(?:{_TAGS})(?:\s[^<>]{{0,200}})?/?\s?>",
        rf"<\s?/?\s?(?:{_LIVE_TAGS})\b",
        r"<[a-z][^<>\n]{0,200}\son[a-z]{3,20}\s?=",
        r"<!|<\?|<%",
        r"&(?:lt|gt|\#x?[0-9a-f]{1,6});",
        r"!?\[[^\]\n]{0,200}\]\([^)\n]{0,300}\)",
        r"\\(?:begin|textbf|input|href|item|immediate|write18)\b|\{\\rtf",
        r"<\||<<<|\[/?INST",
        r"\bdata[-\u2010]?[0-9a-f]{16}",
        r"\A\s*(?:\{\s*[\"'{]|\[\s*[\"'{\[])",
    ),
    "link": (r"\b(?:javascript|vbscript):\S", r"\bdata:\w{1,20}/"),
    "formula": (
        r"^[^\w\n=@+-]{0,4}=[^\s=]",
        r"^[^\w\n=@+-]{0,4}=\s?(?:[a-z_.]{1,30}\(|\$?[a-z]{1,3}\$?\d|\d[\d.,]{0,20}\s?[-+*/^&<>=]|[\"'(+-])",
        r"^[^\w\n=@+-]{0,4}[=@+\-\u2212\u2013]\s?[a-z_][\w.]{0,40}\(",
        r"^[^\w\n=@+-]{0,4}[+\-\u2212\u2013]\$?[a-z]{1,3}\$?\d{1,6}\b",
        r"^[^\w\n=@+-]{0,4}[+\-\u2212\u2013]\d[\d.,+*/^-]{0,40}[+*^][a-z(@]",
        r"(?-i:[=+@-][A-Z]{3,20}\()",
        r"\|\s?'|cmd\|",
    ),
    "address": (
        r"(?<![\w.+-])[\w.+-]{1,64}\s?(?:@|\(\s?at\s?\)|\[\s?at\s?\])\s?[\w-]{1,63}\s?(?:\.|\(\s?dot\s?\)|\[\s?dot\s?\])\s?[a-z]{2,}",
        r"(?<![\w.+-])[\w.+-]{1,64} at [\w-]{1,63} dot [a-z]{2,}",
        r"(?<!\w)(?:\+|00)(?!\d+ \((?:19|20)\d\d)(?!\d{1,3}(?:[ .]\d{3})+(?![\d ()./-]*\d))\d[\d ()./-]{7,25}\d",
    ),
    "placeholder": (
        r"\A\W{0,5}(?:n/a|null|none|undefined|nil|string|todo|tbd)\W{0,5}\Z",
        r"\binsert (?:[\w']{1,20} ){1,4}here\b",
        r"\((?:your |the )?(?:company|employer|job|role|client|school|city|first|last|full) (?:name|title|here)\)",
        r"\blorem ipsum\b",
    ),
    "order": (
        r"\bhire (?:me|this (?:candidate|person|applicant))\b",
        r"\b(?:ignore|disregard|forget) (?:(?:all|any|the|of|your) ){0,3}(?:previous|earlier|prior|above|other)\b",
        r"\brate this (?:profile|candidate|applicant|person|r[eé]sum[eé]|cv)\b",
        r"\byou must\b",
    ),
}  # fmt: skip

TO_THE_READER: Final = (
    r"\blet me know\b|\bfeel free\b|\bwould you like\b|\bsag(?:en sie)? bescheid\b",
    r"\byou (?:can|could|may|should|asked|are|have|might|want|need)\b",
    r"\bif you (?:\w{1,20} )?(?:want|need|would|like)",
)
"""What speaks to whoever asked for a text, or to the reader of a letter."""

UNLESS_OWN: Final[dict[Fault, tuple[str, ...]]] = {
    "markup": (
        r"</?[a-z][^<>\n]{0,200}>",
        r"&(?:amp|quot|apos|nbsp|tab|newline|colon|sol|lpar|rpar|equals|copy|reg|hellip|[nm]dash|[lr][sd]quo|bull|euro);",
        r"\*\*[\w*]{0,40}|~~[\w~]{0,40}|__\w{1,40}|``\S{0,40}|`\w[^`\n]{0,80}`?",
        r"^\s{0,3}(?:\#{1,6}\s|>\s(?!\d)|\|.*\||-{3,}|={3,})",
        r"(?<![\w*])\*\w[^*\n]{0,60}\w\*(?![\w*])|(?<!\w)_[^\W_][^_\n]{0,60}[^\W_]_(?!\w)",
        r"\n(?:[-*+•]|\d{1,2}[.)]) ",
        r"\{\{.{0,40}|\{%.{0,40}|[$\#]\{.{0,40}|\$\(.{0,40}",
        r">>>",
    ),
    "link": (
        r"\b[a-z][a-z0-9+.-]{1,20}://[^\s<>\"'\\]*",
        r"(?<![:\w/])//\w[\w-]{0,62}\.\w[^\s<>\"'\\]*",
        r"\bwww\.[^\s<>\"'\\]*",
        r"\b(?:mailto|tel|sms):\S+",
        rf"(?<![\w@./-])(?:[\w-]{{1,63}}\.){{1,5}}(?:{_DOMAINS})/[^\s<>\"'\\]*",
        rf"(?<![\w@./-])(?!{_PRODUCTS})(?:[\w-]{{1,63}}\.){{1,5}}(?:{_BARE_DOMAINS})(?![\w-]|\.\w)",
        r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])[^\s<>\"'\\]*",
        r"(?<![\w.])@[a-z_]\w{2,40}(?![\w(.])",
    ),
    "address": (
        r"\b\d{3}[-. ]\d{3}[-. ]\d{4}\b",
        r"(?<!\w)(?:\+|00)\d{1,3}(?:[ .]\d{3}){2,}(?!\d)",
        r"(?<![\w.,])0\d{2,4}[ /-]\d{5,8}\b",
        r"\(\d{2,5}\)\s?\d{3}[-. ]?\d{3,5}\b",
        r"(?<![\w.,])0\d(?:[ .-]\d{2}){4}\b",
    ),
    "path": (
        r"(?<!\S)~?(?:/[\w.~-]{1,80}){2,40}",
        r"(?<!\S)\.{1,2}/\S{0,80}",
        r"\b[a-z]:\\\S{0,80}",
        r"\\\\\w\S{0,80}",
        r"(?<!\S)/[a-z]{1,40}/\d{1,9}(?:/|\b)",
    ),
    "placeholder": (
        r"\[[a-z][^\]\n]{1,40}\]|\[x{1,4}\]",
        r"【[^】\n]{1,20}】",
        r"\{[a-z_][\w ]{1,40}\}",
        r"\bx{1,4}\s?%",
        r"(?<!\w)%[sd]\b",
        r"(?-i:\bTODO\b|\bTBD\b|\bX{3,}\b)",
        r"\b_{3,}|(?<!\w)_{3,}",
        r"\b(?:at|as|by|of|for|bei|als|chez) \.{3}(?!\.)",
    ),
    "refusal": (
        r"\bas an? (?:ai|artificial intelligence) ?,? i\b",
        r"\bas an? (?:ai |artificial intelligence |large )?(?:language )?(?:model|assistant),? i\b",
        r"\bas an? (?:ai|(?:large )?language|artificial intelligence) (?:language )?(?:model|assistant)\s?,",
        r"\bi(?:'m| am) (?:sorry|unable|not able|not comfortable|afraid)\b",
        r"\bi (?:can(?:no|')t|cannot|won't|will not|must decline|apologi[sz]e)\b",
        rf"{_BEGIN}(?:sorry|apologies)\b",
        r"\bcan(?:no|')t (?:help|assist|comply|fulfil)\b",
        r"\bunable to (?:comply|assist|help|fulfil)\b",
        r"\bviolates? (?:the |our |my )?(?:content|usage|safety) polic",
        r"\bes tut mir leid\b|\bleider kann ich\b|\bist mir (?:leider )?nicht möglich\b",
        r"\bich kann (?:dir|ihnen|das|diese\w*|dabei|leider)?\s?(?:nicht|keine)\b",
        r"\b(?:dabei|damit|das) (?:darf|kann) ich (?:\w{1,20} )?nicht\b",
        r"\bals ki\b,? (?:kann|darf|bin) ich\b|\bals (?:ki-?)?(?:sprachmodell|assistent)\b,? (?:kann|darf|bin) ich\b",
        r"\bje suis (?:désolée?|dans l'impossibilité)\b|^désolée?\b|\bje ne (?:peux|suis) pas\b",
        r"\bje regrette\b|\bm'est impossible\b",
        r"\ben tant qu[e'] ?(?:une? )?(?:ia|assistant|modèle de langage),? je\b",
        r"\blo siento\b|\bno me es posible\b|\bno puedo (?:ayudar|cumplir|generar|escribir)",
        r"\bcomo (?:una )?(?:ia|inteligencia artificial),? no\b|\bcomo modelo de (?:lenguaje|linguagem)\b",
        r"\bmi dispiace\b|\bnon posso\b|\bnon sono in grado di (?:aiutar|scriver|gener|soddisf)",
        r"\bsinto muito\b|\bnão posso\b|\bdesculpe\b|\bnão consigo (?:ajudar|escrever|gerar)",
        r"\bhet spijt me\b|\bik kan (?:je|u|dit|hier)?\s?(?:niet|geen)\b|\bdat lukt (?:me |mij )?niet\b",
        r"\bprzykro mi\b|\bprzepraszam\b|\bnie mogę\b|\bnie jestem w stanie (?:pomóc|napisać|spełnić)",
        r"\btyvärr kan jag\b|\bjag kan inte\b|\bjag är ledsen\b",
        r"抱歉|对不起|我(?:无法|不能)(?:满足|完成|提供|帮)",
        r"申し訳|すみません|お手伝い(?:することは)?できません",
        r"मुझे खेद|मैं.{0,30}मदद नहीं कर",
    ),
    "order": (
        r"\b(?:system|developer) prompts?\b",
        r"\b(?:previous|prior|above) instructions?\b",
        r"\bhire the (?:candidate|person|applicant)\b",
        r"\bperfect match\b",
    ),
    "talk": (
        *TO_THE_READER,
        rf"{_BEGIN}(?:sure|certainly|of course|absolutely|okay|ok)[,!.:]|{_BEGIN}great!",
        r"\bhere(?:'s| is| are) (?:the|your|a|an|my|some|\d)",
        rf"{_BEGIN}below (?:is|are)\b|\bi wrote the following\b",
        r"\bhope this helps\b|\byour (?:r[eé]sum[eé]|cv|summary|request)\b",
        r"\b(?:revised|improved|updated|rewritten) (?:version|text|summary|bullet)s?\s*:",
        rf"{_BEGIN}(?:note|(?:professional )?summary|answer|output|bullets?|rewritten|improved)\s*:",
        rf"{_BEGIN}(?:zusammenfassung|résumé|resumen)\s*:",
        (
            r"\bi(?:'ve| have) (?:rewritten|improved|written|updated|revised|removed|created|drafted) "
            r"(?:it|your|this|these|the (?:text|summary|bullets?|r[eé]sum[eé]))\b"
        ),
        rf"\bhier ist (?:die|der|das|deine?|ihre?)\b|{_BEGIN}gerne[,!]|{_BEGIN}anbei\b",
        rf"\bvoici (?:le|la|les|votre|une?)\b|\bbien sûr[,!]|{_BEGIN}ci-dessous\b",
        rf"\baquí (?:está|tiene)\b|{_BEGIN}claro[,!]|{_BEGIN}a continuación\b",
        r"\becco (?:il|la|un)|\baqui está\b",
        rf"\bhier is (?:de|het|je|uw)|\bhär är\b|\boto (?:twoje|podsumowanie)|{_BEGIN}poniżej\b",
        rf"{_BEGIN}以下(?:是|が)|{_BEGIN}यहाँ आपक",
        r"\b(?:this|the) (?:candidate|applicant|resume|résumé)\b",
    ),
}  # fmt: skip

_STOCK: Final = (
    r"\b(?:passionate|dynamic|motivated|dedicated)(?:,| and) (?:results?|goal|self)[- ]?(?:driven|focused)\b",
    r"\bresults?[- ](?:driven|oriented) (?:\w{1,20}[ -]){0,4}(?:professional|leader|manager|individual)\b",
    r"\b(?:proven|strong|solid) track record\b",
    r"\b(?:unique|perfect|ideal) (?:blend|combination|mix) of\b",
    r"\b(?:ideal|perfect|excellent|strong|great) (?:candidate|fit|match)\b",
    r"\b(?:thrilled|excited|eager) (?:to (?:bring|contribute|join|leverage)|about the opportunity)\b",
    r"\bbring my (?:\w{1,20} ){0,3}(?:expertise|skills|passion|energy) to (?:your|the)\b",
    r"\byour (?:dynamic|talented|esteemed|innovative|amazing) (?:team|company|organi[sz]ation)\b",
    r"\b(?:hit the ground running|think outside the box|go the extra mile)\b|\bwealth of experience\b",
    r"\bi am (?:confident|convinced|certain|sure) (?:that )?(?:i|my)\b|\bi firmly believe\b",
    r"\b(?:make|makes|making) me (?:an? |the |well[- ])",
    r"\b(?:valuable|great) (?:asset|addition) to (?:your|the)\b|\badd value to your\b",
    r"\bpassionate about\b|\bpassion for excellence\b|\bfast[- ]paced environment\b|\bteam player\b",
    r"\bleidenschaftliche[rn]?,? (?:und )?(?:ergebnis|ziel)orientierte[rn]?\b|\bhoch ?motiviert\w*\b",
    r"\bnachweisliche[nr]? (?:erfolg|erfolgsbilanz)\w*\b",
    r"\b(?:ideale|perfekte)[rn]? (?:kandidat|besetzung|ergänzung)\w*",
    r"\beinzigartige[n]? (?:mischung|kombination|mix)\b|\bwertvolle[rn]? (?:beitrag|bereicherung|ergänzung)\b",
    r"\b(?:ihr(?:em)?|ihre[ns]?) (?:dynamische|innovative|engagierte)[nms]? (?:team|unternehmen)\b",
    r"\bich bin (?:davon )?überzeugt,? dass (?:ich|mein)|\bteamplayer(?:in)?\b|\bmit leidenschaft und\b",
    r"\bpassionnée?,? (?:et )?(?:dynamique|motivée?|axée? sur les résultats)\b|\bsolides? antécédents\b",
    r"\b(?:la |le )?candidate? (?:idéale?|parfaite?)\b|\b(?:mélange|combinaison) unique\b",
    r"\bvotre (?:équipe dynamique|entreprise innovante|dynamique équipe)\b",
    r"\bun (?:véritable |réel )?atout pour votre\b",
    r"\bje suis (?:convaincue?|persuadée?|certaine?) (?:que|d'être)\b|\bforce de proposition\b",
    r"\b(?:apasionad[oa]|dinámic[oa])(?:,| y) (?:orientad[oa]|enfocad[oa]) a (?:los )?resultados\b",
    r"\btrayectoria (?:comprobada|demostrada)\b|\b(?:mezcla|combinación) única\b|\bcandidat[oa] ideal\b",
    r"\bsu (?:dinámico equipo|equipo dinámico|innovadora empresa)\b|\bestoy (?:segur|convencid)[oa] de que\b",
)
STOCK_PHRASES: Final = re.compile("|".join(_STOCK), re.IGNORECASE)
"""Phrases of letters that anybody could write. They are no fault where the person's own text has them."""

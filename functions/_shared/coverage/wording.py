"""What the words of an item say about it: its kind, and which of its terms is asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from functions._shared.coverage import tongues
from functions._shared.coverage.evidence import content_stems

if TYPE_CHECKING:
    from functions._shared.coverage.asked import Kind
    from functions._shared.coverage.clauses import Clause
    from functions._shared.coverage.items import Item


NOT_AN_ITEM: Final = re.compile(
    r"(?<!\w)(?:is|are|was|were|you|we|they|he|she|who|what|which|that|our|your|my|someone|somebody|"
    r"person|people who|here|look|looking|turn|let|get|does|did|it|this|us|them|because|if|when|"
    r"sie|wir|uns|ihr|euch|jemand|wenn|weil|ist|sind|nous|vous|on|qui|que|est|sont|personne|buscamos|"
    r"somos|es|son|que|quien|je|wij|sense of humour|written|spoken|wort|schrift|écrit|oral)(?!\w)|"
    r"^(?:willing.*|writing|reading|speaking|listening|speak|read|min|max|inkl|incl|including .*|davon .*|"
    r"up(?: to .*)?|.*\d ?%.*|"
    r"(?:ca|approx)\. ?\d.*|vite|bien|well|orally|verbally|not only.*|(?:especially|même|surtout|soprattutto|"
    r"por supuesto|"
    r"bij voorkeur|gern|alguien)\b.*|(?:at|on|from|as|by|than|per|via|during|presso|chez|bei|aus) .*|"
    r"(?!friend|order|time)[a-z]+ly)$",
    re.IGNORECASE,
)
_WOULD_BE: Final = re.compile(
    r"\s(?:would be|is|are|wäre|est|serait|sería|sarebbe|seria) "
    r"(?:(?:an?|eine?|un|une|um|uma|ein|von) |essential|required|expected|needed|desirable|useful|handy|helpful|"
    r"welcome|"
    r"wünschenswert|erforderlich|requise?|exigée?|souhaitée?|appréciée?)",
    re.IGNORECASE,
)
SKILLS: Final = re.compile(r"(?<=\w) skills?$", re.IGNORECASE)
_SPOKEN: Final = re.compile(
    r"speak|spoken|written|language|bilingual|sprech|sprach|wort und schrift|parl|hablar|oral|level|niveau|nivel",
    re.IGNORECASE,
)
_SOFT: Final = re.compile(
    r"^(?:\w+(?:ful|ous|able|ible|ive|(?<!m)ent|minded|driven|oriented|motivated|lich|ig|sam|heit|keit|"
    r"ness|ism)|careful|methodical|able to .+|ability to .+|willing\w* .+|.* (?:mentality|attitude|"
    r"manner|mind(?:set)?|spirit|thinking|judg(?:e)?ment|expectations|personality|discretion|approach|"
    r"ethic)|keep .+|like .+|enjoy .+|maintain .+|.*ing to .+|good with .+)$",
    re.IGNORECASE,
)
_CERTIFICATE: Final = re.compile(
    r"licen[cs]e|certif|schein\b|permis\b|carn[eé]t?\b|clearance|registration|registered|accredit|zertifi|"
    r"anerkennung|nachweis\b|approbation|endorsement|"
    r"\bqualifications?\b|weiterbildung|fortbildung|iscrizione|\balbo\b|abilitazione|patente|registro|colegiad|"
    r"carta de|"
    r"credential|authori[sz]ation|membership|\brating\b|patentin|registratie|\bCACES\b|\([A-Z]{3,}\) training|"
    r"rijbewijs|habilitation|chartered|\bcard\b",
    re.IGNORECASE,
)
CERTIFIED: Final = re.compile(
    r"\b(?:certifications?|qualifications?|certificates?|zertifi\w+|certificaci\w+)\b", re.IGNORECASE
)
"""Words that make a certificate of what they stand beside: "ITIL certification"."""
_LONGEST: Final = 5


def kind_of(kind: str) -> Kind:
    """Return the kind of requirement that a term is."""
    return "certificate" if kind == "certificate" else "soft" if kind == "soft" else "skill"


def open_kind(item: Item, language: str) -> Kind | None:
    """Return what an item asks for that no list knows; None if it is too long to be the name of something."""
    text = item.text
    words = text.split()
    if len(words) > _LONGEST or not re.search(r"[^\W\d]{2,}|[A-Z]\d", text) or not content_stems(text, language):
        return None
    if _CERTIFICATE.search(item.raw):
        return "certificate"
    proper = any(re.search("[A-Z0-9]", word[1:]) or word[0].isupper() for word in words[1:]) or bool(
        re.search("[A-Z0-9]", text[1:])
    )
    if (not proper and _SOFT.match(text) and len(words) <= 1) or (
        not proper and _SOFT.match(text) and len(words) > 1 and not item.led
    ):
        return "soft"
    return "skill"


def is_soft(text: str) -> bool:
    """Tell whether a word has the form of a quality."""
    return _SOFT.match(text) is not None


def chosen(item: Item, spans: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """Choose the terms that an item asks for: "version control with Git" asks for Git."""
    raw = item.raw
    tail = re.search(r"\s(?:for|to|so|that|für|pour|para|um)\s", raw)
    kept = [span for span in spans if not tail or span[0] < tail.start() or spans[0][0] > tail.start()]
    means = [match.end() for match in re.finditer(r"\s(?:with|in|using|mit|avec|con|en)\s", raw)]
    last = [span for span in kept if any(mark <= span[0] for mark in means)]
    kept = last or kept
    if len(kept) == 1:
        start, end = kept[0]
        rest = (raw[:start] + raw[end:]).split()
        core = item.text
        beside = re.search(
            rf"(?:(?P<before>[A-Z][\w/-]*) )?{re.escape(raw[start:end])}(?: (?P<after>[A-Z][\w/-]*))?", core
        )
        proper = beside and (beside["after"] or beside["before"])
        if proper and rest and len(core.split()) <= 4:  # noqa: PLR2004
            return set()
    return set(kept)


def is_wished(item: Item, clause: Clause) -> bool:
    """Tell whether an item is the subject of "… would be a plus"."""
    return (
        item.start - clause.start < 4  # noqa: PLR2004
        and len(item.text.split()) <= 4  # noqa: PLR2004
        and bool(_WOULD_BE.search(item.raw))
    )


def is_language(item: Item, spoken: list[tuple[int, int, str]]) -> bool:
    """Tell whether an item asks for the languages that it names."""
    rest = item.raw
    for start, end, _ in reversed(spoken):
        rest = rest[:start] + rest[end:]
    if tongues.NAME.match(item.text):
        return True
    return tongues.rank(item.raw) is not None or len(rest.split()) <= 4 or bool(_SPOKEN.search(rest))  # noqa: PLR2004

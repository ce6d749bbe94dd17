"""Checks generated text against what the user has said, and a job description against what the user can do.

Decided here, and tested:

- A number must be in the source with its unit: 35 % is not 35. Notation is free (1,200, 1.2k, twelve hundred is not
  checked apart), and a number in thousands or millions may be rounded at its last stated digit, by at most 5 %.
  Results of arithmetic ("78 % faster" from "1,900 ms to 420 ms") count as unsupported.
- Years of experience may be derived from dates. "5+ years" holds for any career of at least 5 years, "5 years" only
  for about 5 (rounded down or to the nearest), of the whole career or of one entry; "a decade" means 10+.
- "Three companies", "two certifications" may be counted off the résumé.
- A title holds if it is the user's own or part of one: never a higher rank.
- Skills count in any inflection and under their usual other names (K8s), not by kinship: SQL is not PostgreSQL.
- Nothing is repaired here. What is not in the source is reported; the caller decides.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, Literal

from pydantic import BaseModel

from functions._shared.domain.grounding.claims import Claim, claims, looks_technical, technical_terms
from functions._shared.domain.grounding.source import MONTH_AND_YEAR, Source, month_of
from functions._shared.domain.language.quantities import quantities
from functions._shared.domain.language.vocabulary.skills import case_skills
from functions._shared.domain.language.vocabulary.titles import ORGANISATION_WORDS, PLAIN
from functions._shared.domain.language.words import Spans, folded_words, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Kind = Literal["number", "date", "employer", "title", "skill", "qualification", "name"]

MAX_GAPS: Final = 50


class Unsupported(BaseModel):
    """Something that generated text says and the source does not.

    Attributes
    ----------
    kind : str
        ``number``, ``date``, ``employer``, ``title``, ``skill``, ``qualification`` or ``name`` (any other name).
    text : str
        As it stands in the generated text.
    item : int
        Which of the texts, from 0.
    start, end : int
        Span in that text, in code points.
    """

    kind: Kind
    text: str
    item: int
    start: int
    end: int


class Grounding(BaseModel):
    """How far generated text is covered by its source.

    Attributes
    ----------
    ok : bool
        Whether nothing is unsupported.
    unsupported : list of Unsupported
        In order of appearance.
    gaps : list of str
        Skills and qualifications that the job description asks for and the source does not have, in the order in
        which it names them; at most 50. They are told to the user, never written into the text.
    """

    ok: bool
    unsupported: list[Unsupported]
    gaps: list[str]


def check(texts: Sequence[str], source: Source, *, job_description: str | None = None) -> Grounding:
    """Compare generated texts with their source.

    Parameters
    ----------
    texts : sequence of str
        What a model wrote: one text, or one per bullet.
    source : Source
        What the user has said.
    job_description : str, optional
        What the job asks for. It supports nothing.

    Returns
    -------
    Grounding
        The report.
    """
    unsupported = [
        Unsupported(kind=kind, text=text[start:end], item=item, start=start, end=end)
        for item, text in enumerate(texts)
        for kind, start, end in sorted(_unsupported(text, source), key=lambda found: found[1])
    ]
    return Grounding(ok=not unsupported, unsupported=unsupported, gaps=gaps(job_description or "", source))


def gaps(job_description: str, source: Source) -> list[str]:
    """List what a job description asks for and the source does not have; see `Grounding`."""
    asked = {claim.names: claim for claim in reversed(technical_terms(job_description))}
    wanted = sorted(asked.values(), key=lambda claim: claim.start)
    missing = (claim.names[0] for claim in wanted if not _has_skill(claim, source) and not source.names(claim.text))
    return list(islice(dict.fromkeys(missing), MAX_GAPS))


def _unsupported(text: str, source: Source) -> Iterator[tuple[Kind, int, int]]:
    dated, named = Spans(len(text)), Spans(len(text))
    for match in MONTH_AND_YEAR.finditer(text):
        dated.take(*match.span())
        if not source.has_month(int(match[2]), month_of(match[1])):
            yield "date", match.start(), match.end()
    found = claims(text)
    for claim in found:
        named.take(claim.start, claim.end)
    counted = quantities(text)
    for quantity in counted:
        if dated.holds(quantity.start, quantity.end) or named.holds(quantity.start, quantity.end):
            continue
        following = folded_words(text[quantity.end : quantity.end + 40])
        if not source.has_quantity(quantity, following[0] if following else ""):
            yield "date" if quantity.unit == "year" else "number", quantity.start, quantity.end
    for quantity in counted:
        dated.take(quantity.start, quantity.end)
    for claim in found:
        if not dated.holds(claim.start, claim.end):
            yield from _unsupported_parts(claim, source)


def _unsupported_parts(claim: Claim, source: Source) -> Iterator[tuple[Kind, int, int]]:
    if claim.kind in {"skill", "qualification"}:
        if not _has_skill(claim, source) and not (looks_technical(claim.text) and source.names(claim.text)):
            yield claim.kind, claim.start, claim.end
    elif claim.kind == "title":
        if not source.has_title(claim.text):
            yield "title", claim.start, claim.end
    elif not any(source.names(name) or source.has_organisation(name) for name in claim.names):
        run = words(claim.text)
        if run[-1].folded in ORGANISATION_WORDS and len(run) > 1:
            yield "employer", claim.start, claim.end
            return
        telling = [word for word in run if len(word.text) > 1 and word.folded not in PLAIN]
        unknown = [word for word in telling if not source.names(word.text)]
        if unknown:
            yield claim.kind, claim.start + unknown[0].start, claim.start + unknown[-1].end


def _has_skill(claim: Claim, source: Source) -> bool:
    if claim.text in case_skills():
        return any(source.writes(name) or (" " in name and source.has(name)) for name in claim.names)
    return any(source.has(name) for name in claim.names)

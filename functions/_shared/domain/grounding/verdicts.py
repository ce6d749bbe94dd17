"""What is known of each sentence of a generated text, and who decides it: rules, a verifier, and code again.

A verdict is one of three. ``supported``: the lines of evidence state it. ``unsupported``: a verifier flagged it twice;
it is removed. ``unverified``: nobody is certain; it is delivered and marked.

Precedence, from the top:

1. Rules that are certain support a sentence, and it is not asked about.
2. Without a verifier's answer every other sentence is unverified.
3. An answer that breaks the form counts for nothing: unknown or foreign lines, a missing or repeated sentence, a span
   that the sentence does not have as whole words, support without a line about the person, a calculation that cannot
   be read. The sentence is unverified. An answer about a sentence that nobody asked about counts for nothing as a
   whole: the numbers may be mixed up.
4. A calculation that does not come out flags the sentence.
5. A sentence that was flagged is asked about again. Twice flagged is unsupported, once is unverified.
6. An objection of the rules turns support into unverified. Rules never remove.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from functions._shared.domain.grounding.calculation import Calculation, same_figure
from functions._shared.domain.language.quantities import quantities

if TYPE_CHECKING:
    from collections.abc import Mapping

Outcome = Literal["supported", "unsupported", "unverified"]
By = Literal["rules", "verifier"]
How = Literal["verbatim", "paraphrase", "derived", "no_claim"]
Flaw = Literal[
    "quantity", "stronger_act", "another_person", "not_stated", "stronger_award_or_level", "another_job", "negation",
]  # fmt: skip
"""What is stronger than the source: a number, unit, noun or bound changed; helped → led; another person's title or
act; a result, client, scope or cause that no line states; finalist → winner, A2 → fluent; a fact of another job; a
negation or a hedge dropped."""
Doubt = Literal[
    "quantity", "name", "not_stated", "calculation", "unsure", "not_answered", "answer_malformed", "flagged_once",
]  # fmt: skip
"""Why a sentence is unverified: a figure or a name that the source does not have, words that no single line has, a
calculation that does not come out, or a verifier that was not sure, did not answer, not in form, or not the same
twice."""

ComeOut = Callable[[Sequence[Calculation], Sequence[str]], list[bool | None]]
"""Tells whether each calculation is right, given the ids of their lines; None for one that cannot be read."""

MAX_ASKED: Final = 40
"""Sentences that one question asks about; further ones are not answered."""
MAX_SPAN: Final = 4_000
_BESIDE: Final = re.compile(r"H2|I\d+(\.\d+)?|R\d+\.0")
"""Ids of the lines that say nothing of what the person did: a place, a hobby, an employer. An intent needs only T."""
_SIGNS: Final = str.maketrans("\u2018\u2019\u201c\u201d\u201e\u2010\u2011\u2013\u2014", '\'\'"""----')
"""Quotation marks and dashes → their ASCII form."""


class Judgement(BaseModel):
    """A verifier's answer about one sentence. The evidence comes before the verdict, so that the model looks first.

    Attributes
    ----------
    sentence : int
        Number of the sentence, from 1.
    lines : list of str
        Ids of the lines that state it.
    calculations : list of Calculation
        One for each figure of the sentence that follows from figures of the lines.
    span : str
        The words of the sentence that no line states, copied; empty if there are none.
    flaw : str or None
        What is wrong with these words.
    verdict : str
        ``supported``, ``unsupported`` or ``unsure``. The weakest claim of the sentence decides.
    """

    model_config = ConfigDict(extra="forbid")

    sentence: int
    lines: Annotated[list[Annotated[str, Field(max_length=20)]], Field(max_length=40)]
    calculations: Annotated[list[Calculation], Field(max_length=20)]
    span: Annotated[str, Field(max_length=MAX_SPAN)]
    flaw: Flaw | None
    verdict: Literal["supported", "unsupported", "unsure"]


class Judgements(BaseModel):
    """A verifier's answer."""

    model_config = ConfigDict(extra="forbid")

    judgements: Annotated[list[Judgement], Field(max_length=100)]


class Finding(BaseModel):
    """What the rules make of one sentence.

    Attributes
    ----------
    lines : list of str
        Ids of the lines that state it with certainty; empty if the rules are not certain.
    how : str or None
        How they state it; None if the rules are not certain.
    doubt : str or None
        Why they are not certain.
    objections : list of str
        Figures of the sentence that the source does not have: a verifier's support is not enough without a calculation.
    names : list of str
        Names of the sentence that the source does not have: a verifier's support is not enough.
    """

    lines: list[str] = []
    how: How | None = None
    doubt: Doubt | None = None
    objections: list[str] = []
    names: list[str] = []


class Verdict(BaseModel):
    """What is known of one sentence.

    Attributes
    ----------
    verdict : str
        ``supported``, ``unsupported`` or ``unverified``.
    by : str
        ``rules`` or ``verifier``.
    lines : list of str
        Ids of the lines that it rests on.
    how : str or None
        For a supported sentence: ``verbatim`` (the words and figures of one line), ``derived`` (a figure follows from
        figures of the lines), ``paraphrase``, or ``no_claim``: it says nothing of the person.
    reason : str or None
        For the others: a `Flaw` or a `Doubt`.
    """

    verdict: Outcome
    by: By
    lines: list[str] = []
    how: How | None = None
    reason: Flaw | Doubt | None = None


def decide(
    sentences: Sequence[str],
    findings: Sequence[Finding],
    known: frozenset[str],
    come_out: ComeOut,
    first: Judgements | None = None,
    again: Judgements | None = None,
) -> list[Verdict]:
    """Decide about each sentence.

    Parameters
    ----------
    sentences : sequence of str
        The sentences; the verifier knows them by their position, from 1.
    findings : sequence of Finding
        What the rules make of each.
    known : frozenset of str
        Ids of the lines that may support them.
    come_out : callable
        See `ComeOut`.
    first, again : Judgements or None
        The verifier's answers: about the open sentences, and about the flagged ones.

    Returns
    -------
    list of Verdict
        One per sentence.
    """
    if first is None:
        return [_by_rules(finding) for finding in findings]
    verdicts = after_first(sentences, findings, known, come_out, first)
    suspects = flagged(verdicts)
    second = _by_position(again, suspects)
    for position in suspects:
        confirmed = position in second and _judged(sentences[position], second[position], known, come_out)
        if not confirmed or confirmed.verdict != "unsupported":
            verdicts[position] = _open(verdicts[position].reason if again is None else "flagged_once")
        elif verdicts[position].reason == confirmed.reason == "calculation":
            # The verifier says supported twice, and only our arithmetic says no: that removes nothing.
            verdicts[position] = _open("calculation")
    return verdicts


def after_first(
    sentences: Sequence[str],
    findings: Sequence[Finding],
    known: frozenset[str],
    come_out: ComeOut,
    first: Judgements,
) -> list[Verdict]:
    """Decide as far as one answer goes: what it flags is ``unsupported`` until it is asked about again."""
    answered = _by_position(first, undecided(findings))
    verdicts: list[Verdict] = []
    for position, (sentence, finding) in enumerate(zip(sentences, findings, strict=True)):
        if finding.how is not None:
            verdicts.append(_by_rules(finding))
        elif position not in answered:
            verdicts.append(_open("not_answered"))
        else:
            judgement = answered[position]
            verdict = _judged(sentence, judgement, known, come_out)
            reason = _objection(finding, judgement) if verdict.verdict == "supported" else None
            verdicts.append(Verdict(verdict="unverified", by="rules", reason=reason) if reason else verdict)
    return verdicts


def undecided(findings: Sequence[Finding]) -> list[int]:
    """List the positions of the sentences that the rules leave open, as many as one question asks about."""
    return [position for position, finding in enumerate(findings) if finding.how is None][:MAX_ASKED]


def flagged(verdicts: Sequence[Verdict]) -> list[int]:
    """List the positions of the sentences to ask about again, after the first answer."""
    return [position for position, verdict in enumerate(verdicts) if verdict.verdict == "unsupported"]


def _by_rules(finding: Finding) -> Verdict:
    if finding.how is None:
        return Verdict(verdict="unverified", by="rules", reason=finding.doubt)
    return Verdict(verdict="supported", by="rules", lines=finding.lines, how=finding.how)


def _by_position(answer: Judgements | None, asked: Sequence[int]) -> Mapping[int, Judgement | None]:
    """Index an answer. What it says twice is malformed (None), and all of it if it speaks of what nobody asked."""
    found: dict[int, Judgement | None] = {}
    for judgement in answer.judgements if answer else ():
        position = judgement.sentence - 1
        if position not in asked:
            return dict.fromkeys(asked)
        found[position] = None if position in found else judgement
    return found


def _judged(sentence: str, judgement: Judgement | None, known: frozenset[str], come_out: ComeOut) -> Verdict:
    if judgement is None or not known.issuperset(judgement.lines) or not _in_form(judgement, sentence):
        return _open("answer_malformed")
    if judgement.verdict == "unsure":
        return _open("unsure")
    if judgement.verdict == "unsupported":
        return Verdict(verdict="unsupported", by="verifier", lines=judgement.lines, reason=judgement.flaw)
    checks = come_out(judgement.calculations, judgement.lines)
    if False in checks:
        return Verdict(verdict="unsupported", by="verifier", lines=judgement.lines, reason="calculation")
    if None in checks or not _about_the_person(judgement.lines, sentence):
        return _open("calculation" if None in checks else "not_stated")
    how: How = "derived" if checks else "paraphrase"
    return Verdict(verdict="supported", by="verifier", lines=judgement.lines, how=how)


def _about_the_person(lines: Sequence[str], sentence: str) -> bool:
    """Tell whether a line says what the person did, is or knows; a duration is enough for a length of time."""
    strong = [each for each in lines if not _BESIDE.fullmatch(each)]
    timed = any(each.unit == "months" for each in quantities(sentence))
    return any(timed or not each.startswith("D") for each in strong)


def _in_form(judgement: Judgement, sentence: str) -> bool:
    span = _as_compared(judgement.span)
    if judgement.verdict == "supported":
        return bool(judgement.lines) and not span and judgement.flaw is None
    if judgement.verdict == "unsure":
        return _has(_as_compared(sentence), span)
    whole = any(character.isalnum() for character in span) and _has(_as_compared(sentence), span)
    return whole and judgement.flaw is not None


def _has(sentence: str, span: str) -> bool:
    """Tell whether a sentence has a span as whole words; Chinese and Japanese have no spaces to tell them by."""
    start, end = (r"(?<![a-z0-9\u00c0-\u052f])", r"(?![a-z0-9\u00c0-\u052f])")
    pattern = (start if span[:1].isalnum() else "") + re.escape(span) + (end if span[-1:].isalnum() else "")
    return re.search(pattern, sentence) is not None


def _as_compared(text: str) -> str:
    """Drop what models change when they copy: case, white space, the form of quotation marks and dashes."""
    return " ".join(text.casefold().translate(_SIGNS).split())


def _objection(finding: Finding, judgement: Judgement | None) -> Doubt | None:
    """Tell what the rules miss that no calculation gives."""
    results = (
        [each for calculation in judgement.calculations for each in quantities(calculation.result)] if judgement else []
    )
    missed = [each for text in finding.objections for each in quantities(text)]
    if not all(any(same_figure(each, result) for result in results) for each in missed):
        return "quantity"
    return "name" if finding.names else None


def _open(reason: Flaw | Doubt | None) -> Verdict:
    return Verdict(verdict="unverified", by="verifier", reason=reason)

"""What is known of each sentence of a generated text, and who decides it: rules, a verifier, and code again.

A verdict is one of three. ``supported``: the lines of evidence state it. ``unsupported``: a verifier flagged it twice;
it is removed. ``unverified``: nobody is certain; it is delivered and marked.

Precedence, from the top:

1. Rules that are certain support a sentence, and it is not asked about.
2. Without a verifier's answer every other sentence is unverified.
3. An answer that breaks the form counts for nothing: unknown or foreign lines, missing or repeated sentences, a span
   that the sentence does not have, support without a line. The sentence is unverified.
4. A calculation that does not come out flags the sentence.
5. A sentence that was flagged is asked about again. Twice flagged is unsupported, once is unverified.
6. An objection of the rules turns support into unverified. Rules never remove.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Outcome = Literal["supported", "unsupported", "unverified"]
By = Literal["rules", "verifier"]
How = Literal["verbatim", "paraphrase", "derived"]
Operation = Literal[
    "sum", "difference", "ratio", "percentage", "count", "duration", "conversion", "rounding", "bound"
]  # fmt: skip
Flaw = Literal[
    "quantity", "stronger_act", "another_person", "not_stated", "stronger_award_or_level", "another_job", "negation",
]  # fmt: skip
"""What is stronger than the source: a number, unit, noun or bound changed; helped → led; another person's title or
act; a result, client, scope or cause that no line states; finalist → winner, A2 → fluent; a fact of another job; a
negation or a hedge dropped."""
Doubt = Literal["quantity", "name", "not_stated", "calculation", "not_answered", "answer_malformed", "flagged_once"]
"""Why a sentence is unverified: a figure or a name that the source does not have, words that no single line has, a
calculation that does not come out, or a verifier that did not answer, not in form, or not the same twice."""

MAX_SPAN: Final = 300


class Calculation(BaseModel):
    """How a figure follows from figures of the evidence.

    Attributes
    ----------
    operation : str
        What was done with the operands.
    operands : list of str
        Figures as the lines write them, with their units.
    result : str
        The figure as the sentence writes it.
    """

    model_config = ConfigDict(extra="forbid")

    operation: Operation
    operands: Annotated[list[Annotated[str, Field(max_length=100)]], Field(min_length=1, max_length=20)]
    result: Annotated[str, Field(max_length=100)]


class Judgement(BaseModel):
    """A verifier's answer about one sentence. The evidence comes before the verdict, so that the model looks first.

    Attributes
    ----------
    sentence : int
        Number of the sentence, from 1.
    lines : list of str
        Ids of the lines that state it.
    calculation : Calculation or None
        Only if a figure of the sentence follows from figures of the lines.
    span : str
        The words of the sentence that no line states, copied; empty if there are none.
    flaw : str or None
        What is wrong with these words.
    verdict : str
        ``supported`` or ``unsupported``. The weakest claim of the sentence decides.
    """

    model_config = ConfigDict(extra="forbid")

    sentence: int
    lines: Annotated[list[Annotated[str, Field(max_length=20)]], Field(max_length=40)]
    calculation: Calculation | None
    span: Annotated[str, Field(max_length=MAX_SPAN)]
    flaw: Flaw | None
    verdict: Literal["supported", "unsupported"]


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
        ``verbatim`` or ``derived``; None if the rules are not certain.
    doubt : str or None
        Why they are not certain.
    objections : list of str
        Figures and names of the sentence that the source does not have: a verifier's support is not enough, except
        for a figure with a calculation.
    """

    lines: list[str] = []
    how: How | None = None
    doubt: Doubt | None = None
    objections: list[str] = []


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
        figures of the lines) or ``paraphrase``.
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
    known: Sequence[frozenset[str]],
    comes_out: Callable[[str, Calculation, Sequence[str]], bool],
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
    known : sequence of frozenset of str
        For each sentence the ids of the lines that may support it.
    comes_out : callable
        Tells whether a calculation is right: given the sentence, the calculation, and the ids of the lines.
    first, again : Judgements or None
        The verifier's answers: about the open sentences, and about the flagged ones.

    Returns
    -------
    list of Verdict
        One per sentence.
    """
    one, two = _by_sentence(first), _by_sentence(again)
    verdicts: list[Verdict] = []
    for position, (sentence, finding) in enumerate(zip(sentences, findings, strict=True)):
        if finding.how is not None:
            verdicts.append(Verdict(verdict="supported", by="rules", lines=finding.lines, how=finding.how))
            continue
        if first is None:
            verdicts.append(Verdict(verdict="unverified", by="rules", reason=finding.doubt))
            continue
        verdict = _judged(sentence, one.get(position + 1), known[position], comes_out)
        if verdict.verdict == "unsupported":
            second = _judged(sentence, two.get(position + 1), known[position], comes_out)
            if second.verdict != "unsupported":
                verdict = _open(verdict.reason if again is None else "flagged_once")
        elif verdict.verdict == "supported" and _objected(finding, one.get(position + 1)):
            verdict = Verdict(verdict="unverified", by="rules", reason=finding.doubt)
        verdicts.append(verdict)
    return verdicts


def flagged(verdicts_after_first: Sequence[Verdict]) -> list[int]:
    """List the positions of the sentences to ask about again."""
    flaws = {"quantity", "stronger_act", "another_person", "not_stated", "stronger_award_or_level", "another_job",
             "negation", "calculation"}  # fmt: skip
    return [
        position
        for position, verdict in enumerate(verdicts_after_first)
        if verdict.by == "verifier" and verdict.reason in flaws
    ]


def _by_sentence(answer: Judgements | None) -> Mapping[int, Judgement | None]:
    """Index an answer; a sentence that it judges twice counts as malformed (None)."""
    found: dict[int, Judgement | None] = {}
    for judgement in answer.judgements if answer else ():
        found[judgement.sentence] = None if judgement.sentence in found else judgement
    return found


def _judged(
    sentence: str,
    judgement: Judgement | None,
    known: frozenset[str],
    comes_out: Callable[[str, Calculation, Sequence[str]], bool],
) -> Verdict:
    if judgement is None:
        return _open("not_answered")
    flags = judgement.verdict == "unsupported"
    in_form = bool(judgement.flaw) if flags else bool(judgement.lines) and not judgement.span and not judgement.flaw
    if not in_form or not known.issuperset(judgement.lines) or judgement.span not in sentence:
        return _open("answer_malformed")
    if flags:
        return Verdict(verdict="unsupported", by="verifier", lines=judgement.lines, reason=judgement.flaw)
    if judgement.calculation is None:
        return Verdict(verdict="supported", by="verifier", lines=judgement.lines, how="paraphrase")
    if not comes_out(sentence, judgement.calculation, judgement.lines):
        return Verdict(verdict="unsupported", by="verifier", lines=judgement.lines, reason="calculation")
    return Verdict(verdict="supported", by="verifier", lines=judgement.lines, how="derived")


def _objected(finding: Finding, judgement: Judgement | None) -> bool:
    """Tell whether the rules miss something that no calculation gives."""
    result = judgement.calculation.result if judgement and judgement.calculation else ""
    return any(not result or result not in text or finding.doubt != "quantity" for text in finding.objections)


def _open(reason: Flaw | Doubt | None) -> Verdict:
    return Verdict(verdict="unverified", by="verifier", reason=reason)

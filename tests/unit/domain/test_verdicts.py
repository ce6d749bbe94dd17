"""Who decides about a sentence: rules that are certain, a verifier in form, and never the verifier alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from functions._shared.domain.grounding.verdicts import (
    MAX_ASKED,
    Finding,
    Judgement,
    Judgements,
    after_first,
    decide,
    flagged,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.domain.grounding.calculation import Calculation
    from functions._shared.domain.grounding.verdicts import Verdict

SENTENCE = "Led 12 people in Lyon."
OPEN = Finding(doubt="not_stated")
KNOWN = frozenset({"R1.0", "R1.1", "N1"})
SUM: dict[str, Any] = {"operation": "sum", "operands": ["5", "7"], "result": "12"}


def judged(**changes: Any) -> Judgements:
    entry = {
        "sentence": 1, "lines": ["R1.1"], "calculations": [], "span": "", "flaw": None, "verdict": "supported", **changes,
    }  # fmt: skip
    return Judgements(judgements=[Judgement.model_validate(entry)])


FLAG = {"lines": ["R1.1"], "span": "Led", "flaw": "stronger_act", "verdict": "unsupported"}


def verdict(
    first: Judgements | None, again: Judgements | None = None, finding: Finding = OPEN, *, right: bool | None = True
) -> Verdict:
    def come_out(calculations: Sequence[Calculation], _lines: Sequence[str]) -> list[bool | None]:
        return [right] * len(calculations)

    return decide([SENTENCE], [finding], KNOWN, come_out, first, again)[0]


def outcome(given: Verdict) -> tuple[str, str, str | None, str | None]:
    return given.verdict, given.by, given.how, given.reason


def test_rules_that_are_certain_need_no_verifier() -> None:
    finding = Finding(lines=["R1.1"], how="verbatim")
    assert outcome(verdict(None, finding=finding)) == ("supported", "rules", "verbatim", None)
    assert outcome(verdict(judged(**FLAG), judged(**FLAG), finding)) == ("supported", "rules", "verbatim", None)


def test_without_a_verifier_everything_else_is_unverified() -> None:
    assert outcome(verdict(None)) == ("unverified", "rules", None, "not_stated")


def test_a_verifier_supports_with_lines() -> None:
    given = verdict(judged(lines=["R1.1", "N1"]))
    assert outcome(given) == ("supported", "verifier", "paraphrase", None)
    assert given.lines == ["R1.1", "N1"]


@pytest.mark.parametrize(
    "answer",
    [
        {"lines": []},
        {"lines": ["R9.1"]},
        {"lines": ["R1.1", "T"]},
        {"span": "Led", "flaw": "stronger_act"},
        {"flaw": "stronger_act"},
        {**FLAG, "span": "Directed"},
        {**FLAG, "lines": ["R7"]},
        {**FLAG, "flaw": None},
        {**FLAG, "span": ""},
        {**FLAG, "span": "e"},
        {**FLAG, "span": "ed 12 people"},
        {**FLAG, "span": "Led 1"},
        {**FLAG, "span": "."},
        {"verdict": "unsure", "span": "Directed"},
    ],
)
def test_an_answer_out_of_form_decides_nothing(answer: dict[str, Any]) -> None:
    assert outcome(verdict(judged(**answer), judged(**answer))) == ("unverified", "verifier", None, "answer_malformed")


@pytest.mark.parametrize(
    ("line", "sentence", "supported"),
    [
        ("H2", SENTENCE, False),
        ("I1", SENTENCE, False),
        ("R1.0", SENTENCE, False),
        ("D0", SENTENCE, False),
        ("D0", "Has 6 years of experience.", True),
        ("T", "Applies to lead the lab.", True),
        ("R1", SENTENCE, True),
    ],
)
def test_support_rests_on_a_line_about_the_person(line: str, sentence: str, *, supported: bool) -> None:
    (given,) = decide([sentence], [OPEN], frozenset([line]), lambda *_: [], judged(lines=[line]))
    assert outcome(given)[0::3] == (("supported", None) if supported else ("unverified", "not_stated"))


def test_a_sentence_without_an_answer_is_unverified() -> None:
    assert outcome(verdict(Judgements(judgements=[]))) == ("unverified", "verifier", None, "not_answered")


def test_two_answers_about_a_sentence_are_none() -> None:
    answer = Judgements(judgements=judged().judgements * 2)
    assert outcome(verdict(answer)) == ("unverified", "verifier", None, "answer_malformed")


@pytest.mark.parametrize("number", [0, 2, -1])
def test_an_answer_to_what_nobody_asked_spoils_the_others(number: int) -> None:
    answer = Judgements(judgements=[*judged().judgements, *judged(sentence=number, **FLAG).judgements])
    assert outcome(verdict(answer)) == ("unverified", "verifier", None, "answer_malformed")


def test_an_answer_to_more_than_was_asked_is_none() -> None:
    count = MAX_ASKED + 8
    answer = Judgements(judgements=[judged(sentence=number + 1).judgements[0] for number in range(count)])
    verdicts = decide([SENTENCE] * count, [OPEN] * count, KNOWN, lambda *_: [], answer)
    assert {each.verdict for each in verdicts} == {"unverified"}
    answer = Judgements(judgements=answer.judgements[:MAX_ASKED])
    verdicts = decide([SENTENCE] * count, [OPEN] * count, KNOWN, lambda *_: [], answer)
    assert [each.reason for each in verdicts] == [None] * MAX_ASKED + ["not_answered"] * 8


def test_an_answer_about_a_sentence_that_the_rules_settled_spoils_the_others() -> None:
    answer = Judgements(judgements=[*judged().judgements, *judged(sentence=2).judgements])
    settled = Finding(lines=["R1.1"], how="verbatim")
    verdicts = decide([SENTENCE] * 2, [OPEN, settled], KNOWN, lambda *_: [], answer)
    assert [each.verdict for each in verdicts] == ["unverified", "supported"]


@pytest.mark.parametrize(
    ("span", "sentence"),
    [("led 12  people", SENTENCE), ("领导", "领导团队。"), ('"A"', "Won \u201cA\u201d."), ("it's", "Said it\u2019s.")],
)
def test_a_span_is_found_whatever_its_case_white_space_and_quotation_marks(span: str, sentence: str) -> None:
    flag = judged(**{**FLAG, "span": span})
    (given,) = decide([sentence], [OPEN], KNOWN, lambda *_: [], flag, flag)
    assert given.verdict == "unsupported"


def test_a_verifier_may_be_unsure_and_is_not_asked_again() -> None:
    unsure = judged(lines=[], span="Led", flaw="stronger_act", verdict="unsure")
    assert outcome(verdict(unsure)) == ("unverified", "verifier", None, "unsure")
    assert flagged(first(unsure)) == []


def first(answer: Judgements) -> list[Verdict]:
    return after_first([SENTENCE], [OPEN], KNOWN, lambda *_: [], answer)


def test_flagged_twice_is_unsupported_and_once_is_unverified() -> None:
    flag = judged(**FLAG)
    assert outcome(verdict(flag, flag)) == ("unsupported", "verifier", None, "stronger_act")
    assert outcome(verdict(flag)) == ("unverified", "verifier", None, "stronger_act")
    assert outcome(verdict(flag, judged())) == ("unverified", "verifier", None, "flagged_once")
    assert outcome(verdict(flag, judged(lines=[]))) == ("unverified", "verifier", None, "flagged_once")
    assert [flagged(first(each)) for each in (flag, judged(), judged(lines=[]))] == [[0], [], []]


def test_a_calculation_is_done_again() -> None:
    answer = judged(calculations=[SUM])
    assert outcome(verdict(answer)) == ("supported", "verifier", "derived", None)
    assert outcome(verdict(answer, right=False)) == ("unverified", "verifier", None, "calculation")
    assert outcome(verdict(answer, answer, right=False)) == ("unverified", "verifier", None, "calculation")
    assert outcome(verdict(answer, answer, right=None)) == ("unverified", "verifier", None, "calculation")


def test_an_objection_of_the_rules_demotes_and_never_removes() -> None:
    objection = Finding(doubt="quantity", objections=["12 people"])
    assert outcome(verdict(judged(), finding=objection)) == ("unverified", "rules", None, "quantity")
    assert outcome(verdict(judged(calculations=[SUM]), finding=objection)) == ("supported", "verifier", "derived", None)
    assert outcome(verdict(None, finding=objection)) == ("unverified", "rules", None, "quantity")
    more = Finding(doubt="quantity", objections=["12 people", "3 shops"])
    assert outcome(verdict(judged(calculations=[SUM]), finding=more)) == ("unverified", "rules", None, "quantity")
    both = Finding(doubt="quantity", objections=["12 people"], names=["COBOL"])
    assert outcome(verdict(judged(calculations=[SUM]), finding=both)) == ("unverified", "rules", None, "name")
    name = Finding(doubt="name", names=["12"])
    assert outcome(verdict(judged(calculations=[SUM]), finding=name)) == ("unverified", "rules", None, "name")


def test_the_evidence_comes_before_the_verdict() -> None:
    fields = list(Judgement.model_fields)
    assert fields.index("lines") < fields.index("calculations") < fields.index("span") < fields.index("verdict")
    assert fields[-1] == "verdict"

"""The report as a document: the same facts as `Report`, in the order in which somebody reads them on paper.

It is set by the writers of résumés, which show sections of paragraphs, lists and entries.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from functions._shared.domain.documents.sections import Block, Entry, Group, Section
from functions._shared.domain.documents.view import build_view
from functions._shared.domain.documents.visible import clean
from functions._shared.domain.resume.content import ResumeContent
from functions.interview.rubric import rubric
from functions.interview.tongue import words_of

if TYPE_CHECKING:
    from functions._shared.domain.documents.view import ResumeView
    from functions.interview.schemas.feedback import Feedback
    from functions.interview.schemas.results import Answer, Exchange, Report
    from functions.interview.tongue import Words

_DESIGN: Final[dict[str, Any]] = {
    "paper": "a4",
    "fonts": {"heading": "Source Sans 3", "body": "Source Sans 3", "fallback": "sans", "size": 10.5},
    "colors": {"primary": "#1f4e79", "secondary": "#44546a", "text": "#1f2933", "muted": "#5b6773"},
    "spacing": {"margins": 62, "lineHeight": 1.3, "sectionGap": 14, "itemGap": 9},
    "skills": "lines",
}


def report_view(report: Report) -> ResumeView:
    """Lay out a report."""
    words = words_of(report.interview.language)
    title = ": ".join(part for part in (words.report["title"], _line(report.interview.title or "")) if part)
    parts = [
        Section("feedback", words.report["summary"], blocks=_paragraphs(report.feedback)),
        Section("scores", words.report["scores"], groups=_scores(report, words)),
        Section("strengths", words.report["strengths"], blocks=_list(report.strengths)),
        Section("improvements", words.report["improvements"], blocks=_list(report.improvements)),
        Section("steps", words.report["next_steps"], blocks=_list(report.next_steps)),
        Section(
            "questions",
            words.report["questions"],
            entries=[_exchange(each, words) for each in report.interview.exchanges],
        ),
    ]
    view = build_view(ResumeContent(), _DESIGN, language=report.interview.language)
    return replace(
        view,
        title=title,
        name=title,
        headline=_headline(report, words),
        sections=[each for each in parts if each.blocks or each.groups or each.entries],
    )


def _headline(report: Report, words: Words) -> str:
    interview = report.interview
    done = interview.completed_at or interview.started_at
    parts = [
        words.report["score"].format(score=report.score) if report.score is not None else "",
        words.report["answered"].format(done=interview.questions_answered, total=interview.total_questions),
        words.report["minutes"].format(minutes=max(1, round(report.duration_seconds / 60))),
        interview.interviewer.name if interview.interviewer else "",
        done.date().isoformat(),
    ]
    return " · ".join(part for part in parts if part)


def _scores(report: Report, words: Words) -> list[Group]:
    return [
        Group(each.name, [f"{words.report['of_5'].format(score=f'{each.score:g}')}. {_line(each.advice)}"])
        for each in report.dimensions
    ]


def _exchange(exchange: Exchange, words: Words) -> Entry:
    question = exchange.question
    best = next((each for each in exchange.answers if each.counts), None)
    about = [words.kinds[question.kind]]
    if best and best.feedback.score is not None:
        about.append(words.report["score"].format(score=best.feedback.score))
    if len(exchange.answers) > 1:
        about.append(words.report["tries"].format(count=len(exchange.answers)))
    blocks = _answer(best, words) if best else [Block((words.report["no_answer"],))]
    return Entry(f"{question.number}. {_line(question.text)}", note=" · ".join(about), blocks=blocks)


def _answer(answer: Answer, words: Words) -> list[Block]:
    feedback = answer.feedback
    return [
        *_paragraphs(f"“{clean(answer.text)}”"),
        *_list([*_dimensions(feedback, words), *_findings(feedback)]),
        Block((f"{words.report['advice']}: {_line(feedback.text)}",)),
    ]


def _dimensions(feedback: Feedback, words: Words) -> list[str]:
    names = {each.key: each.name for each in rubric()}
    return [
        f"{names[each.dimension]}, {words.report['of_5'].format(score=each.score)}"
        + (f": “{_line(each.quote)}”" if each.quote else "")
        + (f" {_line(each.reason)}" if each.reason else "")
        for each in feedback.dimensions
    ]


def _findings(feedback: Feedback) -> list[str]:
    return [_line(each.message) for each in feedback.findings if each.message not in feedback.text]


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _paragraphs(text: str) -> list[Block]:
    return [Block((_line(part),)) for part in clean(text).split("\n") if part.strip()]


def _list(texts: list[str]) -> list[Block]:
    shown = tuple(line for each in texts if (line := _line(each)))
    return [Block(shown, is_list=True)] if shown else []

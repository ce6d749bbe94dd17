"""How well machines can read a résumé file: every rule, applied to it.

The score is 100 minus the points of each failed rule, not below 0; if a blocker fails, it is at most ``CAP``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from functions._shared.domain.documents.facts import FileFacts
from functions._shared.domain.errors import DocumentDamaged, DocumentEncrypted, DocumentTypeUnsupported
from functions.ats_scan import schemas
from functions.ats_scan.rules import content, file, layout, letters
from functions.ats_scan.rules.layout import mixed_rows
from functions.ats_scan.rules.rule import CAP, POINTS, Rule, Subject

if TYPE_CHECKING:
    from functions._shared.domain.documents.form import Document
    from functions._shared.domain.errors import DocumentUnreadable
    from functions._shared.domain.resume.content import ResumeContent

RULES: Final[tuple[Rule, ...]] = (*file.RULES, *letters.RULES, *layout.RULES, *content.RULES)
SHOWN: Final = 5
"""Places of a finding that are shown."""
MAX_TEXT: Final = 300
"""Characters of a place that are shown."""


def parseability(facts: FileFacts, document: Document | None, resume: ResumeContent | None) -> schemas.Parseability:
    """Apply the rules to a file.

    Parameters
    ----------
    facts : FileFacts
        What the file is.
    document : Document or None
        Its text; None if it could not be read.
    resume : ResumeContent or None
        What a reader of résumés got out of it.
    """
    subject = Subject(facts, document, resume)
    results = [_result(rule, subject) for rule in RULES]
    lost = sum(each.points for each in results)
    cap = CAP if any(each.severity == "blocker" and each.status == "fail" for each in results) else 100
    return schemas.Parseability(
        score=min(cap, max(0, 100 - lost)),
        cap=cap,
        rules=results,
        stream=[schemas.Spot(page=line.page + 1, text=_readable(line.text)) for line in subject.lines],
        rows=[schemas.Spot(page=row.page + 1, text=_readable(row.text)) for row in subject.rows],
        differences=[
            schemas.Difference(
                page=row.page + 1, row=_readable(row.text), stream=[_readable(line.text) for line in row.lines]
            )
            for row in mixed_rows(subject)
        ],
    )


def refused(error: DocumentUnreadable, size: int) -> FileFacts:
    """Return the facts about a file that the reader refused."""
    if isinstance(error, DocumentTypeUnsupported):
        return FileFacts(str(error.extra.get("found") or "unknown"), size)
    return FileFacts(
        "pdf", size, encrypted=isinstance(error, DocumentEncrypted), damaged=isinstance(error, DocumentDamaged)
    )


def _result(rule: Rule, subject: Subject) -> schemas.RuleResult:
    found = rule.check(subject)
    status: Literal["pass", "fail", "unknown"] = "unknown" if found is None else "fail" if found else "pass"
    return schemas.RuleResult(
        id=rule.id,
        title=rule.title,
        status=status,
        severity=rule.severity,
        points=POINTS[rule.severity] if found else 0,
        evidence=[
            schemas.Spot(page=each.page + 1, text=_readable(each.text)[:MAX_TEXT]) for each in (found or ())[:SHOWN]
        ],
        reason=rule.reason,
        next_step=rule.next_step if found else "Nothing to do." if found is not None else _not_examined(rule, subject),
        source=schemas.Source(level=rule.source.level, name=rule.source.name, url=rule.source.url),
    )


def _readable(text: str) -> str:
    """Return a text with the hyphens at the ends of lines, which PDF readers mark with U+FFFE."""
    return text.replace("\ufffe", "-")


def _not_examined(rule: Rule, subject: Subject) -> str:
    if not subject.document or not subject.lines:
        return "Not examined: the text could not be read."
    if rule in layout.RULES:
        return "Not applicable to this kind of file."
    return "Not examined: what the rule is about was not found."

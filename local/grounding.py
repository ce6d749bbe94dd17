"""Measures the check of generated texts on labelled cases: `python -m local.grounding CASES.jsonl`.

A line of the file is a case: ``{"id", "content": {…} | "content_file", "said": […], "today", "job": {"title",
"company", "description"}, "target": "/experience/0" | null, "text", "label": "faithful" | "invented" | "ambiguous",
"kind", "fact", "lang"}``. A content file is looked for beside the cases. ``target`` is the entry that the text belongs
to.

Every sentence of a case is checked. An invented case is a *false ok* if all of its sentences are supported. A faithful
case is *removed* if a sentence is unsupported, and *supported* if all are supported. *Coverage* is the share of cases
without an unverified sentence. Ambiguous cases count for nothing. Bounds are Wilson's, at 95 %.

There are two tiers: the rules alone, and the rules with a verifier. The verifier is a model (``--live``), or recorded
answers: ``--prompts DIR`` writes the questions to files, ``--answers DIR`` reads answers from files of the same names
(`local.recorded_verifier`). With both, only the questions without an answer are written, also those that ask again
about flagged sentences; without an answer to these, they are unverified. With ``--every``, the written questions ask
about every sentence, also those that the rules have settled.

The last line is one JSON object with the figures of each tier; ``verifier`` is null if nobody has judged.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import re
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from functions._shared.ai.lazy import close
from functions._shared.domain.errors import ModelError
from functions._shared.domain.grounding.check import Examination
from functions._shared.domain.grounding.evidence import evidence
from functions._shared.domain.resume.content import parse_content
from functions._shared.flows.entailment import Verification, verify
from functions._shared.ports.request import Deadline
from functions._shared.ports.verifier import Question
from local.recorded_verifier import RecordedVerifier, recorded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from functions._shared.domain.grounding.check import CheckedSentence
    from functions._shared.domain.metering import ModelCall
    from functions._shared.ports.verifier import Verifier

Z: Final = 1.959964
"""Of a normal distribution, for 95 %."""
AT_A_TIME: Final = 4
SECONDS: Final = 60.0
"""For the questions about a case."""
_ID: Final = re.compile(r"\w[\w .@+-]*")
LABELS: Final = ("faithful", "invented", "ambiguous")


class CaseError(Exception):
    """A case that cannot be read."""


@dataclass(frozen=True, slots=True)
class Result:
    """What the check made of a case.

    Parameters
    ----------
    id, label, kind, lang : str
        From the case.
    verdict : str
        That of its weakest sentence: ``unsupported``, else ``unverified``, else ``supported``.
    reason : str or None
        That of this sentence.
    """

    id: str
    label: str
    kind: str
    lang: str
    verdict: str
    reason: str | None = None


def wilson(hits: int, of: int) -> tuple[float, float]:
    """Return the bounds of a share at 95 %."""
    if not of:
        return 0.0, 1.0
    share = hits / of
    middle = share + Z * Z / (2 * of)
    room = Z * math.sqrt(share * (1 - share) / of + Z * Z / (4 * of * of))
    scale = 1 + Z * Z / of
    return max(0.0, (middle - room) / scale), min(1.0, (middle + room) / scale)


def read(path: Path) -> list[dict[str, Any]]:
    """Read cases and the résumés that they name.

    Raises
    ------
    CaseError
        A line is not a case.
    """
    cases: list[dict[str, Any]] = []
    seen: set[str] = set()
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
            if "content" not in case:
                case["content"] = json.loads((path.parent / case["content_file"]).read_text())
            if case["label"] not in LABELS or not isinstance(case["text"], str):
                raise CaseError(f"{path}:{number}: label or text")
            date.fromisoformat(case["today"])
            case["id"] = str(case.get("id", number))
            if not _ID.fullmatch(case["id"]):
                raise CaseError(f"{path}:{number}: an id is a file's name")
        except (ValueError, KeyError, TypeError, OSError) as error:
            raise CaseError(f"{path}:{number}: {type(error).__name__}: {error}") from error
        if case["id"] in seen:
            raise CaseError(f"{path}:{number}: there is another case {case['id']}")
        seen.add(case["id"])
        cases.append(case)
    return cases


def examine(case: dict[str, Any]) -> Examination:
    """Write the source of a case as lines, and see what the rules make of its sentences."""
    job = case.get("job") or {}
    source = evidence(
        parse_content(case["content"]),
        today=date.fromisoformat(case["today"]),
        said=case.get("said") or (),
        entry=case.get("target") or "",
        target=[job[key] for key in ("title", "company") if job.get(key)],
    )
    return Examination([case["text"]], source)


def by_rules(case: dict[str, Any]) -> Result:
    """Check a case by rules alone."""
    return _result(case, examine(case).sentences_with())


def _result(case: dict[str, Any], sentences: Sequence[CheckedSentence]) -> Result:
    order = ("unsupported", "unverified", "supported")
    worst = min(sentences, key=lambda each: order.index(each.verdict), default=None)
    verdict, reason = (worst.verdict, worst.reason) if worst else ("supported", None)
    return Result(case["id"], case["label"], case.get("kind") or "-", case.get("lang") or "-", verdict, reason)


async def by_verifier(
    cases: Sequence[dict[str, Any]], verifier_of: Callable[[str], Verifier], *, every: bool = False
) -> tuple[list[Result], list[ModelCall]]:
    """Check cases with a verifier, some at a time; with ``every``, it also sees the cases that rules have settled."""
    turns = asyncio.Semaphore(AT_A_TIME)
    calls: list[ModelCall] = []

    async def check(case: dict[str, Any]) -> Result:
        examination, verifier = examine(case), verifier_of(case["id"])
        async with turns:
            if every and not examination.open:
                with suppress(ModelError):
                    await verifier.judge(Question(examination.source, examination.sentences, ()), timeout=SECONDS)
            answers = await verify(
                examination,
                Verification(verifier),
                writer=None,
                user_id=None,
                time_left=Deadline.after(SECONDS).remaining,
                record=lambda *made: calls.extend(made),
            )
        return _result(case, examination.sentences_with(answers.first, answers.again))

    return list(await asyncio.gather(*map(check, cases))), calls


async def by_live_verifier(cases: Sequence[dict[str, Any]]) -> list[Result]:
    """Check cases with the configured provider.

    Raises
    ------
    CaseError
        No provider is configured.
    """
    from functions._shared import wiring
    from functions._shared.settings import MissingSetting

    try:
        verifier = wiring.verification().verifier
    except MissingSetting:
        verifier = None
    if verifier is None:
        raise CaseError("There is no verifier: set the API key of a provider, and RESUMEBASE_VERIFIER not to off.")
    results, calls = await by_verifier(cases, lambda _: verifier)
    await close(verifier)
    tokens = sum(call.input_tokens for call in calls), sum(call.output_tokens for call in calls)
    cost = sum((call.estimated_cost or Decimal(0) for call in calls), Decimal(0))
    failed = sum(call.response_summary.startswith("failed") for call in calls)
    names = ", ".join(sorted({f"{call.provider} {call.model}" for call in calls}))
    print(f"{len(calls)} calls of {names}, {failed} failed; {tokens[0]} tokens in, {tokens[1]} out, ${cost}")
    return results


def by_recorded_verifier(
    cases: Sequence[dict[str, Any]], questions: Path | None, answers: Path | None, *, every: bool
) -> list[Result] | None:
    """Check cases with recorded answers, and write the questions without one; None if there are no answers."""
    if questions is not None:
        questions.mkdir(parents=True, exist_ok=True)
    known = recorded(answers) if answers else None
    verifiers = {
        case["id"]: RecordedVerifier(case["id"], questions=questions, answers=known, every=every) for case in cases
    }
    results, _ = asyncio.run(by_verifier(cases, verifiers.__getitem__, every=every))
    missing = sum(len(each.missing) for each in verifiers.values())
    print(f"{missing} questions " + ("written" if questions else "without an answer"), file=sys.stderr)
    for name in [name for each in verifiers.values() for name in each.malformed]:
        print(f"{name}: the answer does not have the form of the schema", file=sys.stderr)
    return results if answers else None


def figures(results: Iterable[Result]) -> dict[str, tuple[int, int]]:
    """Count each figure: how many of how many."""
    judged = [each for each in results if each.label != "ambiguous"]
    faithful = [each for each in judged if each.label == "faithful"]
    invented = [each for each in judged if each.label == "invented"]
    return {
        "false_ok": (sum(each.verdict == "supported" for each in invented), len(invented)),
        "faithful_removed": (sum(each.verdict == "unsupported" for each in faithful), len(faithful)),
        "faithful_supported": (sum(each.verdict == "supported" for each in faithful), len(faithful)),
        "coverage": (sum(each.verdict != "unverified" for each in judged), len(judged)),
    }


def table(tier: str, results: Sequence[Result]) -> list[str]:
    """Write the figures of a tier: of all cases, by language and by class."""
    groups: list[tuple[str, Callable[[Result], str]]] = [
        ("all", lambda _: "all"), ("language", lambda each: each.lang), ("class", lambda each: each.kind),
    ]  # fmt: skip
    names = ("false_ok", "faithful_removed", "faithful_supported", "coverage")
    lines = [f"{tier:<28}" + "".join(f"{name.replace('_', ' '):>26}" for name in names)]
    for heading, key in groups:
        if heading != "all":
            lines.append(f"by {heading}")
        for name in sorted({key(each) for each in results}):
            found = figures(each for each in results if key(each) == name)
            lines.append(f"  {name[:26]:<26}" + "".join(f"{_share(*found[figure]):>26}" for figure in names))
    return lines


def summary(results: Iterable[Result]) -> dict[str, float | None]:
    """Return the figures of a tier; None where there are no cases."""
    return {name: round(hits / of, 4) if of else None for name, (hits, of) in figures(results).items()}


def _share(hits: int, of: int) -> str:
    if not of:
        return "-"
    low, high = wilson(hits, of)
    return f"{hits / of:.2f} [{low:.2f} {high:.2f}] of {of}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables and the summary; 2 if the cases cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m local.grounding", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("cases", type=Path, help="file with a labelled case per line")
    parser.add_argument("--prompts", type=Path, metavar="DIR", help="write the questions to a verifier to files")
    parser.add_argument("--every", action="store_true", help="let them ask about every sentence")
    parser.add_argument(
        "--answers", type=Path, metavar="PATH", help="read a verifier's answers, from a folder or a file of lines"
    )
    parser.add_argument("--live", action="store_true", help="ask the configured provider")
    parser.add_argument("--list", action="store_true", help="name the cases that count against a target")
    options = parser.parse_args(arguments)
    try:
        cases = read(options.cases)
    except (CaseError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    tiers: dict[str, list[Result] | None] = {"rules": [by_rules(case) for case in cases], "verifier": None}
    if options.live:
        try:
            tiers["verifier"] = asyncio.run(by_live_verifier(cases))
        except CaseError as error:
            print(error, file=sys.stderr)
            return 2
    elif options.prompts or options.answers:
        try:
            tiers["verifier"] = by_recorded_verifier(cases, options.prompts, options.answers, every=options.every)
        except (ValueError, OSError) as error:
            print(error, file=sys.stderr)
            return 2
    for tier, results in tiers.items():
        if results is not None:
            print("\n".join([*table(tier, results), *(_against_targets(tier, results) if options.list else ())]))
    print(json.dumps({tier: results and summary(results) for tier, results in tiers.items()}))
    return 0


def _against_targets(tier: str, results: Iterable[Result]) -> Iterator[str]:
    bad = {("invented", "supported"): "false ok", ("faithful", "unsupported"): "removed"}
    if tier == "verifier":
        bad[("faithful", "unverified")] = "unverified"
    for each in results:
        if wrong := bad.get((each.label, each.verdict)):
            yield f"{wrong:<12}{each.id} {each.reason or ''}".rstrip()


if __name__ == "__main__":
    sys.exit(main())

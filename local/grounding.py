"""Measures the check of generated texts on labelled cases: `python -m local.grounding CASES.jsonl`.

A line of the file is a case: ``{"id", "content": {…} | "content_file", "said": […], "today", "job": {"title",
"company", "description"}, "target": "/experience/0" | null, "text", "label": "faithful" | "invented" | "ambiguous",
"kind", "fact", "lang"}``. A content file is looked for beside the cases. ``target`` is the entry that the text belongs
to.

Every sentence of a case is checked. An invented case is a *false ok* if all of its sentences are supported. A faithful
case is *removed* if a sentence is unsupported, and *supported* if all are supported. *Coverage* is the share of cases
without an unverified sentence. Ambiguous cases count for nothing. Bounds are Wilson's, at 95 %.

The last line is one JSON object with the figures of each tier; ``verifier`` is null, because there is none yet.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from functions._shared.domain.grounding.check import check
from functions._shared.domain.grounding.evidence import evidence
from functions._shared.domain.resume.content import parse_content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Z: Final = 1.959964
"""Of a normal distribution, for 95 %."""
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
    """

    id: str
    label: str
    kind: str
    lang: str
    verdict: str


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
        except (ValueError, KeyError, TypeError, OSError) as error:
            raise CaseError(f"{path}:{number}: {type(error).__name__}: {error}") from error
        cases.append(case)
    return cases


def by_rules(case: dict[str, Any]) -> Result:
    """Check a case by rules alone."""
    job = case.get("job") or {}
    source = evidence(
        parse_content(case["content"]),
        today=date.fromisoformat(case["today"]),
        said=case.get("said") or (),
        entry=case.get("target") or "",
        target=[job[key] for key in ("title", "company") if job.get(key)],
    )
    verdicts = Counter(sentence.verdict for sentence in check([case["text"]], source))
    worst = next((each for each in ("unsupported", "unverified") if verdicts[each]), "supported")
    return Result(str(case.get("id")), case["label"], case.get("kind") or "-", case.get("lang") or "-", worst)


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
    parser.add_argument("--list", action="store_true", help="name the cases that count against a target")
    options = parser.parse_args(arguments)
    try:
        cases = read(options.cases)
    except (CaseError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    results = [by_rules(case) for case in cases]
    print("\n".join(table("rules", results)))
    if options.list:
        bad = {("invented", "supported"): "false ok", ("faithful", "unsupported"): "removed"}
        for each in results:
            if wrong := bad.get((each.label, each.verdict)):
                print(f"{wrong:<10}{each.id}")
    print(json.dumps({"rules": summary(results), "verifier": None}))
    return 0


if __name__ == "__main__":
    sys.exit(main())

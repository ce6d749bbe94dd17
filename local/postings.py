"""Measures the scan's coverage on labelled postings: `python -m local.postings FOLDER [--errors]`.

A file of the folder is a posting: ``{"lang", "title", "company", "posting", "requirements": [{"kind", "level",
"options", "min_years", "quote"}], "resumes": [{"content", "verdicts": [{"requirement", "verdict", "where"}]}]}``.

A requirement that was read is *right* if its label has the same kind, an option in common and a quote at the same
place; each label counts once. Skills and soft skills count as one kind, since the border is a matter of taste. *Level*
is the share of the right ones that are required or preferred as labelled. *Verdicts* are those about the labelled
requirements that were read: the share that is the same, and the share where found and variant count as one. Bounds are
Wilson's, at 95 %. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from functions._shared.coverage.compare import coverage
from functions._shared.coverage.folding import folded
from functions._shared.coverage.requirements import requirements
from functions._shared.domain.resume.content import parse_content
from local.grounding import wilson

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.coverage.asked import Requirement

TODAY: Final = date(2026, 11, 30)
"""Until when current jobs count."""
_MET: Final = frozenset({"found", "variant"})


@dataclass(slots=True)
class Tally:
    """Counts over all postings."""

    read: int = 0
    labelled: int = 0
    right: int = 0
    level: int = 0
    verdicts: int = 0
    same: int = 0
    alike: int = 0
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)


def measure(posting: dict[str, Any], name: str, tally: Tally) -> None:
    """Count what is right about one posting."""
    text = posting["posting"]
    read = requirements(text)
    labels = posting["requirements"]
    matched = _match(read, labels, text)
    tally.read += len(read)
    tally.labelled += len(labels)
    tally.right += len(matched)
    tally.level += sum(read[ours].level == labels[theirs]["level"] for theirs, ours in matched.items())
    for index, each in enumerate(read):
        if index not in matched.values():
            options = [option.text for option in each.options]
            tally.errors.append(f"{name}: extra {each.kind} {options} | {text[each.start : each.end]}")
    for index, label in enumerate(labels):
        if index not in matched:
            tally.errors.append(f"{name}: missed {label['kind']} {label['options']} | {label['quote']}")
        elif read[matched[index]].level != label["level"]:
            tally.errors.append(f"{name}: level {label['level']} {label['options']} | {label['quote']}")
    for number, resume in enumerate(posting["resumes"]):
        result = coverage(parse_content(resume["content"]), text, today=TODAY)
        for verdict in resume["verdicts"]:
            label = verdict["requirement"]
            if label not in matched:
                continue
            ours = result.findings[matched[label]]
            tally.verdicts += 1
            tally.same += ours.verdict == verdict["verdict"]
            alike = ours.verdict == verdict["verdict"] or {ours.verdict, verdict["verdict"]} == _MET
            tally.alike += alike
            tally.pairs[verdict["verdict"], ours.verdict] += 1
            if ours.verdict != verdict["verdict"]:
                told = f"{labels[label]['kind']} {labels[label]['options']} {verdict['where']}"
                mark = "verdict" if not alike else "shade"
                tally.errors.append(
                    f"{name}#{number}: {mark} {verdict['verdict']} -> {ours.verdict} {told} | {ours.where} {ours.note}"
                )


def _match(read: Sequence[Requirement], labels: Sequence[dict[str, Any]], text: str) -> dict[int, int]:
    pairs = [
        (_closeness(each, label, text), theirs, ours)
        for theirs, label in enumerate(labels)
        for ours, each in enumerate(read)
    ]
    matched: dict[int, int] = {}
    for closeness, theirs, ours in sorted(pairs, key=lambda pair: -pair[0]):
        if closeness > 0 and theirs not in matched and ours not in matched.values():
            matched[theirs] = ours
    return matched


def _closeness(read: Requirement, label: dict[str, Any], text: str) -> float:
    kinds = {read.kind, label["kind"]}
    if len(kinds) > 1 and kinds != {"skill", "soft"}:
        return 0
    at = text.find(label["quote"])
    if at >= 0 and (read.end <= at or read.start >= at + len(label["quote"])):
        return 0
    if label["kind"] == "years" and label["min_years"] is not None and read.minimum != label["min_years"]:
        return 0
    ours = [_words(option.text) for option in read.options]
    theirs = [_words(option) for option in label["options"]]
    shared = sum(bool(one & other) for one in ours for other in theirs)
    if label["kind"] in {"degree", "years"} and (at >= 0 or label["min_years"] is not None):
        return 1 + shared
    return shared / max(len(ours), len(theirs), 1)


def _words(text: str) -> frozenset[str]:
    found = frozenset(word.strip(".,()")[:6].removesuffix("s") for word in folded(text).split())
    return found - {"a", "the", "of", "in", "and", "or", "with", "experience", "skill", "de", "to"}


def report(tally: Tally) -> dict[str, Any]:
    """Return the figures."""
    return {
        "precision": _share(tally.right, tally.read),
        "recall": _share(tally.right, tally.labelled),
        "level": _share(tally.level, tally.right),
        "verdicts": _share(tally.same, tally.verdicts),
        "met_or_not": _share(tally.alike, tally.verdicts),
    }


def _share(hits: int, of: int) -> dict[str, Any]:
    low, high = wilson(hits, of)
    return {
        "share": round(hits / of, 4) if of else None,
        "hits": hits,
        "of": of,
        "low": round(low, 4),
        "high": round(high, 4),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m local.postings", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", action="store_true", help="list what is wrong")
    options = parser.parse_args(arguments)
    tally = Tally()
    for path in sorted(options.folder.glob("*.json")):
        measure(json.loads(path.read_text()), path.stem, tally)
    if options.errors:
        print("\n".join(tally.errors))
    for (theirs, ours), count in sorted(tally.pairs.items()):
        print(f"labelled {theirs:8} read as {ours:8} {count:5}")
    print(json.dumps(report(tally)))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Measures import on labelled files: `python -m local.import_scores FOLDER…`.

Beside each file of a folder stands its truth, ``<name>.json`` (see ``tests/data/import/README.md``). Values are
compared exactly after normalising: case, punctuation and white space do not count; phone numbers are compared by
digits. Figures are F1 over the values of all files together, so that a missing value and a wrong one both cost; for
bullets they are the share that was found. Paragraphs of a job count as bullets.

The last line is one JSON object with the figures of all files, and of those with one and with two columns.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from local.resume_import import ENDINGS, read_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FIELDS: Final = (
    "name", "email", "phone", "title", "company", "start", "end", "institution", "degree", "edu_start", "edu_end",
    "bullets", "skills",
)  # fmt: skip
SHORTEST_PHONE: Final = 7
Values = dict[str, list[str]]


def normal(text: str) -> str:
    """Return a text as it is compared."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in text if unicodedata.category(letter)[0] in "LNM" or letter in "+#%")


def expected(truth: dict[str, Any]) -> Values:
    """Return the values that a file's truth has."""
    jobs, studies = truth.get("experience") or [], truth.get("education") or []
    return {
        "name": _some(truth.get("name")),
        "email": _some(truth.get("email")),
        "phone": [re.sub(r"\D", "", phone) for phone in _some(truth.get("phone"))],
        "title": _each(jobs, "title"),
        "company": _each(jobs, "company"),
        "start": _each(jobs, "start"),
        "end": _each(jobs, "end"),
        "institution": _each(studies, "institution"),
        "degree": [item["degree"] for item in studies if item.get("degree")],
        "edu_start": _each(studies, "start"),
        "edu_end": _each(studies, "end"),
        "bullets": [normal(bullet) for job in jobs for bullet in job.get("bullets") or []],
        "skills": [normal(skill) for skill in truth.get("skills") or []],
    }


def received(content: dict[str, Any]) -> Values:
    """Return the same values of imported content."""
    person = content.get("personalInfo") or {}
    jobs, studies = content.get("experience") or [], content.get("education") or []
    bullets = [
        normal(line) for job in jobs for line in [*job.get("bullets", []), *job.get("description", "").split("\n")]
    ]
    skills = content.get("skills") or {}
    return {
        "name": _some(person.get("name")),
        "email": _some(person.get("email")),
        "phone": [re.sub(r"\D", "", phone) for phone in _some(person.get("phone"))],
        "title": _each(jobs, "role"),
        "company": _each(jobs, "company"),
        "start": _each(jobs, "startDate"),
        "end": _each(jobs, "endDate"),
        "institution": _each(studies, "institution"),
        "degree": [f"{item.get('degree', '')} {item.get('area', '')}" for item in studies if item.get("degree")],
        "edu_start": _each(studies, "startDate"),
        "edu_end": _each(studies, "endDate"),
        "bullets": [bullet for bullet in bullets if bullet],
        "skills": [normal(skill) for skill in [*skills.get("technical", []), *skills.get("soft", [])]],
    }


def _some(value: str | None) -> list[str]:
    return [normal(value)] if value else []


def _each(items: Iterable[dict[str, Any]], key: str) -> list[str]:
    return [normal(item[key]) for item in items if item.get(key)]


class Score:
    """Counts of a field: right values, values that were given, values that are true."""

    def __init__(self) -> None:
        self.right = self.given = self.true = 0

    def add(self, truth: Sequence[str], given: Sequence[str], field: str) -> list[str]:
        """Compare the values of a file; return what differs."""
        rest = Counter(given)
        missing: list[str] = []
        for value in truth:
            match = (
                value
                if rest[value]
                else next((each for each in rest if rest[each] and _alike(value, each, field)), None)
            )
            if match is None:
                missing.append(value)
            else:
                rest[match] -= 1
                self.right += 1
        self.given += len(given)
        self.true += len(truth)
        return [f"- {value}" for value in missing] + [f"+ {value}" for value in rest.elements()]

    def figure(self, field: str) -> float:
        """Return F1, or for bullets the share that was found."""
        if field == "bullets":
            return self.right / self.true if self.true else 1.0
        return 2 * self.right / (self.given + self.true) if self.given + self.true else 1.0


def _alike(truth: str, given: str, field: str) -> bool:
    if field == "phone":
        return len(given) >= SHORTEST_PHONE and (truth.endswith(given) or given.endswith(truth))
    if field == "degree":
        # "BSc in Physics" is "BSc" and "Physics" in content: the words between them are not kept.
        return _words(truth) == _words(given)
    if field in {"start", "end", "edu_start", "edu_end"}:
        # A day is more than the truth asks for.
        return len(truth) == len("202001") and given.startswith(truth)
    return False


def _words(text: str) -> str:
    return normal(re.sub(r"\b(?:in|of|en|im|em|di|de|der)\b", " ", text.casefold()))


def files(folders: Iterable[Path]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield each file with its truth."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            truth = path.with_suffix(".json")
            if path.suffix in ENDINGS and path.suffix != ".json" and truth.exists():
                document = json.loads(truth.read_text())
                yield path, {**document, **document.get("truth", {})}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the figures."""
    parser = argparse.ArgumentParser(
        prog="python -m local.import_scores", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--list", action="store_true", help="print what differs")
    parser.add_argument("--only", help="a part of the files' names")
    options = parser.parse_args(arguments)
    scores: dict[str, dict[str, Score]] = defaultdict(lambda: {field: Score() for field in FIELDS})
    times: list[float] = []
    for path, truth in files(options.folders):
        if options.only and options.only not in path.name:
            continue
        result = read_file(path)
        times.append(result["ms"])
        given, true = received(result["content"] or {}), expected(truth)
        columns = "two_columns" if truth.get("columns", 1) > 1 else "one_column"
        differences = []
        for field in FIELDS:
            if field in truth.get("unscored", ()):
                continue
            differs = scores["all"][field].add(true[field], given[field], field)
            scores[columns][field].add(true[field], given[field], field)
            scores[path.suffix[1:]][field].add(true[field], given[field], field)
            differences += [f"    {field:<12}{each[:150]}" for each in differs if field != "bullets" or each[0] == "-"]
        if options.list:
            print(
                "\n".join(
                    [f"{path.name} {result['status']} {truth.get('language', '')} {result['ms']:.0f} ms", *differences]
                )
            )
    print(f"{'':<14}" + "".join(f"{field:>12}" for field in FIELDS))
    for name, fields in scores.items():
        print(f"{name:<14}" + "".join(f"{fields[field].figure(field):>12.3f}" for field in FIELDS))
    figures = {
        name: {field: round(fields[field].figure(field), 4) for field in FIELDS} for name, fields in scores.items()
    }
    print(json.dumps({"files": len(times), "ms": sorted(times)[len(times) // 2] if times else None, **figures}))
    return 0


if __name__ == "__main__":
    sys.exit(main())

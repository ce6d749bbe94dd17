"""Whether the rules are certain of a sentence: all of it is stated by clauses of one job, or by entries taken whole.

A sentence is read from left to right as parts. A part is what a line of prose states (`cover`); a value of an
entry with the words that present it ("skilled in", "worked as"); a date of an entry; or a duration. Parts hold together
only in ways that claim nothing more:

- what somebody did stands with values of that job alone, not with another job, a skill or a duration;
- an employer, a place or a date goes with the title beside it, if both are of one entry;
- a duration goes with the job beside it; with a title alone only if every job has that title; never with a skill.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from functions._shared.domain.grounding.cover import covers, equal
from functions._shared.domain.grounding.frames import (
    AS,
    CURRENT,
    FORMER,
    SINCE,
    TONE,
    WHERE,
    WHO,
    kinds,
)
from functions._shared.domain.grounding.index import Index
from functions._shared.domain.grounding.phrases import read
from functions._shared.domain.grounding.state import NO_TURN, State
from functions._shared.domain.grounding.times import Times
from functions._shared.domain.language.function_words import MEANS, language_of
from functions._shared.domain.language.lexemes import acts
from functions._shared.domain.language.tokens import telling

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from functions._shared.domain.grounding.evidence import Evidence, Label, Line
    from functions._shared.domain.grounding.phrases import Reading
    from functions._shared.domain.grounding.verdicts import How
    from functions._shared.domain.language.tokens import Token

_MOST_STEPS: Final = 300
"""Steps of the search in one sentence, and comparisons with a line; a sentence that takes more is left open."""
_MOST_WORDS: Final = 100
"""Words, figures and signs of a sentence that is read; a longer one is left open."""
_STEP: Final = 500
"""Comparisons of two words that count as a step more."""
_MOST_ADDED: Final = 4
"""Words that a part of a sentence may have more than the line that states it."""
_MOST_TEXT: Final = 4_000
"""Characters that are read to guess the language of a source."""


class Matcher:
    """Finds the lines that state a sentence with certainty.

    Parameters
    ----------
    source : Evidence
        The lines that count.
    answer : str, optional
        What is to be checked; a list of nouns does not show its language.
    """

    def __init__(self, source: Evidence, answer: str = "") -> None:
        self._source = source
        self._index = Index(source, language_of(f"{source.everything[:_MOST_TEXT]}\n{answer}"))

    def match(self, sentence: str) -> tuple[list[str], How] | None:
        """Return the ids of the lines, and how they state the sentence; None if the rules are not certain."""
        said = telling(sentence, self._index.language)
        while said and "break" in {said[0].kind, said[-1].kind}:
            said.pop(0 if said[0].kind == "break" else -1)
        if self._index.language == "japanese" and said and said[-1].kind == "preposition":
            said.pop()  # 経理を担当
        if not said or len(said) > _MOST_WORDS or not self._index.knows(said):
            return None
        found = _Reading(said, self._source, self._index).read()
        if found is None:
            return None
        lines = list(dict.fromkeys([*found.done, *found.lines]))
        if found.derived:
            return lines, "derived"
        return lines, "verbatim" if self._index.repeats(said, lines) else "paraphrase"


class _Reading(Times):
    def __init__(self, said: Sequence[Token], source: Evidence, index: Index) -> None:
        super().__init__(said, source, index)
        self._language = index.language
        self._steps = 0

    def read(self) -> State | None:
        """Read the sentence; None if it cannot be read."""
        return self._from(State())

    def _from(self, state: State) -> State | None:
        self._steps += 1
        if self._steps > _MOST_STEPS:
            return None
        if state.at == len(self._said):
            return state if self._holds(state) else None
        for following in self._next(state):
            if (end := self._from(following)) is not None:
                return end
        return None

    def _next(self, state: State) -> Iterator[State]:
        token = self._said[state.at]
        if token.kind == "break":
            if token.key == ";" and self._holds(state):
                yield State(at=state.at + 1, done=(*state.done, *state.lines), derived=state.derived)
            if state.lines or state.entry:
                goes_on = replace(state, at=state.at + 1, opens=False, linked=False)
                ends = token.key == ";"
                yield replace(goes_on, entry="", named=False, leads=False, bare=0) if ends else goes_on
            elif state.frame:
                yield replace(state, at=state.at + 1)
            if state.job and self._lasts(state.at + 1) and not state.prose and self._holds(state):
                yield State(at=state.at + 1, done=(*state.done, *state.lines), derived=state.derived)
            return
        if not state.frame and not state.since and (not state.opens or state.leads or self._acting(state)):
            yield from self._prose(state)
        yield from self._values(state)
        yield from self._durations(state)
        yield from self._turns(state)
        yield from self._fields(state)
        jobs = [] if state.lines or state.entry else [job for job in self._index.titles if job.startswith("R")]
        for entry in jobs or [state.entry]:  # "from 2019 to 2021 as a nurse"
            yield from self._dates(replace(state, entry=entry))
        yield from self._frames(state)

    def _acting(self, state: State) -> bool:
        """Tell whether an act of the job follows its title or employer: "a supervisor at Oak leading 24 people"."""
        token = self._said[state.at]
        return (
            state.entry[:1] in {"R", "V"}
            and bool(state.titles)
            and token.form.endswith("ing")
            and token.lexeme in acts(self._language)
        )

    def _prose(self, state: State) -> Iterator[State]:
        if self._said[state.at].key in AS or (state.at and self._said[state.at - 1].key in AS):
            return  # "As head of department, …" claims the title, whoever has it in the line
        for end, numbers in self._reaches(state.at):
            self._steps += 1
            if self._steps > _MOST_STEPS:
                return
            said = read(self._said[state.at : end], self._language)
            for number in sorted(numbers):
                yield from self._tells(state, said, number, end)

    def _tells(self, state: State, said: Reading, number: int, end: int) -> Iterator[State]:
        """Go on behind a part that a line of prose states."""
        line = self._index.prose[number]
        owner = line.id.partition(".")[0] if "." in line.id else line.id[0]
        if (state.prose and state.prose != owner) or (state.entry[:1] in {"R", "V"} and state.entry != owner):
            return
        entry = self._source.by_id.get(owner)
        if state.tense and (entry is None or entry.current != (state.tense == "current")):
            return
        if not self._goes_on(state, line):
            return
        for reading in self._index.readings(number):
            if len(said.told) > len(reading.told) + _MOST_ADDED:
                continue
            self._steps += 1 + len(said.told) * len(reading.told) // _STEP
            if self._steps > _MOST_STEPS:
                return
            covered, derived = covers(reading, said)
            if covered:
                yield replace(
                    state, at=end, lines=(*state.lines, line.id), prose=owner, entry=owner, tense="",
                    derived=state.derived or derived, opens=True, named=False, linked=False,
                )  # fmt: skip

    def _reaches(self, start: int) -> Iterator[tuple[int, set[int]]]:
        """Yield how far a line may state the sentence from here, the longest part first, and the lines that may."""
        numbers = set(range(len(self._index.prose)))
        ends: list[tuple[int, set[int]]] = []
        words = 0
        for position in range(start, len(self._said) + 1):
            token = self._said[position] if position < len(self._said) else None
            if words and (token is None or token.kind in {"break", "preposition"}):
                ends.append((position, numbers))
            if token is None:
                break
            if token.kind == "word":
                words += 1
                numbers = numbers & self._index.having(token)
                if not numbers:
                    break
        yield from reversed(ends)

    def _goes_on(self, state: State, line: Line) -> bool:
        """Tell whether an act may follow what was read: as its means or result only if one line tells both."""
        if not state.lines or not state.prose or state.lines[-1] == line.id:
            return not state.linked or self._said[state.at - 1].key in MEANS
        gerund = self._said[state.at].key.endswith("ing") and self._said[state.at - 1].form in {"", ","}
        return not state.linked and not gerund

    def _values(self, state: State) -> Iterator[State]:
        for label, line, words in self._index.values.get(self._said[state.at].lexeme, ()):
            end = self._end(state.at, len(words))
            taken = [token for token in self._said[state.at : end] if token.kind != "break"]
            if not equal(taken, words):
                end = self._loose(state.at, words) if label.loose else 0
            if not end or not self._fits(state, label, line):
                continue
            if label.text.endswith(".") and end < len(self._said) and self._said[end].key == ";":
                end += 1  # the full stop of "B.Sc."
            same_entry = state.entry == label.entry
            job = label.group == "job"
            yield replace(
                state, at=end, lines=(*state.lines, line.id), frame=frozenset(), tense="",
                opens=True, linked=False, entry=label.entry, named=label.names or (same_entry and state.named),
                leads=state.leads or not (label.names or (same_entry and state.named)),
                bare=0 if not label.names else max(1, state.bare + (not same_entry)),
                dates=state.dates if same_entry else 0,
                titles=(*state.titles, line.id) if job and label.names else state.titles,
                roles=(*state.roles, words) if job and label.names else state.roles,
                skills=state.skills or label.group == "skill",
                loose=state.loose or (label.group == "skill" and not state.frame and not state.entry.startswith("S")),
                places=state.places or (job and not label.names),
                lasting=self._settled(state.lasting, label),
                job=label.entry if job and label.entry[:1] in {"R", "V"} else state.job,
                turn=NO_TURN if job else state.turn,
            )  # fmt: skip

    def _loose(self, at: int, words: Sequence[Token]) -> int:
        """Return where the words of a value end that stand in another order, or 0."""
        left = [word.lexeme for word in words if word.kind != "preposition"]
        while left and at < len(self._said):
            token = self._said[at]
            if token.lexeme in left and token.kind in {"word", "figure"}:
                left.remove(token.lexeme)
            elif token.kind != "preposition":
                return 0
            at += 1
        return 0 if left else at

    def _end(self, at: int, left: int) -> int:
        """Return where so many words end; breaks among them are not counted."""
        while left and at < len(self._said):
            left -= self._said[at].kind != "break"
            at += 1
        return at

    def _fits(self, state: State, label: Label, line: Line) -> bool:
        """Tell whether a value may stand here."""
        if label.group == "target" and "target" not in state.frame and state.entry != "T":
            return False
        if state.lasting and label.group != "job":
            return False  # "9 years of experience in Python" is tenure of a skill, which nothing bears out
        if (
            state.since
            or (state.frame and label.group not in state.frame)
            or (state.bare > 1 and not label.names and self._said[state.at - 1].key != "(")
            or (state.turn[0] and label.group == "job" and not self._follows(state, label.entry))
        ):
            return False
        if state.tense and (label.group != "job" or line.current != (state.tense == "current") or line.id == "H"):
            return False
        if state.prose:
            return label.entry == state.prose and label.group == "job"
        return not state.entry or state.entry == label.entry or self._beside(state, label)

    def _beside(self, state: State, label: Label) -> bool:
        """Tell whether a value may stand beside a value of another entry."""
        if label.group in {"skill", "certificate", "language", "education"} and label.entry[0] != state.entry[0]:
            return not state.linked or state.entry[0] in "RHVS"
        if state.linked:
            return False
        if label.group == "other" and state.frame:
            return True
        if state.entry[0] == label.entry[0] or {state.entry[0], label.entry[0]} <= {"R", "H", "V"}:
            # Beside another entry of its kind, a value begins its own only with what the entry is.
            return label.names and state.named and not state.leads
        return label.names or label.group == "other"

    def _frames(self, state: State) -> Iterator[State]:
        token = self._said[state.at]
        key, after = token.key, state.at + 1
        if token.vital:
            yield from self._who(state)
            return
        if key in SINCE and (state.entry or not state.lines) and not state.since:
            yield replace(state, at=after, since=True)
        if key in TONE and not state.prose and (not state.lines or state.titles):
            yield replace(state, at=after, frame=frozenset() if state.lines else frozenset({"job"}))
        yield from self._tenses(state)
        groups = kinds(key, state.frame)
        if groups and (not state.opens or (state.named and not state.prose)):
            left = groups & state.frame if state.frame else groups
            if left:
                yield replace(state, at=after, frame=left, linked=False)
        before = self._source.by_id.get(state.entry)
        ends = state.at + 1 == len(self._said)
        if (state.opens or ends) and before and not groups.isdisjoint(label.group for label in before.labels):
            yield replace(state, at=after)  # "the AWS certificate"
        if token.kind == "preposition" and not state.since and not ends:
            yield replace(state, at=after, opens=False, linked=bool(state.entry) and not state.frame)

    def _tenses(self, state: State) -> Iterator[State]:
        key, after = self._said[state.at].key, state.at + 1
        for words, tense in ((CURRENT, "current"), (FORMER, "former")):
            if key in words and self._holds(state) and self._said[state.at - 1].kind == "break":
                yield State(at=after, done=(*state.done, *state.lines), derived=state.derived, tense=tense)
            if key in words and not state.tense and not state.prose:
                yield replace(state, at=after, tense=tense, entry="", named=False, opens=False, leads=False, bare=0)

    def _who(self, state: State) -> Iterator[State]:
        key = self._said[state.at].key
        if not state.prose and ((key in WHO and state.titles) or (key in WHERE and state.places)):
            yield replace(state, at=state.at + 1, opens=False, linked=False)

"""How dates and durations are read in a sentence, and jobs that follow each other; `match` reads everything else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from functions._shared.domain.grounding.derivation import lasts
from functions._shared.domain.grounding.frames import AFTER, AS, EXPERIENCE, SETTINGS, SINCE, THEN
from functions._shared.domain.grounding.state import NO_TURN, State
from functions._shared.domain.grounding.tenure import earned
from functions._shared.domain.language.quantities import DATE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from functions._shared.domain.grounding.evidence import Evidence, Label
    from functions._shared.domain.grounding.index import Index
    from functions._shared.domain.language.tokens import Token


class Times:
    """Reads dates and durations.

    Parameters
    ----------
    said : sequence of Token
        The sentence.
    source : Evidence
        The lines that count.
    index : Index
        Their words.
    """

    def __init__(self, said: Sequence[Token], source: Evidence, index: Index) -> None:
        self._said, self._source, self._index = said, source, index

    def _holds(self, state: State) -> bool:
        """Tell whether a sentence that has been read to its end claims no more than its parts."""
        if not state.lines or state.since or state.frame or state.tense or state.turn[0]:
            return False
        if state.prose:
            jobs = {line.partition(".")[0] for line in state.lines if line[0] in "RV"}
            own = {*jobs, *state.titles} <= {state.prose, "H"}
            return own and not state.loose and state.lasting is None
        if state.places and (state.loose or state.lasting):
            return False
        return state.lasting is None or earned(state, self._source, self._index)

    def _fields(self, state: State) -> Iterator[State]:
        """Settle a duration by words of the title and the employer beside it: "seven years in maintenance"."""
        before = self._said[state.at - 1]
        if not state.lasting or state.titles or before.kind != "preposition" or before.key in AS:
            return
        for job, known in self._index.jobs.items():
            end = at = state.at
            while at < len(self._said) and (
                (self._said[at].kind == "word" and self._said[at].lexeme in known)
                or (self._said[at].kind == "preposition" and at > state.at)
                or (self._said[at].key in SETTINGS and at > state.at)
            ):
                at += 1
                end = at if self._said[at - 1].kind == "word" else end
            length = self._source.by_id.get(f"D{job[1:]}")
            asked = state.lasting.quantity
            fits = length and length.length and asked and lasts(asked, length.length)
            if end > state.at and fits and (not state.turn[0] or self._follows(state, job)):
                yield replace(
                    state, at=end, lines=(*state.lines, job, length.id if length else job), entry=job, job=job,
                    lasting=None, opens=True, linked=False, places=True, turn=NO_TURN,
                )  # fmt: skip

    def _settled(self, lasting: Token | None, label: Label) -> Token | None:
        """Settle a duration by the job that is named after it."""
        asked = lasting.quantity if lasting else None
        if asked is None or label.group != "job" or label.names or not label.entry.startswith("R"):
            return lasting
        line = self._source.by_id.get(f"D{label.entry[1:]}")
        return None if line and line.length and lasts(asked, line.length) else lasting

    def _durations(self, state: State) -> Iterator[State]:
        token = self._duration(state.at)
        quantity = token.quantity
        if quantity is None or quantity.unit != "months" or state.prose or state.lasting or state.skills:
            return
        end = state.at + 1
        if end < len(self._said) and self._said[end].key in EXPERIENCE:
            end += 1
        last = end == len(self._said)
        since = state.at > 0 and self._said[state.at - 1].key in SINCE
        if not last and not since and self._said[end].kind not in {"break", "preposition"}:
            return
        length = self._source.by_id.get(f"D{state.entry[1:]}") if state.entry.startswith("R") else None
        if state.places and length and length.length and lasts(quantity, length.length):
            yield replace(state, at=end, lines=(*state.lines, length.id), derived=True, opens=True)
        career = self._source.by_id.get("D0")
        lines = (*state.lines, "D0") if career else state.lines
        yield replace(state, at=end, lines=lines, derived=True, lasting=token, opens=True, entry=state.entry)

    def _lasts(self, at: int) -> bool:
        """Tell whether a duration stands here."""
        quantity = self._duration(at).quantity if at < len(self._said) else None
        return quantity is not None and quantity.unit == "months"

    def _duration(self, at: int) -> Token:
        """Return a token; a bare number as years where they were named before: "five years at Oak, two as a cook"."""
        token = self._said[at]
        quantity, after = token.quantity, self._said[at + 1 : at + 2]
        if quantity is None or quantity.kind != ("", "") or not after or after[0].kind != "preposition":
            return token
        if not any(each.quantity and each.quantity.unit == "months" for each in self._said[:at]):
            return token
        values, high = (frozenset(value * 12 for value in ends) for ends in (quantity.values, quantity.high))
        return replace(
            token, quantity=replace(quantity, unit="months", values=values, high=high, step=quantity.step * 12)
        )

    def _dates(self, state: State) -> Iterator[State]:
        quantity = self._said[state.at].quantity
        line = self._source.by_id.get(state.entry)
        if quantity is None or quantity.unit != DATE or line is None or quantity.bound or state.prose or state.bare > 1:
            return
        first, last = line.dates
        low, high = min(quantity.values), max(quantity.high)
        taken = replace(state, at=state.at + 1, since=False, opens=True, lines=(*state.lines, line.id))
        after = self._said[state.at + 1].key if state.at + 1 < len(self._said) else ""
        if after in SINCE and first and line.current and low <= first[0] and first[1] <= high:
            yield replace(taken, at=state.at + 2, dates=2)
        if state.since:
            if first and line.current and low <= first[0] and first[1] <= high:
                yield replace(taken, dates=2)
        elif high - low > 11:  # noqa: PLR2004 - more than one year
            if first and last and low // 12 == first[0] // 12 and high // 12 == last[1] // 12:
                yield replace(taken, dates=2)
        else:
            given = (first, last)[state.dates] if state.dates < 2 else None  # noqa: PLR2004 - start and end
            alone = line.id[0] in "CAB" and state.dates == 0
            if given and low <= given[0] and given[1] <= high and (state.dates or alone or self._range_begins(state)):
                yield replace(taken, dates=state.dates + 1)
            if line.id[0] == "E" and not state.dates and last and low <= last[0] and last[1] <= high:
                yield replace(taken, dates=2)

    def _range_begins(self, state: State) -> bool:
        """Tell whether a second date follows: "from 2017 to 2021"."""
        rest = self._said[state.at + 1 : state.at + 3]
        return (
            len(rest) > 1 and rest[0].kind == "preposition" and bool(rest[1].quantity and rest[1].quantity.unit == DATE)
        )

    def _turns(self, state: State) -> Iterator[State]:
        """Go on with an earlier or a later job: "eight years as a cook, after two at Oak"."""
        key = self._said[state.at].key
        ways = [way for way, words in ((-1, AFTER), (1, THEN)) if key in words]
        if ways and state.job and not state.prose and self._holds(state):
            yield State(
                at=state.at + 1, done=(*state.done, *state.lines), derived=state.derived, turn=(ways[0], state.job)
            )

    def _follows(self, state: State, entry: str) -> bool:
        """Tell whether a job stands in time where "after" or "then" puts it."""
        way, other = state.turn
        if not way or entry == other:
            return not way
        starts = [self._source.by_id[each].dates[0] for each in (other, entry)]
        first, second = starts if way > 0 else starts[::-1]
        return bool(first and second and first[1] <= second[0])

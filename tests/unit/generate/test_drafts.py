"""What a client hears of a text while it is written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from functions._shared.ports.model import Prompt
from functions.generate.drafts import Drafts
from functions.generate.plan import Outcome, Piece, Plan, TextDraft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.domain.language.unwanted_forms import Fault


def plan() -> Plan[TextDraft]:
    return Plan(
        prompt=Prompt("summary", "", "", {}),
        output=TextDraft,
        max_output_tokens=100,
        pieces=lambda draft: [Piece(draft.text)],
        finish=lambda delivery: Outcome(delivery.draft),
    )


def no_links(pieces: Sequence[Piece], _: Plan[Any]) -> Fault | None:
    return "link" if any("http" in each.text for each in pieces) else None


def hear(*answers: str, step: int = 3) -> list[tuple[str, Any]]:
    """The events of answers that grow by a few characters; the last one is the whole of it."""
    told: list[tuple[str, Any]] = []
    drafts = Drafts(plan(), lambda event, data: told.append((event, data)), no_links)
    for answer in answers:
        text = json.dumps({"text": answer})
        for end in range(step, len(text) + step, step):
            drafts.hear(text[:end])
    drafts.end(TextDraft(text=answers[-1]))
    return told


def test_only_whole_sentences_are_told_and_each_once() -> None:
    told = hear("One fact. Another fact! A third?")

    assert [data["text"] for _, data in told] == ["One fact. ", "Another fact! ", "A third?"]


def test_another_answer_takes_back_the_first() -> None:
    told = hear("One fact. Another fact. And", "One fact. But this. Is new.")

    assert [data.get("text", data.get("state")) for _, data in told] == [
        "One fact. ",
        "Another fact. ",
        "restarted",
        "One fact. But this. ",
        "Is new.",
    ]


def test_a_shorter_answer_takes_back_what_it_does_not_have() -> None:
    assert [event for event, _ in hear("One fact. Another fact. And", "One fact.")] == [
        "delta",
        "delta",
        "status",
        "delta",
    ]


def test_a_sentence_that_the_filter_stops_is_not_told_nor_what_follows() -> None:
    assert [data["text"] for _, data in hear("One fact. See http://evil.example now. Third fact.")] == ["One fact. "]


def test_without_a_stream_nothing_is_told() -> None:
    told: list[Any] = []
    Drafts(plan(), lambda *event: told.append(event), no_links).end(TextDraft(text="One fact."))
    assert told == []

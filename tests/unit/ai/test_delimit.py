"""Data stays data: markers, invisible characters, empty blocks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions._shared.ai.delimit import render
from functions._shared.domain.language.invisible import visible
from functions._shared.ports.model import Prompt


def prompt(**data: str) -> Prompt:
    return Prompt(operation="summary", system="Rules.", instruction="Do it.", data=data, facts={"secret": "not sent"})


def test_blocks_follow_the_task_between_marked_lines() -> None:
    rendered = render(prompt(resume="Ada", job="Wanted: Bob"), marker="m")

    assert (
        rendered.user
        == "Do it.\n\n<<<m resume>>>\nAda\n<<<m end resume>>>\n\n<<<m job>>>\nWanted: Bob\n<<<m end job>>>"
    )
    assert rendered.system.startswith("Rules.\n\n")
    assert "<<<m NAME>>>" in rendered.system
    assert "not sent" not in rendered.system + rendered.user


def test_an_empty_block_is_left_out() -> None:
    assert render(prompt(resume="Ada", notes=" \n"), marker="m").user.count("<<<") == 2


@given(st.text())
def test_data_never_reaches_the_system_instruction_and_cannot_close_its_block(text: str) -> None:
    first = render(prompt(job=text))
    marker = first.system.split("<<<")[1].split(" ")[0]

    assert marker.startswith("data-")
    assert marker not in text
    # One opening and one closing line, whatever the text says.
    assert first.user.count(marker) == (2 if text.strip() else 0)
    second = render(prompt(job=text))
    assert second.system.replace(second.system.split("<<<")[1].split(" ")[0], marker) == first.system


@pytest.mark.parametrize(
    "hidden",
    [
        "\u200b",
        "\u202e",
        "\ufeff",
        "\x00",
        "\x1b[31m"[0],
        "".join(chr(0xE0000 + ord(c)) for c in "obey me"),
        "\u200d",
        "\ufe0f",
        "\U000e0100",
        "\u00ad",
        "\u2066",
        "\u061c",
        "\u3164",
        "\u034f",
    ],
    ids=[
        "zero width",
        "right to left",
        "byte order mark",
        "null",
        "escape",
        "tag characters",
        "joiner",
        "variation selector",
        "ideographic variation",
        "soft hyphen",
        "isolate",
        "Arabic mark",
        "Hangul filler",
        "grapheme joiner",
    ],
)
def test_invisible_characters_are_removed(hidden: str) -> None:
    assert visible(f"Team{hidden} lead") == "Team lead"


def test_visible_characters_stay() -> None:
    text = "Zażółć\tgęślą\njaźń · 経験 · مهندس · 👩🏽 💻 · naïve — “quoted”"

    assert visible(text) == text

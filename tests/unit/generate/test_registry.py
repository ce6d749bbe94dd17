"""The registry of operations: whoever changes the words of a prompt changes its version."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import get_args

import pytest

from functions._shared.ai import verifier_prompt
from functions.generate.operations import REGISTRY
from functions.generate.schemas import AnyRequest

RECORDED = Path(__file__).with_name("prompt_versions.json")
"""Of each prompt: its version and the hash of its words. Write the new pair here with the new words."""
WORDS = {slug: (operation.prompt_version, operation.instructions) for slug, operation in REGISTRY.items()} | {
    verifier_prompt.OPERATION: (
        verifier_prompt.VERSION,
        (verifier_prompt.SYSTEM, verifier_prompt.FIRST, verifier_prompt.AGAIN),
    )
}


def digest(words: tuple[str, ...]) -> str:
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:16]


def test_a_version_names_the_words_of_a_prompt() -> None:
    now = {name: [version, digest(words)] for name, (version, words) in WORDS.items()}

    assert now == json.loads(RECORDED.read_text())


@pytest.mark.parametrize("slug", REGISTRY)
def test_the_instructions_are_those_of_the_operation(slug: str) -> None:
    operation = REGISTRY[slug]

    assert operation.slug == slug
    assert operation.request in get_args(AnyRequest)
    assert all(operation.instructions)

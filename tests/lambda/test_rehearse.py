"""`python -m deploy.rehearse`: the functions of HEAD on a schema with one migration more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deploy import rehearse

if TYPE_CHECKING:
    import pytest


def test_old_code_works_on_an_expanded_schema() -> None:
    assert rehearse.rehearse("HEAD", ["alter table public.resumes add column mood text default 'calm'"]) == []


def test_old_code_breaks_on_a_contracted_schema_and_the_function_is_named() -> None:
    found = rehearse.rehearse("HEAD", ["drop function public.billing_catalogue cascade"])
    assert any("names public.billing_catalogue, which is gone" in each for each in found)
    assert any(each.startswith("smoke: billing/plans answers 5") for each in found)


def test_an_unknown_commit_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert rehearse.main(["no-such-commit"]) == 1
    assert "no-such-commit" in capsys.readouterr().err

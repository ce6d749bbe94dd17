"""`make smoke` on the local stack: green as it is, and red for what it is there to find."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import psycopg
import pytest

from deploy import catalogue, smoke, targets
from local.providers.server import Providers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local.stack import Stack


@pytest.fixture(scope="module")
def target(stack: Stack) -> targets.Target:
    # Loading the catalogue again is what each deployment does.
    assert catalogue.load(stack.database_url) == catalogue.fingerprint()
    # The address behind which the functions trust no header of a client, and the secrets of the local providers.
    return targets.of_environment(stack.url, {**stack.env(), **Providers(f"{stack.functions_url}/providers").env()})


@pytest.fixture
def odd_price(stack: Stack) -> Iterator[None]:
    with psycopg.connect(stack.database_url, autocommit=True) as connection:
        connection.execute("update public.plan_prices set amount = 1 where slug = 'pro_monthly'")
        yield
        catalogue.load(stack.database_url)


def test_the_stack_does_what_it_must(target: targets.Target, capsys: pytest.CaptureFixture[str]) -> None:
    failed, told = smoke.run(target), capsys.readouterr().out
    assert failed == 0, told
    assert len([line for line in told.splitlines() if line.startswith("ok")]) == 9
    assert "razorpay unsigned 401, signed 200; stripe unsigned 401, signed 200" in told


def test_a_stage_without_streams_is_said_and_a_wrong_address_is_found(
    target: targets.Target, stack: Stack, capsys: pytest.CaptureFixture[str]
) -> None:
    assert smoke.run(target, only=("user",)) == 0
    assert "price told, also as a stream at 127.0.0.1, deleted" in capsys.readouterr().out
    assert smoke.run(replace(target, stream_url=""), only=("user",)) == 0
    assert "not as a stream: the stage has no StreamUrl" in capsys.readouterr().out
    assert smoke.run(replace(target, stream_url=f"{stack.url}/elsewhere"), only=("user",)) == 1
    assert "StreamUrl answers" in capsys.readouterr().out


@pytest.mark.usefixtures("odd_price")
def test_an_old_price_is_found(target: targets.Target, capsys: pytest.CaptureFixture[str]) -> None:
    assert smoke.run(target, only=("plans",)) == 1
    assert "on sale are" in capsys.readouterr().out


def test_edited_files_are_found(target: targets.Target, capsys: pytest.CaptureFixture[str]) -> None:
    assert smoke.run(replace(target, catalogue="a"), only=("plans",)) == 1
    capsys.readouterr()


@pytest.mark.parametrize(
    ("check", "secret"), [("hook", "AUTH_HOOK_SECRET"), ("cleanup", "CLEANUP_SECRET"), ("plans", "SUPABASE_SECRET_KEY")]
)
def test_a_wrong_secret_is_found(target: targets.Target, check: str, secret: str) -> None:
    wrong = "v1,whsec_" + "A" * 43 + "=" if secret == "AUTH_HOOK_SECRET" else "x" * 40
    assert smoke.run(replace(target, secrets={**target.secrets, secret: wrong}), only=(check,)) == 1


def test_a_foreign_issuer_is_found(target: targets.Target, capsys: pytest.CaptureFixture[str]) -> None:
    assert smoke.run(replace(target, issuer="https://other.example/auth/v1"), only=("user",)) == 1
    assert "expected from https://other.example" in capsys.readouterr().out


def test_loading_the_catalogue_deletes_nothing(stack: Stack, target: targets.Target) -> None:
    with psycopg.connect(stack.database_url, autocommit=True) as connection:
        connection.execute(
            "insert into public.plans (slug, name, rank, is_active) values ('legacy', 'Legacy', 999, true)"
        )
        for _ in range(2):
            catalogue.load(stack.database_url)
        kept = connection.execute("select is_active from public.plans where slug = 'legacy'").fetchone()
        assert kept == (False,)
        connection.execute("delete from public.plans where slug = 'legacy'")
    assert smoke.run(target, only=("plans",)) == 0

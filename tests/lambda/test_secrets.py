"""Secrets by reference, read with the real SDKs from a server with AWS's APIs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from functions._shared.adapters.aws.secrets import RETRY_AFTER, SecretReader, has_references
from functions._shared.domain.errors import SecretsUnavailable
from tests.fakes.tcp import Line

if TYPE_CHECKING:
    from collections.abc import Callable

    Client = Callable[[str], Any]

PARAMETER = "/resumebase/test/supabase-secret-key"
SECRET = "resumebase/test/webhook-secret"
ENVIRON = {
    "KEY": f"ssm:{PARAMETER}",
    "HOOK": f"secretsmanager:{SECRET}",
    "HOOK_PREVIOUS": f"secretsmanager:{SECRET}#AWSPREVIOUS",
    "PLAIN": "a:value",
}
ALWAYS = {"POWERTOOLS_PARAMETERS_MAX_AGE": "0"}


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def put(client: Client, value: str) -> None:
    client("ssm").put_parameter(Name=PARAMETER, Value=value, Type="SecureString", Overwrite=True)


def test_references_are_resolved_and_plain_values_returned(aws: Client) -> None:
    put(aws, "sb_secret_1")
    manager = aws("secretsmanager")
    manager.create_secret(Name=SECRET, SecretString="whsec_1")
    manager.put_secret_value(SecretId=SECRET, SecretString="whsec_2")
    read = SecretReader(ENVIRON)
    assert {name: read(name) for name in [*ENVIRON, "MISSING"]} == {
        "KEY": "sb_secret_1",
        "HOOK": "whsec_2",
        "HOOK_PREVIOUS": "whsec_1",
        "PLAIN": "a:value",
        "MISSING": None,
    }


def test_a_binary_secret_is_text(aws: Client) -> None:
    aws("secretsmanager").create_secret(Name=SECRET, SecretBinary="é".encode())
    assert SecretReader(ENVIRON)("HOOK") == "é"


def test_a_missing_secret_is_none_and_is_not_requested_every_time(aws: Client) -> None:
    clock = Clock()
    aws("secretsmanager").create_secret(Name=SECRET, SecretString="whsec_1")
    read = SecretReader(ENVIRON, clock)
    assert (read("KEY"), read("HOOK_PREVIOUS")) == (None, None)
    put(aws, "came later")
    assert read("KEY") is None
    clock.now += 301
    assert read("KEY") == "came later"


def test_one_call_reads_all_parameters(aws: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    environ = {f"KEY_{n}": f"ssm:/resumebase/test/key-{n}" for n in range(8)}
    for n in range(7):
        aws("ssm").put_parameter(Name=f"/resumebase/test/key-{n}", Value=f"value {n}", Type="SecureString")
    clock = Clock()
    with Line(os.environ["AWS_ENDPOINT_URL"]) as line:
        monkeypatch.setenv("AWS_ENDPOINT_URL", line.url)
        read = SecretReader(environ, clock)
        assert read("KEY_3") == "value 3"
        line.unplug()
        assert [read(name) for name in environ] == [*(f"value {n}" for n in range(7)), None]


def test_values_are_cached_and_rotations_are_counted(aws: Client) -> None:
    put(aws, "old")
    cached, fresh = SecretReader(ENVIRON), SecretReader(ENVIRON | ALWAYS)
    assert (cached("KEY"), fresh("KEY"), fresh.changes()) == ("old", "old", 0)
    put(aws, "new")
    assert (cached("KEY"), cached.changes()) == ("old", 0)
    assert (fresh.changes(), fresh("KEY"), fresh.changes()) == (1, "new", 1)


def test_during_an_outage_the_last_value_is_used(aws: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    put(aws, "known")
    clock = Clock()
    with Line(os.environ["AWS_ENDPOINT_URL"]) as line:
        monkeypatch.setenv("AWS_ENDPOINT_URL", line.url)
        read = SecretReader(ENVIRON | ALWAYS, clock)
        assert (read("KEY"), read("HOOK")) == ("known", None)
        line.unplug()
        clock.now += 1
        assert [read("KEY"), read("KEY"), read("HOOK"), read.changes()] == ["known", "known", None, 0]
        waits = read._not_before
        assert set(waits.values()) == {clock.now + RETRY_AFTER}
        clock.now += RETRY_AFTER
        assert read("KEY") == "known"


def test_a_secret_that_was_never_read_is_our_error(aws: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    put(aws, "known")
    with Line(os.environ["AWS_ENDPOINT_URL"]) as line:
        monkeypatch.setenv("AWS_ENDPOINT_URL", line.url)
        line.unplug()
        with pytest.raises(SecretsUnavailable):
            SecretReader(ENVIRON)("KEY")


def test_settings_without_references_need_no_aws() -> None:
    assert has_references(ENVIRON)
    assert not has_references({"PLAIN": "a:value", "URL": "https://x", "EMPTY": ""})

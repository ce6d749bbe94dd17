"""Secrets by reference, read by the real SDKs from a server that speaks AWS's APIs."""

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


def test_references_are_followed_and_values_are_themselves(aws: Client) -> None:
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


def test_what_does_not_exist_is_none_and_is_not_asked_for_at_every_request(aws: Client) -> None:
    clock = Clock()
    aws("secretsmanager").create_secret(Name=SECRET, SecretString="whsec_1")
    read = SecretReader(ENVIRON, clock)
    assert (read("KEY"), read("HOOK_PREVIOUS")) == (None, None)
    put(aws, "came later")
    assert read("KEY") is None
    clock.now += 301
    assert read("KEY") == "came later"


def test_a_value_is_kept_and_a_rotation_taken_up_and_counted(aws: Client) -> None:
    put(aws, "old")
    kept, asking = SecretReader(ENVIRON), SecretReader(ENVIRON | ALWAYS)
    assert (kept("KEY"), asking("KEY"), asking.changes()) == ("old", "old", 0)
    put(aws, "new")
    assert (kept("KEY"), kept.changes()) == ("old", 0)
    assert (asking.changes(), asking("KEY"), asking.changes()) == (1, "new", 1)


def test_an_outage_is_bridged_with_the_last_known_value(aws: Client, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_what_was_never_read_is_an_error_of_ours(aws: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    put(aws, "known")
    with Line(os.environ["AWS_ENDPOINT_URL"]) as line:
        monkeypatch.setenv("AWS_ENDPOINT_URL", line.url)
        line.unplug()
        with pytest.raises(SecretsUnavailable):
            SecretReader(ENVIRON)("KEY")


def test_who_has_no_reference_needs_no_aws() -> None:
    assert has_references(ENVIRON)
    assert not has_references({"PLAIN": "a:value", "URL": "https://x", "EMPTY": ""})

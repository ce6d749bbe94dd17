"""Idempotency keys, request hashes and dry runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions._shared.edge import Call
from functions._shared.edge.idempotency import request_hash
from functions._shared.ports.request import Deadline
from tests.unit.edge.sample import signed_in

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    Send = Callable[..., httpx.Response]


PAID, IDEMPOTENT = "", "/orders/5f0c9a0e-6a5c-4f57-9d1e-0a9b7f1c2d3e"
KEYED = pytest.mark.parametrize("path", [PAID, IDEMPOTENT], ids=["paid", "idempotent"])


def pay(send: Send, url: str = PAID, *, content: bytes = b'{"name": "x"}', **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return send("POST", url, content=content, headers={**signed_in(), "content-type": "application/json", **named})


@KEYED
@pytest.mark.parametrize("key", ["k", "a b", "~" * 255, "5f0c9a0e-6a5c", "!#$%&'*+-.^_`|~/\\\"{}"])
def test_the_clients_key_is_used_and_returned(send: Send, path: str, key: str) -> None:
    response = pay(send, path, idempotency_key=key)
    assert (response.json()["key"], response.headers["idempotency-key"]) == (key, key)


@KEYED
def test_a_new_key_is_generated_and_returned(send: Send, path: str) -> None:
    first, second = pay(send, path), pay(send, path)
    assert UUID(first.json()["key"]) != UUID(second.json()["key"])
    assert first.headers["idempotency-key"] == first.json()["key"]


@KEYED
def test_a_refusal_returns_the_key_too(send: Send, path: str) -> None:
    response = pay(send, path, content=b'{"name": "poor"}', idempotency_key="k")
    assert (response.status_code, response.headers["idempotency-key"]) == (402, "k")
    assert {name: response.json()[name] for name in ("balance", "cost")} == {"balance": 0, "cost": 1}
    fresh = pay(send, path, content=b'{"name": ""}').headers["idempotency-key"]
    assert str(UUID(fresh)) == fresh


@KEYED
@pytest.mark.parametrize("key", ["", "x" * 256, "é", "a\tb", "a\x7fb"])
def test_invalid_keys_are_refused(send: Send, path: str, key: str) -> None:
    response = send(
        "POST",
        path,
        json={"name": "x"},
        headers=[*signed_in().items(), ("idempotency-key", key.encode())],
    )
    assert (response.status_code, response.json()["code"]) == (422, "invalid_idempotency_key")


@KEYED
def test_two_keys_are_refused(send: Send, path: str) -> None:
    headers = [*signed_in().items(), ("idempotency-key", "a"), ("idempotency-key", "b")]
    response = send("POST", path, json={"name": "x"}, headers=headers)
    assert (response.status_code, response.json()["code"]) == (422, "invalid_idempotency_key")


def test_other_routes_do_not_read_a_key(send: Send) -> None:
    headers = [*signed_in().items(), ("idempotency-key", "a"), ("idempotency-key", "b")]
    response = send("GET", "/me", headers=headers)
    assert response.status_code == 200
    assert "idempotency-key" not in response.headers


def test_a_handler_cannot_use_a_key_that_its_route_does_not_declare() -> None:
    call: Call[None] = Call(
        body=None, raw=b"", query=None, path={}, headers={}, request_id="r", client_ip=None, deadline=Deadline(0)
    )
    with pytest.raises(RuntimeError, match="not declared as idempotent"):
        _ = call.idempotency


def test_an_idempotent_route_has_no_dry_run(send: Send) -> None:
    assert pay(send, IDEMPOTENT + "?dry_run=perhaps").status_code == 200


def test_a_paid_route_and_an_idempotent_route_hash_alike(send: Send) -> None:
    body = {"name": "x", "data": {"b": 1, "a": 2}}
    content = json.dumps(body).encode()
    assert pay(send, content=content).json()["hash"] == request_hash("sample", "/", body)
    assert pay(send, IDEMPOTENT, content=content).json()["hash"] == request_hash("sample", IDEMPOTENT, body)


def test_replays_are_marked(send: Send) -> None:
    assert pay(send, content=b'{"name": "again"}').headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in pay(send).headers


@pytest.mark.parametrize(
    ("query", "dry"), [("", False), ("?dry_run=true", True), ("?dry_run=1", True), ("?dry_run=False", False)]
)
def test_dry_run(send: Send, query: str, *, dry: bool) -> None:
    assert pay(send, query).json()["dry_run"] is dry


@pytest.mark.parametrize("query", ["?dry_run=yes", "?dry_run=", "?dry_run=true&dry_run=false"])
def test_an_ambiguous_dry_run_is_refused(send: Send, query: str) -> None:
    response = pay(send, query)
    assert (response.status_code, response.json()["errors"][0]["parameter"]) == (422, "dry_run")


def test_the_hash_ignores_json_formatting(send: Send) -> None:
    def digest(content: bytes) -> str:
        request_hash: str = pay(send, content=content).json()["hash"]
        return request_hash

    plain = digest(b'{"name": "x", "data": {"a": 1, "b": [1, 2]}}')
    assert plain == digest(b'{"data":{"b":[1,2],"a":1},\n"name":"\\u0078"}')
    different = {
        digest(b'{"name": "x", "data": {"a": 1, "b": [2, 1]}}'),
        digest(b'{"name": "x", "data": {"a": 1.0, "b": [1, 2]}}'),
        digest(b'{"name": "x", "data": {"a": true, "b": [1, 2]}}'),
        digest(b'{"name": "x", "data": {"a": "1", "b": [1, 2]}}'),
        digest(b'{"name": "x", "data": {"b": [1, 2]}}'),
    }
    assert len(different) == 5
    assert plain not in different


def test_the_hash_depends_on_function_and_path() -> None:
    hashes = {
        request_hash("generate", "/", {}),
        request_hash("generate", "/x", {}),
        request_hash("interview", "/", {}),
        request_hash("generate", "/", b""),
    }
    assert len(hashes) == 4
    assert all(len(digest) == 64 for digest in hashes)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(json_values, st.randoms(use_true_random=False))
def test_the_hash_ignores_key_order(value: Any, random: Any) -> None:
    def shuffled(node: Any) -> Any:
        if isinstance(node, dict):
            keys = list(node)
            random.shuffle(keys)
            return {key: shuffled(node[key]) for key in keys}
        return [shuffled(item) for item in node] if isinstance(node, list) else node

    assert request_hash("f", "/", value) == request_hash("f", "/", shuffled(value))

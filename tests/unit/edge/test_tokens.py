"""Token verification: valid and forged tokens of every kind, and the issuer's keys."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, ClassVar

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from functions._shared import wiring
from functions._shared.adapters.supabase import tokens
from functions._shared.adapters.supabase.tokens import KeySet, SupabaseTokenVerifier
from functions._shared.domain.errors import (
    DomainError,
    ExpiredToken,
    IdentityUnavailable,
    InvalidToken,
    MissingToken,
)
from functions._shared.edge.bearer import bearer_token
from functions._shared.settings import Settings
from tests.unit.edge.sample import SECRET, URL, USER, claims, make_app, token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Send = Callable[..., httpx.Response]

EC_KEY = ec.generate_private_key(ec.SECP256R1())
OTHER_EC_KEY = ec.generate_private_key(ec.SECP256R1())
P384_KEY = ec.generate_private_key(ec.SECP384R1())
RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_jwk(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, key_id: str, **more: Any) -> dict[str, Any]:
    if isinstance(key, rsa.RSAPrivateKey):
        jwk = RSAAlgorithm.to_jwk(key.public_key())
    else:
        jwk = ECAlgorithm.to_jwk(key.public_key())
    return {**json.loads(jwk), "kid": key_id, "use": "sig", **more}


JWKS = {
    "keys": [
        public_jwk(EC_KEY, "ec", alg="ES256"),
        public_jwk(RSA_KEY, "rsa", alg="RS256"),
        public_jwk(P384_KEY, "p384"),
        public_jwk(OTHER_EC_KEY, "for-encryption", use="enc"),
        {"kty": "oct", "kid": "oct", "k": base64.urlsafe_b64encode(SECRET.encode()).decode(), "alg": "HS256"},
        {"kty": "OKP", "crv": "Ed25519", "kid": "okp", "x": "AAAA"},
    ]
}


def sign(key: Any, algorithm: str, key_id: str | None, **changes: Any) -> str:
    headers = {} if key_id is None else {"kid": key_id}
    return jwt.encode(claims(**changes), key, algorithm, headers=headers)


def public_pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def unsigned(header: dict[str, Any], body: dict[str, Any], signature: bytes = b"") -> str:
    parts = (json.dumps(header).encode(), json.dumps(body).encode(), signature)
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)


def hmac_signed(secret: bytes, key_id: str = "") -> str:
    """Sign with HS256 and a secret that PyJWT refuses: a public key (the classic forgery), or an empty one."""
    head = unsigned({"alg": "HS256", "typ": "JWT", "kid": key_id}, claims()).rsplit(".", 1)[0]
    mac = hmac.new(secret, head.encode(), hashlib.sha256).digest()
    return f"{head}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"


def verify(presented: str, *, secret: str | None = SECRET, jwks: Any = JWKS) -> Any:
    async def fetch() -> Any:
        return jwks

    async def run() -> Any:
        keys = KeySet(fetch)
        verifier = SupabaseTokenVerifier(issuer=f"{URL}/auth/v1", audience="authenticated", secret=secret, keys=keys)
        return await verifier.verify(presented)

    return asyncio.run(run())


@pytest.mark.parametrize(
    "presented",
    [
        token(),
        token(aud=["other", "authenticated"]),
        sign(EC_KEY, "ES256", "ec"),
        sign(RSA_KEY, "RS256", "rsa"),
        sign(SECRET, "HS256", "whatever"),
    ],
)
def test_good_tokens(presented: str) -> None:
    caller = verify(presented)
    assert (caller.user_id, caller.token, caller.is_anonymous) == (USER, presented, False)
    assert presented not in repr(caller)


def test_a_small_clock_difference_is_tolerated() -> None:
    assert verify(token(exp=int(time.time()) - 2)).user_id == USER


def test_anonymous_sign_ins_are_users() -> None:
    assert verify(token(is_anonymous=True, email=None)).is_anonymous


def test_user_ids_are_canonical() -> None:
    assert verify(token(sub=USER.upper())).user_id == USER


FORGED = {
    "empty": "",
    "no jwt": "x",
    "publishable key": "sb_publishable_abcdefghijklmnopqrstuv",
    "three dots": "...",
    "no json": "eA.eA.eA",
    "alg none": unsigned({"alg": "none", "typ": "JWT"}, claims()),
    "alg None": unsigned({"alg": "None", "typ": "JWT"}, claims()),
    "alg missing": unsigned({"typ": "JWT"}, claims()),
    "alg list": unsigned({"alg": ["HS256"], "typ": "JWT"}, claims()),
    "kid object": unsigned({"alg": "ES256", "typ": "JWT", "kid": {}}, claims()),
    "signature cut off": token().rsplit(".", 1)[0] + ".",
    "signature of another": token().rsplit(".", 1)[0] + "." + token(sub="x").rsplit(".", 1)[1],
    "other secret": jwt.encode(claims(), SECRET[::-1], "HS256"),
    "other hmac": jwt.encode(claims(), SECRET * 2, "HS512"),
    "public RSA key as secret": hmac_signed(public_pem(RSA_KEY), "rsa"),
    "public EC key as secret": hmac_signed(public_pem(EC_KEY), "ec"),
    "other key under a known id": sign(OTHER_EC_KEY, "ES256", "ec"),
    "RSA signature under an EC id": sign(RSA_KEY, "RS256", "ec"),
    "EC signature under an RSA id": sign(EC_KEY, "ES256", "rsa"),
    "unknown id": sign(EC_KEY, "ES256", "nobody"),
    "no id": sign(EC_KEY, "ES256", None),
    "curve that is not accepted": sign(P384_KEY, "ES384", "p384"),
    "key for encryption": sign(OTHER_EC_KEY, "ES256", "for-encryption"),
    "RSA with another hash": sign(RSA_KEY, "RS512", "rsa"),
    "other issuer": token(iss="https://elsewhere.test/auth/v1"),
    "no issuer": token(iss=None),
    "other audience": token(aud="other"),
    "no audience": token(aud=None),
    "no expiry": token(exp=None),
    "not yet": token(nbf=int(time.time()) + 86400),
    "from the future": token(iat=int(time.time()) + 86400),
    "expiry is text": token(exp="soon"),
    "expiry is infinite": jwt.encode(claims(exp=float("inf")), SECRET, "HS256"),
    "no user": token(sub=None),
    "user is no uuid": token(sub="admin"),
    "service role": token(role="service_role"),
    "anon key": token(role="anon"),
    "no role": token(role=None),
    "deep header": base64.urlsafe_b64encode(b"[" * 8000).decode() + ".e30.e30",
}


@pytest.mark.parametrize("presented", FORGED.values(), ids=FORGED.keys())
def test_forged_tokens(presented: str) -> None:
    with pytest.raises(InvalidToken):
        verify(presented)


def test_expired() -> None:
    for presented in (token(exp=int(time.time()) - 60), sign(EC_KEY, "ES256", "ec", exp=1)):
        with pytest.raises(ExpiredToken):
            verify(presented)


def test_an_expired_forged_token_is_reported_as_forged() -> None:
    with pytest.raises(InvalidToken):
        verify(jwt.encode(claims(exp=1), SECRET[::-1], "HS256"))


def test_kinds_that_are_not_configured_are_refused() -> None:
    with pytest.raises(InvalidToken):
        verify(token(), secret=None)
    with pytest.raises(InvalidToken):  # an empty secret does not count
        verify(hmac_signed(b""), secret="")


def test_challenges(send: Send) -> None:
    def challenge(presented: str | None) -> tuple[int, str, str]:
        headers = {} if presented is None else {"authorization": presented}
        response = send("GET", "/me", headers=headers)
        return response.status_code, response.json()["code"], response.headers["www-authenticate"]

    assert challenge(None) == (401, "missing_token", 'Bearer realm="resumebase"')
    assert challenge("Bearer x") == (401, "invalid_token", 'Bearer realm="resumebase", error="invalid_token"')
    expired = challenge(f"Bearer {token(exp=1)}")
    assert expired[:2] == (401, "expired_token")
    assert 'error="invalid_token"' in expired[2]


@pytest.mark.parametrize(
    ("header", "refusal"),
    [
        ("", MissingToken),
        ("Bearer", MissingToken),
        ("Bearer ", MissingToken),
        ("Basic dTpw", MissingToken),
        ("Bearerx", InvalidToken),
        ("Bearer a b", InvalidToken),
        ("Bearer a, Bearer b", InvalidToken),
        ("Bearer " + "a" * 20_000, InvalidToken),
    ],
)
def test_authorization_headers(header: str, refusal: type[DomainError]) -> None:
    with pytest.raises(refusal):
        bearer_token({"authorization": header})
    assert bearer_token({"authorization": "bearer  abc "}) == "abc"


# -- the issuer's keys -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lasts", "seconds", "is_kept"), [(3600, 59, True), (3600, 61, False), (10, 14, True), (10, 16, False)]
)
def test_a_verified_token_is_kept_for_a_minute_or_until_it_expires(lasts: int, seconds: int, is_kept: bool) -> None:
    async def run() -> None:
        began = int(time.time())
        now = [float(began)]
        keys = [public_jwk(EC_KEY, "ec")]

        async def fetch() -> Any:
            return {"keys": keys}

        verifier = SupabaseTokenVerifier(
            issuer=f"{URL}/auth/v1",
            audience="authenticated",
            secret=None,
            keys=KeySet(fetch, clock=lambda: now[0]),
            clock=lambda: now[0],
        )
        presented = sign(EC_KEY, "ES256", "ec", exp=began + lasts)
        caller = await verifier.verify(presented)
        keys[:] = [public_jwk(OTHER_EC_KEY, "ec")]
        now[0] += KeySet.fresh_for + 1  # the key has changed, so that a second verification fails
        with pytest.raises(InvalidToken):
            await verifier.verify(sign(EC_KEY, "ES256", "ec", exp=began + 3601))
        now[0] = began + seconds
        if is_kept:
            assert await verifier.verify(presented) == caller
        else:
            with pytest.raises(InvalidToken):
                await verifier.verify(presented)

    asyncio.run(run())


def test_a_container_keeps_a_bounded_number_of_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "_KEPT", 2)

    async def run() -> None:
        verifier = SupabaseTokenVerifier(issuer=f"{URL}/auth/v1", audience="authenticated", secret=SECRET, keys=None)
        presented = [token(jti=str(n)) for n in range(3)]
        for one in presented:
            await verifier.verify(one)
        assert list(verifier._verified) == presented[1:]

    asyncio.run(run())


class Issuer:
    """A JWKS endpoint in memory that counts, fails and rotates, with its own clock."""

    def __init__(self) -> None:
        self.now = 1_000_000.0
        self.fetched = 0
        self.down = False
        self.document: Any = JWKS
        self.keys = KeySet(self.fetch, clock=lambda: self.now)

    async def fetch(self) -> Any:
        self.fetched += 1
        await asyncio.sleep(0)
        if self.down:
            raise httpx.ConnectError("down")
        return self.document

    async def knows(self, key_id: str) -> bool:
        return await self.keys.get(key_id) is not None


def test_keys_are_fetched_once_for_many_tokens() -> None:
    async def run() -> int:
        issuer = Issuer()
        assert all(await asyncio.gather(*(issuer.knows(("ec", "rsa")[i % 2]) for i in range(50))))
        return issuer.fetched

    assert asyncio.run(run()) == 1


def test_unknown_ids_do_not_hammer_the_issuer() -> None:
    async def run() -> None:
        issuer = Issuer()
        assert not any([await issuer.knows(f"made-up-{i}") for i in range(100)])
        assert issuer.fetched == 1
        issuer.now += KeySet.retry_after + 1
        assert not await issuer.knows("made-up")
        assert issuer.fetched == 2

    asyncio.run(run())


def test_a_rotated_key_is_found_and_a_revoked_key_is_dropped() -> None:
    async def run() -> None:
        issuer = Issuer()
        assert await issuer.knows("ec")
        issuer.document = {"keys": [public_jwk(OTHER_EC_KEY, "new")]}
        issuer.now += KeySet.retry_after + 1
        assert await issuer.knows("new")
        assert not await issuer.knows("ec")

    asyncio.run(run())


def test_keys_are_refreshed_and_outlive_an_outage_for_a_while() -> None:
    async def run() -> None:
        issuer = Issuer()
        assert await issuer.knows("ec")
        issuer.down = True
        issuer.now += KeySet.fresh_for + 1
        assert await issuer.knows("ec")
        assert issuer.fetched == 2
        issuer.now += KeySet.usable_for
        with pytest.raises(IdentityUnavailable):
            await issuer.keys.get("ec")
        issuer.down = False
        issuer.now += KeySet.retry_failed_after + 1
        assert await issuer.knows("ec")

    asyncio.run(run())


@pytest.mark.parametrize("document", [None, [], {}, {"keys": None}, {"keys": [{"kty": "EC"}]}, {"keys": "x"}])
def test_malformed_documents_are_an_outage_or_empty(document: Any) -> None:
    with pytest.raises((IdentityUnavailable, InvalidToken)):
        verify(sign(EC_KEY, "ES256", "ec"), jwks=document)


class _Endpoint(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    requests: ClassVar[list[str]] = []
    status: ClassVar[int] = 200

    def do_GET(self) -> None:
        self.requests.append(self.path)
        body = json.dumps(JWKS).encode()
        self.send_response(self.status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def issuer_url() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Endpoint)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    _Endpoint.requests.clear()
    _Endpoint.status = 200
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def ask_me(issuer_url: str, presented: str, times: int = 1) -> list[httpx.Response]:
    async def talk() -> list[httpx.Response]:
        transport = httpx.ASGITransport(make_app())
        async with httpx.AsyncClient(transport=transport, base_url="http://edge") as client:
            headers = {"authorization": f"Bearer {presented}"}
            return [await client.get("/functions/v1/sample/me", headers=headers) for _ in range(times)]

    with wiring.override(settings=Settings({"SUPABASE_URL": issuer_url})):
        return asyncio.run(talk())


def test_keys_over_the_wire_once_for_many_requests(issuer_url: str) -> None:
    presented = sign(EC_KEY, "ES256", "ec", iss=f"{issuer_url}/auth/v1")
    assert [response.json()["user_id"] for response in ask_me(issuer_url, presented, 3)] == [USER] * 3
    assert _Endpoint.requests == ["/auth/v1/.well-known/jwks.json"]


def test_an_issuer_outage_is_a_503_not_a_401(issuer_url: str) -> None:
    _Endpoint.status = 500
    presented = sign(EC_KEY, "ES256", "ec", iss=f"{issuer_url}/auth/v1")
    (response,) = ask_me(issuer_url, presented)
    assert (response.status_code, response.json()["code"]) == (503, "identity_unavailable")
    assert response.headers["retry-after"] == "2"

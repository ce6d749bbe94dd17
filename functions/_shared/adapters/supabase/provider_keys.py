"""Users' provider keys in Postgres, encrypted here with AES-256-GCM, so that the database never sees one.

The user and the provider are authenticated with the key, so a row that is copied to another user does not decrypt.
The cipher's key is derived from a secret that only the functions have. After a rotation, what the previous secret
encrypted is encrypted again when it is read.
"""

from __future__ import annotations

import hashlib
import os
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any, Final

from typing_extensions import override

from functions._shared import logs
from functions._shared.adapters.supabase.service import ServiceCalls
from functions._shared.domain.errors import DomainError
from functions._shared.domain.provider_keys import StoredKey
from functions._shared.ports.provider_keys import ProviderKeys

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import httpx

NONCE_BYTES: Final = 12
"""NIST SP 800-38D §8.2.2: random nonces of 96 bits, for far fewer than 2^32 keys."""
HINT: Final = 4
_PURPOSE: Final = b"provider keys v1"


class SupabaseProviderKeys(ServiceCalls, ProviderKeys):
    """Provider keys over PostgREST.

    Parameters
    ----------
    url, secret_key, client
        See `ServiceCalls`.
    secrets : sequence of str
        The current secret, then the previous one.
    """

    def __init__(self, url: str, secret_key: str, client: httpx.AsyncClient, secrets: Sequence[str]) -> None:
        super().__init__(url, secret_key, client)
        self._boxes = [_Box(secret) for secret in secrets]

    @override
    async def put(self, user_id: str, provider: str, key: str, *, tested: bool = False) -> StoredKey:
        answer = await self.call_object(
            "provider_key_put",
            p_user_id=user_id,
            p_provider=provider,
            **self._boxes[0].seal(user_id, provider, key),
            p_hint=key[-HINT:],
            p_tested=tested,
        )
        return StoredKey.model_validate(answer)

    @override
    async def read(self, user_id: str) -> Mapping[str, str]:
        keys: dict[str, str] = {}
        for row in await self._rows("provider_keys_read", user_id):
            provider, box = row["provider"], self._box(row["key_id"])
            key = box.open(user_id, row) if box else None
            if key is None:
                logs.logger().warning("provider_key_unreadable", extra={"provider": provider, "key_id": row["key_id"]})
                continue
            keys[provider] = key
            if box is not self._boxes[0]:
                await self._reseal(user_id, provider, key, row["key_id"])
        return keys

    @override
    async def hints(self, user_id: str) -> Sequence[StoredKey]:
        return [StoredKey.model_validate(row) for row in await self._rows("provider_keys_list", user_id)]

    @override
    async def delete(self, user_id: str, provider: str) -> bool:
        return await self.call("provider_key_delete", p_user_id=user_id, p_provider=provider) is True

    async def _rows(self, function: str, user_id: str) -> list[dict[str, Any]]:
        answer = await self.call(function, p_user_id=user_id)
        return answer if isinstance(answer, list) else []

    def _box(self, key_id: str) -> _Box | None:
        return next((box for box in self._boxes if box.key_id == key_id), None)

    async def _reseal(self, user_id: str, provider: str, key: str, old: str) -> None:
        sealed = self._boxes[0].seal(user_id, provider, key)
        try:
            await self.call("provider_key_reseal", p_user_id=user_id, p_provider=provider, **sealed, p_old_key_id=old)
        except DomainError as error:  # the previous secret still opens it; the next reader tries again
            logs.logger().warning("provider_key_not_resealed", extra={"code": error.code})


class _Box:
    """Encrypts and decrypts with the cipher key of one secret."""

    def __init__(self, secret: str) -> None:
        self._key = hashlib.blake2b(secret.encode(), digest_size=32, person=_PURPOSE).digest()
        self.key_id = hashlib.blake2b(self._key, digest_size=8, person=b"key id").hexdigest()

    def seal(self, user_id: str, provider: str, key: str) -> dict[str, Any]:
        """Return the arguments of the database function that store a key."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(NONCE_BYTES)
        sealed = AESGCM(self._key).encrypt(nonce, key.encode(), _owner(user_id, provider))
        return {
            "p_ciphertext": b64encode(sealed).decode(),
            "p_nonce": b64encode(nonce).decode(),
            "p_key_id": self.key_id,
        }

    def open(self, user_id: str, row: Mapping[str, str]) -> str | None:
        """Return the key of a row, or None if it was encrypted for another user, provider or secret."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        sealed, nonce = b64decode(row["ciphertext"]), b64decode(row["nonce"])
        try:
            return AESGCM(self._key).decrypt(nonce, sealed, _owner(user_id, row["provider"])).decode()
        except InvalidTag:
            return None


def _owner(user_id: str, provider: str) -> bytes:
    return f"{user_id}:{provider}".encode()

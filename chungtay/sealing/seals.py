"""Seals: each file of a person (a household, a citizen's contact) has a key of its own, which the workspace's key seals.

AES-256-GCM with a random nonce; what is sealed is bound to its owner and its use, so that a value moved to another row
does not open. Equal values are found by a keyed digest, which tells nothing to whoever has the database alone.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_NONCE = 12
_INDEX = 32  # hexadecimal digits: 128 bits


class DoesNotOpen(Exception):
    """The bytes were not sealed by this key, for this owner and use, or were changed."""


@dataclass(frozen=True, repr=False)
class WorkspaceKeys:
    """The two keys of a room in a workspace, 32 bytes each: one seals keys of owners, the other makes digests."""

    sealing: bytes
    digest: bytes

    @classmethod
    def of(cls, secret: bytes, room: str) -> "WorkspaceKeys":
        """Return both from one secret of 32 bytes; rooms share the secret and no key. Raises ValueError for another length."""
        if len(secret) != KEY_BYTES:
            raise ValueError(f"The key of the workspace has {KEY_BYTES} bytes, this has {len(secret)}")
        return cls(*(hmac.digest(secret, f"{room}/".encode() + use, "sha256") for use in (b"sealing", b"digest")))

    def new_key(self, owner: UUID) -> tuple["Seal", bytes]:
        """Return a new owner's seal, and its key sealed, as it is kept."""
        key = os.urandom(KEY_BYTES)
        return Seal(owner, key), _seal(self.sealing, key, owner, "key")

    def opened(self, owner: UUID, sealed: bytes) -> "Seal":
        """Return the seal of an owner from its kept key. Raises DoesNotOpen."""
        return Seal(owner, _open(self.sealing, sealed, owner, "key"))

    def index(self, use: str, value: str) -> str:
        """Return the digest by which equal values of a use are found, "" for nothing."""
        if not value:
            return ""
        return hmac.new(self.digest, f"{use}:{value}".encode(), hashlib.sha256).hexdigest()[:_INDEX]


@dataclass(frozen=True, repr=False)
class Seal:
    """The key of one owner, in hand."""

    owner: UUID
    key: bytes

    def seal(self, use: str, text: str) -> bytes:
        """Return the sealed text, nothing for nothing."""
        return _seal(self.key, text.encode(), self.owner, use) if text else b""

    def open(self, use: str, sealed: bytes | memoryview) -> str:
        """Return what was sealed. Raises DoesNotOpen."""
        return _open(self.key, bytes(sealed), self.owner, use).decode() if sealed else ""


def _seal(key: bytes, data: bytes, owner: UUID, use: str) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, owner.bytes + use.encode())


def _open(key: bytes, sealed: bytes, owner: UUID, use: str) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], owner.bytes + use.encode())
    except InvalidTag:
        raise DoesNotOpen(f"{use} of {owner}") from None

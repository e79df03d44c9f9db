"""Sealing of what identifies a person: each household has a key of its own, which the workspace's key seals. Pure.

AES-256-GCM with a random nonce; what is sealed is bound to its household and its use, so that a value moved to another row
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
    """The bytes were not sealed by this key, for this household and use, or were changed."""


@dataclass(frozen=True, repr=False)
class WorkspaceKeys:
    """The two keys of a workspace, 32 bytes each: one seals keys of households, the other makes digests."""

    sealing: bytes
    digest: bytes

    @classmethod
    def of(cls, secret: bytes) -> "WorkspaceKeys":
        """Return both from one secret of 32 bytes. Raises ValueError for another length."""
        if len(secret) != KEY_BYTES:
            raise ValueError(f"The key of households has {KEY_BYTES} bytes, this has {len(secret)}")
        return cls(*(hmac.digest(secret, b"households/" + use, "sha256") for use in (b"sealing", b"digest")))

    def new_key(self, household: UUID) -> tuple["HouseholdSeal", bytes]:
        """Return a new household's seal, and its key sealed, as it is kept."""
        key = os.urandom(KEY_BYTES)
        return HouseholdSeal(household, key), _seal(self.sealing, key, household, "key")

    def opened(self, household: UUID, sealed: bytes) -> "HouseholdSeal":
        """Return the seal of a household from its kept key. Raises DoesNotOpen."""
        return HouseholdSeal(household, _open(self.sealing, sealed, household, "key"))

    def index(self, use: str, value: str) -> str:
        """Return the digest by which equal values of a use are found, "" for nothing."""
        if not value:
            return ""
        return hmac.new(self.digest, f"{use}:{value}".encode(), hashlib.sha256).hexdigest()[:_INDEX]


@dataclass(frozen=True, repr=False)
class HouseholdSeal:
    """The key of one household, in hand."""

    household: UUID
    key: bytes

    def seal(self, use: str, text: str) -> bytes:
        """Return the sealed text, nothing for nothing."""
        return _seal(self.key, text.encode(), self.household, use) if text else b""

    def open(self, use: str, sealed: bytes | memoryview) -> str:
        """Return what was sealed. Raises DoesNotOpen."""
        return _open(self.key, bytes(sealed), self.household, use).decode() if sealed else ""


def _seal(key: bytes, data: bytes, household: UUID, use: str) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, household.bytes + use.encode())


def _open(key: bytes, sealed: bytes, household: UUID, use: str) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], household.bytes + use.encode())
    except InvalidTag:
        raise DoesNotOpen(f"{use} of {household}") from None

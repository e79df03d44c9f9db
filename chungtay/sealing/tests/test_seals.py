"""Rooms of one workspace share its secret and no key."""

from uuid import uuid4

import pytest

from chungtay.sealing.keys import FILE, KeyUnusable, keys_of
from chungtay.sealing.seals import DoesNotOpen, WorkspaceKeys


def test_what_one_room_sealed_no_other_opens() -> None:
    owner, secret = uuid4(), bytes(range(32))
    mine, theirs = WorkspaceKeys.of(secret, "households"), WorkspaceKeys.of(secret, "feedback")
    seal, kept = mine.new_key(owner)
    assert mine.opened(owner, kept) == seal
    with pytest.raises(DoesNotOpen):
        theirs.opened(owner, kept)
    assert mine.index("phone", "0907000111") != theirs.index("phone", "0907000111")


def test_the_key_is_made_once_and_anything_else_in_its_place_is_named(tmp_path, monkeypatch) -> None:
    monkeypatch.delenv("CHUNGTAY_HOUSEHOLD_KEY", raising=False)
    assert keys_of("feedback", tmp_path) == keys_of("feedback", tmp_path)
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / FILE).write_text("c2hvcnQ=")
    with pytest.raises(KeyUnusable, match="32 random bytes"):
        keys_of("feedback", tmp_path / "other")

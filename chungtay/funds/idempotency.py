"""The same request sent twice does its work once: a double click, a reload, a phone that tries again.

The key is made with the page and sent with its form. The first answer is kept; sending again gives that answer.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from chungtay.accounts.models import User
from chungtay.funds.models import KeptAnswer
from chungtay.kernel.errors import DomainError
from chungtay.kernel.text import datetime_text

Answer = dict[str, Any]


class SentOtherwise(DomainError):
    """The key was used for something else before."""


def body_hash(body: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what was sent, whatever the order of its fields."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()


def once(
    *, key: str, action: str, body: Mapping[str, Any], do: Callable[[], Answer], now: datetime, by: User
) -> Answer:
    """Return what `do` answers, done at most once for a person's key; a key of "" is nobody's and keeps nothing.

    The same key with the same action and body gives the first answer again. Raises SentOtherwise, and what `do` raises
    (then nothing is kept, and the key may be used again).
    """
    if not key:
        return do()
    sent = body_hash(body)
    try:
        with transaction.atomic():
            if (kept := _kept(key, action, sent, by)) is not None:
                return kept
            answer = do()
            KeptAnswer.objects.create(key=key, person=by, action=action, body_hash=sent, answer=answer, at=now)
            return answer
    except (IntegrityError, DomainError):
        # the same request may have been served while this one was at work
        if (kept := _kept(key, action, sent, by)) is not None:
            return kept
        raise


def _kept(key: str, action: str, sent: str, by: User) -> Answer | None:
    row = KeptAnswer.objects.filter(person=by, key=key).first()
    if row is None:
        return None
    if (row.action, row.body_hash) != (action, sent):
        raise SentOtherwise(
            f"Trang này đã được gửi lúc {datetime_text(row.at)} với nội dung khác và lần gửi đó đã được ghi. "
            "Hãy xem lại phần đã ghi; nếu đây là việc khác thì bấm lần nữa."
        )
    return dict(row.answer)

"""What other rooms and the daily run do with notices."""

from chungtay.notices.chaining import ChainMoved, set_chain
from chungtay.notices.digests import tell_due, write_digests
from chungtay.notices.outbox import CannotResend, resend, send_due
from chungtay.notices.reading import choose, mark_read
from chungtay.notices.telling import tell, tell_waiting

__all__ = [
    "CannotResend",
    "ChainMoved",
    "choose",
    "mark_read",
    "resend",
    "send_due",
    "set_chain",
    "tell",
    "tell_due",
    "tell_waiting",
    "write_digests",
]

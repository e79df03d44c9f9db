"""What other rooms and the daily run do with notices."""

from chungtay.notices.digests import tell_due, write_digests
from chungtay.notices.outbox import CannotResend, resend, send_due
from chungtay.notices.reading import choose, mark_read
from chungtay.notices.telling import tell

__all__ = ["CannotResend", "choose", "mark_read", "resend", "send_due", "tell", "tell_due", "write_digests"]

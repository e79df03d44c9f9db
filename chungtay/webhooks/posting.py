"""One message by HTTP to the machine that was looked at: its certificate is verified for the name, no redirect is followed, the whole
takes some seconds at most, and little of the answer is read.

The standard library does it: libraries of HTTP look a name up again by themselves, after it was judged.
"""

import http.client
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer

from chungtay.webhooks.addresses import Target

TO_CONNECT, TO_ANSWER, IN_ALL = 5.0, 10.0, 20.0  # seconds
MOST_READ = 4_096
ASKED_TO_WAIT = frozenset({429, 503})


class NotReached(Exception):
    """Nobody answered; the sentence says how."""


@dataclass(frozen=True)
class Answer:
    """What came back. wait: the seconds that the receiver asked to be left alone."""

    status: int
    body: bytes
    wait: int = 0


def post(target: Target, body: str, headers: Mapping[str, str]) -> Answer:
    """Send a message and return what was answered, whatever it is. Raises NotReached."""
    try:
        link = _linked(target)
    except TimeoutError:
        raise NotReached(f"Máy nhận không mở kết nối trong {TO_CONNECT:.0f} giây.") from None
    except ssl.SSLCertVerificationError as wrong:
        raise NotReached(f"Chứng thư TLS của máy nhận không đúng với tên máy: {wrong.verify_message}.") from None
    except (OSError, ValueError) as wrong:
        raise NotReached(f"Không kết nối được với máy nhận ({type(wrong).__name__}).") from None
    end = Timer(IN_ALL, _cut, [link])
    end.daemon = True
    end.start()
    try:
        return _asked(link, target, body, headers)
    except TimeoutError:
        raise NotReached(f"Máy nhận không trả lời trong {TO_ANSWER:.0f} giây.") from None
    except (OSError, http.client.HTTPException, ValueError) as wrong:
        raise NotReached(f"Mất kết nối trước khi có trả lời đọc được ({type(wrong).__name__}).") from None
    finally:
        end.cancel()
        with suppress(OSError):
            link.close()


def _linked(target: Target) -> socket.socket:
    bare = socket.create_connection((target.ip, target.port), timeout=TO_CONNECT)
    bare.settimeout(TO_ANSWER)
    if not target.is_tls:
        return bare
    try:
        return ssl.create_default_context().wrap_socket(bare, server_hostname=target.host)
    except BaseException:
        bare.close()
        raise


def _cut(link: socket.socket) -> None:
    """End a connection that takes its time letter by letter: a wait for the next letter alone would never end it."""
    with suppress(OSError):
        socket.socket.shutdown(link, socket.SHUT_RDWR)


def _asked(link: socket.socket, target: Target, body: str, headers: Mapping[str, str]) -> Answer:
    talk = http.client.HTTPConnection(target.host, target.port)
    talk.sock = link
    given = {"Host": target.named, "Content-Type": "application/json; charset=utf-8", "Connection": "close", **headers}
    talk.request("POST", target.path, body.encode(), given)
    answer = talk.getresponse()
    read = answer.read(MOST_READ)
    said = (answer.getheader("Retry-After") or "").strip()
    wait = int(said) if answer.status in ASKED_TO_WAIT and said.isascii() and said.isdigit() and len(said) < 7 else 0
    return Answer(answer.status, read, wait)

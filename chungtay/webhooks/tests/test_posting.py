"""The connection: to the machine that was looked at, verified for its name, never onward, never for long, never much."""

import time
from pathlib import Path
from typing import Any

import pytest

from chungtay.webhooks import posting
from chungtay.webhooks.addresses import Target, target_of
from chungtay.webhooks.posting import NotReached, post
from chungtay.webhooks.tests.receiver import certificate, receiving


def test_what_is_sent_arrives_as_it_is_and_a_redirect_is_an_answer(receiver: Any) -> None:
    """With the name, not the number, as its host; nothing is fetched from where it points."""
    target = target_of(receiver.url.replace("127.0.0.1", "localhost"))
    receiver.script = [302]
    answer = post(target, '{"a":"ấ"}', {"webhook-id": "msg_1"})
    assert (answer.status, answer.body.decode(), answer.wait) == (302, "cảm ơn 302", 0)
    [(path, headers, body)] = receiver.came
    assert (path, body.decode(), headers["webhook-id"]) == ("/nhan?tu=chungtay", '{"a":"ấ"}', "msg_1")
    assert headers["host"] == f"localhost:{target.port}"
    receiver.script = [503]
    assert post(target, "{}", {}).wait == 7200


def test_a_name_that_moves_after_it_was_looked_at_leads_nowhere(receiver: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection asks for no name: it goes to the number that was judged."""
    import socket

    target = Target("127.0.0.1", "moved.example", int(receiver.url.split(":")[2].split("/")[0]), "/", False)
    real = socket.getaddrinfo
    asked = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *a, **k: asked.append(host) or real(host, *a, **k))
    assert post(target, "{}", {}).status == 200
    assert set(asked) <= {"127.0.0.1"}


def test_a_certificate_is_of_the_name_or_nothing_is_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """Of an unknown signer, and of another name: refused before a letter leaves."""
    settings.WEBHOOK_ALLOW = ["127.0.0.0/8", "::1/128"]
    tls = certificate(tmp_path, "localhost")
    with receiving(tls, host="localhost") as machine:
        target = target_of(machine.url)
        target = Target("127.0.0.1", target.host, target.port, target.path, True)
        with pytest.raises(NotReached, match="Chứng thư"):
            post(target, "{}", {})
        monkeypatch.setenv("SSL_CERT_FILE", str(tls[0]))
        assert post(target, "{}", {}).status == 200
        with pytest.raises(NotReached, match="Chứng thư"):
            post(Target("127.0.0.1", "other.example", target.port, "/", True), "{}", {})
        assert len(machine.came) == 1


def test_who_is_slow_or_endless_or_silent_is_left(receiver: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Letter by letter, without an end, without a word, and with nonsense."""
    monkeypatch.setattr(posting, "TO_ANSWER", 0.3)
    monkeypatch.setattr(posting, "IN_ALL", 0.6)
    target = target_of(receiver.url)

    def drips(to: Any) -> None:
        for _ in range(100):
            to.wfile.write(b"H")
            time.sleep(0.05)

    def floods(to: Any) -> None:
        to.send_response(200)
        to.end_headers()
        for _ in range(2_000):
            to.wfile.write(b"x" * 65_536)

    def headers_without_end(to: Any) -> None:
        to.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 5_000)

    began = time.monotonic()
    for says in (drips, lambda _: time.sleep(1), lambda to: to.wfile.write(b"nonsense\r\n\r\n"), headers_without_end):
        receiver.script = [says]
        with pytest.raises(NotReached):
            post(target, "{}", {})
    receiver.script = [floods]
    assert len(post(target, "{}", {}).body) <= posting.MOST_READ
    receiver.script = [lambda to: to.connection.close()]
    with pytest.raises(NotReached):
        post(target, "{}", {})
    assert time.monotonic() - began < 6
    with pytest.raises(NotReached, match="Không kết nối"):
        post(Target("127.0.0.1", "x", 1, "/", False), "{}", {})

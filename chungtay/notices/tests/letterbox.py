"""A mail server of this process: it takes messages by SMTP on the loopback, keeps them, and fails where it is told to."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Letterbox:
    """What arrived, as bytes, and the address of the server. mishaps: at the next messages "refuse" or "hang up"; "" for none."""

    port: int = 0
    arrived: list[bytes] = field(default_factory=list)
    mishaps: list[str] = field(default_factory=list)


class _Handler(socketserver.StreamRequestHandler):
    server: "_Server"

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        box = self.server.box
        self.say("220 letterbox")
        while line := self.rfile.readline():
            verb = line.split(maxsplit=1)[0].upper().decode() if line.strip() else ""
            if verb == "DATA":
                self.say("354 go on")
                message = b"".join(iter(self.rfile.readline, b".\r\n"))
                mishap = box.mishaps.pop(0) if box.mishaps else ""
                if mishap != "refuse":
                    box.arrived.append(message.replace(b"\r\n..", b"\r\n."))
                if mishap == "hang up":
                    return
                self.say("554 no room" if mishap == "refuse" else "250 taken")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 letterbox" if verb in ("EHLO", "HELO", "MAIL", "RCPT", "RSET", "NOOP") else "502 no")


class _Server(socketserver.ThreadingTCPServer):
    box: Letterbox
    daemon_threads = True
    allow_reuse_address = True


@contextmanager
def letterbox() -> Iterator[Letterbox]:
    """Run the server as long as the block."""
    box = Letterbox()
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.box = box
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()

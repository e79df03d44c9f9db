"""A workspace behind its real server, and the plainest client there can be: for cases that measure what visitors meet."""

import atexit
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path


class Client:
    """A keep-alive connection that sends one GET after another and reads whole answers: as little work as a client can do."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def get(self, path: str, cookie: str = "") -> tuple[int, bytes]:
        """Return status and body."""
        more = f"Cookie: {cookie}\r\n" if cookie else ""
        self._socket.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{more}\r\n".encode())
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head, body = data[:end].lower(), data[end + 4 :]
        length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
        while len(body) < length:
            body += self._more()
        return int(head[9:12]), body

    def _more(self) -> bytes:
        received = self._socket.recv(1 << 16)
        if not received:
            raise ConnectionError("the server hung up")
        return received


class Served:
    """A server in processes of its own, ready when `path` answers. `command` may hold {port}."""

    def __init__(self, command: Sequence[str], path: str = "/healthz", **more: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        command = [part.format(port=self.port) for part in command]
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("CHUNGTAY_", "DJANGO_"))
        } | more
        began = time.perf_counter()
        self._process = subprocess.Popen(command, env=kept, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while True:
            try:
                if Client(self.port).get(path)[0] == 200:
                    break
            except OSError:
                if self._process.poll() is not None:
                    raise
                time.sleep(0.02)
        self.began_in = time.perf_counter() - began
        atexit.register(self.stop)  # cases have no end of their own

    def stop(self) -> None:
        """End the server; a second time does nothing."""
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait(30)

    @property
    def memory_mb(self) -> float:
        """Memory of all its processes, what they share counted once (Linux)."""
        pids = [self._process.pid, *_children(self._process.pid)]
        return sum(_share_kb(pid) for pid in pids) / 1024


def _children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in path.read_text().split()] if path.exists() else []


def _share_kb(pid: int) -> int:
    path = Path(f"/proc/{pid}/smaps_rollup")
    lines = path.read_text().splitlines() if path.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def product(folder: Path) -> Served:
    """Serve a workspace as its operator does."""
    serve = [sys.executable, "-m", "chungtay.config", "serve", "--bind", "127.0.0.1:{port}", "--data", str(folder)]
    return Served(serve)


def bare(body: Path) -> Served:
    """Serve the bytes of a file by the same server with nothing behind it: what answers cost at least."""
    return Served([sys.executable, "-m", "bench.served", "{port}"], "/", BENCH_BODY=str(body))


def plain(environ: dict[str, object], start_response: Callable[..., object]) -> list[bytes]:
    """Answer with the file that BENCH_BODY names."""
    start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(_body)))])
    return [_body]


_body = Path(os.environ["BENCH_BODY"]).read_bytes() if "BENCH_BODY" in os.environ else b""

if __name__ == "__main__":
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "bench.served:plain", port=int(sys.argv[1]), interface=Interfaces.WSGI, workers=2, blocking_threads=4
    ).serve()

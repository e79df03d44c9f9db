"""A receiver of this process, by http or https on the loopback: keeps what came, answers as it is told, verifies signatures its own way."""

import base64
import datetime
import hashlib
import hmac
import ipaddress
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Says = Callable[["_Handler"], None]


@dataclass
class Receiver:
    """came: (path, headers, body). script: the next answers, each a status or what is done with the connection; then 200."""

    url: str = ""
    came: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    script: list[int | Says] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        """The ids of the messages that came, in order."""
        return [headers["webhook-id"] for _, headers, _ in self.came]


class _Handler(BaseHTTPRequestHandler):
    server: "_Server"

    def do_POST(self) -> None:  # the name is http.server's
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        with self.server.lock:
            self.server.receiver.came.append((self.path, headers, body))
            script = self.server.receiver.script
            says = script.pop(0) if script else 200
        if callable(says):
            says(self)
            return
        self.send_response(says)
        self.send_header("Location", "/elsewhere")
        self.send_header("Retry-After", "7200")
        self.end_headers()
        self.wfile.write(f"cảm ơn {says}".encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    receiver: Receiver
    lock: threading.Lock

    def handle_error(self, *_: object) -> None:
        """Whoever hung up has hung up."""


@contextmanager
def receiving(tls: tuple[Path, Path] | None = None, host: str = "127.0.0.1") -> Iterator[Receiver]:
    """Run a receiver as long as the block; tls: the files of a certificate and its key."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.receiver, server.lock = Receiver(), threading.Lock()
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*tls)
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        server.receiver.url = f"{'https' if tls else 'http'}://{host}:{server.server_address[1]}/nhan?tu=chungtay"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server.receiver
        finally:
            server.shutdown()
            thread.join()


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """Write a certificate for a name, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    start = datetime.datetime(2020, 1, 1)
    names: list[x509.GeneralName] = [x509.DNSName(name)]
    if name[0].isdigit():
        names = [x509.IPAddress(ipaddress.ip_address(name))]
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + datetime.timedelta(days=36_500))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / f"{name}.pem", folder / f"{name}.key"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return paths


def is_signed(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """Verify a message as the how-to tells receivers to, from the words of the standard and nothing of ours."""
    key = base64.b64decode(secret.split("_", 1)[1])
    content = b".".join((headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body))
    want = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return any(hmac.compare_digest(want, one.removeprefix("v1,")) for one in headers["webhook-signature"].split())

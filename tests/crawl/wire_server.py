"""A server of raw sockets that logs the wire: exactly which bytes it received and sent, exchange by exchange."""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What to send, and what to do then. `close` ends the connection, `reset` breaks it, `hang` says nothing more."""

    final: bytes
    interim: bytes = b""
    then: Literal["keep", "close", "reset", "hang"] = "keep"
    beyond: bytes = b""
    """Bytes after the end of the response that are no part of it."""
    drip: bool = False
    """Whether to send byte by byte."""


@dataclass(frozen=True, kw_only=True)
class Logged:
    """One exchange as the server saw it."""

    target: str
    request: bytes
    answer: Answer


@dataclass
class WireServer:
    """Serves `answer(target)` for each request until the `with` block ends."""

    answer: Callable[[str], Answer]
    tls: ssl.SSLContext | None = None
    log: list[Logged] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._ending = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending.set()
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def url(self, target: str) -> str:
        return f"http{'s' if self.tls else ''}://127.0.0.1:{self._socket.getsockname()[1]}{target}"

    def _accept(self) -> None:
        while not self._ending.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, plain: socket.socket) -> None:
        with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
            stack.enter_context(plain)
            plain.settimeout(10)
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection = stack.enter_context(self.tls.wrap_socket(plain, server_side=True)) if self.tls else plain
            while request := _receive(connection):
                target = request.split(b" ", 2)[1].decode("latin-1")
                answer = self.answer(target)
                self.log.append(Logged(target=target, request=request, answer=answer))
                if not self._send(connection, answer):
                    return

    def _send(self, connection: socket.socket, answer: Answer) -> bool:
        sent = answer.interim + answer.final + answer.beyond
        for piece in (sent[at : at + 1] for at in range(len(sent))) if answer.drip else (sent,):
            connection.sendall(piece)
        if answer.then == "reset":
            self._ending.wait(0.2)  # let it be read first
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        while answer.then == "hang" and connection.recv(1):
            pass
        return answer.then == "keep"


def _receive(connection: socket.socket) -> bytes:
    """One request with its body; nothing where the client is gone."""
    got = b""
    while b"\r\n\r\n" not in got:
        piece = connection.recv(65536)
        if not piece:
            return b""
        got += piece
    head, _, body = got.partition(b"\r\n\r\n")
    length = _LENGTH.search(head)
    while length and len(body) < int(length[1]):
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def self_signed(folder: Path) -> ssl.SSLContext:
    """A TLS context with a certificate made for the occasion."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "server.pem").write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    return context


@contextlib.contextmanager
def tunnel() -> Iterator[str]:
    """A proxy that opens tunnels (CONNECT) and passes bytes on, and its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_dig, args=(server,), daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)


def _dig(server: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while True:
            near, _ = server.accept()
            host, _, port = _receive(near).split(b" ", 2)[1].decode().rpartition(":")
            far = socket.create_connection((host, int(port)))
            near.sendall(b"HTTP/1.1 200 Connection established\r\nX-Proxy: not part of it\r\n\r\n")
            for ends in [(near, far), (far, near)]:
                threading.Thread(target=_pass_on, args=ends, daemon=True).start()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError), source:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)

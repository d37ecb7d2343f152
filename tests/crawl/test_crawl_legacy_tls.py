"""A server that speaks https as in an older day: TLS 1.0 alone, and a short key."""

import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from commanding import in_its_own_process
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from scrapy.exceptions import DownloadFailedError
from twisted.python.failure import Failure

from newsbot.spiders.reasons import LEGACY_TLS, reason_of

LISTING = """<html><body><table><tr><th>번호</th><th>제목</th><th>날짜</th></tr>
<tr><td>1</td><td><a href="/read?no=1">마을에 다리가 놓였다</a></td><td>2026-03-01</td></tr>
</table></body></html>"""
ARTICLE = """<html><body><h1>마을에 다리가 놓였다</h1><div id="text">
<p>강변 두 마을을 잇는 다리가 5일 놓였다.</p>
<p>길이 120미터의 다리는 걸어서만 건널 수 있고, 난간에는 아이들의 그림이 걸렸다.</p></div></body></html>"""


class Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        page = ARTICLE if self.path.startswith("/read") else LISTING if self.path == "/list" else ""
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


def certificate(folder: Path) -> Path:
    key = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 - as in its day
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    day = datetime.now(UTC)
    built = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    built = built.not_valid_before(day - timedelta(days=1)).not_valid_after(day + timedelta(days=9))
    signed = built.sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "server.pem"
    path.write_bytes(private + signed.public_bytes(pem))
    return path


@pytest.fixture
def old_server(tmp_path: Path) -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        context.minimum_version = ssl.TLSVersion.TLSv1
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        context.maximum_version = ssl.TLSVersion.TLSv1
    context.load_cert_chain(certificate(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"https://127.0.0.1:{server.server_address[1]}/list"
        server.shutdown()


def test_only_a_source_that_says_so_is_reached_by_legacy_tls(old_server: str, tmp_path: Path) -> None:
    config = tmp_path / "newsbot.toml"
    config.write_text(
        f'[sources.strict]\nurl = "{old_server}"\n[sources.old]\nurl = "{old_server}"\nlegacy_tls = true\n'
    )
    strict, old = (
        in_its_own_process(
            "crawl", name, "--json", "--config", config, "--archive", f"sqlite:///{tmp_path}/{name}.db"
        )
        for name in ("strict", "old")
    )
    assert (strict.code, strict.lines[-1]["new"]) == (1, 0)
    assert (old.code, old.lines[-1]["new"]) == (0, 1), old.err


def test_a_single_page_is_read_by_legacy_tls_on_request(old_server: str, tmp_path: Path) -> None:
    strict = in_its_own_process("parse", old_server, cwd=tmp_path)
    assert (strict.code, strict.out) == (1, "")
    assert strict.err.count("\n") == 1
    assert "--legacy-tls" in strict.err
    old = in_its_own_process("parse", "--legacy-tls", "--json", old_server, cwd=tmp_path)
    assert old.code == 0, old.err
    assert [headline["title"] for headline in old.lines[0]["headlines"]] == ["마을에 다리가 놓였다"]


def test_a_source_is_added_with_legacy_tls_and_checked_by_it(old_server: str, tmp_path: Path) -> None:
    strict = in_its_own_process("sources", "add", old_server, "--name", "old", cwd=tmp_path)
    assert strict.code == 1
    assert "--legacy-tls" in strict.err
    added = in_its_own_process("sources", "add", old_server, "--name", "old", "--legacy-tls", cwd=tmp_path)
    assert added.code == 0, added.err
    assert "legacy_tls = true" in (tmp_path / "newsbot.toml").read_text()
    assert in_its_own_process("sources", "check", cwd=tmp_path).code == 0


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("[('SSL routines', '', 'unsafe legacy renegotiation disabled')]", LEGACY_TLS),
        ("[('SSL routines', '', 'dh key too small')]", LEGACY_TLS),
        ("[('SSL routines', '', 'certificate has expired')]", "connection lost"),
        ("Connection was closed cleanly.", "connection lost"),
    ],
)
def test_what_fails_for_its_age_is_told_apart(said: str, reason: str) -> None:
    failure = Failure(DownloadFailedError(said))  # type: ignore[no-untyped-call]
    assert reason_of(failure) == reason

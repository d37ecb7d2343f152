"""pywb, the web archive's own replay, shows captures as they came. Skipped where there is no pywb.

``NEWSBOT_PYWB`` names the directory of its commands; what continuous integration installs stands in
``pywb-requirements.txt``. It is no package of the project's own: it wants older ones beside it.
"""

import gzip
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from exchanges import NOON, page

from newsbot.captures import CaptureWriter, Earlier

COMMANDS = os.environ.get("NEWSBOT_PYWB") or str(Path(shutil.which("wayback") or "").parent)
MANAGER, WAYBACK = (Path(COMMANDS, name).absolute() for name in ("wb-manager", "wayback"))
PATIENCE = 60  # seconds

pytestmark = pytest.mark.skipif(not WAYBACK.is_file(), reason="no pywb: NEWSBOT_PYWB names its commands")

PLAIN = page(1)
LATER = replace(page(1), fetched=NOON + timedelta(days=1))
PACKED = page(
    2, gzip.compress(page(2).body), headers=(("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
)


@pytest.fixture(scope="module")
def replay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a replay of three captures: a page, the same a day later (a revisit), one compressed."""
    folder = tmp_path_factory.mktemp("replay")
    first, second = folder / "first.warc.gz", folder / "second.warc.gz"
    for path, exchanges in ((first, (PLAIN, PACKED)), (second, (LATER,))):
        writer = CaptureWriter(path, software="newsbot/0")
        for exchange in exchanges:
            again = Earlier(url=PLAIN.url, fetched=PLAIN.fetched) if exchange is LATER else None
            writer.write(exchange, earlier=again)
        writer.close()
    for arguments in (("init", "news"), ("add", "news", str(first), str(second))):
        subprocess.run([str(MANAGER), *arguments], cwd=folder, check=True, capture_output=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(WAYBACK), "--bind", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}/news"
        finally:
            process.kill()


def _wait_for(port: int) -> None:
    for _ in range(PATIENCE * 5):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    pytest.fail("pywb does not come up")


def shown(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as response:  # noqa: S310 - of this machine
            body: bytes = response.read()
            return gzip.decompress(body) if response.headers["Content-Encoding"] == "gzip" else body
    except urllib.error.HTTPError as error:
        pytest.fail(f"{address}: {error}")


def test_a_page_is_replayed_to_the_byte(replay: str) -> None:
    assert shown(f"{replay}/20260302030000id_/{PLAIN.url}") == PLAIN.body


def test_a_page_is_replayed_for_a_browser(replay: str) -> None:
    assert "시정 소식 1" in shown(f"{replay}/20260302030000mp_/{PLAIN.url}").decode()


def test_a_revisit_is_replayed_from_the_file_that_it_refers_to(replay: str) -> None:
    assert shown(f"{replay}/20260303030000id_/{PLAIN.url}") == PLAIN.body


def test_a_compressed_page_is_replayed(replay: str) -> None:
    assert shown(f"{replay}/20260302030000id_/{PACKED.url}") == page(2).body

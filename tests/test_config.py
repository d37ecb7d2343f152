import errno
import os
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from newsbot.config import Config, Schedule, Source, add_source, load, source_at, source_key
from newsbot.errors import ConfigError

WHOLE = """\
# our archive
archive = "postgresql://localhost/news"
contact = "archive@example.org"

[sources.hanbit]   # the city's own board
url = "https://board.example/news"
engine = "rhymix"
pages = 5
since = "2025-01-31"
delay = 2
enabled = false
encoding = "cp949"
outlet = "한빛일보"
every = "10m"
every_min = "5m"
every_max = "1h30m"

[sources."둘째_게시판-2"]
url = "http://board.example:8080/bbs/board.php?bo_table=news"
since = 2025-02-01
cron = "*/10 6-23 * * *"

[schedule]
at_once = 2
longest = "1h"
grace = "5s"

[settings]
DOWNLOAD_DELAY = 2
ROBOTSTXT_OBEY = true
"""


@pytest.fixture
def toml(tmp_path: Path) -> Path:
    path = tmp_path / "newsbot.toml"
    path.write_text(WHOLE, encoding="utf-8")
    return path


def test_every_key(toml: Path) -> None:
    assert load(toml) == Config(
        archive="postgresql://localhost/news",
        contact="archive@example.org",
        sources={
            "hanbit": Source(
                url="https://board.example/news",
                engine="rhymix",
                pages=5,
                since=date(2025, 1, 31),
                delay=2.0,
                enabled=False,
                encoding="cp949",
                outlet="한빛일보",
                every=timedelta(minutes=10),
                every_min=timedelta(minutes=5),
                every_max=timedelta(minutes=90),
            ),
            "둘째_게시판-2": Source(
                url="http://board.example:8080/bbs/board.php?bo_table=news",
                since=date(2025, 2, 1),
                cron="*/10 6-23 * * *",
            ),
        },
        schedule=Schedule(at_once=2, longest=timedelta(hours=1), grace=timedelta(seconds=5)),
        settings={"DOWNLOAD_DELAY": 2, "ROBOTSTXT_OBEY": True},
    )


def test_the_file_of_the_working_directory_or_none(toml: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(toml.parent)
    assert list(load(None).sources) == ["hanbit", "둘째_게시판-2"]
    toml.unlink()
    assert load(None) == Config()
    assert Config().archive == "sqlite:///newsbot.db"
    with pytest.raises(ConfigError, match=r"newsbot\.toml: there is no such file"):
        load(toml)


def test_a_byte_order_mark_is_no_syntax_error(tmp_path: Path) -> None:
    (tmp_path / "bom.toml").write_text('contact = "a@b.example"', encoding="utf-8-sig")
    assert load(tmp_path / "bom.toml").contact == "a@b.example"


SOURCE = '[sources.a]\nurl = "https://board.example/news"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("archive = \n", r"is not TOML: .*line 1, column 11"),
        ("archiv = 1", "archiv is not known: did you mean archive?"),
        (
            "what = 1",
            "what is not known: there are archive, captures, contact, sources, schedule, notify, settings",
        ),
        ("DOWNLOAD_DELAY = 1", "DOWNLOAD_DELAY is not known: Scrapy's settings belong under [settings]"),
        (SOURCE + "page = 3", "sources.a.page is not known: did you mean pages?"),
        (SOURCE + 'contact = "a@b"', "sources.a.contact is not known: it belongs at the top of the file"),
        ("[sources.a]\npages = 3", "sources.a.url is missing"),
        ("sources = 3", "sources should be a valid dictionary, not 3"),
        (
            '[sources.a]\nurl = "board.example"',
            "sources.a.url should be a full http:// or https:// address, not",
        ),
        ('[sources.a]\nurl = "ftp://board.example"', "sources.a.url should be"),
        ('[sources.a]\nurl = "https:///news"', "sources.a.url should be"),
        ('[sources.a]\nurl = "https://board.example:0/"', "sources.a.url should be"),
        ('[sources.a]\nurl = "https://board.example:99999/"', "sources.a.url Port out of range"),
        ('[sources.a]\nurl = "https://board.example/\\u0007"', "sources.a.url should be"),
        ('[sources."a b"]\nurl = "https://board.example"', "sources.a b should be a name of letters"),
        (SOURCE + "pages = 0", "sources.a.pages should be greater than 0, not 0"),
        (SOURCE + "pages = true", "sources.a.pages should be a valid integer, not True"),
        (SOURCE + 'delay = "1"', "sources.a.delay should be a valid number, not '1'"),
        (SOURCE + "delay = -1", "sources.a.delay should be greater than or equal to 0"),
        (SOURCE + "delay = inf", "sources.a.delay should be a finite number"),
        (
            SOURCE + 'since = "31.1.2025"',
            "sources.a.since should be a day such as 2025-01-31, not '31.1.2025'",
        ),
        (SOURCE + "since = 20250131", "sources.a.since should be a day"),
        (SOURCE + "since = 2025-01-31T09:00:00", "sources.a.since should be a day"),
        (SOURCE + 'encoding = "korea"', "sources.a.encoding should be a character encoding"),
        (SOURCE + "enabled = 1", "sources.a.enabled should be a valid boolean, not 1"),
        ('contact = "Hanbit\\nX: y@z"', "contact should be an e-mail address or a web address"),
        ('archive = "news.db"', "archive should be a database URL"),
        ("[settings]\ndownload_delay = 1", "settings.download_delay should be a Scrapy setting in capitals"),
        (SOURCE + 'every = "often"', 'sources.a.every should be a time such as "10m", "1h30m" or "1d", not'),
        (SOURCE + "every = 10", 'sources.a.every should be a time such as "10m", "1h30m" or "1d", not 10'),
        (SOURCE + 'every = "5s"', "sources.a should not be asked oftener than every 10s"),
        (SOURCE + 'every = "1h"\nevery_min = "5s"', "sources.a should not be asked oftener than every 10s"),
        (
            SOURCE + 'every = "1h"\nevery_min = "2h"',
            "sources.a should have every_min, every and every_max in",
        ),
        (SOURCE + 'every = "1h"\nevery_max = "30m"', "sources.a should have every_min, every and every_max"),
        (SOURCE + 'every_max = "1h"', "sources.a has every_min or every_max, so it should say every too"),
        (SOURCE + 'every = "1h"\ncron = "0 * * * *"', "sources.a should say every or cron, not both"),
        (SOURCE + 'cron = "0 25 * * *"', "sources.a.cron should be five fields as in crontab"),
        (SOURCE + 'evry = "1h"', "sources.a.evry is not known: did you mean every?"),
        ("[schedule]\nat_once = 0", "schedule.at_once should be greater than 0, not 0"),
        ("[schedule]\natonce = 1", "schedule.atonce is not known: did you mean at_once?"),
        ('[schedule]\nlongest = "x"', 'schedule.longest should be a time such as "10m"'),
        ("archiv = 1\nwhat = 2", "(and 1 more)"),
    ],
)
def test_what_does_not_make_sense(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "newsbot.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=message if ".*" in message else re.escape(message)) as refused:
        load(path)
    assert str(refused.value).startswith(f"{path}: ")
    assert "\n" not in str(refused.value)


def test_what_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "old.toml").write_bytes("# 한글".encode("cp949"))
    with pytest.raises(ConfigError, match="is not UTF-8 text"):
        load(tmp_path / "old.toml")
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path)


def test_a_source_is_added_and_the_rest_stays(toml: Path) -> None:
    toml.chmod(0o640)
    source = Source(url="https://새소식.example/news", since=date(2025, 3, 1), delay=1.5)
    add_source(toml, "셋째", source)
    assert toml.read_text(encoding="utf-8").startswith(WHOLE)
    assert load(toml).sources["셋째"] == source
    assert toml.stat().st_mode & 0o777 == 0o640
    assert os.listdir(toml.parent) == ["newsbot.toml"]


def test_a_source_is_added_to_no_file(tmp_path: Path) -> None:
    add_source(tmp_path / "new.toml", "a", Source(url="https://board.example/news"))
    assert (tmp_path / "new.toml").read_text() == SOURCE


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        (SOURCE, "a", "there is a source 'a' already"),
        ('sources = {a = {url = "https://board.example"}}\n', "b", "is not TOML"),
        (SOURCE, "b c", "should be a name"),
        ("archiv = 1\n", "b", "is not known"),
    ],
)
def test_a_source_that_cannot_be_added(tmp_path: Path, text: str, name: str, message: str) -> None:
    path = tmp_path / "newsbot.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=message):
        add_source(path, name, Source(url="https://board.example/news"))
    assert path.read_text() == text


def test_a_directory_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be written"):
        add_source(tmp_path / "none" / "newsbot.toml", "a", Source(url="https://board.example/news"))


def test_a_full_disk_leaves_the_file_as_it_was(toml: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ConfigError, match="cannot be written: No space left on device"):
        add_source(toml, "a", Source(url="https://board.example/news"))
    assert toml.read_text(encoding="utf-8") == WHOLE
    assert os.listdir(toml.parent) == ["newsbot.toml"]


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://B.Example/news", "b.example/news"),
        ("http://b.example:80/news/", "b.example/news"),
        ("https://b.example:443/news?page=7#list", "b.example/news"),
        ("https://b.example:8443/news", "b.example:8443/news"),
        ("http://[::1]:8000/news", "[::1]:8000/news"),
        ("https://b.example/", "b.example"),
        ("https://b.example/index.php?page=2&mid=news", "b.example/index.php?mid=news"),
        ("https://b.example/i.php?mid=news&sort_index=no&order_type=desc", "b.example/i.php?mid=news"),
        ("https://b.example/news?category=12&cpage=3", "b.example/news?category=12"),
        ("http://b.example/bbs/b.php?bo_table=news&sfl=&stx=&page=2", "b.example/bbs/b.php?bo_table=news"),
        ("http://b.example/bbs/b.php?page=2&sca=a&bo_table=news", "b.example/bbs/b.php?bo_table=news&sca=a"),
        ("http://b.example/새소식", "b.example/%EC%83%88%EC%86%8C%EC%8B%9D"),
        ("http://b.example/%ec%83%88%ec%86%8c%ec%8b%9d", "b.example/%EC%83%88%EC%86%8C%EC%8B%9D"),
        ("http://새소식.example/", "xn--og4b2nt6a.example"),
        ("http://me:secret@b.example/news", "b.example/news"),
    ],
)  # fmt: skip
def test_a_listing_s_identity(url: str, key: str) -> None:
    assert source_key(url) == key


@pytest.mark.parametrize(
    "url", ["", "board.example", "file:///etc/hosts", "http://", "http://[bad", "http://a b/"]
)
def test_what_is_no_address(url: str) -> None:
    for refuse in (source_at, source_key):
        with pytest.raises(ConfigError):
            refuse(url)

import pytest

from newsbot.middlewares.own_host import same_place, same_site

CASES = [
    ("https://board.example/news/1", "https://board.example/news", True),
    ("http://board.example/news/1", "https://board.example/news", True),  # the web's two ports are one place
    ("https://board.example:443/news/1", "http://board.example/news", True),
    ("https://BOARD.example/news/1", "https://board.example/news", True),
    ("http://127.0.0.1:8080/news/1", "http://127.0.0.1:8080/news", True),
    ("https://www.board.example/news/1", "https://board.example/news", False),
    ("https://board.example.evil.example/news", "https://board.example/news", False),
    ("https://evil.example/?https://board.example/news", "https://board.example/news", False),
    ("https://board.example@evil.example/news", "https://board.example/news", False),
    ("http://127.0.0.1:9000/news/1", "http://127.0.0.1:8080/news", False),
    ("http://board.example:8080/news", "http://board.example/news", False),
    ("http://169.254.169.254/latest/meta-data", "https://board.example/news", False),
    ("http://localhost/news", "https://board.example/news", False),
    ("file:///etc/passwd", "https://board.example/news", False),
    ("ftp://board.example/news", "https://board.example/news", False),
    ("data:text/html,news", "https://board.example/news", False),
]


@pytest.mark.parametrize(("url", "home", "same"), CASES)
def test_what_is_on_the_boards_own_host(url: str, home: str, same: bool) -> None:
    assert same_place(url, home) is same


SITES = [
    ("https://www.satgang.co.kr/news/1", "https://rss.satgang.co.kr/all.xml", True),
    ("http://satgang.co.kr:80/news/1", "https://rss.satgang.co.kr/all.xml", True),
    ("https://WWW.Satgang.co.kr/news/1", "https://satgang.co.kr/rss", True),
    ("https://www.satgang.co.kr:8443/news/1", "https://rss.satgang.co.kr/all.xml", False),
    ("https://www.naru.co.kr/news/1", "https://rss.satgang.co.kr/all.xml", False),  # co.kr is nobody's own
    ("https://satgang.co.kr.naru.com/news", "https://rss.satgang.co.kr/all.xml", False),
    ("https://satgang.co.kr@naru.com/news", "https://rss.satgang.co.kr/all.xml", False),
    ("https://naru.blogspot.com/1", "https://satgang.blogspot.com/feeds", False),  # each its owner's
    ("http://127.0.0.1/news/1", "https://rss.satgang.co.kr/all.xml", False),
    ("http://10.0.0.5/news/1", "http://10.0.0.6/rss", False),
    ("http://[::1]/news/1", "http://[::1]:8080/rss", False),
    ("http://localhost/news/1", "https://rss.satgang.co.kr/all.xml", False),
    ("http://intranet/news/1", "http://intranet/rss", False),
    ("ftp://www.satgang.co.kr/news/1", "https://rss.satgang.co.kr/all.xml", False),
]


@pytest.mark.parametrize(("url", "home", "same"), SITES)
def test_where_an_outlets_articles_may_lie(url: str, home: str, same: bool) -> None:
    assert same_site(url, home) is same

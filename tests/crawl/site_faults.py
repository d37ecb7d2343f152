"""The ways in which sites fail, each as what is sent instead of a page: on the wire, and in the page."""

from __future__ import annotations

import gzip
import re
import time
import zlib
from collections.abc import Callable
from dataclasses import replace

from behind_proxy import Asked, Fault, Site, Wire, as_sent, head

from newsbot.sampleboard.exchange import Answer, html, redirect

Spoiler = Callable[[Answer], Answer | Wire | None]
BLINK = 0.06


def where(pattern: str, spoil: Spoiler) -> Fault:
    """Spoils the answers to addresses in which the pattern is found; robots.txt is left whole."""

    def fault(site: Site, asked: Asked) -> Answer | Wire | None:
        own = site.own(asked)
        return spoil(own) if re.search(pattern, asked.path) and asked.path != "/robots.txt" else own

    return fault


ALL, LIST, ARTICLE = "", r"^/news(?:\?page=\d+)?$", r"/\d+$"


def everywhere(spoil: Spoiler) -> Fault:
    return where(ALL, spoil)


def listing(spoil: Spoiler) -> Fault:
    return where(LIST, spoil)


def articles(spoil: Spoiler) -> Fault:
    return where(ARTICLE, spoil)


def articles_of_table(spoil: Spoiler) -> Fault:
    return where("read.php", spoil)


def instead(page: str, status: int = 200, **headers: str) -> Spoiler:
    sent = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return lambda _: html(page, status=status, headers=sent)


# ---- on the wire -----------------------------------------------------------------------------------


def silence(_: Answer) -> Wire:
    time.sleep(3)
    yield b""


def dripping(answer: Answer) -> Wire:
    for place in range(200):
        yield b"".join(as_sent(answer))[place : place + 1]
        time.sleep(BLINK)


def slow(answer: Answer) -> Wire:
    time.sleep(BLINK)
    yield from as_sent(answer)


def garbage(_: Answer) -> Wire:
    yield b"\x00\x00\x12\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00d\x00\x04\x00\x10\x00\x00"  # HTTP/2's


def half_declared(answer: Answer) -> Wire:
    return as_sent(answer, length=len(answer.body), body=answer.body[: len(answer.body) // 2])


def half(answer: Answer) -> Answer:
    return replace(answer, body=answer.body[: len(answer.body) // 2])


def cut_among_rows(answer: Answer) -> Answer:
    """PHP died while it wrote the table: the page ends behind a whole row, and nothing is closed."""
    rows = [found.end() for found in re.finditer(rb"</tr>", answer.body)]
    return replace(answer, body=answer.body[: rows[len(rows) // 2]])


def too_short_a_length(answer: Answer) -> Wire:
    return as_sent(answer, length=len(answer.body) // 3)


def cut_gzip(answer: Answer) -> Answer:
    packed = gzip.compress(answer.body)
    return replace(
        answer, body=packed[: len(packed) // 2], headers=(*answer.headers, ("Content-Encoding", "gzip"))
    )


def not_gzip(answer: Answer) -> Answer:
    return replace(answer, headers=(*answer.headers, ("Content-Encoding", "gzip")))


def raw_deflate(answer: Answer) -> Answer:
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(answer.body) + packer.flush()
    return replace(answer, body=packed, headers=(*answer.headers, ("Content-Encoding", "deflate")))


def broken_chunks(answer: Answer) -> Wire:
    yield head(answer, ("Transfer-Encoding", "chunked"))
    yield b"%x\r\n%b\r\n" % (len(answer.body) // 2, answer.body[: len(answer.body) // 2])
    yield b"zz\r\nno chunk\r\n"


def endless_chunks(answer: Answer) -> Wire:
    yield head(answer, ("Transfer-Encoding", "chunked"))
    yield b"%x\r\n%b\r\n" % (len(answer.body) // 2, answer.body[: len(answer.body) // 2])


def every_third(site: Site, asked: Asked) -> Answer | Wire | None:
    """Lost, or an error, by turns; what is asked for again is had, in whatever order it comes."""
    if asked.again or asked.number % 3 != 2:
        return site.own(asked)
    return None if asked.number % 2 else html("<h1>500 Internal Server Error</h1>", status=500)


def one_wait(site: Site, asked: Asked) -> Answer | Wire | None:
    """429 once, with a second to wait."""
    if asked.number != 2:
        return site.own(asked)
    return html("<h1>Too Many Requests</h1>", status=429, headers=(("Retry-After", "1"),))


# ---- in the page -----------------------------------------------------------------------------------

CLOUDFLARE = """<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head><body>
<noscript>Enable JavaScript and cookies to continue</noscript><script>window._cf_chl_opt = {cvId: "3"};
a.src = "/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"</script></body></html>"""
CAPTCHA = """<html><body><form method="post"><h2>자동등록방지를 위한 확인</h2><p>비정상적인
접근이 감지되었습니다. 아래 숫자를 넣어 주세요.</p><img src="/captcha.php">
<input name="captcha"><button>확인</button></form></body></html>"""
SCRIPT_COOKIE = """<html><head><script>document.cookie = "seen=81f3;path=/"; location.reload();
</script></head><body></body></html>"""
LOGIN = """<html><head><title>회원 로그인</title></head><body><form><p>로그인 후
이용하실 수 있습니다.</p>
<input name="id"><input type="password" name="pw"><button>로그인</button></form></body></html>"""
MAINTENANCE = """<html><body><h1>서비스 점검 중</h1>
<p>더 나은 서비스를 위해 새벽 2시부터 6시까지 점검합니다.</p>
</body></html>"""
PARKED = """<html><head><title>parked.example is for sale</title></head><body><h1>parked.example</h1>
<p>This domain may be for sale.</p><ul><li><a href="/?q=1">Loans</a></li><li><a href="/?q=2">Hotels</a></li>
<li><a href="/?q=3">Flights</a></li></ul></body></html>"""
APP = """<!doctype html><html><head><title>새 게시판</title></head><body><div id="app"></div>
<script src="/app.js"></script></body></html>"""
SOFT_404 = """<html><head><title>샛강일보 게시판</title></head><body><div><h2>알림</h2>
<p>요청하신 페이지를 찾을 수 없습니다.</p><a href="/">처음으로</a></div></body></html>"""
POST_NOT_FOUND = """<html><body><script>alert("존재하지 않는 글입니다."); history.back()
</script></body></html>"""


def maintenance_in_frame(answer: Answer) -> Answer:
    """The board's own head and foot, and the notice where its table was."""
    text = answer.body.decode()
    start, end = text.index("<table"), text.rindex("</table>") + len("</table>")
    notice = "<div class='notice'><p>서비스 점검 중입니다. 잠시 후 다시 이용해 주세요.</p></div>"
    return replace(answer, body=(text[:start] + notice + text[end:]).encode())


def without_rows(answer: Answer) -> Answer:
    text = answer.body.decode()
    row = "<tr><td colspan='6'>등록된 글이 없습니다.</td></tr>"
    return replace(
        answer, body=re.sub(r"(<tbody[^>]*>).*?(</tbody>)", rf"\g<1>{row}\g<2>", text, flags=re.S).encode()
    )


def cp949_as_utf8(answer: Answer) -> Answer:
    """CP949 under the labels of UTF-8."""
    return replace(answer, body=answer.body.decode().encode("cp949", "xmlcharrefreplace"))


def utf8_as_euckr(answer: Answer) -> Answer:
    """UTF-8 under the labels of EUC-KR."""
    body = re.sub(rb"(charset=[\"']?)[\w-]+", rb"\g<1>euc-kr", answer.body, count=1, flags=re.I)
    return replace(answer, body=body, content_type="text/html; charset=euc-kr")


def twice_encoded(answer: Answer) -> Answer:
    """UTF-8 taken for Latin-1 by a careless proxy, and made UTF-8 of once more."""
    return replace(answer, body=answer.body.decode("latin-1").encode())


def with_calendar(answer: Answer) -> Answer:
    days = "".join(f"<td><a href='/news?page=1&day={day}'>{day}</a></td>" for day in range(1, 29))
    box = (
        f"<table class='calendar'><tr>{days}</tr><tr><td><a href='/news?month=12'>다음</a></td></tr></table>"
    )
    return replace(answer, body=answer.body.replace(b"</body>", box.encode() + b"</body>"))


def oldest_first(site: Site, asked: Asked) -> Answer | Wire | None:
    """A new default: the listing in the order of its posts' age."""
    site.turn(oldest_first=True)
    try:
        return site.own(asked)
    finally:
        site.turn(oldest_first=False)


def frozen(site: Site, asked: Asked) -> Answer | Wire | None:
    """A careless cache: the first page whatever the number."""
    return site.own(asked, "/news" if re.search(LIST, asked.path) else None)


def sends_to(url: str, status: int = 302) -> Spoiler:
    return lambda _: redirect(status, url)


def sends_to_login(site: Site, asked: Asked) -> Answer | Wire | None:
    if asked.path.startswith("/member/login"):
        return html(LOGIN)
    return site.own(asked) if asked.path == "/robots.txt" else redirect(302, "/member/login?back=1")


def cookie_wall(site: Site, asked: Asked) -> Answer | Wire | None:
    """Who comes without the cookie is given it, and sent to where he was going."""
    own = site.own(asked)
    if "seen=" in (asked.headers.get("Cookie") or "") or asked.path == "/robots.txt":
        return own
    return Answer(status=302, headers=(("Location", asked.url), ("Set-Cookie", "seen=1; path=/")))


def in_a_circle(site: Site, asked: Asked) -> Answer | Wire | None:
    return redirect(302, asked.url) if asked.path != "/robots.txt" else site.own(asked)


def robots(text: str, status: int = 200) -> Fault:
    def fault(site: Site, asked: Asked) -> Answer | Wire | None:
        own = site.own(asked)
        if asked.path != "/robots.txt":
            return own
        return Answer(status=status, body=text.encode(), content_type="text/plain")

    return fault


def to_https(site: Site, asked: Asked) -> Answer | Wire | None:
    """http leads to https, which says that it is to be asked for alone."""
    site.scheme = "https"
    if asked.url.startswith("https:"):
        own = site.own(asked)
        return replace(own, headers=(*own.headers, ("Strict-Transport-Security", "max-age=31536000")))
    return redirect(301, asked.url.replace("http:", "https:"))


def to_https_elsewhere(site: Site, asked: Asked) -> Answer | Wire | None:
    """https, and the board at another path."""
    site.scheme = "https"
    if asked.url.startswith("https:"):
        return site.own(asked, asked.path.replace("/board/", "/"))
    return redirect(301, asked.url.replace("http:", "https:").replace("/news", "/board/news"))

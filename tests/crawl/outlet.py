"""A news site without a board, on loopback: articles, and the feeds and sitemaps that name them."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from typing import Self

from newsbot.sampleboard.exchange import Answer
from newsbot.sampleboard.server import LoopbackServer

NEWS = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)


def story(number: int) -> str:
    return f"나루터 {number}번 선착장 새 단장"


def page(number: int) -> str:
    return f"""<!doctype html><html lang="ko"><head><meta charset="utf-8">
<title>{story(number)} - 샛강일보</title>
<meta property="og:type" content="article"><meta property="og:title" content="{story(number)}">
<meta property="og:site_name" content="샛강일보"></head><body><h1>{story(number)}</h1>
<div itemprop="articleBody" id="article"><p>(덕길=샛강일보) 한여울 기자 = 덕길시가 {number}번 선착장의
마루를 새로 깔고
난간을 고쳤다고 밝혔다. 공사에는 두 달이 걸렸다.</p>
<p>선착장을 맡은 나루과는 “{number}번부터 차례로 손본다”며 “장마 전에 모두 마친다”고 말했다.</p>
<p>이용 시간은 아침 여섯 시부터 저녁 여덟 시까지다.</p></div></body></html>"""


@dataclass(slots=True)
class Outlet:
    """``served``: what stands at a path (with its query); ``asked``: the targets of all requests."""

    served: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    server: LoopbackServer = field(init=False)

    def __post_init__(self) -> None:
        self.server = LoopbackServer(self._respond)

    def __enter__(self) -> Self:
        self.server.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self.server.stop()

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    def article(self, number: int, path: str = "/?p={}") -> str:
        """Publishes an article; its whole address."""
        self.served[path.format(number)] = Answer(body=page(number).encode(), content_type="text/html")
        return self.site + path.format(number)

    def put(self, path: str, text: str, *, packed: bool = False, kind: str = "text/xml") -> None:
        body = gzip.compress(text.encode()) if packed else text.encode()
        self.served[path] = Answer(body=body, content_type="application/gzip" if packed else kind)

    def feed(self, path: str, numbers: list[int], link: str = "", following: str = "") -> None:
        """A feed of articles, these numbers; ``link`` another one before them."""
        items = f"<item><title>딴 데 기사</title><link>{link}</link></item>" if link else ""
        items += "".join(
            f"<item><title>{story(each)}</title><link>{self.article(each)}&amp;utm_source=rss</link>"
            f'<guid isPermaLink="false">{each + 900000}</guid><dc:creator>한여울 기자</dc:creator></item>'
            for each in numbers
        )
        further = f'<atom:link rel="next" href="{self.site}{following}"/>' if following else ""
        self.put(
            path,
            '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
            f' xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>샛강</title>{further}{items}'
            "</channel></rss>",
        )

    def sitemap(
        self, at: str, numbers: list[int], day: str = "", *, titled: bool = True, path: str = "/news/{}.html"
    ) -> None:
        """A packed sitemap, of news if it is ``titled``."""
        news = "<news:title>{}</news:title><news:publication_date>{}</news:publication_date>"
        news = f"<news:news>{news}</news:news>"
        entries = "".join(
            f"<url><loc>{self.article(each, path)}</loc>"
            f"{news.format(story(each), day) if titled else ''}</url>"
            for each in numbers
        )
        self.put(at, f"<urlset {NEWS}>{entries}</urlset>", packed=True)

    def index(self, path: str, parts: dict[str, str]) -> None:
        """A sitemap index of these parts, each with its lastmod."""
        listed = "".join(
            f"<sitemap><loc>{self.site}{part}</loc><lastmod>{day}</lastmod></sitemap>"
            for part, day in parts.items()
        )
        self.put(path, f"<sitemapindex {NEWS}>{listed}</sitemapindex>")

    def take_asked(self) -> list[str]:
        """The targets asked for since the last time, robots.txt left out."""
        asked = [target for target in self.asked if target != "/robots.txt"]
        self.asked.clear()
        return asked

    def _respond(self, method: str, target: str, headers: object) -> Answer:
        self.asked.append(target)
        return self.served.get(target) or Answer(status=404, body=b"<h1>404</h1>", content_type="text/html")

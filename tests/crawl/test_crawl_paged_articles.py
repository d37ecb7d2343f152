"""Articles that stand on several pages: fetched whole, kept as one, or not at all."""

import zipfile
from io import BytesIO
from pathlib import Path

from commanding import in_its_own_process
from crawling import ONCE, articles, crawl, let_time_pass
from fastwarc.warc import ArchiveIterator, WarcRecordType
from outlet import Outlet, story

from newsbot.sampleboard.exchange import Answer

PAGES = (1, 2, 3)


def path(number: int) -> str:
    return "/news?no=7001" if number == 1 else f"/news?no=7001&page={number}"


def sentence(number: int) -> str:
    return f"덕길시는 {number}번 다리의 난간을 고치고 등을 달았다고 밝혔다. 공사에는 두 달이 걸렸다."


def publish(outlet: Outlet, *, but: int = 0) -> None:
    """A feed of one article on three pages, and of one on a single page; ``but`` one of the pages."""
    pager = "".join(f'<a href="{path(n)}">{n}</a> ' for n in PAGES)
    for number in PAGES:
        here = pager.replace(f'<a href="{path(number)}">{number}</a>', f"<b>{number}</b>")
        text = (
            f'<html><head><title>{story(1)}</title><meta property="og:type" content="article"></head><body>'
            f'<h1>{story(1)}</h1><div itemprop="articleBody"><p>{sentence(number)}</p></div><p>{here}</p>'
            "</body>"
        )
        if number != but:
            outlet.put(path(number), text, kind="text/html; charset=utf-8")
    outlet.article(2, "/one?no={}")
    items = "".join(
        f"<item><title>{story(n)}</title><link>{outlet.site}{at}</link></item>"
        for n, at in ((1, path(1)), (2, "/one?no=2"))
    )
    outlet.put("/rss", f"<rss version='2.0'><channel>{items}</channel></rss>")


def test_the_pages_of_an_article_are_kept_as_one_revision(archive: Path) -> None:
    with Outlet() as outlet:
        publish(outlet)
        assert crawl(outlet.site + "/rss", archive).shows(state="finished", headlines=2, new=2, failed=0)
        asked = outlet.take_asked()
        assert [target for target in asked if "7001" in target] == [path(n) for n in PAGES]
        assert crawl(outlet.site + "/rss", archive, "--full").shows(state="finished", new=0, unchanged=2)
    [kept] = [one for one in articles(archive).values() if "7001" in one.article.url]
    assert [block.text for block in kept.article.body] == [sentence(n) for n in PAGES]
    assert (kept.revision, kept.article.further_pages) == (1, ())
    assert kept.article.url.endswith(path(1))


def test_all_its_pages_are_in_a_wacz_of_a_query(archive: Path, tmp_path: Path) -> None:
    with Outlet() as outlet:
        publish(outlet)
        crawl(outlet.site + "/rss", archive)
        target = tmp_path / "q.wacz"
        asked = ("export", "제목:1번", "--emails", "-o", target, "--archive", f"sqlite:///{archive}")
        assert in_its_own_process(*asked).code == 0
        pages = {outlet.site + path(n) for n in PAGES}
    with zipfile.ZipFile(target) as packed:
        warc, listed = packed.read("archive/newsbot.warc.gz"), packed.read("pages/pages.jsonl")
    records = ArchiveIterator(BytesIO(warc), record_types=WarcRecordType.response)
    assert {record.headers["WARC-Target-URI"] for record in records} == pages
    assert len(listed.splitlines()) == 1 + 1


def test_an_article_with_a_page_missing_fails_and_is_taken_up_again(archive: Path) -> None:
    with Outlet() as outlet:
        publish(outlet, but=3)
        first = crawl(outlet.site + "/rss", archive, *ONCE)
        assert first.shows(state="partial", new=1, failed=1)
        assert "missing page" in first.err
        assert [one for one in articles(archive).values() if "7001" in one.article.url] == []
        publish(outlet)
        let_time_pass(archive)
        assert crawl(outlet.site + "/rss", archive).shows(state="finished", new=1, failed=0)
    assert len(articles(archive)) == 2


def test_a_page_without_a_response_is_a_missing_page(archive: Path) -> None:
    with Outlet() as outlet:
        publish(outlet)
        outlet.served[path(2)] = Answer(status=503, body=b"", content_type="text/html")
        failed = crawl(outlet.site + "/rss", archive, *ONCE)
        assert failed.shows(state="partial", new=1, failed=1)
        assert "missing page" in failed.err


def test_parse_and_sources_add_read_all_the_pages(tmp_path: Path) -> None:
    with Outlet() as outlet:
        publish(outlet)
        parsed = in_its_own_process("parse", outlet.site + path(1), "--json", cwd=tmp_path)
        assert parsed.code == 0, parsed.err
        assert [block["text"] for block in parsed.lines[0]["body"]] == [sentence(n) for n in PAGES]
        added = in_its_own_process("sources", "add", outlet.site + "/rss", cwd=tmp_path)
        assert sentence(3)[:20] in added.out
        del outlet.served[path(2)]
        missing = in_its_own_process("parse", outlet.site + path(1), cwd=tmp_path)
        assert (missing.code, missing.out) == (1, "")
        assert "page 2 of 3" in missing.err


def test_a_saved_page_says_where_it_goes_on(tmp_path: Path) -> None:
    with Outlet() as outlet:
        publish(outlet)
        saved = tmp_path / "page.html"
        saved.write_bytes(outlet.served[path(1)].body)
        address = f"https://paper.example{path(1)}"
        read = in_its_own_process("parse", saved, "--url", address, "--json", cwd=tmp_path)
        assert read.lines[0]["further_pages"] == [f"https://paper.example{path(n)}" for n in (2, 3)]
        assert "goes on at https://paper.example" in in_its_own_process("parse", saved, "--url", address).out

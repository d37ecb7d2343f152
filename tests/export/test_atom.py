from xml.etree import ElementTree

import pytest
from atom_rules import faults
from exported import NOON, Version, article, bare, written

from newsbot.export import Format
from newsbot.items import Block

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(*versions: Version, emails: bool = False) -> ElementTree.Element:
    return ElementTree.fromstring(written(Format.ATOM, *versions, emails=emails))  # noqa: S314 – our own


def entry(version: Version, *, emails: bool = False) -> ElementTree.Element:
    (one,) = feed(version, emails=emails).findall(f"{ATOM}entry")
    return one


@pytest.mark.parametrize("emails", [False, True])
def test_a_feed_keeps_the_rules(emails: bool) -> None:
    versions = (Version(article()), Version(bare()), Version(article(2), removed=NOON), Version(article(3)))
    assert faults(written(Format.ATOM, *versions, emails=emails)) == []
    assert faults(written(Format.ATOM)) == []


@pytest.mark.parametrize("broken", [("<updated>", "<updated>on "), ("<id>", "<id> "), ("entry>", "item>")])
def test_the_rules_find_what_breaks_them(broken: tuple[str, str]) -> None:
    assert faults(written(Format.ATOM, Version(article())).replace(*broken))


def test_an_entry_says_what_the_article_says() -> None:
    one = entry(Version(article()))
    texts = {
        name: one.findtext(ATOM + name)
        for name in ("id", "title", "updated", "published", "rights", "summary")
    }
    assert texts == {
        "id": "newsbot:board.example/1",
        "title": article().headline,
        "updated": "2026-03-02T12:00:00+09:00",
        "published": "2026-03-02T12:00:00+09:00",
        "rights": "저작권자 ⓒ 종이신문\n무단 전재 금지\nAI 학습 금지",
        "summary": "- 봄부터 세 곳\n조명도 바꿔",
    }
    assert [name.text for name in one.iterfind(f"{ATOM}author/{ATOM}name")] == ["나그네", "길손"]
    assert [each.get("term") for each in one.iterfind(f"{ATOM}category")] == ["사회", "하천", "산책로"]
    assert one.find(f"{ATOM}link").get("href") == "https://board.example/news/1"  # type: ignore[union-attr]
    content = one.findtext(f"{ATOM}content") or ""
    assert content.startswith('<p>시는 "넓힌다"고 &lt;밝혔다&gt; &amp; 물러섰다.<br/>')
    assert "<h2>조명</h2>" in content


def test_an_address_stands_with_its_author_when_asked_for() -> None:
    assert (
        entry(Version(article()), emails=True).findtext(f"{ATOM}author/{ATOM}email") == "nagne@paper.example"
    )


def test_characters_that_no_xml_holds_are_left_out() -> None:
    odd = article(headline="제\x0b목\ufffe", body=(Block(type="paragraph", text="글\x00\ud800자"),))
    one = entry(Version(odd))
    assert one.findtext(f"{ATOM}title") == "제목"
    assert one.findtext(f"{ATOM}content") == "<p>글자</p>"


def test_what_its_site_removed_is_a_tombstone() -> None:
    whole = feed(Version(article(), removed=NOON), Version(article(2)))
    assert [one.findtext(f"{ATOM}id") for one in whole.iterfind(f"{ATOM}entry")] == [
        "newsbot:board.example/2"
    ]
    (stone,) = whole.iterfind("{http://purl.org/atompub/tombstones/1.0}deleted-entry")
    assert stone.attrib == {"ref": "newsbot:board.example/1", "when": "2026-03-02T12:00:00+09:00"}


def test_the_same_archive_is_the_same_feed() -> None:
    assert feed().findtext(f"{ATOM}id") == feed(Version(article())).findtext(f"{ATOM}id")

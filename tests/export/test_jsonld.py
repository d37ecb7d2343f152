import json
from typing import Any

from exported import NOON, Version, article, bare, written

from newsbot.export import Format


def graph(*versions: Version, emails: bool = False) -> list[dict[str, Any]]:
    document = json.loads(written(Format.JSONLD, *versions, emails=emails))
    assert document["@context"] == "https://schema.org"
    return list(document["@graph"])


def test_an_article_is_a_news_article() -> None:
    (one,) = graph(Version(article(), revision=2))
    expected = {
        "@type": "NewsArticle",
        "@id": "newsbot:board.example/1",
        "url": "https://board.example/news/1",
        "headline": article().headline,
        "alternativeHeadline": "- 봄부터 세 곳\n조명도 바꿔",
        "datePublished": "2026-03-02T12:00:00+09:00",
        "articleSection": "사회",
        "keywords": ["하천", "산책로"],
        "inLanguage": "ko",
        "locationCreated": {"@type": "Place", "name": "수원"},
        "publisher": {"@type": "Organization", "name": "종이신문"},
        "copyrightHolder": {"@type": "Organization", "name": "종이신문"},
        "copyrightNotice": "저작권자 ⓒ 종이신문",
        "usageInfo": {"@type": "CreativeWork", "text": "무단 전재 금지\nAI 학습 금지"},
        "creditText": "종이신문",
        "version": "2",
        "sdDatePublished": "2026-03-03T12:00:00+09:00",
    }
    assert {name: one[name] for name in expected} == expected
    assert one["articleBody"].split("\n\n")[1:3] == ["조명", "다리 둘\n등 셋"]
    assert [author["name"] for author in one["author"]] == ["나그네", "길손"]
    assert one["image"][1] == {"@type": "ImageObject", "creditText": "시 제공"}


def test_addresses_belong_to_their_people_when_asked_for() -> None:
    (one,) = graph(Version(article()), emails=True)
    assert one["author"][0]["email"] == "nagne@paper.example"


def test_what_is_absent_has_no_property() -> None:
    (one,) = graph(Version(bare()))
    assert set(one) == {"@type", "@id", "url", "headline", "version", "sdDatePublished"}


def test_what_was_removed_says_so() -> None:
    one, other = graph(Version(article(), removed=NOON), Version(article(2)))
    assert (one["creativeWorkStatus"], one["expires"]) == ("Removed", "2026-03-02T12:00:00+09:00")
    assert "creativeWorkStatus" not in other


def test_a_holder_is_named_only_where_the_notice_names_it() -> None:
    (one,) = graph(Version(article(copyright_notice="무단 전재 금지")))
    assert "copyrightHolder" not in one

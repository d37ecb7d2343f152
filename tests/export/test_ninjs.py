import json
from datetime import timedelta
from typing import Any

import pytest
from exported import NOON, Version, article, bare, written
from ninjs_rules import faults

from newsbot.export import Format
from newsbot.items import Block


def item(version: Version, *, emails: bool = False) -> dict[str, Any]:
    (line,) = written(Format.NINJS, version, emails=emails).splitlines()
    return dict(json.loads(line))


@pytest.mark.parametrize("emails", [False, True])
@pytest.mark.parametrize(
    "version",
    [
        Version(article()),
        Version(article(), revision=7, removed=NOON),
        Version(bare()),
        Version(article(uri="newsbot:신문.example/기사 1%", canonical_url="https://신문.example/가 나#다")),
        Version(article(date_published=None, date_modified=NOON)),
    ],
)
def test_an_item_keeps_the_rules_of_ninjs(version: Version, emails: bool) -> None:
    assert faults(item(version, emails=emails)) == []


@pytest.mark.parametrize(
    "broken",
    [
        {"uri": "이름"},
        {"pubStatus": "removed"},
        {"usageterms": "소문자"},
        {"firstCreated": "2026-03-02 12:00"},
        {"headlines": [{"role": "main"}]},
        {"people": [{"email": "a@b.example"}]},
        {"associations": [{"type": "picture"}]},
    ],
)
def test_the_rules_find_what_breaks_them(broken: dict[str, Any]) -> None:
    assert faults({**item(Version(article())), **broken})


def test_what_an_article_says_has_its_property() -> None:
    one = item(Version(article()))
    expected = {
        "uri": "newsbot:board.example/1",
        "type": "text",
        "version": "1",
        "firstCreated": "2026-03-02T12:00:00+09:00",
        "versionCreated": "2026-03-02T12:00:00+09:00",
        "pubStatus": "usable",
        "copyrightHolder": "종이신문",
        "copyrightNotice": "저작권자 ⓒ 종이신문",
        "usageTerms": "무단 전재 금지\nAI 학습 금지",
        "by": "나그네 기자·사회부·길손 기자",
        "located": "수원",
        "infoSources": [{"name": "종이신문", "role": "source"}],
        "genres": [{"name": "단독"}],
        "renditions": [{"name": "web", "href": "https://board.example/news/1", "contentType": "text/html"}],
    }
    assert {name: one[name] for name in expected} == expected
    assert [line["role"] for line in one["headlines"]] == ["main", "subheadline", "subheadline"]
    assert [(person["name"], person["rel"]) for person in one["people"]] == [
        ("나그네", "author"),
        ("길손", "photographer"),
    ]
    first, second = one["associations"]
    assert first["descriptions"] == [{"role": "caption", "value": "새 산책로 2026.3.2"}]
    assert second["infoSources"] == [{"name": "시 제공", "role": "credit"}]


def test_the_body_is_html_in_which_nothing_of_the_text_is_markup() -> None:
    (body,) = item(Version(article(body=(
        Block(type="paragraph", text="값 <b>&amp; 뜻\n둘째 줄"), Block(type="table", text="가 | 나\n다 | 라"),
        Block(type="quote", text='"말"'), Block(type="speaker", text="[앵커]"),
    ))))["bodies"]  # fmt: skip
    assert body["value"].splitlines() == [
        "<p>값 &lt;b&gt;&amp;amp; 뜻<br/>둘째 줄</p>",
        "<pre>가 | 나",
        "다 | 라</pre>",
        '<blockquote><p>"말"</p></blockquote>',
        "<p><strong>[앵커]</strong></p>",
    ]
    assert (body["charCount"], body["wordCount"]) == (17 + 11 + 3 + 4, 5 + 6 + 1 + 1)


def test_times_are_the_publications_else_the_archives() -> None:
    modified, stored = NOON + timedelta(hours=5), NOON + timedelta(days=1)
    undated = article(date_published=None)
    for version, first, latest in (
        (Version(article(date_modified=modified)), NOON, modified),
        (Version(article(), revision=2), NOON, stored),
        (Version(undated), NOON + timedelta(hours=1), NOON + timedelta(hours=1)),
        (Version(undated, revision=2), NOON + timedelta(hours=1), stored),
    ):
        one = item(version)
        assert (one["firstCreated"], one["versionCreated"]) == (first.isoformat(), latest.isoformat())


def test_what_its_site_removed_is_canceled() -> None:
    one = item(Version(article(), removed=NOON))
    assert one["pubStatus"] == "canceled"
    assert one["edNote"] == "taken down by board.example, seen 2026-03-02T12:00:00+09:00"


def test_addresses_are_contacts_when_asked_for() -> None:
    people = item(Version(article()), emails=True)["people"]
    assert people[0]["contactInfo"] == [{"type": "email", "value": "nagne@paper.example"}]
    assert all("contactInfo" not in person for person in item(Version(article()))["people"])

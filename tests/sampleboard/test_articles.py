import re
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from newsbot.sampleboard.articles import WrittenArticle, load_articles, printed, read_articles

ARTICLES = load_articles()
BY_KEY = {article.key: article for article in ARTICLES}
every_article = pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.key)

KINDS = {
    "wire", "flash", "chain", "foreign", "exclusive", "reportage", "shot", "photo", "editorial", "column",
    "outlet-column", "analysis", "interview", "factcheck", "broadcast", "weather", "sports", "series",
    "obituary", "personnel", "table", "desk", "bot", "correction", "no-byline", "long", "repost", "notice",
    "secret", "press-release",
}  # fmt: skip
WORDS = ("@image", "@table", "@list", "@quote", "@subhead")
TRUTH_FIELDS = {
    "headline", "headline_marks", "story_form", "series", "deck", "dateline", "located", "source",
    "body", "bylines", "images", "copyright_notice", "corrections",
}  # fmt: skip


def body(article: WrittenArticle) -> list[str]:
    return [text for _, text in article.truth["body"]]


def letters(article: WrittenArticle) -> str:
    return "".join("".join(body(article)).split())


def whole(article: WrittenArticle) -> str:
    return "\n".join(article.paragraphs)


def story(article: WrittenArticle) -> str:
    """The key of the first telling of the article's text."""
    earlier = article.repost_of or article.follows
    return story(BY_KEY[earlier]) if earlier else article.key


def test_there_are_enough_of_every_kind() -> None:
    assert len(ARTICLES) >= 84
    assert {article.kind for article in ARTICLES} == KINDS
    assert {article.markup for article in ARTICLES} == {"p", "div", "br", "figure", "span", "table"}


@pytest.mark.parametrize(
    ("name", "count", "form"),
    [
        ("photographer's lead", 12, lambda a: re.search(r"1\.jpg .*\n\(.+=연합뉴스\) \S+ 기자 = ", whole(a))),
        ("caption headline", 1, lambda a: any("\n" in i.get("caption", "") for i in a.truth["images"])),
        ("deck of one", 3, lambda a: len(a.truth["deck"]) == 1),
        ("deck of two", 3, lambda a: len(a.truth["deck"]) == 2),
        ("deck of three", 1, lambda a: len(a.truth["deck"]) == 3),
        ("names by space", 2, lambda a: re.search(r"(?m)^\(\S+=연합뉴스\) \S+ \S+ 기자 = ", whole(a))),
        ("names by U+00B7", 1, lambda a: re.search(r"[=)] ?\S+·\S+ 기자", whole(a))),
        ("names by U+318D", 1, lambda a: re.search(r"[=)] ?\S+ㆍ\S+ 기자", whole(a))),
        ("names by comma", 1, lambda a: re.search(r"기자, \S+ 수습기자", whole(a))),
        ("old brackets", 2, lambda a: re.match(r"【\S+=", a.paragraphs[0])),
        ("bracketed agency", 4, lambda a: re.search(r"(?m)^\[\S+=뉴시스\]", whole(a))),
        ("speakers", 4, lambda a: [kind for kind, _ in a.truth["body"]].count("speaker") >= 2),
        ("questions", 1, lambda a: re.search(r"Q\. .*\nA\. ", whole(a))),
        ("subheads", 3, lambda a: [kind for kind, _ in a.truth["body"]].count("subhead") >= 2),
        ("structures", 5, lambda a: re.search(r"(?m)^@(table|list|quote|subhead)$", whole(a))),
        ("corrections", 2, lambda a: a.truth.get("corrections")),
        ("copyright", 6, lambda a: a.truth.get("copyright_notice")),
        ("series", 5, lambda a: a.truth.get("series")),
        ("number at the end", 1, lambda a: a.title.endswith("[3]")),
        ("markup in a title", 1, lambda a: "&" in a.title and "<" in a.title and '"' in a.title),
        ("compatibility hanja", 1, lambda a: "\uf9e1" in a.title and "\uf981" in a.title),
        ("hanja and quotes", 1, lambda a: "與" in a.title and "“" in a.title),
        ("photo alone", 1, lambda a: not a.truth["body"] and a.truth["images"]),
        ("sixty paragraphs", 1, lambda a: len(body(a)) > 60),
        ("one sentence", 1, lambda a: len(body(a)) == 1 and a.kind == "flash"),
        ("masked address", 2, lambda a: a.mask_emails and "@yna.example" in whole(a)),
        ("notice", 2, lambda a: a.notice),
        ("secret", 2, lambda a: a.secret),
        ("other poster", 5, lambda a: a.poster != "랭크뉴스"),
        ("re-post", 4, lambda a: a.repost_of and letters(a) == letters(BY_KEY[a.repost_of])),
        ("other white space", 1, lambda a: a.repost_of and "  " in whole(a) and "\u00a0" in whole(a)),
        ("other tail", 1, lambda a: a.repost_of and a.paragraphs[-2] != BY_KEY[a.repost_of].paragraphs[-2]),
        ("edited re-post", 2, lambda a: a.repost_of and letters(a) != letters(BY_KEY[a.repost_of])),
    ],
)  # fmt: skip
def test_every_form_is_there(name: str, count: int, form: Callable[[WrittenArticle], Any]) -> None:
    assert sum(bool(form(article)) for article in ARTICLES) >= count


def test_a_wire_chain_grows_from_flash_to_second_roundup() -> None:
    chain = [BY_KEY["chain-fire-jonghap2"]]
    while earlier := chain[0].follows:
        chain.insert(0, BY_KEY[earlier])
    assert [article.truth["story_form"] for article in chain] == ["속보", "1보", "2보", "종합", "종합2보"]
    assert all(set(body(old)) & set(body(new)) for old, new in pairwise(chain[1:]))


@every_article
def test_the_truth_stands_in_the_article(article: WrittenArticle) -> None:
    truth = article.truth
    assert truth.keys() <= TRUTH_FIELDS
    assert {"headline", "headline_marks", "deck", "body", "images"} <= truth.keys()
    assert truth["headline"] == article.title
    in_title = [f"[{mark}]" for mark in truth["headline_marks"]]
    in_title += [truth[name] for name in ("story_form", "series") if name in truth]
    assert [part for part in in_title if part not in article.title] == []
    bylines = [byline | {"contribution": ""} for byline in truth.get("bylines", ())]
    people = [value for byline in bylines for value in byline.values()]
    printed_once = [truth[name] for name in ("located", "dateline", "source") if name in truth]
    assert [part for part in (*people, *printed_once) if part not in whole(article)] == []


@every_article
def test_lines_are_written_as_the_board_expects_them(article: WrittenArticle) -> None:
    assert article.paragraphs
    for line in article.paragraphs:
        assert line.strip()
        assert not line.startswith("@") or line.startswith(WORDS)
        assert "\n" not in printed(line) or line.startswith(("@table\n", "@list\n"))


@every_article
def test_addresses_lead_nowhere(article: WrittenArticle) -> None:
    hosts = re.findall(r"(?:[\w.]@|//)([a-z0-9.-]+)", whole(article))
    assert [host for host in hosts if not host.endswith(".example")] == []


def test_only_retellings_of_one_story_share_a_paragraph() -> None:
    stories = defaultdict(set)
    for article in ARTICLES:
        for kind, text in article.truth["body"]:
            if kind != "speaker":
                stories[text].add(story(article))
    assert {text: keys for text, keys in stories.items() if len(keys) > 1} == {}


WRITTEN = """
[[article]]
key = "one"
title = "제목"
kind = "wire"
markup = "p"
paragraphs = ["@image https://img.example/1.jpg", "위", "아래", "(통신) 글이다. a@b.c", "@list\\n하나\\n둘"]
[article.truth]
body = [["paragraph", {line = 3, after = ") ", before = " a@"}, 2], ["list", 4], ["note", "덧붙임"]]
images = [{caption = {lines = [1, 2]}}]
"""


def test_pointers_become_the_printed_text() -> None:
    (article,) = read_articles([WRITTEN])
    assert article.truth == {
        "headline": "제목",
        "body": [["paragraph", "글이다."], ["paragraph", "아래"], ["list", "하나\n둘"], ["note", "덧붙임"]],
        "images": [{"caption": "위\n아래"}],
    }


def test_a_repost_has_the_edited_lines_and_their_truth() -> None:
    copy = '[[article]]\nkey = "two"\ntitle = "새 제목"\nkind = "repost"\nmarkup = "br"\nrepost_of = "one"\n'
    original, repost = read_articles([WRITTEN, copy + 'replace = [["글이다", "글이었다"]]'])
    assert repost.truth["headline"] == "새 제목"
    assert repost.truth["body"][0] == ["paragraph", "글이었다."]
    assert repost.truth["body"][1:] == original.truth["body"][1:]


def test_a_line_may_be_taken_over_from_another_article() -> None:
    later = '[[article]]\nkey = "two"\ntitle = "(종합)"\nkind = "chain"\nmarkup = "br"\nfollows = "one"\n'
    later += 'paragraphs = ["새 글", {of = "one", line = 2}]\n[article.truth]\nbody = [["paragraph", 0, 1]]'
    assert read_articles([WRITTEN, later])[1].paragraphs == ("새 글", "아래")


@pytest.mark.parametrize(
    ("documents", "complaint"),
    [
        ([WRITTEN, WRITTEN], "two articles have the key one"),
        ([WRITTEN.replace('["list", 4]', '["list", 9]')], "one: the truth points at text that is not"),
        ([WRITTEN.replace('after = ") "', 'after = "= "')], "one: the truth points at text that is not"),
    ],
)
def test_a_wrong_entry_is_named(documents: list[str], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        read_articles(documents)

"""Edits are seen on the next crawl where a board has a change feed, and readings in vain are spared."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from crawling import archive_url, articles, asked_for, crawl, last_run, let_visits_come_due, states

from newsbot.archive import open_archive
from newsbot.archive.schema import articles as kept
from newsbot.archive.schema import runs
from newsbot.korean.dates import KST
from newsbot.sampleboard import SampleBoard
from newsbot.sampleboard.articles import load_articles
from newsbot.sampleboard.board import now_in_korea
from newsbot.sampleboard.exchange import Answer

EDITED = ["고친 뒤의 첫 문장은 이렇다고 한다. 바로잡은 기사는 이 한 단락으로 끝났다."]
DEEP = 30  # posts: the oldest of them stand on the second page


def let_an_hour_pass(archive: Path) -> None:
    """As if all that was done had been done an hour earlier."""
    with open_archive(archive_url(archive)) as opened, opened.writing() as connection:
        for column in (runs.c.started, kept.c.checked, kept.c.first_stored):
            rows = connection.execute(sa.select(column.table.c.id, column)).all()
            for key, moment in rows:
                earlier = moment - timedelta(hours=1)
                connection.execute(
                    sa.update(column.table).where(column.table.c.id == key).values({column.name: earlier})
                )


@contextmanager
def board_of_this_morning(posts: int, **look: Any) -> Iterator[SampleBoard]:
    """Its posts are three hours old and older; what happens to them happens now."""
    ago = timedelta(hours=3)
    with SampleBoard(posts=posts, clock=lambda: now_in_korea() - ago, **look) as board:
        ago = timedelta()
        yield board


def as_if_changed_before(board: SampleBoard, posts: Iterable[str]) -> None:
    for post in posts:
        board._database.change(int(post), modified=now_in_korea() - timedelta(hours=4))


def feeds_asked(board: SampleBoard, since: int) -> list[str]:
    return [path for path in asked_for(board, since) if "start_date" in path]


def read_again(board: SampleBoard, since: int) -> set[str]:
    return {
        path.rpartition("/")[2] for path in asked_for(board, since) if path.rpartition("/")[2].isdecimal()
    }


def test_an_edit_that_no_listing_shows_is_seen_on_the_next_crawl(archive: Path) -> None:
    with board_of_this_morning(posts=DEEP) as board:
        crawl(board, archive)
        let_an_hour_pass(archive)
        edited = board.listed[-1]
        board.edit(edited, paragraphs=EDITED)
        seen = len(board.requests)
        assert crawl(board, archive).shows(state="finished", revised=1, unchanged=0, pages=1)
        assert len(feeds_asked(board, seen)) == 1
        assert read_again(board, seen) == {edited}
        assert articles(archive)[edited].article.body[0].text == EDITED[0]
        let_an_hour_pass(archive)
        as_if_changed_before(board, [edited])
        assert crawl(board, archive).shows(revised=0, unchanged=0)


def test_a_comment_makes_no_revision(archive: Path) -> None:
    with board_of_this_morning(posts=DEEP) as board:
        crawl(board, archive)
        let_an_hour_pass(archive)
        board.comment(board.listed[-1], 2)
        assert crawl(board, archive).shows(state="finished", revised=0, unchanged=1)
        let_an_hour_pass(archive)
        as_if_changed_before(board, board.listed)
        assert crawl(board, archive).shows(revised=0, unchanged=0)


def test_what_the_feed_tells_need_not_be_visited_but_for_removals(archive: Path) -> None:
    with board_of_this_morning(posts=5) as board:
        last = board.post(load_articles()[0], posted=datetime.now(KST) - timedelta(days=4))
        crawl(board, archive)
        let_an_hour_pass(archive)
        let_visits_come_due(archive)
        board.delete(last)
        seen = len(board.requests)
        assert crawl(board, archive).shows(state="finished", unchanged=0, gone=1)
        assert read_again(board, seen) == {last}
        assert states(archive, board)[last] == "deleted"


def test_the_feed_is_not_asked_in_vain(archive: Path) -> None:
    with board_of_this_morning(posts=3) as board:
        crawl(board, archive)
        seen = len(board.requests)
        crawl(board, archive)  # right after
        assert asked_for(board, seen) == ["/news"]
        let_an_hour_pass(archive)
        seen = len(board.requests)
        crawl(board, archive)
        assert len(feeds_asked(board, seen)) == 1
        crawl(board, archive)
        assert len(feeds_asked(board, seen)) == 1


def test_a_quiet_old_board_is_asked_for_its_listing_alone(archive: Path) -> None:
    old = datetime.now(KST) - timedelta(days=30)
    with SampleBoard(posts=[]) as board:
        for article in load_articles()[:3]:
            board.post(article, posted=old)
        crawl(board, archive)
        let_an_hour_pass(archive)
        seen = len(board.requests)
        assert crawl(board, archive).shows(state="finished")
        assert asked_for(board, seen) == ["/news"]


def test_a_closed_feed_changes_nothing(archive: Path) -> None:
    with board_of_this_morning(posts=5, feeds=False) as board:
        crawl(board, archive)
        let_an_hour_pass(archive)
        board.edit(board.listed[-1], paragraphs=EDITED)
        let_visits_come_due(archive)
        seen = len(board.requests)
        assert crawl(board, archive).shows(state="finished", revised=1, unchanged=4)
        assert feeds_asked(board, seen) == []


EMPTY = '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>뉴스</title></feed>'
ENTRY = "<entry><title>제목</title><id>{}</id><updated>{}</updated></entry>"


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (200, EMPTY),  # another time zone than ours, or shut behind the listing's back
        (200, "<!DOCTYPE html><title>점검 중</title><p>잠시 뒤에 다시 오십시오.</p>"),
        (200, EMPTY[:60]),
        (404, ""),
        (500, ""),
        (
            200,
            EMPTY.replace("</feed>", ENTRY.format("http://other.example/news/{first}", "{now}") + "</feed>"),
        ),
        (200, EMPTY.replace("</feed>", ENTRY.format("{site}/news/999999", "{now}") + "</feed>")),
        (200, EMPTY.replace("</feed>", ENTRY.format("{site}/news/{first}", "gestern") + "</feed>")),
    ],
)
def test_a_feed_that_proves_nothing_leaves_the_plan_as_it_is(status: int, text: str, archive: Path) -> None:
    with board_of_this_morning(posts=3) as board:
        crawl(board, archive)
        let_an_hour_pass(archive)
        let_visits_come_due(archive)
        words = {"{site}": board.site, "{first}": board.listed[-1], "{now}": datetime.now(KST).isoformat()}
        for name, value in words.items():
            text = text.replace(name, value)
        own = board._engine.answer

        def hostile(request: object) -> Answer:
            if urlsplit(request.target).path != "/news/atom":  # type: ignore[attr-defined]
                return own(request)  # type: ignore[arg-type]
            return Answer(status=status, body=text.encode(), content_type="text/xml; charset=UTF-8")

        board._engine.answer = hostile  # type: ignore[method-assign]
        done = crawl(board, archive, "-s", "RETRY_TIMES=0")
        assert done.shows(state="finished", unchanged=3, failed=0)
        assert "changes" not in last_run(archive).options


def test_more_changes_than_a_crawl_may_read_are_read_by_the_next(archive: Path) -> None:
    with board_of_this_morning(posts=45) as board:
        crawl(board, archive)
        let_an_hour_pass(archive)
        for post in board.listed:
            board.edit(post, paragraphs=[f"{post}번 글은 이렇게 고쳐졌다. 한 단락뿐인 글이다."])
        seen = len(board.requests)
        assert crawl(board, archive).shows(state="finished", revised=20)
        assert len(feeds_asked(board, seen)) == 4  # three full pages, and one to see the end
        assert crawl(board, archive).shows(state="finished", revised=20)
        assert crawl(board, archive).shows(state="finished", revised=5)
        let_an_hour_pass(archive)
        as_if_changed_before(board, board.listed)
        assert crawl(board, archive).shows(state="finished", revised=0, unchanged=0)


def test_a_listing_that_names_a_feed_elsewhere_is_not_believed(archive: Path) -> None:
    with board_of_this_morning(posts=3) as board:
        crawl(board, archive)
        let_an_hour_pass(archive)
        page = board._engine.answer
        own = board._engine

        def elsewhere(request: object) -> Answer:
            answer = page(request)  # type: ignore[arg-type]
            body = answer.body.replace(f"{board.site}/news/atom".encode(), b"http://127.0.0.1:9/news/atom")
            return Answer(status=answer.status, body=body, content_type=answer.content_type)

        own.answer = elsewhere  # type: ignore[method-assign]
        seen = len(board.requests)
        assert crawl(board, archive).shows(state="finished", failed=0)
        assert feeds_asked(board, seen) == []

from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from commanding import Command

from newsbot.archive import open_archive
from newsbot.items import Article, Block
from newsbot.korean.date_forms import KST
from newsbot.korean.text import candidate

NOON = datetime(2026, 3, 2, 12, tzinfo=KST)
WORDS = ["".join(Random(n).choices("가나다라마바사아자차카타파하", k=3)) for n in range(40)]


def account(number: int, outlet: str) -> Article:
    url = f"https://paper.example/{number}"
    own = ["".join(Random(f"{number}/{n}").choices("고노도로모보소오조초코토포호", k=3)) for n in range(40)]
    return Article(
        uri=f"newsbot:paper.example/{number}",
        url=url,
        site="paper.example",
        document_id=str(number),
        headline=" ".join(WORDS[:4]),
        source=outlet,
        body=(Block(type="paragraph", text=" ".join([*WORDS, *own])),),
        date_fetched=NOON,
        date_published=NOON + timedelta(hours=number),
    )


@pytest.fixture
def place(archive: Path) -> tuple[str, str]:
    with open_archive(f"sqlite:///{archive}") as opened:
        run = opened.start_run(
            source="paper", name=None, url="https://paper.example", options={}, started=NOON
        )
        for number, outlet in enumerate(("가온통신", "나루일보", "다솔신문")):
            opened.store(run, "paper", candidate(account(number, outlet)), when=NOON)
    return "--archive", f"sqlite:///{archive}"


def test_stories_are_listed_with_their_outlets(place: tuple[str, str], newsbot: Command) -> None:
    (story,) = newsbot("stories", *place, "--json").lines
    assert (story["uri"], story["outlets"]) == (
        "newsbot:paper.example/0",
        ["가온통신", "나루일보", "다솔신문"],
    )
    assert [one["uri"][-1] for one in story["articles"]] == ["0", "1", "2"]
    said = newsbot("stories", *place)
    assert said.code == 0
    assert "3 outlets, 3 articles" in said.out
    assert "03-02 13:00  나루일보  " in said.out
    assert newsbot("verify", *place).code == 0


def test_no_story_is_said_so(place: tuple[str, str], newsbot: Command) -> None:
    said = newsbot("stories", "--outlets", "4", *place)
    assert (said.code, said.out, said.err.strip()) == (0, "", "no story is told by 4 outlets or more")
    assert newsbot("stories", "--since", "2026-03-03", *place, "--json").lines == []

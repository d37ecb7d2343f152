"""``python -m benchmarks.peers [READER …] [--quick] [--markdown]``: newsbot's reading beside its peers'.

Makes the peers' environments in .venv-peers first, which takes a network and about 250 MB.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from benchmarks.peers.corpus import Group, Page, pages
from benchmarks.peers.environments import REQUIREMENTS, run, save
from benchmarks.peers.scoring import MEASURES, Read, score

GROUPS: tuple[Group, ...] = ("outlets", "boards")
QUICK = 0.1

Answers = Mapping[str, tuple[Read, float]]  # by page: what was read, and the CPU seconds it took


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description="newsbot and its peers.")
    parser.add_argument("reader", nargs="*", help=f"of {'; '.join(REQUIREMENTS)}; default: all")
    parser.add_argument("--quick", action="store_true", help="a tenth of the boards' pages")
    parser.add_argument("--markdown", action="store_true", help="the table as the README has it")
    parser.add_argument("--pages", action="store_true", help="each page's body F1 instead")
    arguments = parser.parse_args()
    if unknown := set(arguments.reader) - set(REQUIREMENTS):
        parser.error(f"there is no reader {', '.join(sorted(unknown))}")
    corpus = pages(QUICK if arguments.quick else 1.0)
    read = dict(_read(arguments.reader or list(REQUIREMENTS), corpus))
    rows = _page_rows(read, corpus) if arguments.pages else _rows(read, corpus)
    headings = ("page", *read) if arguments.pages else ("pages", "reader", *MEASURES, "pages/s")
    _print(headings, list(rows), markdown=arguments.markdown)


def _read(readers: Iterable[str], corpus: Sequence[Page]) -> Iterator[tuple[str, Answers]]:
    with tempfile.TemporaryDirectory() as directory, Console(stderr=True).status("") as status:
        save(corpus, Path(directory))
        for reader in readers:
            status.update(f"{reader} …")
            yield reader, run(reader, Path(directory))


def _rows(read: Mapping[str, Answers], corpus: Sequence[Page]) -> Iterator[list[str]]:
    for group, reader in product(GROUPS, read):
        answers = read[reader]
        chosen = [page for page in corpus if page.group == group and page.key in answers]
        if chosen:
            yield [f"{len(chosen)} {group}", reader, *_values(chosen, answers)]


def _values(chosen: Sequence[Page], answers: Answers) -> Iterator[str]:
    """A dash where the reader has no such field, or no page claims one; without bodies there is no speed."""
    given = {field for found, _ in answers.values() for field in found}
    scores = [score(page, answers[page.key][0]) for page in chosen]
    for field, of in MEASURES.values():
        yield _value(of(scores) if field in given else None)
    yield f"{len(chosen) / sum(answers[page.key][1] for page in chosen):,.0f}" if "body" in given else "–"


def _page_rows(read: Mapping[str, Answers], corpus: Sequence[Page]) -> Iterator[list[str]]:
    for page in corpus:
        answers = [found.get(page.key) for found in read.values()]
        yield [page.key, *(_value(score(page, answer[0]).body if answer else None) for answer in answers)]


def _value(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _print(headings: Sequence[str], rows: Sequence[Sequence[str]], *, markdown: bool) -> None:
    if markdown:
        rules = ["---" if heading in ("pages", "page", "reader") else "---:" for heading in headings]
        sys.stdout.writelines(f"| {' | '.join(row)} |\n" for row in (headings, rules, *rows))
        return
    table = Table(*headings, box=box.SIMPLE, header_style="bold")
    for row in rows:
        table.add_row(*row)
    Console(width=150).print(table)


if __name__ == "__main__":
    main()

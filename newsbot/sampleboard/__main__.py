"""``python -m newsbot.sampleboard``: the sample board in the foreground, until Ctrl-C."""

from __future__ import annotations

import argparse
import sys
import threading

from newsbot.sampleboard.board import SampleBoard


def main() -> None:
    options = _parser().parse_args()
    posts: int | None = options.posts
    skin = {"skin": options.skin} if options.skin else {}
    with SampleBoard(engine=options.engine, posts=posts, port=options.port, **skin) as board:
        sys.stdout.write(f"{board.url}\n")
        sys.stdout.flush()
        threading.Event().wait()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m newsbot.sampleboard", description=__doc__)
    parser.add_argument("--engine", choices=("rhymix", "gnuboard", "table"), default="rhymix")
    parser.add_argument("--skin", choices=("xedition", "default"), help="Rhymix's skin for PCs")
    parser.add_argument("--port", type=int, default=0, help="default: a free one")
    parser.add_argument("--posts", type=int, help="that many generated posts instead of the written ones")
    return parser


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)

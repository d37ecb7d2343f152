"""Fuzz a target, guided by coverage: ``python -m benchmarks.fuzz article 600`` runs for ten minutes.

Needs atheris (no dependency of newsbot) in the environment. Inputs that lead to new code are kept in
``.fuzz/TARGET/``, from which the next run goes on; one that crashes, or takes more than five seconds, is
written to ``.fuzz/TARGET-crash-…`` and is to become a test. Further arguments are libFuzzer's own.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

_PLACE = Path(".fuzz")
_LIMITS = ("-max_len=40000", "-timeout=5", "-rss_limit_mb=4096")


def main(name: str, seconds: str = "300", *options: str) -> None:
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["newsbot"]):
        targets = importlib.import_module("benchmarks.fuzz.targets")
    corpus = _PLACE / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(targets.seeds(name)):
        (corpus / f"seed-{number:05}").write_bytes(seed)
    places = (f"-artifact_prefix={_PLACE}/{name}-", str(corpus))
    atheris.Setup(
        [sys.argv[0], f"-max_total_time={seconds}", *_LIMITS, *options, *places], targets.TARGETS[name]
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])

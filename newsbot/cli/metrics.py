"""newsbot metrics: how every source stands, for Prometheus."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.console import Console

from newsbot.archive import Archive, open_archive
from newsbot.archive.fleet import workers
from newsbot.archive.run_records import Run
from newsbot.cli.options import ArchiveOption, ConfigOption, configured
from newsbot.cli.standing import last_runs_of
from newsbot.cli.streams import write_data
from newsbot.config import Config, source_key
from newsbot.errors import NewsbotError
from newsbot.extensions.run_report import FIGURES

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric
    from prometheus_client.registry import CollectorRegistry

COUNTED: Final = (*FIGURES, "requests", "bytes")
STATES: Final = ("running", "finished", "partial", "failed", "killed")


def metrics(
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: a free one, which is said.")] = 9321,
    once: Annotated[
        bool,
        typer.Option("--once", help="Print the text form and end: for node_exporter's textfile collector."),
    ] = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
) -> None:
    """Serve /metrics for Prometheus: each source's last run, backlog and troubles, from the archive.

    Nobody but this machine can ask for it unless --host says so. An answer costs a few look-ups a source,
    however large the archive is. Needs the extra `metrics`.

    Examples:

        newsbot metrics

        newsbot metrics --once > /var/lib/node_exporter/newsbot.prom
    """
    settled, url = configured(config, archive)
    client = _client()
    with open_archive(url, read_only=True, create=False):
        pass  # says now what is wrong with it
    registry = client.CollectorRegistry()
    registry.register(Standings(settled, url))
    if once:
        write_data()
        typer.echo(client.generate_latest(registry).decode(), nl=False)
        return
    _serve(client, registry, host, port)


class Standings:
    """Prometheus's collector: reads the archive when it is asked."""

    def __init__(self, config: Config, archive: str) -> None:
        self._config, self._archive = config, archive
        self._names = {source_key(source.url): name for name, source in config.sources.items()}

    def describe(self) -> list[Metric]:
        """Nothing is collected only to be registered."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The metrics, each of every source."""
        with open_archive(self._archive, read_only=True, create=False) as opened:
            yield from self._metrics(opened)

    def _metrics(self, archive: Archive) -> Iterator[Metric]:
        last = last_runs_of(archive, self._config)
        known = {run.source for run in last}
        yield from _of_runs({self._name(run.source): run for run in last})
        waiting = _gauge("newsbot_waiting", "Headlines that wait to be fetched, by state.", "source", "state")
        for key, states in archive.waiting().items():
            for state, count in states.items():
                waiting.add_metric([self._name(key), state], count)
        troubles = _gauge("newsbot_trouble_since_seconds", "When an open trouble began.", "source", "trouble")
        for trouble in (each for each in archive.troubles(only_open=True) if each.source in known):
            troubles.add_metric([self._name(trouble.source), trouble.name], trouble.since.timestamp())
        articles = _gauge("newsbot_articles", "Articles in the archive.")
        articles.add_metric([], archive.articles_kept())
        yield from (waiting, troubles, articles, *_of_workers(archive))

    def _name(self, key: str) -> str:
        return self._names.get(key, key)


def _of_workers(archive: Archive) -> Iterator[Metric]:
    """Of a fleet: an archive in a file has none."""
    if archive.dialect == "postgresql":
        found = workers(archive)
        there = _gauge("newsbot_workers", "Workers of the fleet that are at work.")
        there.add_metric([], len(found))
        places = _gauge("newsbot_workers_at_once", "Crawls that the workers may run at once.")
        places.add_metric([], sum(worker.at_once for worker in found))
        yield from (there, places)


def _of_runs(runs: dict[str, Run]) -> Iterator[Metric]:
    state = _gauge("newsbot_run_state", "1 for the state of a source's last run.", "source", "state")
    began = _gauge("newsbot_run_started_seconds", "When a source's last run began.", "source")
    ended = _gauge("newsbot_run_finished_seconds", "When a source's last run ended.", "source")
    took = _gauge("newsbot_run_duration_seconds", "How long a source's last run took.", "source")
    figure = _gauge("newsbot_run_figure", "What a source's last run came to.", "source", "figure")
    failures = _gauge(
        "newsbot_run_failures", "Failures of a source's last run, by reason.", "source", "reason"
    )
    latency = _gauge(
        "newsbot_run_latency_seconds", "Of the answers in a source's last run.", "source", "quantile"
    )
    for source, run in runs.items():
        for each in STATES:
            state.add_metric([source, each], float(run.state == each))
        began.add_metric([source], run.started.timestamp())
        if run.finished is not None:
            ended.add_metric([source], run.finished.timestamp())
            took.add_metric([source], _number(run.figures, "seconds"))
        for name in COUNTED:
            figure.add_metric([source, name], _number(run.figures, name))
        for reason, count in (run.figures.get("failures") or {}).items():
            failures.add_metric([source, reason], count)
        for part, seconds in (run.figures.get("latency") or {}).items():
            latency.add_metric([source, f"{int(part.removeprefix('p')) / 100:g}"], seconds)
    yield from (state, began, ended, took, figure, failures, latency)


def _number(figures: Any, name: str) -> float:
    return float(figures.get(name) or 0)


def _gauge(name: str, help_text: str, *labels: str) -> Any:
    from prometheus_client.core import GaugeMetricFamily

    return GaugeMetricFamily(name, help_text, labels=labels)


def _client() -> Any:
    try:
        import prometheus_client
    except ImportError:
        raise NewsbotError("metrics need prometheus-client: pip install 'newsbot[metrics]'") from None
    return prometheus_client


def _serve(client: Any, registry: CollectorRegistry, host: str, port: int) -> None:
    try:
        server, thread = client.start_http_server(port, host, registry)
    except OSError as error:
        raise NewsbotError(f"{host}:{port} cannot be listened at: {error.strerror}") from None
    where = f"http://{host}:{server.server_address[1]}/metrics"
    Console(stderr=True).print(f"{where}; Ctrl-C ends it", soft_wrap=True, highlight=False)
    try:
        while thread.is_alive():
            time.sleep(1)
    except KeyboardInterrupt:
        server.shutdown()

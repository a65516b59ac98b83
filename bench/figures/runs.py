"""One run of a queue to its end."""

from dataclasses import dataclass

from bench.cluster import Cluster
from bench.manager import Manager
from bench.source import ListSource


@dataclass(frozen=True)
class Run:
    """Seconds: of the whole command with the start of its JVM, and from the listing it was given to its end."""

    command: float
    queue: float


def names(count: int, first: int = 0) -> list[str]:
    return [f"item-{number}" for number in range(first, first + count)]


def once(cluster: Cluster, items: int, parallelism: int, run_for: str, *options: str) -> Run:
    """`--once`, whose end means: every item has its outcome, and nothing of the queue is left in the cluster."""
    source = ListSource(names(items))
    manager = Manager(cluster, source.url, parallelism, run_for, "--once", *options)
    end = manager.wait(1800)
    source.close()
    return Run(end - manager.began, end - source.told(items))

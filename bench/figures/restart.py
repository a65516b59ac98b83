"""How soon a manager that was killed in the middle of a long list is at work again."""

import time

from bench import stats
from bench.figure import Collected, Figure, Row, Samples, Size
from bench.figures import runs
from bench.manager import Manager, delete_queue
from bench.page import Page
from bench.pods import PodWatch
from bench.source import ListSource

QUEUE = "restart"


def _measure(size: Size) -> Samples:
    collected = Collected()
    items, done, parallelism = size.of(10_000, 100), size.of(5_000, 30), size.of(50, 5)
    with size.cluster("--stock") as one:
        source, watch = ListSource(runs.names(items)), PodWatch(one.api)
        options = ("--queue", QUEUE, "--port", "0")
        manager = Manager(one, source.url, parallelism, "0s", *options)
        page = Page(manager.page())
        for _ in range(size.rounds):
            page.await_count("SUCCEEDED", done, 600)
            manager.kill()
            time.sleep(1) # what was under way in the cluster comes to rest
            ended = watch.ended()
            last = max(life.created for life in watch.all())
            manager = Manager(one, source.url, parallelism, "0s", *options)
            page = Page(manager.page())
            right = _right(page, items, ended)
            watch.await_ended(ended + 1, 60)
            following = min(life.created for life in watch.all() if life.created > last)
            collected.add(table=right - manager.began, start=following - manager.began)
            done += size.of(200, 10)
        manager.stop()
        delete_queue(one, QUEUE)
        source.close()
    return collected.samples


def _right(page: Page, items: int, ended: int) -> float:
    """When the table has every listed item, and every one that ended before."""
    while True:
        counts = page.ask(limit=1)["counts"]
        if sum(counts.values()) == items and counts["SUCCEEDED"] >= ended:
            return time.time()
        time.sleep(0.01)


def _rows(samples: Samples) -> list[Row]:
    worst = max(stats.median(samples["table"]), stats.median(samples["start"]))
    return [Row("start again after SIGKILL, 10,000 items of which 5,000 are done: to the right table, and to the next start",
                "below 3 s", f"{stats.spread(samples['table'], 2, 's')}, and {stats.spread(samples['start'], 2, 's')}",
                worst < 3)]


FIGURES = [Figure("restart", "After SIGKILL", _measure, _rows)]

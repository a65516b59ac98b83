"""How soon an item that is listed has its pod, where one comes each second."""

import time

from bench import stats
from bench.cluster import Cluster
from bench.figure import Collected, Figure, Row, Samples, Size
from bench.figures import runs
from bench.manager import Manager, delete_queue
from bench.peers.book_loop import WAIT, BookLoop
from bench.pods import PodWatch
from bench.source import ListSource


def _measure(size: Size) -> Samples:
    collected = Collected()
    items = size.of(40, 2)
    with size.cluster("--stock") as one:
        for number in range(size.rounds):
            source = ListSource([])
            manager = Manager(one, source.url, 8, "0s", "--poll", "200ms", "--queue", f"latency {number}")
            source.await_asked(60)
            collected.extend("ours", _one_each_second(one, source, items))
            manager.stop()
            delete_queue(one, f"latency {number}")
            source = ListSource([])
            loop = BookLoop(one, source.url, "0s", 1 if size.quick else WAIT)
            source.await_asked(60)
            collected.extend("book_loop", _one_each_second(one, source, items))
            loop.close()
            one.api.clear()
    return collected.samples


def _one_each_second(one: Cluster, source: ListSource, items: int) -> list[float]:
    """From the handing out of the first listing that has an item to its pod."""
    watch = PodWatch(one.api)
    for count in range(1, items + 1):
        source.set(runs.names(count))
        time.sleep(1)
    watch.await_ended(items, 120)
    source.close()
    created = sorted(life.created for life in watch.close())
    return [at - source.told(number + 1) for number, at in enumerate(created)]


def _rows(samples: Samples) -> list[Row]:
    ours, book = (
        [stats.percentile(samples[who], percent) * 1000 for percent in (50, 99)] for who in ("ours", "book_loop"))
    return [Row(
        "item listed to its pod created, one item a second, p50 and p99", "below 50 ms and 250 ms",
        f"{ours[0]:.0f} ms and {ours[1]:.0f} ms; the book's loop {book[0]:,.0f} ms and {book[1]:,.0f} ms, and its listing"
        " comes every 10 s", ours[0] < 50 and ours[1] < 250)]


FIGURES = [Figure("latency", "From the listing to the pod", _measure, _rows)]

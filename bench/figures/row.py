"""How soon the table shows that a pod has ended, while a hundred run."""

import threading
import time

from bench import stats
from bench.figure import Collected, Figure, Row, Samples, Size
from bench.figures import runs
from bench.manager import Manager, delete_queue
from bench.page import Page
from bench.pods import PodWatch
from bench.source import ListSource

GLANCE = 0.01


class Reader:
    """Asks the page for what changed every 10 ms, and keeps when it first showed each item as SUCCEEDED."""

    def __init__(self, url: str):
        self.shown: dict[str, float] = {}
        self._page, self._closed = Page(url), threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        since = 0
        while not self._closed.wait(GLANCE):
            # In the order of the list, and whole: a row is then named only because it changed.
            answer = self._page.ask(since=since, sort="listed", limit=1000)
            now, since = time.time(), answer["revision"]
            for row in answer["items"]:
                if row["state"] == "SUCCEEDED":
                    self.shown.setdefault(row["name"], now)

    def close(self) -> dict[str, float]:
        self._closed.set()
        self._thread.join()
        return self.shown


def _measure(size: Size) -> Samples:
    collected = Collected()
    items, parallelism = size.of(400, 20), size.of(100, 10)
    with size.cluster("--stock") as one:
        for number in range(size.rounds):
            source, watch = ListSource(runs.names(items)), PodWatch(one.api)
            manager = Manager(one, source.url, parallelism, "10s" if not size.quick else "1s",
                              "--port", "0", "--queue", f"row {number}")
            reader = Reader(manager.page())
            watch.await_ended(items, 300)
            page = Page(manager.page())
            page.await_count("SUCCEEDED", items, 60)
            time.sleep(0.1) # for the reader's last glance
            shown = reader.close()
            collected.extend("lag", [shown[life.item] - life.ended for life in watch.close()])
            manager.stop()
            source.close()
            delete_queue(one, f"row {number}")
    return collected.samples


def _rows(samples: Samples) -> list[Row]:
    middle, high = (stats.percentile(samples["lag"], percent) * 1000 for percent in (50, 99))
    return [Row("pod ended to table row changed, 100 running, p50 and p99", "below 100 ms and 500 ms",
                f"{middle:.0f} ms and {high:.0f} ms", middle < 100 and high < 500)]


FIGURES = [Figure("row", "From the pod's end to the table", _measure, _rows)]

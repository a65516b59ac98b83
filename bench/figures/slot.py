"""How long a slot is idle between two items."""

from bench import stats
from bench.figure import Collected, Figure, Row, Samples, Size
from bench.figures import runs
from bench.manager import Manager
from bench.pods import PodWatch
from bench.source import ListSource


def _measure(size: Size) -> Samples:
    collected = Collected()
    items, parallelism = size.of(100, 12), size.of(20, 4)
    with size.cluster("--stock") as one:
        for _ in range(size.rounds):
            source, watch = ListSource(runs.names(items)), PodWatch(one.api)
            Manager(one, source.url, parallelism, "1s" if size.quick else "10s", "--once").wait(600)
            lives = watch.close()
            source.close()
            ends = sorted(life.ended for life in lives)
            # The slot that came free first is the one that is filled first.
            for name in ("created", "started"):
                begins = sorted(getattr(life, name) for life in lives)[parallelism:]
                collected.extend(name, [begin - end for end, begin in zip(ends, begins)])
    return collected.samples


def _rows(samples: Samples) -> list[Row]:
    started, created = (stats.median(samples[name]) * 1000 for name in ("started", "created"))
    return [Row("slot idle between two items of 10 s, parallelism 20, stock limits", "below 300 ms in the median",
                f"{started:.0f} ms until the next worker runs, {created:.0f} ms until its pod is there", started < 300)]


FIGURES = [Figure("slot", "An idle slot", _measure, _rows, alike=True)]

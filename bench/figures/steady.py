"""Whether a long list is worked off as fast at its end as at its start."""

from bench import stats
from bench.figure import Collected, Figure, Row, Samples, Size
from bench.figures import runs
from bench.pods import PodWatch


def _measure(size: Size) -> Samples:
    collected = Collected()
    items, parallelism = size.of(10_000, 60), size.of(500, 20)
    with size.cluster("--stock") as one:
        for _ in range(size.rounds):
            watch = PodWatch(one.api)
            runs.once(one, items, parallelism, "0s")
            ends = sorted(life.ended for life in watch.close() if life.ended)
            # Without the first and the last twentieth, in which the slots fill and run empty.
            edge, fifth = items // 20, items // 5
            collected.add(
                start=fifth / (ends[edge + fifth] - ends[edge]),
                end=fifth / (ends[items - edge - 1] - ends[items - edge - 1 - fifth]))
    return collected.samples


def _rows(samples: Samples) -> list[Row]:
    ratio = stats.ratios(samples["end"], samples["start"])
    return [Row(
        "10,000 items that end at once, parallelism 500: rate at the end against the rate at the start",
        "at least 90 %",
        f"{stats.spread([one * 100 for one in ratio], 0, '%')}; {stats.spread(samples['start'], 0)} items/s at the start",
        stats.median(ratio) >= 0.9)]


FIGURES = [Figure("steady", "A long list", _measure, _rows, alike=True)]

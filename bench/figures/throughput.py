"""How long a list takes, beside the other ways: on stock limits of the control plane, and on raised ones."""

import time
from collections.abc import Callable

from bench import cpu, stats
from bench.figure import Collected, Figure, Row, Samples, Size
from bench.figures import runs
from bench.peers import book_loop, creator, indexed_job, jobs_each
from bench.pods import PodWatch
from bench.source import ListSource


def _seconds(work: Callable[[], object]) -> float:
    begin = time.time()
    work()
    return time.time() - begin


def _at_once(stock: bool) -> Callable[[Size], Samples]:
    def measure(size: Size) -> Samples:
        collected = Collected()
        items = size.of(1000, 40)
        # The slow peers' rates do not depend on how many there are, and a run of theirs must end.
        few = size.of(120 if stock else 1000, 10)
        book = size.of(60 if stock else 300, 5)
        with size.cluster(*["--stock"] * stock) as one:
            watch = PodWatch(one.api)
            source = ListSource([f"book-{number}" for number in range(book)])
            for _ in range(size.rounds):
                ours = runs.once(one, items, items, "0s")
                collected.add(ours=items / ours.queue, ours_command=items / ours.command)
                for name, count, work in (
                    ("indexed_job", items, lambda: indexed_job.run(one, items, items, "0s")),
                    ("jobs_each", few, lambda: jobs_each.run(one, few, "0s")),
                    ("book_loop", book, lambda: book_loop.run(one, book, source.url, "0s")),
                    ("raw_creator", items, lambda: creator.run(one, items, "0s", watch)),
                ):
                    collected.add(**{name: count / _seconds(work)})
                    one.api.clear()
        return collected.samples
    return measure


def _at_once_rows(stock: bool) -> Callable[[Samples], list[Row]]:
    def rows(samples: Samples) -> list[Row]:
        limits = "stock" if stock else "raised"
        rate = f"items/s, 1,000 items that end at once, no cap, {limits} limits"
        return [
            Row(rate, "", stats.spread(samples["ours"])),
            *[_times(rate, samples, peer, goal if stock else None) for peer, goal in
              (("indexed_job", 4), ("jobs_each", 12), ("book_loop", None), ("raw_creator", None))],
        ]
    return rows


def _times(rate: str, samples: Samples, peer: str, goal: int | None) -> Row:
    ratio = stats.ratios(samples["ours"], samples[peer])
    return Row(
        f"the same against {PEERS[peer]}", f"at least {goal} times" if goal else "",
        f"{stats.spread(ratio, 2)} times; {stats.spread(samples[peer])} items/s there",
        stats.median(ratio) >= goal if goal else None)


PEERS = {
    "indexed_job": "one Indexed Job",
    "jobs_each": "Jobs of one item",
    "book_loop": "the book's loop",
    "raw_creator": "pods that are only created",
}


def _capped(run_for: str, stock: bool) -> Callable[[Size], Samples]:
    def measure(size: Size) -> Samples:
        collected = Collected()
        items, parallelism = size.of(500, 30), size.of(50, 10)
        with size.cluster(*["--stock"] * stock) as one:
            for _ in range(size.rounds):
                before = cpu.used(one)
                ours = runs.once(one, items, parallelism, run_for)
                for component, seconds in cpu.since(one, before).items():
                    collected.add(**{f"cpu_ms {component}": seconds * 1000 / items})
                theirs = _seconds(lambda: indexed_job.run(one, items, parallelism, run_for))
                collected.add(ours=ours.queue, ours_command=ours.command, indexed_job=theirs)
                one.api.clear()
        return collected.samples
    return measure


def _capped_rows(what: str, goal: str, held: Callable[[Samples], bool | None]) -> Callable[[Samples], list[Row]]:
    def rows(samples: Samples) -> list[Row]:
        ratio = stats.ratios(samples["ours"], samples["indexed_job"])
        return [
            Row(what, goal, f"{stats.spread(samples['ours'], 1, 's')}, with the JVM's start"
                f" {stats.median(samples['ours_command']):.1f} s", held(samples)),
            Row("the same against one Indexed Job", "",
                f"{stats.spread(ratio, 2)} of its {stats.spread(samples['indexed_job'], 1, 's')}"),
            Row("processor time of one item of these, everything on the same cores", "", _cpu(samples)),
        ]
    return rows


def _cpu(samples: Samples) -> str:
    """Of all, and of each process, the most first."""
    each = {name.removeprefix("cpu_ms "): stats.median(values)
            for name, values in samples.items() if name.startswith("cpu_ms ")}
    parts = ", ".join(f"{name} {each[name]:.0f}" for name in sorted(each, key=each.get, reverse=True))
    return f"{sum(each.values()):.0f} ms: {parts}"


def _fifth(samples: Samples) -> bool:
    return stats.median(stats.ratios(samples["ours"], samples["indexed_job"])) <= 0.2


def _near_ideal(samples: Samples) -> bool:
    return stats.median(samples["ours"]) <= 13


FIGURES = [
    Figure("at-once-stock", "No cap, stock limits", _at_once(True), _at_once_rows(True)),
    Figure("capped-stock", "Parallelism 50, stock limits", _capped("0s", True), _capped_rows(
        "500 items that end at once, parallelism 50, stock limits", "at most a fifth of one Indexed Job's", _fifth)),
    Figure("second-stock", "Items of 1 s, stock limits", _capped("1s", True), _capped_rows(
        "500 items of 1 s, parallelism 50, stock limits", "at most 13 s (1.3 times the ideal)", _near_ideal), alike=True),
    Figure("at-once-raised", "No cap, raised limits", _at_once(False), _at_once_rows(False), alike=True),
    Figure("capped-raised", "Parallelism 50, raised limits", _capped("0s", False), _capped_rows(
        "500 items that end at once, parallelism 50, raised limits", "", lambda _: None), alike=True),
    Figure("second-raised", "Items of 1 s, raised limits", _capped("1s", False), _capped_rows(
        "500 items of 1 s, parallelism 50, raised limits", "", lambda _: None), alike=True),
]

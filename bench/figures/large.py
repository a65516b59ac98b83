"""A manager with a very long list: what it takes of memory, and how its table is answered."""

import time

from bench import stats
from bench.figure import Collected, Figure, Row, Samples, Size
from bench.figures import runs
from bench.manager import Manager, delete_queue
from bench.page import Page
from bench.source import ListSource

RUNNING = 50
MIB = 1024 * 1024
PAGE = 100
LITTLE = 10  # rows of such a page that changed
QUESTIONS = [
    {}, {"offset": 50_000}, {"offset": 99_900}, {"state": "RUNNING"}, {"state": "PENDING", "offset": 70_000},
    {"q": "item-777"}, {"q": "7", "sort": "name", "direction": "descending"}, {"sort": "listed", "offset": 33_000},
    {"sort": "name"}, {"sort": "name", "offset": 66_000}, {"sort": "attempts"}, {"sort": "waited", "offset": 90_000},
    {"sort": "ran", "direction": "descending"},
]


def _measure(size: Size) -> Samples:
    collected = Collected()
    few, many = size.of(10_000, 100), size.of(100_000, 1_000)
    with size.cluster("--stock") as one:
        for number in range(size.rounds):
            for items in (few, many):
                source = ListSource(runs.names(items))
                queue = f"large {items} {number}"
                # Each runs for 20 s, so that few rows change between two glances at the table.
                manager = Manager(one, source.url, RUNNING, "1s" if size.quick else "20s",
                                  "--queue", queue, "--port", "0")
                page = Page(manager.page())
                page.await_count("SUCCEEDED", 1, 300)
                if items == many:
                    _ask(page, size.of(50, 5), size.of(LITTLE, PAGE), collected)
                collected.add(**{f"resident_{_kind(items, many)}": manager.resident() / MIB,
                                 f"heap_{_kind(items, many)}": manager.live_heap() / MIB})
                page.close()
                manager.stop()
                source.close()
                delete_queue(one, queue)
    return collected.samples


def _kind(items: int, many: int) -> str:
    return "many" if items == many else "few"


def _ask(page: Page, glances: int, little: int, collected: Collected) -> None:
    for question in QUESTIONS:
        page.ask(**question, limit=PAGE)
        collected.add(page_ms=page.seconds * 1000, page_kb=page.size / 1000)
    since = page.ask(sort="name", limit=PAGE)["revision"]
    for _ in range(glances):
        time.sleep(0.2)
        answer = page.ask(sort="name", limit=PAGE, since=since)
        since = answer["revision"]
        if len(answer["items"]) <= little:
            collected.add(since_ms=page.seconds * 1000, since_kb=page.size / 1000)


def _rows(samples: Samples) -> list[Row]:
    growth = [(many - few) * MIB / 90_000 for many, few in zip(samples["heap_many"], samples["heap_few"])]
    return [
        Row("manager's live heap at 100,000 listed items, 50 running", "less than 128 MiB",
            f"{stats.spread(samples['heap_many'], 0, 'MiB')}; {stats.spread(samples['heap_few'], 0, 'MiB')} at 10,000:"
            f" {stats.median(growth):.0f} bytes an item more", max(samples["heap_many"]) < 128),
        Row("the process in memory (RSS, default heap)", "", f"{stats.spread(samples['resident_many'], 0, 'MiB')};"
            f" {stats.spread(samples['resident_few'], 0, 'MiB')} at 10,000"),
        Row("page at 100,000 items: any page, filter, sort, search", "below 200 ms and 100 KB",
            f"median {stats.median(samples['page_ms']):.0f} ms, worst {max(samples['page_ms']):.0f} ms and"
            f" {max(samples['page_kb']):.0f} KB", max(samples["page_ms"]) < 200 and max(samples["page_kb"]) < 100),
        Row("a \"changed since\" with little changed", "below 20 ms and 5 KB",
            f"median {stats.median(samples['since_ms']):.0f} ms, p99 {stats.percentile(samples['since_ms'], 99):.0f} ms;"
            f" worst {max(samples['since_kb']):.1f} KB",
            stats.percentile(samples["since_ms"], 99) < 20 and max(samples["since_kb"]) < 5),
    ]


FIGURES = [Figure("large", "A very long list", _measure, _rows)]

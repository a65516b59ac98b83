"""An hour of ten items a second, with the manager killed and the API server restarted meanwhile: nothing lost, nothing
done twice, nothing left over, and no memory that grows."""

import time
from collections import Counter
from dataclasses import dataclass, field

from bench import cluster, results, stats
from bench.cluster import Cluster
from bench.figure import Collected, Row, Samples
from bench.kubeapi import JOBS, NAMESPACE, PODS
from bench.manager import Manager, delete_queue
from bench.pods import PodWatch
from bench.stream import StreamSource

RATE = 10
PARALLELISM = 50
QUEUE = "soak"
RECORDS = f"/api/v1/namespaces/{NAMESPACE}/configmaps"
MIB = 1024 * 1024


@dataclass
class Soak:
    one: Cluster
    source: StreamSource
    began: float = field(default_factory=time.time)
    collected: Collected = field(default_factory=Collected)
    listed: int = 0
    lives: int = 0
    manager: Manager | None = None

    def start(self) -> None:
        self.lives += 1
        self.manager = Manager(self.one, self.source.url, PARALLELISM, "1s", "--queue", QUEUE, "--poll", "1s")

    def kill(self) -> None:
        self.manager.kill()
        print(f"{self._minute():5.1f} min: the manager was killed, with {len(self.source.waiting())} items not told", flush=True)
        self.start()

    def restart_api_server(self) -> None:
        self.one.component("stop", "kube-apiserver", "--kill")
        time.sleep(5)
        self.one.component("start", "kube-apiserver")
        print(f"{self._minute():5.1f} min: the API server was killed and started again", flush=True)

    def list_what_came(self) -> None:
        """As many items as should have come by now."""
        while self.listed < (time.time() - self.began) * RATE:
            self.source.add(f"item-{self.listed}")
            self.listed += 1

    def sample(self) -> None:
        api = self.one.api
        self.collected.add(
            minute=self._minute(), life=self.lives, heap_mib=self.manager.live_heap() / MIB,
            resident_mib=self.manager.resident() / MIB, waiting=len(self.source.waiting()),
            pods=api.count(PODS), jobs=api.count(JOBS), records=api.count(RECORDS))

    def _minute(self) -> float:
        return (time.time() - self.began) / 60


def run(minutes: float) -> int:
    """The exit code: 0 where all held."""
    with cluster.started("--stock") as one:
        watch = PodWatch(one.api)
        soak = Soak(one, StreamSource())
        soak.start()
        # (at which part of the time, what): the manager at each sixth, the API server at a quarter and two thirds.
        events = sorted(
            [(part / 6, soak.kill) for part in range(1, 6)] + [(0.25, soak.restart_api_server), (0.7, soak.restart_api_server)],
            key=lambda event: event[0])
        next_sample = soak.began + 60
        while (passed := time.time() - soak.began) < minutes * 60:
            soak.list_what_came()
            if events and passed >= events[0][0] * minutes * 60:
                events.pop(0)[1]()
            if time.time() >= next_sample:
                next_sample += 60
                soak.sample()
            time.sleep(0.1)
        faults = _finish(soak, watch)
        soak.collected.add(listed=soak.listed, faults=len(faults))
        results.write(results.FOLDER, "soak", soak.collected.samples, 1, time.time() - soak.began)
    for fault in faults:
        print("FAULT: " + fault)
    print(f"{soak.listed} items listed, {soak.lives} managers")
    print(f"{0 if faults else 1} passed, {1 if faults else 0} failed")
    return 1 if faults else 0


def rows(samples: Samples) -> list[Row]:
    quarter = len(samples["minute"]) // 4
    parts = slice(quarter, 2 * quarter), slice(-quarter, None)
    # What is allocated between the collection and the look at the heap is not live, so the lower samples are nearer to it.
    heap = [stats.percentile(samples["heap_mib"][part], 25) for part in parts]
    resident = [stats.median(samples["resident_mib"][part]) for part in parts]
    faults = samples["faults"][0]
    return [Row(
        f"{samples['listed'][0] / RATE / 60:.0f} minutes of {RATE} items a second; the manager killed {max(samples['life']) - 1:.0f} times, the API"
        " server twice",
        "flat memory, no object left over, counts exact",
        f"{samples['listed'][0]:,.0f} items, {faults:.0f} faults; from the second quarter to the last: RSS {resident[0]:.0f} and"
        f" {resident[1]:.0f} MiB, live heap {heap[0]:.0f} and {heap[1]:.0f} MiB",
        faults == 0 and all(last <= first * 1.1 for first, last in (heap, resident)))]


def _finish(soak: Soak, watch: PodWatch) -> list[str]:
    deadline = time.time() + 120
    while soak.source.waiting() and time.time() < deadline:
        time.sleep(0.1)
    soak.manager.stop()
    faults = _miscounted(soak, watch)
    delete_queue(soak.one, QUEUE)
    left = {kind: soak.one.api.count(path) for kind, path in (("pods", PODS), ("Jobs", JOBS))}
    left["records"] = sum(
        one["metadata"]["name"].startswith("tq-") for one in soak.one.api.request("GET", RECORDS)["items"])
    return faults + [f"{count} {kind} are left after the queue was deleted" for kind, count in left.items() if count]


def _miscounted(soak: Soak, watch: PodWatch) -> list[str]:
    succeeded = Counter(life.item for life in watch.close() if life.phase == "Succeeded")
    expected = {f"item-{number}" for number in range(soak.listed)}
    at_once = _most_at_once(watch)
    faults = []
    for what, items in (
        ("never done", expected - set(succeeded)),
        ("done twice", {item for item, count in succeeded.items() if count > 1}),
        ("never told", expected - set(soak.source.told)),
        ("told as failed", set(soak.source.failed)),
    ):
        if items:
            faults.append(f"{len(items)} items were {what}, such as {sorted(items)[0]}")
    if at_once > PARALLELISM:
        faults.append(f"{at_once} pods were there at once, and the parallelism is {PARALLELISM}")
    return faults


def _most_at_once(watch: PodWatch) -> int:
    changes = [(life.created, 1) for life in watch.all()] + [(life.ended, -1) for life in watch.all() if life.ended]
    most = now = 0
    for _, change in sorted(changes):
        now += change
        most = max(most, now)
    return most

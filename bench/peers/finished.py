"""Waits until Jobs say that they are complete, as whoever started them would."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from bench.cluster import Cluster
from bench.kubeapi import JOBS


@contextmanager
def awaited(cluster: Cluster, count: int, seconds: float) -> Iterator[None]:
    """What the body starts must be so many Jobs, all complete within that time; else TimeoutError."""
    version = cluster.api.request("GET", JOBS)["metadata"]["resourceVersion"]
    done, over = set(), Event()

    def follow() -> None:
        for event in cluster.api.watch(JOBS, version):
            conditions = event["object"].get("status", {}).get("conditions", [])
            if any(one["type"] == "Complete" and one["status"] == "True" for one in conditions):
                done.add(event["object"]["metadata"]["name"])
                if len(done) == count:
                    over.set()
                    return

    Thread(target=follow, daemon=True).start()
    yield
    if not over.wait(seconds):
        raise TimeoutError(f"{count} Jobs should be complete within {seconds} s, and {len(done)} are.")

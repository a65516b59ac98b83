"""Seconds of processor time, of each component of a cluster and of what the benchmark has started."""

import os
import resource
from pathlib import Path

from bench.cluster import Cluster

TICKS = os.sysconf("SC_CLK_TCK")


def used(cluster: Cluster) -> dict[str, float]:
    """So far, by component; `manager` is all processes of ours that have ended."""
    seconds = {
        file.name: _of(int(file.read_text(encoding="utf-8")))
        for file in Path(cluster.environment["TASKQUEUE_CLUSTER_RUN"], "pids").iterdir()
    }
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds | {"manager": children.ru_utime + children.ru_stime}


def since(cluster: Cluster, before: dict[str, float]) -> dict[str, float]:
    return {name: seconds - before[name] for name, seconds in used(cluster).items()}


def _of(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS

"""One Indexed Job that holds all items, as the built-in controller runs it."""

from bench.cluster import Cluster
from bench.kubeapi import JOBS
from bench.peers.finished import awaited
from bench.peers.manifests import job, pod


def run(cluster: Cluster, items: int, parallelism: int, run_for: str) -> None:
    spec = {"completionMode": "Indexed", "completions": items, "parallelism": parallelism}
    with awaited(cluster, 1, 1800):
        cluster.api.request("POST", JOBS, job("indexed", pod(cluster, run_for), **spec))

"""One Job for each item, all created at once by `kubectl create`."""

import json
import subprocess

from bench.cluster import Cluster
from bench.peers.finished import awaited
from bench.peers.manifests import job, pod


def run(cluster: Cluster, items: int, run_for: str) -> None:
    jobs = [job(f"item-{number}", pod(cluster, run_for)) for number in range(items)]
    manifest = json.dumps({"apiVersion": "v1", "kind": "List", "items": jobs})
    with awaited(cluster, items, 1800):
        subprocess.run(["kubectl", "create", "-f", "-"], input=manifest, env=cluster.environment, text=True,
                       stdout=subprocess.DEVNULL, check=True)

"""The loop of *Designing Distributed Systems*, written from its description: every ten seconds it asks the source for
its items, lists all Jobs, and creates the Jobs that are missing, one after the other."""

import threading
import urllib.request
import json

from kubernetes import client, config

from bench.cluster import Cluster
from bench.kubeapi import NAMESPACE
from bench.peers.finished import awaited
from bench.peers.manifests import job, pod

WAIT = 10.0


class BookLoop:
    """Works on a thread until it is closed. `wait` is in seconds."""

    def __init__(self, cluster: Cluster, source: str, run_for: str, wait: float = WAIT):
        config.load_kube_config(cluster.environment["KUBECONFIG"])
        self._batch = client.BatchV1Api()
        self._source, self._template, self._wait = source, pod(cluster, run_for), wait
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while not self._closed.is_set():
            with urllib.request.urlopen(self._source + "/items") as answer:
                items = json.load(answer)["items"]
            there = {one.metadata.name for one in self._batch.list_namespaced_job(NAMESPACE).items}
            for item in items:
                if item not in there:
                    self._batch.create_namespaced_job(NAMESPACE, job(item, self._template))
            self._closed.wait(self._wait)

    def close(self) -> None:
        self._closed.set()
        self._thread.join()


def run(cluster: Cluster, items: int, source: str, run_for: str) -> None:
    with awaited(cluster, items, 1800):
        loop = BookLoop(cluster, source, run_for)
    loop.close()

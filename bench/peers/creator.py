"""Pods created as fast as the API server takes them, and nothing else done: what no way of working can beat."""

import json
import threading

from bench.cluster import Cluster
from bench.kubeapi import JOBS, PODS
from bench.peers.manifests import job, pod
from bench.pods import PodWatch

CONNECTIONS = 16


def run(cluster: Cluster, items: int, run_for: str, watch: PodWatch) -> None:
    template = pod(cluster, run_for)
    # Fake pods end by themselves if a Job owns them; this one is nobody's, so nothing is written to it.
    owner = cluster.api.request("POST", JOBS, job("owner", template, managedBy="example.com/nobody"))
    reference = {"apiVersion": "batch/v1", "kind": "Job", "name": "owner", "uid": owner["metadata"]["uid"]}
    before = watch.ended()
    errors: list[str] = []

    def create(first: int) -> None:
        connection = cluster.api.connect()
        for number in range(first, items, CONNECTIONS):
            metadata = {**template["metadata"], "name": f"item-{number}", "ownerReferences": [reference]}
            body = {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": template["spec"]}
            connection.request("POST", PODS, json.dumps(body), {"Content-Type": "application/json"})
            answer = connection.getresponse()
            text = answer.read()
            if answer.status >= 300:
                errors.append(text.decode(errors="replace"))
                return

    threads = [threading.Thread(target=create, args=(first,)) for first in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise OSError("The API server refused a pod: " + errors[0])
    watch.await_ended(before + items, 600)

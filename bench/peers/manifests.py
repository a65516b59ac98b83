"""What the peers create: the same worker as Task Queue's, in the plainest form."""

from bench.cluster import Cluster


def pod(cluster: Cluster, run_for: str) -> dict:
    """A pod template."""
    return {
        "metadata": {"annotations": {"task-queue-test/run-for": run_for}},
        "spec": {
            "restartPolicy": "Never",
            "automountServiceAccountToken": False,
            "containers": [{"name": "worker", "image": cluster.image, "command": ["true"]}],
        },
    }


def job(name: str, template: dict, **spec: object) -> dict:
    return {
        "apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": name},
        "spec": {"backoffLimit": 0, "template": template, **spec},
    }

"""A Kubernetes of scripts/cluster with fake nodes, for as long as a figure takes."""

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from bench.kubeapi import KubeApi

NODES = 2


@dataclass(frozen=True)
class Cluster:
    name: str
    environment: dict[str, str]
    api: KubeApi

    @property
    def image(self) -> str:
        return self.environment["TASKQUEUE_CLUSTER_IMAGE"]

    @property
    def audit_log(self) -> str:
        return self.environment["TASKQUEUE_CLUSTER_AUDIT_LOG"]

    def component(self, verb: str, name: str, *options: str) -> None:
        """Stops or starts one process of it."""
        _run(verb, name, *options, "--name", self.name)


@contextmanager
def started(*options: str) -> Iterator[Cluster]:
    """A fresh one; `--stock` and `--audit` are passed on."""
    name = f"bench-{os.getpid()}"
    try:
        _run("up", "--name", name, "--fake-nodes", str(NODES), *options)
        printed = _run("env", "--name", name)
        environment = dict(os.environ)
        for key, value in re.findall(r'^export (\w+)="?(.*?)"?$', printed, re.MULTILINE):
            environment[key] = value.replace("$PATH", environment["PATH"])
        os.environ["PATH"] = environment["PATH"] # its kubectl, for all that is started from here
        yield Cluster(name, environment, KubeApi(environment))
    finally:
        _run("down", "--name", name)


def shared(cluster: Cluster) -> Callable[..., AbstractContextManager[Cluster]]:
    """Gives this one to everybody, emptied, whatever they ask for."""

    @contextmanager
    def lent(*_: str) -> Iterator[Cluster]:
        yield cluster
        cluster.api.clear()

    return lent


def _run(*arguments: str) -> str:
    done = subprocess.run(["scripts/cluster", *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise OSError(f"scripts/cluster {' '.join(arguments)} failed: {done.stderr[-2000:]}")
    return done.stdout

"""When each pod came, began and ended, as somebody sees it who watches: the same for every way that is measured."""

import http.client
import threading
import time
from dataclasses import dataclass

from bench.kubeapi import PODS, KubeApi

ENDS = ("Succeeded", "Failed")


@dataclass
class Life:
    """Times in seconds of the epoch; None for what has not been."""

    item: str
    created: float
    started: float | None = None
    ended: float | None = None
    phase: str = ""


class PodWatch:
    """Follows the pods of a cluster on a thread until it is closed."""

    def __init__(self, api: KubeApi):
        self._lives: dict[str, Life] = {}
        self._changed = threading.Condition()
        self._closed = False
        threading.Thread(target=self._follow, args=(api, self._list(api)), daemon=True).start()

    def _list(self, api: KubeApi) -> str:
        """The pods that are there, and the version of that list."""
        listed = api.request("GET", PODS)
        for pod in listed["items"]:
            self._see(pod, time.time())
        return listed["metadata"]["resourceVersion"]

    def _follow(self, api: KubeApi, version: str) -> None:
        while not self._closed:
            try:
                # An API server that was restarted may not have the version any more: nothing ends while it is away, so
                # a list has what a watch would have told.
                version = version or self._list(api)
                for event in api.watch(PODS, version):
                    if event["type"] == "ERROR":
                        version = ""
                        break
                    version = event["object"]["metadata"]["resourceVersion"]
                    if event["type"] != "BOOKMARK":
                        self._see(event["object"], time.time())
            except (OSError, http.client.HTTPException):
                time.sleep(0.2)  # the API server is away; the next watch begins where this one ended

    def _see(self, pod: dict, now: float) -> None:
        metadata, phase = pod["metadata"], pod["status"].get("phase", "")
        with self._changed:
            life = self._lives.get(metadata["uid"])
            if life is None:
                name = metadata.get("annotations", {}).get("task-queue.jenkins.io/item-name", metadata["name"])
                life = self._lives[metadata["uid"]] = Life(name, now)
            if phase == "Running" and life.started is None:
                life.started = now
            if phase in ENDS and life.ended is None:
                life.ended, life.phase = now, phase
                self._changed.notify_all()

    def all(self) -> list[Life]:
        """The pods seen so far, those too that are gone."""
        with self._changed:
            return list(self._lives.values())

    def ended(self) -> int:
        return sum(life.ended is not None for life in self.all())

    def await_ended(self, count: int, seconds: float) -> None:
        """Returns when so many pods have ended; raises TimeoutError."""
        with self._changed:
            if not self._changed.wait_for(lambda: self.ended() >= count, seconds):
                raise TimeoutError(f"{count} pods should have ended within {seconds} s, and {self.ended()} of"
                                   f" {len(self._lives)} have.")

    def close(self) -> list[Life]:
        """All that was seen."""
        self._closed = True
        return self.all()

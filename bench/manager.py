"""A queue manager's process, as its user starts it."""

import atexit
import json
import re
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from bench.cluster import Cluster


class Manager:
    """`./taskqueue run`, with default settings but for what is given."""

    def __init__(self, cluster: Cluster, source: str, parallelism: int, run_for: str = "0s", *options: str):
        self._folder = tempfile.TemporaryDirectory()
        self._out = Path(self._folder.name, "out")
        pod = Path(self._folder.name, "pod.yaml")
        pod.write_text("apiVersion: v1\nkind: Pod\nmetadata:\n  annotations:"
                       f" {{task-queue-test/run-for: {run_for}}}\n", encoding="utf-8")
        self.began = time.time()
        self._process = subprocess.Popen(
            ["./taskqueue", "run", "--source", source, "--image", cluster.image, "--parallelism", str(parallelism),
             "--namespace", "default", "--pod-yaml", str(pod), *options, "--", "true"],
            env=cluster.environment, stdout=self._out.open("wb"), stderr=subprocess.STDOUT)
        self.pid = self._process.pid
        atexit.register(self._process.kill)  # nothing where it has ended

    def wait(self, seconds: float) -> float:
        """The time of its end, which must be a success."""
        code = self._process.wait(seconds)
        if code != 0:
            raise OSError(f"The manager ended with {code}: {self.output()[-3000:]}")
        return time.time()

    def page(self, seconds: float = 60) -> str:
        """Where its status page is, without a slash at the end."""
        return self._printed(r"Status page: (http://\S+?)/?\s", seconds)

    def _printed(self, pattern: str, seconds: float) -> str:
        deadline = time.time() + seconds
        while time.time() < deadline:
            match = re.search(pattern, self.output())
            if match:
                return match.group(1)
            if self._process.poll() is not None:
                break
            time.sleep(0.01)
        raise OSError(f"The manager has not printed {pattern}: {self.output()[-3000:]}")

    def output(self) -> str:
        return self._out.read_text(encoding="utf-8", errors="replace")

    def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(60)

    def live_heap(self) -> int:
        """Bytes of the heap in use after a full collection."""
        self._jcmd("GC.run")
        self._jcmd("GC.run")
        # What is live is old then; what is young was allocated since.
        used = re.search(r"tenured generation\s+total \d+K, used (\d+)K", self._jcmd("GC.heap_info"))
        return int(used.group(1)) * 1024

    def resident(self) -> int:
        """Bytes of the process in memory."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        return int(re.search(r"VmRSS:\s*(\d+)", status).group(1)) * 1024

    def _jcmd(self, command: str) -> str:
        return subprocess.run(["jcmd", str(self.pid), command], capture_output=True, text=True, check=True).stdout


def delete_queue(cluster: Cluster, name: str) -> None:
    subprocess.run(["./taskqueue", "delete", "--queue", name, "--namespace", "default"],
                   env=cluster.environment, capture_output=True, check=True)


def recorded(cluster: Cluster, name: str) -> dict:
    """What Kubernetes alone knows of a queue."""
    done = subprocess.run(["./taskqueue", "status", "--queue", name, "--namespace", "default", "--output", "json"],
                          env=cluster.environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)

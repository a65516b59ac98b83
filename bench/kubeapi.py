"""Just enough of a Kubernetes client to watch and to clear away, with nothing between it and the clock."""

import base64
import http.client
import json
import os
import ssl
import subprocess
import tempfile
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

NAMESPACE = "default"
PODS = f"/api/v1/namespaces/{NAMESPACE}/pods"
JOBS = f"/apis/batch/v1/namespaces/{NAMESPACE}/jobs"


class KubeApi:
    """The API server that an environment's KUBECONFIG names, as its administrator. Threads need one each."""

    def __init__(self, environment: dict[str, str]):
        shown = subprocess.run(
            ["kubectl", "config", "view", "--raw", "--minify", "-o", "json"],
            env=environment, capture_output=True, text=True, check=True)
        config = json.loads(shown.stdout)
        cluster, user = config["clusters"][0]["cluster"], config["users"][0]["user"]
        self.address = urlsplit(cluster["server"])
        self._tls = ssl.create_default_context(cadata=_content(cluster, "certificate-authority").decode())
        with tempfile.TemporaryDirectory() as folder:
            certificate, key = os.path.join(folder, "crt"), os.path.join(folder, "key")
            for file, name in ((certificate, "client-certificate"), (key, "client-key")):
                with open(file, "wb") as out:
                    out.write(_content(user, name))
            self._tls.load_cert_chain(certificate, key)

    def connect(self, timeout: float | None = 60) -> http.client.HTTPSConnection:
        return http.client.HTTPSConnection(
            self.address.hostname, self.address.port, context=self._tls, timeout=timeout)

    def request(self, verb: str, path: str, body: dict | None = None, **query: str) -> dict:
        """One request on a connection of its own. Raises OSError for an answer that is no success."""
        connection = self.connect()
        try:
            connection.request(
                verb, path + "?" + urlencode(query), json.dumps(body) if body else None,
                {"Content-Type": "application/json"})
            answer = connection.getresponse()
            text = answer.read()
            if answer.status >= 300:
                raise OSError(f"{verb} {path}: {answer.status} {text[:500].decode(errors='replace')}")
            return json.loads(text)
        finally:
            connection.close()

    def watch(self, path: str, version: str) -> Iterator[dict]:
        """Events from a version on, until the connection ends."""
        connection = self.connect(timeout=None)
        try:
            connection.request("GET", path + "?" + urlencode({"watch": "1", "resourceVersion": version}))
            for line in connection.getresponse():
                yield json.loads(line)
        finally:
            connection.close()

    def count(self, path: str) -> int:
        return len(self.request("GET", path)["items"])

    def clear(self) -> None:
        """Removes all Jobs and pods by one request each, so that no controller has to do it while the next run goes on."""
        self.request("DELETE", PODS, gracePeriodSeconds="0")
        self.request("DELETE", JOBS, propagationPolicy="Background")
        while self.count(PODS) + self.count(JOBS) > 0:
            self.request("DELETE", PODS, gracePeriodSeconds="0")


def _content(part: dict, name: str) -> bytes:
    if name + "-data" in part:
        return base64.b64decode(part[name + "-data"])
    with open(part[name], "rb") as file:
        return file.read()

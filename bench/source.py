"""A source whose list the benchmark sets, and which knows when each list was handed out."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class ListSource:
    """Serves the source API on a free port of loopback."""

    def __init__(self, names: list[str]):
        self._lock = threading.Lock()
        self._names: list[str] = []
        self._body = b""
        self._told: dict[int, float] = {}
        self.set(names)
        source = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # head and body in one packet: the second of two would wait for 40 ms

            def do_GET(self) -> None:
                path = self.path.split("?")[0]
                body = source._list() if path == "/items" else ITEM
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        ThreadingHTTPServer.request_queue_size = 256
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def set(self, names: list[str]) -> None:
        with self._lock:
            self._names = names
            self._body = json.dumps({"kind": "ItemList", "apiVersion": "v1", "items": names}).encode()

    def _list(self) -> bytes:
        with self._lock:
            self._told.setdefault(len(self._names), time.time())
            return self._body

    def told(self, count: int) -> float:
        """When a list of so many items or more was handed out first; of lists that only grow."""
        with self._lock:
            return min(time for listed, time in self._told.items() if listed >= count)

    def await_asked(self, seconds: float) -> None:
        """Returns when somebody has asked for the list."""
        deadline = time.time() + seconds
        while not self._told:
            if time.time() > deadline:
                raise TimeoutError(f"Nobody has asked for the list within {seconds} s.")
            time.sleep(0.01)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


ITEM = b'{"kind":"Item","apiVersion":"v1","data":{"a":1}}'

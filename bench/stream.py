"""A source without an end: an item comes again and again, and is forgotten when the source is told that it is done."""

import json
import threading
import urllib.parse
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class StreamSource:
    """Serves the source API on a free port of loopback, and wants to be told."""

    def __init__(self) -> None:
        self.told: Counter[str] = Counter()
        self.failed: list[str] = []
        self._waiting: dict[str, None] = {}
        self._lock = threading.Lock()
        stream = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # head and body in one packet: the second of two would wait for 40 ms

            def do_GET(self) -> None:
                if self.path.split("?")[0] == "/items":
                    self._answer(200, {"kind": "ItemList", "acknowledges": True, "items": stream.waiting()})
                elif self._item(self.path) in stream.waiting():
                    self._answer(200, {"kind": "Item", "data": {}})
                else:
                    self._answer(404, {"kind": "Error", "message": "There is no such item."})

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", "0")))
                path, verb = self.path.rsplit("/", 1)
                stream._tell(self._item(path), verb)
                self._answer(204, None)

            @staticmethod
            def _item(path: str) -> str:
                return urllib.parse.unquote(path.removeprefix("/items/"))

            def _answer(self, status: int, content: dict | None) -> None:
                body = json.dumps({"apiVersion": "v1", **content}).encode() if content else b""
                self.send_response(status)
                if content:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def add(self, name: str) -> None:
        with self._lock:
            self._waiting[name] = None

    def waiting(self) -> list[str]:
        with self._lock:
            return list(self._waiting)

    def _tell(self, item: str, verb: str) -> None:
        with self._lock:
            self.told[item] += 1
            if verb != "done":
                self.failed.append(item)
            self._waiting.pop(item, None)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

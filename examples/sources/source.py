#!/usr/bin/env python3
"""A source in Python, 3.9 or newer, and nothing else: python3 source.py [PORT]"""
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

ITEMS = {"a.mp4": {"size": 1}, "..": {"odd": True}, "🎬/é b.mp4": {"size": 12345678901234567890}}


class Source(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # keeps connections open, which many items need

    def do_GET(self):
        path = urlsplit(self.path).path
        name = unquote(path.removeprefix("/items/"))
        if path == "/items":
            self.answer(200, {"kind": "ItemList", "items": list(ITEMS)})
        elif path.startswith("/items/") and name in ITEMS:
            self.answer(200, {"kind": "Item", "data": ITEMS[name]})
        else:
            self.answer(404, {"kind": "Error", "message": f"There is no {path} here."})

    def answer(self, status, fields):
        body = json.dumps({"apiVersion": "v1", **fields}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if sys.argv[1:] else 8082), Source).serve_forever()

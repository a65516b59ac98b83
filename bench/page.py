"""A reader of a manager's status page, on one connection as a browser has it."""

import http.client
import json
import time
from urllib.parse import urlencode, urlsplit


class Page:
    def __init__(self, url: str):
        address = urlsplit(url)
        self._connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
        self.size = 0
        self.seconds = 0.0

    def ask(self, **query: object) -> dict:
        """One page of the table; `size` and `seconds` say what that answer took."""
        begin = time.perf_counter()
        self._connection.request("GET", "/api/status?" + urlencode(query))
        answer = self._connection.getresponse()
        body = answer.read()
        self.seconds, self.size = time.perf_counter() - begin, len(body)
        if answer.status != 200:
            raise OSError(f"The status page answered {answer.status}: {body[:300].decode(errors='replace')}")
        return json.loads(body)

    def await_count(self, state: str, count: int, seconds: float) -> dict:
        """The first answer that has so many items in the state."""
        deadline = time.time() + seconds
        while True:
            answer = self.ask(limit=1)
            if answer["counts"][state] >= count:
                return answer
            if time.time() > deadline:
                raise TimeoutError(f"{count} items should be {state} within {seconds} s: {answer['counts']}")
            time.sleep(0.02)

    def close(self) -> None:
        self._connection.close()

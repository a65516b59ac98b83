"""The raw numbers, one file for each figure, so that a figure that is measured again replaces only its own."""

import json
import time
from pathlib import Path

from bench import machine
from bench.figure import Samples

FOLDER = Path("docs/benchmarks")


def write(folder: Path, key: str, samples: Samples, rounds: int, seconds: float) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    content = {
        "machine": machine.describe(), "date": time.strftime("%Y-%m-%d"), "rounds": rounds,
        "seconds": round(seconds), "samples": samples,
    }
    (folder / f"{key}.json").write_text(_lines(content) + "\n", encoding="utf-8")


def read(folder: Path, key: str) -> dict | None:
    file = folder / f"{key}.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else None


def _lines(content: dict) -> str:
    """Each list of samples on a line of its own: a difference between two measurements can be read."""
    samples = ",\n".join(f'    {json.dumps(name)}: {json.dumps(values)}' for name, values in content["samples"].items())
    head = json.dumps({key: value for key, value in content.items() if key != "samples"}, indent=2)
    return head[: head.rindex("\n")] + ',\n  "samples": {\n' + samples + "\n  }\n}"

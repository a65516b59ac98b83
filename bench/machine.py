"""On what a figure was measured."""

import os
import platform
import re
import subprocess


def describe() -> dict[str, str | int]:
    return {
        "processor": _first(r"model name\s*:\s*(.+)", "/proc/cpuinfo"),
        "cores": os.cpu_count() or 0,
        "memory": _gib(_first(r"MemTotal:\s*(\d+)", "/proc/meminfo")),
        "system": platform.system() + " " + platform.release(),
        "java": _version("java", "-version"),
        "python": platform.python_version(),
        "kubernetes": _first(r"k8s.io/kubernetes (v\S+)", "cluster/go.mod"),
        "commit": _output("git", "rev-parse", "--short=12", "HEAD") or "unknown",
    }


def _first(pattern: str, file: str) -> str:
    with open(file, encoding="utf-8") as text:
        match = re.search(pattern, text.read())
    return match.group(1).strip() if match else "0"


def _gib(kib: str) -> str:
    """Rounded up: the kernel keeps some of it to itself."""
    return f"{int(kib) // 1024 // 1024 + 1} GiB"


def _version(*command: str) -> str:
    return re.sub(r'.*"(.+?)".*', r"\1", _output(*command).splitlines()[0])


def _output(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return (done.stdout or done.stderr).strip()

"""The table in docs/benchmarks.md, from the raw numbers."""

import re
from collections.abc import Callable
from pathlib import Path

from bench import results
from bench.figure import Row, Samples

Part = tuple[str, Callable[[Samples], list[Row]]]

DOCUMENT = Path("docs/benchmarks.md")
BEGIN, END = "<!-- begin of what scripts/bench writes -->\n", "<!-- end of what scripts/bench writes -->"


def write(parts: list[Part]) -> None:
    """Of each part the key of its numbers, and what they say."""
    text = DOCUMENT.read_text(encoding="utf-8")
    fresh = re.sub(re.escape(BEGIN) + ".*?" + re.escape(END), lambda _: BEGIN + table(parts) + END, text, flags=re.DOTALL)
    DOCUMENT.write_text(fresh, encoding="utf-8")


def table(parts: list[Part]) -> str:
    measured = [(rows, results.read(results.FOLDER, key)) for key, rows in parts]
    lines = ["| figure | goal | measured | held |", "| --- | --- | --- | --- |"]
    for rows, result in measured:
        if result:
            lines += [_line(row) for row in rows(result["samples"])]
    return "\n".join(lines + ["", *_conditions([result for _, result in measured if result])]) + "\n"


def _line(row: Row) -> str:
    held = {True: "yes", False: "**no**", None: ""}[row.held]
    return f"| {row.what} | {row.goal} | {row.measured} | {held} |"


def _conditions(measured: list[dict]) -> list[str]:
    lines = []
    for result in measured:
        machine = result["machine"]
        lines.append(
            f"Measured on {result['date']} at {machine['commit']}, rounds: {result['rounds']}; {machine['processor']},"
            f" {machine['cores']} cores, {machine['memory']}, {machine['system']}, Java {machine['java']}, Kubernetes"
            f" {machine['kubernetes']}.")
    return list(dict.fromkeys(lines))

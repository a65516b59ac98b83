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
    measured = [(key, rows, results.read(results.FOLDER, key)) for key, rows in parts]
    lines = ["| figure | goal | measured | held |", "| --- | --- | --- | --- |"]
    for _, rows, result in measured:
        if result:
            lines += [_line(row) for row in rows(result["samples"])]
    return "\n".join(lines + ["", *_conditions({key: result for key, _, result in measured if result})]) + "\n"


def _line(row: Row) -> str:
    held = {True: "yes", False: "**no**", None: ""}[row.held]
    return f"| {row.what} | {row.goal} | {row.measured} | {held} |"


def _conditions(measured: dict[str, dict]) -> list[str]:
    """What was measured together is told together."""
    keys: dict[str, list[str]] = {}
    for key, result in measured.items():
        machine = result["machine"]
        keys.setdefault(
            f"measured on {result['date']} at {machine['commit']}, rounds: {result['rounds']}; {machine['processor']},"
            f" {machine['cores']} cores, {machine['memory']}, {machine['system']}, Java {machine['java']}, Kubernetes"
            f" {machine['kubernetes']}.", []).append(key)
    return [f"- {', '.join(f'`{key}`' for key in those)}: {conditions}" for conditions, those in keys.items()]

"""The table in docs/benchmarks.md, from the raw numbers."""

import re
from pathlib import Path

from bench import results
from bench.figure import Figure, Row

DOCUMENT = Path("docs/benchmarks.md")
BEGIN, END = "<!-- begin of what scripts/bench writes -->\n", "<!-- end of what scripts/bench writes -->"


def write(figures: list[Figure]) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    fresh = re.sub(re.escape(BEGIN) + ".*?" + re.escape(END), lambda _: BEGIN + table(figures) + END, text, flags=re.DOTALL)
    DOCUMENT.write_text(fresh, encoding="utf-8")


def table(figures: list[Figure]) -> str:
    measured = [(figure, results.read(results.FOLDER, figure.key)) for figure in figures]
    lines = ["| figure | goal | measured | held |", "| --- | --- | --- | --- |"]
    for figure, result in measured:
        if result:
            lines += [_line(row) for row in figure.rows(result["samples"])]
    return "\n".join(lines + ["", *_conditions([result for _, result in measured if result])]) + "\n"


def _line(row: Row) -> str:
    held = {True: "yes", False: "**no**", None: ""}[row.held]
    return f"| {row.what} | {row.goal} | {row.measured} | {held} |"


def _conditions(measured: list[dict]) -> list[str]:
    lines = []
    for result in measured:
        machine = result["machine"]
        lines.append(
            f"Measured on {result['date']} at {machine['commit']} with {result['rounds']} rounds: {machine['processor']},"
            f" {machine['cores']} cores, {machine['memory']}, {machine['system']}, Java {machine['java']}, Kubernetes"
            f" {machine['kubernetes']}.")
    return list(dict.fromkeys(lines))

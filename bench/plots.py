"""The plots of docs/benchmarks.md, from the raw numbers."""

from pathlib import Path

import matplotlib
from matplotlib import pyplot
from matplotlib.axes import Axes

from bench import results, stats
from bench.figure import Samples

FOLDER = Path("docs/images")
OURS, THEIRS = "#1f6feb", "#9aa4b1"
NAMES = {
    "ours": "Task Queue", "raw_creator": "pods only created", "indexed_job": "one Indexed Job",
    "book_loop": "the book's loop", "jobs_each": "Jobs of one item",
}


def draw() -> None:
    # The same numbers give the same file.
    matplotlib.rcParams.update({"svg.hashsalt": "task-queue", "font.size": 9, "axes.spines.top": False,
                                "axes.spines.right": False, "svg.fonttype": "none"})
    _rates()
    _times()
    _waits()
    _soak()


def _samples(key: str) -> Samples | None:
    result = results.read(results.FOLDER, key)
    return result["samples"] if result else None


def _rates() -> None:
    parts = [(limits, _samples(f"at-once-{limits}")) for limits in ("stock", "raised")]
    if not all(samples for _, samples in parts):
        return
    figure, axes = pyplot.subplots(1, 2, figsize=(9, 2.6), sharey=True)
    for axis, (limits, samples) in zip(axes, parts):
        _bars(axis, samples, list(NAMES))
        axis.set_title(f"items/s, no cap, {limits} limits", loc="left")
    _save(figure, "rates")


def _times() -> None:
    parts = [(title, _samples(key)) for key, title in (
        ("capped-stock", "500 items that end at once"), ("second-stock", "500 items of 1 s"))]
    if not all(samples for _, samples in parts):
        return
    figure, axes = pyplot.subplots(1, 2, figsize=(9, 1.5), sharey=True)
    for axis, (title, samples) in zip(axes, parts):
        _bars(axis, samples, ["ours", "indexed_job"])
        axis.set_title(f"seconds for {title}", loc="left")
    _save(figure, "times")


def _bars(axis: Axes, samples: Samples, names: list[str]) -> None:
    """Medians as bars, each round as a tick."""
    for place, name in enumerate(reversed(names)):
        middle = stats.median(samples[name])
        axis.barh(place, middle, color=OURS if name == "ours" else THEIRS, height=0.6)
        axis.plot(samples[name], [place] * len(samples[name]), "k|", markersize=8)
        axis.annotate(f"{middle:.1f}", (max(samples[name]), place), (5, 0), textcoords="offset points", va="center")
    axis.set_yticks(range(len(names)), [NAMES[name] for name in reversed(names)])
    axis.margins(x=0.15)


def _waits() -> None:
    curves = [(label, _samples(key), name) for label, key, name in (
        ("listed to pod created", "latency", "ours"), ("pod ended to table row", "row", "lag"),
        ("slot idle", "slot", "started"))]
    if not all(samples for _, samples, _ in curves):
        return
    figure, axis = pyplot.subplots(figsize=(9, 2.6))
    for label, samples, name in curves:
        ordered = sorted(value * 1000 for value in samples[name])
        axis.plot(ordered, [(rank + 1) / len(ordered) * 100 for rank in range(len(ordered))], label=label)
    axis.set(xlabel="milliseconds", ylabel="per cent within", xlim=(0, None))
    axis.legend(frameon=False, loc="lower right")
    _save(figure, "waits")


def _soak() -> None:
    samples = _samples("soak")
    if not samples:
        return
    figure, axis = pyplot.subplots(figsize=(9, 2.2))
    axis.plot(samples["minute"], samples["resident_mib"], color=THEIRS, label="in memory (RSS)")
    axis.plot(samples["minute"], samples["heap_mib"], color=OURS, label="live heap")
    axis.set(xlabel="minutes; the manager is killed every sixth of the time", ylabel="MiB", ylim=(0, None))
    axis.legend(frameon=False)
    _save(figure, "soak")


def _save(figure: pyplot.Figure, name: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    figure.savefig(FOLDER / f"benchmark-{name}.svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
    pyplot.close(figure)

"""The command line of the benchmark; see bench/README.md."""

import argparse
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import cluster, report, results, soak
from bench.figure import Figure, Size
from bench.figures import engine, large, latency, restart, row, slot, steady, throughput, writes

FIGURES: list[Figure] = [
    figure
    for part in (throughput, steady, latency, row, slot, writes, restart, large, engine)
    for figure in part.FIGURES
]


def main() -> int:
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended
    if options.list:
        print("\n".join(f"{figure.key:16} {figure.title}" for figure in FIGURES))
        return 0
    if options.report:
        _report()
        return 0
    if options.soak is not None:
        return soak.run(options.soak)
    chosen = [figure for figure in FIGURES if figure.key in (options.only or _all(options.quick))]
    if options.quick:
        with cluster.started("--stock", "--audit") as one, tempfile.TemporaryDirectory() as scratch:
            failed = _failed(chosen, Size(True, 1, cluster.shared(one)), Path(scratch))
    else:
        failed = _failed(chosen, Size(False, options.rounds, cluster.started), results.FOLDER)
        _report()
    print(f"{len(chosen) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def _all(quick: bool) -> list[str]:
    return [figure.key for figure in FIGURES if not (quick and figure.alike)]


def _failed(figures: list[Figure], size: Size, folder: Path) -> list[str]:
    return [figure.key for figure in figures if not _measured(figure, size, folder)]


def _measured(figure: Figure, size: Size, folder: Path) -> bool:
    begin = time.time()
    print(f"=== {figure.key}: {figure.title}", flush=True)
    try:
        samples = figure.measure(size)
    except (OSError, TimeoutError, subprocess.SubprocessError) as failure:
        print(f"{figure.key} could not be measured: {failure}", flush=True)
        return False
    results.write(folder, figure.key, samples, size.rounds, time.time() - begin)
    for line in figure.rows(samples):
        print(f"{line.what}\n    {line.measured}" + (f"   (goal: {line.goal})" if line.goal else ""), flush=True)
    print(f"    took {time.time() - begin:.0f} s", flush=True)
    return True


def _report() -> None:
    from bench import plots # here, since matplotlib takes its time and a smoke test draws nothing

    report.write([(figure.key, figure.rows) for figure in FIGURES] + [("soak", soak.rows)])
    plots.draw()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Measures what docs/benchmarks.md tells.")
    parser.add_argument("--quick", action="store_true", help="everything once and small: whether it works, not how fast")
    parser.add_argument("--only", action="append", metavar="FIGURE", choices=[figure.key for figure in FIGURES],
                        help="only this figure; may be given several times")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is measured (default: 5)")
    parser.add_argument("--soak", type=float, metavar="MINUTES", help="the soak test instead, for so long")
    parser.add_argument("--report", action="store_true", help="only write table and plots anew, from the numbers kept")
    parser.add_argument("--list", action="store_true", help="print the figures")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

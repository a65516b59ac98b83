"""What the engine itself takes for a very long list, with nothing behind it: `EngineBench` among the containers' tests."""

import json
import subprocess
from pathlib import Path

from bench import stats
from bench.figure import Collected, Figure, Row, Samples, Size

CLASS = "io.jenkins.plugins.taskqueue.engine.EngineBench"


def _measure(size: Size) -> Samples:
    collected = Collected()
    if _is_stale():
        subprocess.run(
            ["mvn", "-q", "-B", "-ntp", "-Dspotless.check.skip", "-f", "containers/pom.xml", "test-compile"],
            stdout=subprocess.DEVNULL, check=True)
    for _ in range(size.rounds):
        done = subprocess.run(
            ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
             "-cp", "containers/target/test-classes:containers/target/classes:containers/target/lib/*",
             CLASS, str(size.of(100_000, 1_000))],
            capture_output=True, text=True, check=True)
        printed = json.loads(done.stdout)
        collected.extend("pass_ms", printed["pass_ms"])
        collected.add(plan_s=printed["plan_s"])
    return collected.samples


def _is_stale() -> bool:
    """Whether a source is newer than what was compiled of it; another build may be using that meanwhile."""
    compiled = Path("containers/target/test-classes", CLASS.replace(".", "/") + ".class")
    sources = (file for folder in ("src", "containers/src") for file in Path(folder).rglob("*.java"))
    return not compiled.exists() or compiled.stat().st_mtime < max(file.stat().st_mtime for file in sources)


def _rows(samples: Samples) -> list[Row]:
    worst = stats.percentile(samples["pass_ms"], 99)
    return [
        Row("a pass over 100,000 items in which nothing changed, CPU", "below 20 ms",
            f"median {stats.median(samples['pass_ms']):.2f} ms, p99 {worst:.2f} ms", worst < 20),
        Row("source listing of 100,000 names, from the first byte to the plan", "below 1 s",
            stats.spread(samples["plan_s"], 2, "s"), stats.median(samples["plan_s"]) < 1),
    ]


FIGURES = [Figure("engine", "The engine alone", _measure, _rows)]

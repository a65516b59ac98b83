"""What a queue costs the API server, by the API server's own account."""

import json
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

from bench import stats
from bench.cluster import Cluster
from bench.figure import Collected, Figure, Row, Samples, Size
from bench.figures import runs

WRITES = {"create", "update", "patch", "delete", "deletecollection"}
ACCOUNT = "default/task-queue"
USER = "system:serviceaccount:default:task-queue"


def _measure(size: Size) -> Samples:
    collected = Collected()
    items = size.of(1000, 40)
    with size.cluster("--stock", "--audit") as one, tempfile.TemporaryDirectory() as folder:
        account = _with_account(one, Path(folder, "kubeconfig"))
        for _ in range(size.rounds):
            for name, parallelism in (("at_50", size.of(50, 10)), ("at_500", size.of(500, 20))):
                before = _requests(one)
                runs.once(account, items, parallelism, "1s")
                asked = _requests(one) - before
                writes = sum(count for (verb, _), count in asked.items() if verb in WRITES)
                collected.add(**{name: writes / items, "lists_" + name: asked[("list", "pods")]})
    return collected.samples


def _with_account(one: Cluster, kubeconfig: Path) -> Cluster:
    """The manager as it is deployed: with the shipped Role and nothing more, so that its requests are told apart."""
    for arguments in (["create", "serviceaccount", "task-queue"], ["apply", "-f", "containers/deploy/role.yaml"]):
        subprocess.run(["kubectl", "-n", "default", *arguments], env=one.environment, check=False, capture_output=True)
    printed = subprocess.run(
        ["scripts/cluster", "kubeconfig", "--service-account", ACCOUNT, "--name", one.name],
        capture_output=True, text=True, check=True)
    kubeconfig.write_text(printed.stdout, encoding="utf-8")
    return Cluster(one.name, {**one.environment, "KUBECONFIG": str(kubeconfig)}, one.api)


def _requests(one: Cluster) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    with open(one.audit_log, encoding="utf-8") as lines:
        for line in lines:
            if USER + '"' in line and '"ResponseComplete"' in line and "dryRun" not in line:
                event = json.loads(line)
                counts[event["verb"], event.get("objectRef", {}).get("resource", "")] += 1
    return counts


def _rows(samples: Samples) -> list[Row]:
    rows = []
    for name, goal in (("at_50", 2.4), ("at_500", 2.1)):
        rows.append(Row(
            f"API writes of the manager per item, 1,000 items of 1 s at parallelism {name[3:]}", f"at most {goal}",
            f"{stats.spread(samples[name], 3)}; {max(samples['lists_' + name]):.0f} list of pods in a whole run",
            stats.median(samples[name]) <= goal))
    return rows


FIGURES = [Figure("writes", "What it costs the API server", _measure, _rows)]

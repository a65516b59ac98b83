"""What a figure is: how it is measured, and what it says beside its goal."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from bench.cluster import Cluster

Samples = dict[str, list[float]]


@dataclass(frozen=True)
class Size:
    """How much is measured: all of it, or just enough to see that everything works.

    `cluster` gives one for a figure, started with these options of `scripts/cluster up`.
    """

    quick: bool
    rounds: int
    cluster: Callable[..., AbstractContextManager[Cluster]]

    def of(self, full: int, quick: int) -> int:
        return quick if self.quick else full


@dataclass(frozen=True)
class Row:
    """A line of the report. `held` is None where there is no goal."""

    what: str
    goal: str
    measured: str
    held: bool | None = None


@dataclass(frozen=True)
class Figure:
    """`measure` gives lists of numbers by name, one for each round or event; `rows` says what they mean.

    A figure that another one measures alike is left out where it is only to be seen that everything works.
    """

    key: str
    title: str
    measure: Callable[[Size], Samples]
    rows: Callable[[Samples], list[Row]]
    alike: bool = False


class Collected:
    """Samples as they come."""

    def __init__(self) -> None:
        self.samples: Samples = {}

    def add(self, **values: float) -> None:
        for name, value in values.items():
            self.samples.setdefault(name, []).append(round(value, 6))

    def extend(self, name: str, values: list[float]) -> None:
        self.samples.setdefault(name, []).extend(round(value, 6) for value in values)

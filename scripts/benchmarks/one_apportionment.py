"""One apportionment of a town, 41 units and 73 seats, against two packages, in CPU seconds."""

from collections.abc import Callable, Iterator

import numpy as np
from apportionment.methods import compute
from votelib.evaluate.proportional import HighestAverages, LargestRemainder

from election.planning.apportionment import apportion
from scripts.benchmarks.timing import cpu_best_of

UNITS, SEATS, TOWNS = 41, 73, 50
_NAMES = {"largest-remainder": "hamilton", "sainte-lague": "saintelague"}
_VOTELIB = {
    "largest-remainder": LargestRemainder("hare"),
    "sainte-lague": HighestAverages("sainte_lague"),
}


def measure() -> Iterator[str]:
    """Microseconds a town; ours once without and once with every unit read."""
    people = np.random.default_rng(3).integers(300, 3000, size=(TOWNS, UNITS)).tolist()
    towns = [{f"v{unit}": persons for unit, persons in enumerate(town)} for town in people]
    for method in _NAMES:
        yield _line(towns, method)


def _line(towns: list[dict[str, int]], method: str) -> str:
    ours = _micros(towns, lambda town: apportion(town, SEATS, method=method))
    read = _micros(towns, lambda town: apportion(town, SEATS, method=method).units)
    package = _micros(towns, lambda town: compute(_NAMES[method], list(town.values()), SEATS))
    votelib = _micros(towns, lambda town: _VOTELIB[method].evaluate(town, SEATS))
    return (
        f"one of {UNITS} units, {method}: {ours:.0f} us ({read:.0f} with its units read); package "
        f"apportionment {package:.0f} us = {package / ours:.1f} x; votelib {votelib:.0f} us = "
        f"{votelib / ours:.1f} x"
    )


def _micros(towns: list[dict[str, int]], share: Callable[[dict[str, int]], object]) -> float:
    return cpu_best_of(lambda: [share(town) for town in towns]) / len(towns) * 1e6

"""A million small apportionments against the PyPI package `apportionment` and plain numpy."""

from collections.abc import Iterator

import numpy as np
from apportionment.methods import compute

from election.planning.batches import apportion_many
from scripts.benchmarks.timing import best_of

PROBLEMS, UNITS, LEAST, MOST = 1_000_000, 12, 15, 73
SAMPLE, CHUNK = 2_000, 100_000
_METHODS = {"largest-remainder": "hamilton", "sainte-lague": "saintelague"}


def measure() -> Iterator[str]:
    """Problems a second of ours, of the package (extrapolated from a sample), of plain numpy."""
    draw = np.random.default_rng(1)
    people = draw.integers(300, 3000, size=(PROBLEMS, UNITS), dtype=np.int64)
    seats = draw.integers(LEAST, MOST + 1, size=PROBLEMS, dtype=np.int64)
    for method, theirs in _METHODS.items():
        ours = best_of(lambda m=method: _ours(people, seats, m), runs=2)
        plain = best_of(lambda m=method: _plain(people, seats, m), runs=2)
        package = best_of(lambda t=theirs: _package(people[:SAMPLE], seats[:SAMPLE], t), runs=1)
        package *= PROBLEMS / SAMPLE
        yield (
            f"{method}: {PROBLEMS:,} problems in {ours:.2f} s; package apportionment "
            f"{package:.0f} s (extrapolated from {SAMPLE:,}) = {package / ours:.0f} x; "
            f"plain numpy without ties {plain:.2f} s = {ours / plain:.2f} x its time"
        )


def _ours(people: np.ndarray, seats: np.ndarray, method: str) -> None:
    for start in range(0, PROBLEMS, CHUNK):
        part = slice(start, start + CHUNK)
        apportion_many(people[part], seats[part], method=method)


def _package(people: np.ndarray, seats: np.ndarray, method: str) -> None:
    for row, number in zip(people.tolist(), seats.tolist(), strict=True):
        compute(method, row, number, verbose=False)


def _plain(people: np.ndarray, seats: np.ndarray, method: str) -> None:
    for start in range(0, PROBLEMS, CHUNK):
        part = slice(start, start + CHUNK)
        if method == "largest-remainder":
            _plain_remainder(people[part], seats[part])
        else:
            _plain_webster(people[part], seats[part])


def _plain_remainder(people: np.ndarray, seats: np.ndarray) -> np.ndarray:
    claim, total = people * seats[:, None], people.sum(axis=1)[:, None]
    given, rest = claim // total, claim % total
    left = seats - given.sum(axis=1)
    rank = np.argsort(np.argsort(-rest, axis=1), axis=1)
    return given + (rank < left[:, None])


def _plain_webster(people: np.ndarray, seats: np.ndarray) -> np.ndarray:
    given = np.zeros_like(people)
    rows = np.arange(len(people))
    for turn in range(int(seats.max())):
        best = np.argmax(people / (2 * given + 1), axis=1)
        given[rows, best] += turn < seats
    return given

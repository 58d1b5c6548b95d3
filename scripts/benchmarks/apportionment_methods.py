"""A million small apportionments against the PyPI package `apportionment` and plain numpy."""

from collections.abc import Iterator

import numpy as np
from apportionment.methods import TiesException, compute

from election.planning.batches import apportion_many
from scripts.benchmarks.apportionment_proofs import equal_to_fractions, proven
from scripts.benchmarks.timing import best_of

PROBLEMS, UNITS, LEAST, MOST = 1_000_000, 12, 15, 73
SAMPLE, JUDGED = 2_000, 20_000
CHUNK = 10_000  # the fastest for plain numpy here, of 5,000 to 1,000,000
_METHODS = {"largest-remainder": "hamilton", "sainte-lague": "saintelague"}


def measure() -> Iterator[str]:
    """Seconds of ours, of the package (extrapolated from a sample), of plain numpy; who is right.

    `even` problems have people in full hundreds, so that ties are common in them.
    """
    draw = np.random.default_rng(1)
    people = draw.integers(300, 3000, size=(PROBLEMS, UNITS), dtype=np.int64)
    seats = draw.integers(LEAST, MOST + 1, size=PROBLEMS, dtype=np.int64)
    even = people // 100 * 100
    for method in _METHODS:
        yield _times(people, seats, method)
        yield _exactness(people, seats, method, "any people")
        yield _exactness(even, seats, method, "full hundreds")


def _times(people: np.ndarray, seats: np.ndarray, method: str) -> str:
    ours = best_of(lambda: apportion_many(people, seats, method=method), runs=4)
    plain = best_of(lambda: _plain(people, seats, method), runs=4)
    package = best_of(lambda: _package(people[:SAMPLE], seats[:SAMPLE], method), runs=3)
    package *= PROBLEMS / SAMPLE
    return (
        f"{method}: {PROBLEMS:,} problems in {ours:.2f} s; package apportionment "
        f"{package:.0f} s (extrapolated from {SAMPLE:,}) = {package / ours:.0f} x; "
        f"plain numpy without ties {plain:.2f} s = {ours / plain:.2f} x its time"
    )


def _exactness(people: np.ndarray, seats: np.ndarray, method: str, which: str) -> str:
    given, tied = apportion_many(people, seats, method=method)
    good = int(proven(people, seats, given, tied, method).sum())
    part = slice(0, JUDGED)
    same = equal_to_fractions(
        people[:SAMPLE], seats[:SAMPLE], given[:SAMPLE], tied[:SAMPLE], method
    )
    wrong, missed, invented = _judge(people[part], seats[part], given[part], tied[part], method)
    true_ties = int(tied[part].any(axis=1).sum())
    return (
        f"{method}, {which}: {good:,} of {PROBLEMS:,} proven exact, {same:,} of {SAMPLE:,} equal "
        f"to fractions, {int(tied.any(axis=1).sum()):,} ties stated; package on {JUDGED:,}: misses "
        f"{missed} of {true_ties} ties, sees {invented} that are none, {wrong} other wrong answers"
    )


def _judge(
    people: np.ndarray, seats: np.ndarray, given: np.ndarray, tied: np.ndarray, method: str
) -> tuple[int, int, int]:
    """The package asked to say ties: wrong answers, ties missed, ties that are none."""
    wrong = missed = invented = 0
    rows = zip(people.tolist(), seats.tolist(), given.tolist(), tied.any(axis=1), strict=True)
    for row, number, mine, tie in rows:
        try:
            theirs = compute(_METHODS[method], row, number, tiesallowed=False)
        except TiesException:
            invented += not tie
            continue
        missed += bool(tie)
        wrong += not tie and [int(n) for n in theirs] != mine
    return wrong, missed, invented


def _package(people: np.ndarray, seats: np.ndarray, method: str) -> None:
    for row, number in zip(people.tolist(), seats.tolist(), strict=True):
        compute(_METHODS[method], row, number, verbose=False)


def _plain(people: np.ndarray, seats: np.ndarray, method: str) -> None:
    """The best plain numpy we know: blocks that fit the cache, 32 bits, no word about ties."""
    share = _plain_remainder if method == "largest-remainder" else _plain_webster
    for start in range(0, PROBLEMS, CHUNK):
        part = slice(start, start + CHUNK)
        share(people[part].astype(np.int32), seats[part].astype(np.int32))


def _plain_remainder(people: np.ndarray, seats: np.ndarray) -> np.ndarray:
    """Everybody at or above the last remainder served; too many seats where that is a tie."""
    claim, total = people * seats[:, None], people.sum(axis=1, dtype=np.int32)[:, None]
    given = claim // total
    rest = given * total - claim
    left = (seats - given.sum(axis=1, dtype=np.int32))[:, None]
    cut = np.take_along_axis(np.sort(rest, axis=1), np.maximum(left - 1, 0), axis=1)
    return given + ((rest <= cut) & (left > 0))


def _plain_webster(people: np.ndarray, seats: np.ndarray) -> np.ndarray:
    """Round all shares, then give to the highest or take from the lowest until the sum is right."""
    share = people * (seats / people.sum(axis=1))[:, None]
    given = np.rint(share).astype(np.int32)
    left = seats - given.sum(axis=1)
    while (rows := np.flatnonzero(left > 0)).size:
        best = np.argmax(people[rows] / (2 * given[rows] + 1), axis=1)
        given[rows, best] += 1
        left[rows] -= 1
    while (rows := np.flatnonzero(left < 0)).size:
        last = 2 * given[rows] - 1
        worst = np.argmin(np.where(last > 0, people[rows] / last, np.inf), axis=1)
        given[rows, worst] -= 1
        left[rows] += 1
    return given

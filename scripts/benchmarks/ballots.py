"""Tallying a million ballot records against pandas groupby and plain Python."""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import pandas as pd

from election.planning.tally import tally
from scripts.benchmarks.timing import best_of

RECORDS, CANDIDATES, SEATS = 1_000_000, 4, 2


def measure() -> Iterator[str]:
    """Records a second; the baselines only count marks, the tally also rules on each paper."""
    frame = _records()
    ours = best_of(lambda: tally(frame, SEATS))
    grouped = best_of(lambda: frame.groupby(["choice", "mark"]).size())
    plain = best_of(lambda: _plain(frame), runs=1)
    yield (
        f"{len(frame):,} records in {ours:.2f} s; pandas groupby (marks only) {grouped:.2f} s = "
        f"{ours / grouped:.1f} x its time; plain Python {plain:.2f} s = {plain / ours:.1f} x slower"
    )


def _records() -> pd.DataFrame:
    draw = np.random.default_rng(1)
    papers = RECORDS // CANDIDATES
    marks = np.array(["for", "against", "abstain"])
    return pd.DataFrame(
        {
            "ballot_id": np.repeat(np.arange(papers).astype(str), CANDIDATES),
            "choice": np.tile(np.array(["A", "B", "C", "D"]), papers),
            "mark": marks[draw.choice(3, size=RECORDS, p=[0.45, 0.25, 0.30])],
        }
    )


def _plain(frame: pd.DataFrame) -> dict[str, dict[str, int]]:
    """Rule on each paper and count, one record after the other."""
    papers: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for ballot, choice, mark in frame.itertuples(index=False):
        papers[ballot].append((choice, mark))
    votes: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for lines in papers.values():
        if sum(mark == "for" for _choice, mark in lines) <= SEATS:
            for choice, mark in lines:
                votes[choice][mark] += 1
    return votes

"""Tallying papers in memory against polars, and whole files by `calc tally` against duckdb."""

import sys
import tempfile
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
from pyarrow import csv, parquet

from election.planning.tally import tally
from scripts.benchmarks.timing import cpu_best_of, cpu_of_child

PAPERS, CHOICES, SEATS = (172_000, 1_000_000), ("张三", "李四", "王五", "赵六"), 2
FILE_PAPERS = 1_425_000  # 5.7 million rows
_MARKS, _SHARES = np.array(["for", "against", "abstain"]), (0.45, 0.25, 0.30)
_DUCK = Path(__file__).with_name("ballots_duckdb.py")


def measure() -> Iterator[str]:
    """CPU seconds, all threads; both sides give the same figures of papers and candidates."""
    with tempfile.TemporaryDirectory(prefix="xuanban-bench-") as folder:
        # In a process of its own, and before the others: a child is charged its parent's memory.
        writer = get_context("spawn").Process(target=_write_files, args=(Path(folder),))
        writer.start()
        writer.join()
        for path in sorted(Path(folder).iterdir()):
            yield _of_file(path)
    for papers in PAPERS:
        yield _in_memory(papers)


def _in_memory(papers: int) -> str:
    frame = _records(papers)
    theirs = pl.from_pandas(frame)
    ours = cpu_best_of(lambda: tally(frame, SEATS))
    peer = cpu_best_of(lambda: _by_polars(theirs))
    return f"{papers:,} papers: {ours:.3f} s; polars {peer:.3f} s = {ours / peer:.2f} x its time"


def _records(papers: int) -> pd.DataFrame:
    draw = np.random.default_rng(1)
    numbers = np.char.zfill(np.arange(papers).astype(str), 7)
    return pd.DataFrame(
        {
            "ballot_id": np.repeat(numbers, len(CHOICES)),
            "choice": np.tile(np.array(CHOICES), papers),
            "mark": _MARKS[draw.choice(3, size=papers * len(CHOICES), p=_SHARES)],
        }
    )


def _by_polars(records: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Papers valid and blank; for, against of each choice on valid papers, each line once."""
    said = {mark: (pl.col("mark") == mark).any() for mark in ("for", "against")}
    lines = records.lazy().group_by("ballot_id", "choice").agg(**said)
    for_, against = pl.col("for"), pl.col("against")
    lines = lines.with_columns(chosen=for_ & ~against, refused=against & ~for_).collect().lazy()
    papers = (
        lines.group_by("ballot_id")
        .agg(choices=pl.col("chosen").sum(), spoken=(for_ | against).sum())
        .collect()
    )
    valid = papers.lazy().filter(pl.col("choices") <= SEATS).select("ballot_id")
    counted = lines.join(valid, on="ballot_id", how="semi").group_by("choice")
    return papers, counted.agg(pl.col("chosen").sum(), pl.col("refused").sum()).collect()


def _write_files(folder: Path) -> None:
    """Parquet; CSV as it is, with a quoted header, with everything in quotes."""
    table = pa.Table.from_pandas(_records(FILE_PAPERS), preserve_index=False)
    parquet.write_table(table, folder / "ballots.parquet")
    for name, header, quoting in (
        ("plain", "ballot_id,choice,mark", "none"),
        ("quoted header", '"ballot_id","choice","mark"', "none"),
        ("quoted", '"ballot_id","choice","mark"', "all_valid"),
    ):
        with (folder / f"{name}.csv").open("wb") as file:
            file.write(f"{header}\n".encode())
            options = csv.WriteOptions(include_header=False, quoting_style=quoting)
            csv.write_csv(table, file, options)


def _of_file(path: Path) -> str:
    command = ("-m", "election", "calc", "tally", path, "--seats", str(SEATS), "--json")
    ours, memory = cpu_of_child(sys.executable, *command)
    peer, theirs = cpu_of_child(sys.executable, _DUCK, path, str(SEATS))
    return (
        f"calc tally {path.name}: {ours:.2f} s, {memory:.0f} MB; duckdb {peer:.2f} s, "
        f"{theirs:.0f} MB = {ours / peer:.2f} x its time"
    )

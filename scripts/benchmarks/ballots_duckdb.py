"""Tally a file of ballot records with duckdb, as the peer of `calc tally`: FILE SEATS."""

import sys

import duckdb

_LINES = """
    create temp table lines as
    select ballot_id, choice, bool_or(mark = 'for') as f, bool_or(mark = 'against') as a
    from {source} group by ballot_id, choice
"""
_PAPERS = """
    create temp table papers as
    select ballot_id, count(*) filter (f and not a) as choices, count(*) filter (f or a) as spoken
    from lines group by ballot_id
"""
_BOX = """
    select count(*), count(*) filter (choices <= {seats}),
           count(*) filter (choices <= {seats} and spoken = 0)
    from papers
"""
_VOTES = """
    select choice, count(*) filter (f and not a), count(*) filter (a and not f),
           count(*) filter (f and a)
    from lines join papers using (ballot_id) where choices <= {seats} group by choice
"""


def main(path: str, seats: int) -> None:
    """Print papers, valid, blank, and the votes of each choice."""
    csv = f"read_csv('{path}', header = true, all_varchar = true)"
    source = f"read_parquet('{path}')" if path.endswith(".parquet") else csv
    duck = duckdb.connect()
    duck.execute(_LINES.format(source=source))
    duck.execute(_PAPERS)
    print(duck.execute(_BOX.format(seats=seats)).fetchall())
    print(duck.execute(_VOTES.format(seats=seats)).fetchall())


main(sys.argv[1], int(sys.argv[2]))

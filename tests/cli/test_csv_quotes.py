"""Quotes are looked at as Python's strict csv reader reads them."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.cli.calc import csv_quotes
from election.cli.calc.csv_quotes import well_quoted


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", True),
        ("a,b\n", True),
        ('"a","b"\r\n"c",d', True),
        ('a,"b ""c"" d"\n', True),
        ('"","a\nb,c",""""\n', True),
        ('"a', False),
        ('a,"b\nc,d\n', False),
        ('"a"b,c\n', False),
        ('a"b,c\n', False),
        ('"a" ,b\n', False),
        (' "a",b\n', False),
    ],
)
def test_a_quote_stands_at_the_begin_or_the_end_of_a_field(content: str, expected: bool) -> None:
    assert well_quoted(content.encode()) is expected


LETTERS = st.text(st.sampled_from('ab,"\n\r'), max_size=14)


@given(content=LETTERS, block=st.integers(1, 6))
def test_what_is_well_quoted_is_read_by_the_strict_reader_wherever_a_block_ends(
    content, block
) -> None:
    whole = well_quoted(content.encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_quotes, "_BLOCK", block)
        assert well_quoted(content.encode()) is whole
    if whole:
        list(csv.reader(io.StringIO(content, newline=""), strict=True))  # raises nothing


@given(
    rows=st.lists(st.lists(LETTERS, min_size=1, max_size=3), max_size=4),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_csv_writes_is_well_quoted(rows, quoting) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, quoting=quoting).writerows(rows)
    assert well_quoted(file.getvalue().encode())

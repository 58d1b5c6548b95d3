"""`calc tally`: the promised shape, exact texts, CSV and Parquet, every fault with its line."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from election.cli.calc.tally import command

ROOT = Path(__file__).parents[2]
HEADER = "ballot_id,choice,mark\n"
BOX = HEADER + (
    "001,张三,for\n001,李四,against\n002,张三,for\n002,李四,for\n002,write-in:王芳,for\n"
    "003,,\n1,张三,abstain\n1,write-in:王芳,for\n"
)
COUNTED = {
    "seats": 2,
    "papers": 4,
    "valid": 3,
    "blank": 1,
    "void": {"too_many_choices": 1},
    "void_papers": 1,
    "void_lines": {"contradictory_marks": 0},
    "candidates": {
        "张三": {"for": 1, "against": 0, "abstain": 2},
        "李四": {"for": 0, "against": 1, "abstain": 2},
    },
    "write_ins": {"王芳": {"for": 1, "against": 0, "abstain": 0}},
    "look_alikes": [],
    "marked_twice": {"lines": 0, "first": []},
}


def run(path: Path, *options: str) -> Result:
    return CliRunner().invoke(command, [str(path), *(options or ("--seats", "2", "--json"))])


@pytest.fixture
def box(tmp_path: Path):
    """Write a box of papers as bytes or text; answers its path."""

    def write(content: str | bytes, name: str = "ballots.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def faults(result: Result, path: Path) -> list[str]:
    """The lines on stderr: place and the English half, without the file's own path."""
    assert (result.exit_code, result.stdout) == (2, "")
    lines = result.stderr.splitlines()
    assert all(line.startswith(f"{path}:") for line in lines)
    return [
        line.removeprefix(f"{path}:").split(": ")[0] + "|" + line.rsplit(" / ", 1)[1]
        for line in lines
    ]


def test_one_json_document_holds_papers_void_blank_candidates_and_write_ins(box) -> None:
    result = run(box(BOX))
    assert json.loads(result.stdout) == COUNTED
    assert (result.exit_code, result.stderr, result.stdout.count("\n")) == (0, "", 1)


def test_the_command_is_reached_from_the_command_line(box) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "election", "calc", "tally", box(BOX), "--seats", "2", "--json"],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
    )
    assert (done.returncode, done.stderr, json.loads(done.stdout)) == (0, "", COUNTED)


@pytest.mark.parametrize(
    "content",
    [
        BOX.encode("utf-8-sig"),
        BOX.encode("gb18030"),
        BOX.replace("\n", "\r\n").encode(),
        BOX.replace("\n", "\r").encode(),
        BOX.removesuffix("\n").encode(),
        BOX.replace("\n", "\n\n").encode(),
        BOX.replace("张三", '"张三"').encode(),
        (BOX + ",,\n,,\n").encode(),
        (BOX.replace("张三", '"张三"') + ",,\n").encode(),
        BOX.replace("ballot_id,choice,mark", " ballot_id, choice ,mark ").encode(),
    ],
    ids=[
        "bom",
        "gb18030",
        "crlf",
        "cr",
        "no end",
        "empty lines",
        "quotes",
        "empty rows",
        "empty rows and quotes",
        "spaces in the header",
    ],
)
def test_however_the_file_was_saved_the_count_is_the_same(box, content) -> None:
    assert json.loads(run(box(content)).stdout) == COUNTED


@pytest.mark.parametrize("quote", ["", '"'])
def test_columns_may_stand_in_any_order_with_others_between_them(box, quote) -> None:
    rows = [line.split(",") for line in BOX.splitlines()]
    turned = "\n".join(f"{quote}{m}{quote},x,{c},{b},x" for b, c, m in rows)
    assert json.loads(run(box(turned)).stdout) == COUNTED


def test_a_row_is_empty_only_if_every_column_is(box) -> None:
    path = box("ballot_id,choice,mark,note\n1,A,for,\n,,,see paper\n")
    assert faults(run(path), path) == ["3:ballot_id|the ballot_id is empty"]


def test_rare_characters_na_and_zeros_are_kept(box) -> None:
    result = run(box(HEADER + "01,NA,for\n1,𬭎〇,for\n1.0,write-in:买买提·艾力,for\n"))
    document = json.loads(result.stdout)
    assert (document["papers"], list(document["candidates"])) == (3, ["NA", "𬭎〇"])
    assert list(document["write_ins"]) == ["买买提·艾力"]


def test_without_json_the_count_is_told_in_a_table(box) -> None:
    result = run(box(BOX + "9,write-in:王 芳,for\n"), "--seats", "2")
    assert result.stdout.splitlines() == [
        "选票5张：有效4张（其中空白1张），废票1张 / 5 papers: 4 valid (1 blank), 1 void",
        "姓名 name\t赞成 for\t反对 against\t弃权 abstain",
        "张三\t1\t0\t3",
        "李四\t0\t1\t3",
        "王 芳（另选人 write-in）\t1\t0\t—",
        "王芳（另选人 write-in）\t1\t0\t—",
        "请核对是否同一人 / perhaps one person: write-in:王 芳 | write-in:王芳",
    ]


def test_a_choice_marked_twice_on_one_paper_is_told_below_the_table(box) -> None:
    twice = "".join(f"{number},张三,for\n" * 2 for number in range(10, 32))
    *_, last, more = run(box(HEADER + twice), "--seats", "2").stdout.splitlines()
    assert last == ('选票29上“张三”有多个标记 / paper 29 marks "张三" more than once: for, for')
    assert more == "另有2处一票多标 / and 2 more choices marked more than once"


def test_a_box_without_papers_counts_nothing(box) -> None:
    assert json.loads(run(box(HEADER)).stdout)["papers"] == 0


NO_MARK = "mark is empty; it must be for, against or abstain"


def not_a_mark(text: str) -> str:
    return f'mark must be for, against or abstain, not "{text}"'


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("1,A,for\n2,A,yes\n", [f"3:mark|{not_a_mark('yes')}"]),
        ("1,A,for\n\n\n2,A,\n", [f"5:mark|{NO_MARK}"]),
        ('1,"A\nB",for\n2,"A",For\n', [f"4:mark|{not_a_mark('For')}"]),
        ('1,A,for\n2,"A\nB",For\n', [f"3:mark|{not_a_mark('For')}"]),
        (",,\n,,\n2,A,yes\n", [f"4:mark|{not_a_mark('yes')}"]),
        (',"",\n,,\n2,A,yes\n', [f"4:mark|{not_a_mark('yes')}"]),
        (",A,for\n", ["2:ballot_id|the ballot_id is empty"]),
        ("1,write-in:,for\n", ["2:choice|no name; a blank paper has an empty choice"]),
        ("1,A,for\n1,,\n", ["3:choice|a blank paper has one row, this one has more"]),
        ("1,A,for\n2,张,三,for\n", ["3|this row has 4 fields, the header 3"]),
        (
            "1,A\n2,A,yes\n3\n4,A,for\n",
            [
                "2|this row has 2 fields, the header 3",
                f"3:mark|{not_a_mark('yes')}",
                "4|this row has 1 fields, the header 3",
            ],
        ),
        (
            '1,"A,for\n2,A,for\n',
            [
                "2|unbalanced quotes or a field too long: unreadable from here "
                "(unexpected end of data)"
            ],
        ),
        (
            '1,A,for\n2,"A"B,for\n',
            [
                "3|unbalanced quotes or a field too long: unreadable from here "
                "(',' expected after '\"')"
            ],
        ),
    ],
)
def test_a_fault_is_told_with_file_line_and_column(box, rows, expected) -> None:
    path = box(HEADER + rows)
    assert faults(run(path), path) == expected


def test_a_fault_is_told_in_chinese_first(box) -> None:
    path = box(HEADER + "1,A,yes\n")
    assert run(path).stderr == (
        f"{path}:2:mark: mark 应为 for、against 或 abstain，不是“yes” / {not_a_mark('yes')}\n"
    )


@pytest.mark.parametrize("quote", ["", '"'])
def test_lines_are_told_in_a_long_file_with_rows_that_do_not_fit(box, quote) -> None:
    rows = [f"{quote}{number}{quote},A,for\n" for number in range(200_000)]
    rows[150_000], rows[199_998], rows[199_999] = "\n\n1,A\n", "2\n", "3,A,yes\n"
    path = box(HEADER + "".join(rows))
    assert faults(run(path), path) == [
        "150004|this row has 2 fields, the header 3",
        "200002|this row has 1 fields, the header 3",
        f"200003:mark|{not_a_mark('yes')}",
    ]


def test_an_utf_8_mark_before_a_quoted_header_is_no_fault(box) -> None:
    content = BOX.replace("ballot_id,choice,mark", '"ballot_id","choice","mark"')
    assert json.loads(run(box(content.encode("utf-8-sig"))).stdout) == COUNTED


def test_a_quote_inside_a_name_is_part_of_it(box) -> None:
    document = json.loads(run(box(HEADER + '1,A"B,for\n2,"A""B",for\n')).stdout)
    assert document["candidates"] == {'A"B': {"for": 2, "against": 0, "abstain": 0}}


@pytest.mark.parametrize(("ragged", "more"), [("", 10), ("7\n" * 5, 15)])
def test_of_many_faults_twenty_are_told_and_the_others_counted(box, ragged, more) -> None:
    path = box(HEADER + "".join(f"{number},A,x\n" for number in range(30)) + ragged)
    *told, last = run(path).stderr.splitlines()
    assert [line.split(": ")[0] for line in told] == [f"{path}:{at}:mark" for at in range(2, 22)]
    assert last == f"{path}: 另有{more}处 / and {more} more"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", ["1:ballot_id", "1:choice", "1:mark"]),
        ("\n1,A,for\n", ["1:ballot_id", "1:choice", "1:mark"]),
        ("ballot_id,choice\n1,A\n", ["1:mark"]),
        ("ballot_id;choice;mark\n1;A;for\n", ["1:ballot_id", "1:choice", "1:mark"]),
        ("ballot_id,choice,mark,mark\n1,A,for,for\n", ["1:mark"]),
    ],
)
def test_a_column_missing_or_doubled_is_named(box, content, expected) -> None:
    path = box(content)
    assert [fault.split("|")[0] for fault in faults(run(path), path)] == expected


@pytest.mark.parametrize("name", ["ballots.csv", "ballots.parquet"])
def test_a_file_that_cannot_be_read_is_one_line_on_stderr(tmp_path, box, name) -> None:
    missing = run(tmp_path / "no" / name)
    broken = run(box(b"\xff\xfe\x00broken\x80", name))
    folder = run(tmp_path)
    for result in (missing, broken, folder):
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("seats", ["0", "-1", "²", "1.5", "", "two"])
def test_a_number_of_seats_that_is_none_is_refused(box, seats) -> None:
    result = run(box(BOX), f"--seats={seats}")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--seats" in result.stderr.splitlines()[0]


def test_the_number_of_seats_must_be_given(box) -> None:
    assert run(box(BOX), "--json").exit_code == 2


# --- Parquet


def table() -> pd.DataFrame:
    return pd.read_csv(io.StringIO(BOX), dtype=str, keep_default_na=False)


def test_parquet_and_csv_give_the_same_count(tmp_path) -> None:
    path = tmp_path / "ballots.PARQUET"
    table().to_parquet(path)
    assert json.loads(run(path).stdout) == COUNTED


@pytest.mark.parametrize(
    "change",
    [
        lambda frame: frame.astype("category"),
        lambda frame: frame.replace({"choice": {"": None}, "mark": {"": None}}),
        lambda frame: frame.assign(ballot_id=[1, 1, 2, 2, 2, 3, 4, 4]),
        lambda frame: frame.assign(note=3.5)[["note", "mark", "choice", "ballot_id"]],
    ],
    ids=["categories", "nulls", "numbered papers", "other columns"],
)
def test_parquet_is_read_however_it_stores_texts(tmp_path, change) -> None:
    path = tmp_path / "ballots.parquet"
    change(table()).to_parquet(path)
    assert json.loads(run(path).stdout) == COUNTED


def test_a_fault_in_parquet_is_told_with_the_number_of_its_record(tmp_path) -> None:
    path = tmp_path / "ballots.parquet"
    table().assign(mark=["x", *table()["mark"][1:]]).to_parquet(path)
    assert faults(run(path), path) == [f"1:mark|{not_a_mark('x')}"]


def test_blank_papers_alone_may_store_no_text_at_all(tmp_path) -> None:
    path = tmp_path / "ballots.parquet"
    empty = pa.nulls(2)
    pq.write_table(pa.table({"ballot_id": ["1", "2"], "choice": empty, "mark": empty}), path)
    assert json.loads(run(path).stdout)["blank"] == 2


@pytest.mark.parametrize(
    ("column", "values", "expected"),
    [
        ("choice", list(range(8)), ':choice|column "choice" is int64, it must be text'),
        ("mark", [b"for"] * 8, ':mark|column "mark" is binary, it must be text'),
        (
            "ballot_id",
            [float(n) for n in range(8)],
            ':ballot_id|column "ballot_id" is double, it must be text',
        ),
    ],
)
def test_a_parquet_column_that_is_no_text_is_named(tmp_path, column, values, expected) -> None:
    path = tmp_path / "ballots.parquet"
    table().assign(**{column: values}).to_parquet(path)
    result = run(path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.strip().endswith(expected.split("|")[1])
    assert f"{path}{expected.split('|')[0]}: " in result.stderr


def test_a_parquet_column_that_is_missing_is_named(tmp_path) -> None:
    path = tmp_path / "ballots.parquet"
    table().drop(columns="mark").to_parquet(path)
    assert faults(run(path), path)[0].startswith("1:mark|")


NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=4).filter(
    str.strip
)


@given(
    papers=st.lists(
        st.tuples(NAMES, st.sampled_from(["for", "against", "abstain"])), min_size=1, max_size=8
    ),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_a_name_written_to_csv_is_the_name_counted(tmp_path_factory, papers, quoting) -> None:
    path = tmp_path_factory.getbasetemp() / "names.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=quoting)
        writer.writerow(["ballot_id", "choice", "mark"])
        for number, (name, mark) in enumerate(papers):
            writer.writerow([f"{number:03}", f"write-in:{name}", mark])
    counted = json.loads(run(path).stdout)
    assert (counted["papers"], set(counted["write_ins"])) == (
        len(papers),
        {name for name, _ in papers},
    )

"""Lists of units without codes: known by their names, new ones get a code; unknown columns."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.exchange.units import table as units
from election.exchange.units.table import Doing
from election.queries.units.table import UnitValues
from tests.exchange.units.lists import A1, A2, VILLAGE, faults, read, stored

OLD = UnitValues("0301", "东村", VILLAGE, 5)


def codes(text: str, *values: UnitValues) -> list[tuple[str, str, Doing]]:
    preview = units.compare(read(text), stored(*values))
    return [(line.code, line.name, line.doing) for line in preview.lines]


@pytest.mark.parametrize("header", ["行政村", "行政村名称", "村（社区）", "村名", "名称"])
def test_a_list_of_names_gets_codes(header: str) -> None:
    preview = units.compare(read(f"{header},户籍人口\n东村,9\n西村,3\n"), [])
    assert preview.findings == ()
    assert preview.add == (
        UnitValues("001", "东村", VILLAGE, 9),
        UnitValues("002", "西村", VILLAGE, 3),
    )
    assert [(w.code.id, w.facts["count"], w.facts["codes"]) for w in preview.warnings] == [
        ("W.231", 2, "001、002")
    ]


def test_a_stored_unit_is_known_by_its_name_and_a_new_one_gets_the_next_number() -> None:
    text = "行政村,户籍人口\n西村,3\n东村,9\n"
    assert codes(text, OLD) == [("0302", "西村", Doing.ADD), ("0301", "东村", Doing.CHANGE)]
    assert codes(text, A1, A2) == [("001", "西村", Doing.ADD), ("002", "东村", Doing.ADD)]


def test_the_same_list_without_codes_imported_again_changes_nothing() -> None:
    text = "村名,常住人口\n东村,9\n西村,3\n"
    first = units.compare(read(text), [])
    again = units.compare(read(text), stored(*first.add))
    assert [line.doing for line in again.lines] == [Doing.SKIP, Doing.SKIP]
    assert again.warnings == ()


def test_a_name_that_says_no_unit_is_a_fault_of_its_row() -> None:
    twin = replace(OLD, code="0302")
    text = "名称,户籍人口\n西村,1\n西村,2\n,3\n东村,4\n南村,5\n=1,6\n"
    assert faults(text, OLD, twin) == [
        (2, "name", "E.232"),
        (3, "name", "E.232"),
        (4, "name", "E.232"),
        (5, "name", "E.232"),
        (7, "name", "E.816"),
    ]


def test_an_unknown_column_is_one_sentence_however_many_rows_it_has() -> None:
    rows = "".join(f"B{n},{n},x\n" for n in range(40))
    preview = units.compare(read("编码,村落的名字,备注\n" + rows), [])
    assert [(f.facts["row"], f.code.id) for f in preview.findings] == [(0, "E.812")]
    assert [(w.code.id, w.facts["columns"]) for w in preview.warnings] == [
        ("W.233", "村落的名字、备注")
    ]


@given(
    st.lists(st.from_regex(r"[一-龥]{1,4}村", fullmatch=True), min_size=1, unique=True),
    st.lists(st.from_regex(r"[0-9]{1,5}|[A-Z][0-9]{1,3}", fullmatch=True), unique=True),
)
def test_proposed_codes_are_new_and_each_is_given_once(names, taken) -> None:
    rows = [UnitValues(code, f"{code}社区", VILLAGE) for code in taken]
    preview = units.compare(read("名称\n" + "\n".join(names) + "\n"), stored(*rows))
    proposed = [values.code for values in preview.add]
    assert preview.findings == ()
    assert len({*proposed, *taken}) == len(names) + len(taken)

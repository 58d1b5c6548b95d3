"""Cells of a list of units: names, codes and voter groups, kept exactly or refused."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.exchange import cells
from election.exchange.units import table as units
from election.queries.units.table import UnitValues
from election.rules.units.checks import VoterGroup
from tests.exchange.units.lists import A1, VILLAGE, faults, read


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("+东村", "E.816"),
        ("-东村", "E.816"),
        ("@东村", "E.816"),
        ("＝东村", "E.816"),
        ("'东村", "E.816"),
        ("东\u200b村", "E.815"),
        ("东\ufffd村", "E.815"),
        ("东\ue000村", "E.815"),
        ("村" * 121, "E.821"),
    ],
)
def test_names_that_cannot_be_names_are_refused(name: str, code: str) -> None:
    assert faults(f"编码,名称\nB1,{name}\n") == [(2, "name", code)]


def test_rare_characters_and_dots_stay_exactly() -> None:
    assert read("编码,名称\nB1,𬭎岙·〇䶮村\n").rows[0].values["name"] == "𬭎岙·〇䶮村"


@pytest.mark.parametrize(
    "name",
    [
        "𬭎岙村",
        "〇家村",
        "䶮山村",
        "\U00030000\U00031350\U0002ebf0村",
        "买买提·艾力村",
        "東\u2ed1村",
    ],
)
def test_rare_characters_are_kept_exactly(name: str) -> None:
    """Also those that the tables of an older Python do not know yet."""
    assert read(f"编码,名称\nB1,{name}\n").rows[0].values["name"] == name


@pytest.mark.parametrize(
    "sign", ["\u2028", "\u2029", "\u200b", "\ufeff", "\ue000", "\ufffd", "\x7f"]
)
def test_a_name_is_one_line_that_everybody_can_see(sign: str) -> None:
    assert faults(f"编码,名称\nB1,东{sign}村\n") == [(2, "name", "E.815")]


@pytest.mark.parametrize("cell", ["3.30225E+11", "1E+05", "2021-03-01", "2021-03-01T00:00:00"])
def test_a_code_that_a_spreadsheet_changed_is_told_from_a_code(cell: str) -> None:
    assert faults(f"编码,名称\n{cell},东村\n") == [(2, "code", "E.852")]


def test_a_lost_zero_is_one_fault_of_its_row() -> None:
    old = replace(A1, code="001", neighbours=())
    assert faults("编码,户籍人口\n1,5\n", old) == [(2, "code", "E.227")]


def test_a_code_that_lost_its_leading_zero_does_not_double_a_unit() -> None:
    old = UnitValues("007", "东村", VILLAGE)
    assert faults("编码,名称\n7,东村\n", old) == [(2, "code", "E.227")]
    assert faults("编码,名称\n007,东村\n7,另村\n", old) == []


def test_voter_groups_are_read_written_and_compared_with_the_people() -> None:
    text = "编码,名称,户籍人口,选民小组\nB1,东村,215,一组 120；二组：95人\nB2,西村,10,第3组 9\n"
    preview = units.compare(read(text), [])
    assert preview.findings == ()
    assert [one.voter_groups for one in preview.add] == [
        (VoterGroup("一组", 120), VoterGroup("二组", 95)),
        (VoterGroup("第3组", 9),),
    ]
    assert [(w.code.id, w.facts["row"]) for w in preview.warnings] == [("W.174", 3)]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("一组", "E.171"),
        ("120", "E.171"),
        ("一组 ½", "E.171"),
        ("一组 12.5", "E.171"),
        ("一组 -5", "E.171"),
        ("一组 5；一组 6", "E.172"),
        ("=一组 5", "E.816"),
        ("一组 9999999", "E.818"),
        ("；".join(f"第{n}小组 1" for n in range(100)), "E.173"),
    ],
)
def test_voter_groups_that_cannot_be_read_are_said(cell: str, code: str) -> None:
    assert faults(f"编码,名称,选民小组\nB1,东村,{cell}\n") == [(2, "voter_groups", code)]


groups = st.lists(
    st.builds(
        VoterGroup,
        st.from_regex(r"[一二三A-Z][一二三A-Z0-9 ]{0,5}组?", fullmatch=True).map(str.strip),
        st.integers(0, 2_000_000),
    ),
    unique_by=lambda one: one.name,
    max_size=6,
)


@given(groups)
def test_voter_groups_come_back_from_their_text(given_groups: list[VoterGroup]) -> None:
    assert cells.voter_groups(cells.groups_text(given_groups)) == tuple(given_groups)

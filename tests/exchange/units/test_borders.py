"""Pairs of neighbours: every fault at once, the whole list or a part, exports that come back."""

from hypothesis import given
from hypothesis import strategies as st

from election.exchange.units import borders
from election.exchange.units.table import Doing
from election.queries.units.table import UnitRow, UnitValues
from election.rules.units.kinds import NeighbourKind, UnitKind

LAND, FERRY = NeighbourKind.LAND, NeighbourKind.FERRY


def town(*ties: tuple[str, str, NeighbourKind], codes: str = "ABCD") -> list[UnitRow]:
    """Units of one letter each, tied as said."""
    land: dict[str, list[str]] = {code: [] for code in codes}
    ferry: dict[str, list[str]] = {code: [] for code in codes}
    for a, b, kind in ties:
        both = land if kind is LAND else ferry
        both[a].append(b)
        both[b].append(a)
    return [
        UnitRow(
            n,
            1,
            UnitValues(
                code,
                f"{code}村",
                UnitKind.VILLAGE,
                neighbours=tuple(sorted(land[code])),
                ferries=tuple(sorted(ferry[code])),
            ),
        )
        for n, code in enumerate(codes, start=1)
    ]


def compare(text: str, rows: list[UnitRow], *, whole: bool = False) -> borders.BorderPreview:
    return borders.compare(borders.read(text.encode(), "相邻.csv"), rows, whole=whole)


def faults(text: str) -> list[tuple[object, object, str]]:
    return [(f.facts["row"], f.facts["column"], f.code.id) for f in compare(text, town()).findings]


def test_pairs_are_added_changed_and_left_alone() -> None:
    rows = town(("A", "B", LAND), ("B", "C", FERRY), ("C", "D", LAND))
    preview = compare("甲,乙,方式\nB,A,陆\nC,B,陆\nD,A,轮渡\n", rows)
    assert [(line.code, line.doing) for line in preview.lines] == [
        ("B — A", Doing.SKIP),
        ("C — B", Doing.CHANGE),
        ("D — A", Doing.ADD),
    ]
    assert preview.pairs == {("B", "C"): LAND, ("A", "D"): FERRY}
    assert preview.unlisted == (("C", "D"),)


def test_pairs_are_removed_only_when_the_file_is_the_whole_list() -> None:
    rows = town(("A", "B", LAND), ("B", "C", FERRY))
    assert compare("a,b\nA,B\n", rows).pairs == {}
    preview = compare("a,b\nA,B\n", rows, whole=True)
    assert (preview.pairs, preview.count("remove")) == ({("B", "C"): None}, 1)


def test_a_file_without_kinds_leaves_a_ferry_a_ferry() -> None:
    preview = compare("编码1,编码2\nA,B\nC,D\n", town(("A", "B", FERRY)))
    assert preview.pairs == {("C", "D"): LAND}


def test_all_faults_come_back_together() -> None:
    text = "甲,乙,方式\nA,Z,陆\nA,A,陆\nA,B,陆\nB,A,陆\nB,A,轮渡\n,B,桥\n"
    assert faults(text) == [
        (2, "b", "E.224"),
        (3, "b", "E.225"),
        (5, "b", "E.175"),
        (6, "kind", "E.176"),
        (7, "a", "E.820"),
        (7, "kind", "E.822"),
    ]


def test_a_file_without_the_second_column_or_without_rows_is_said() -> None:
    assert faults("甲,方式\nA,陆\n") == [(0, "", "E.812")]
    assert faults("甲,乙\n") == [(0, "", "E.823")]
    assert faults("") == [(0, "", "E.801")]


def test_a_code_that_lost_its_zero_is_said() -> None:
    rows = [UnitRow(1, 1, UnitValues("01", "东村", UnitKind.VILLAGE))]
    preview = compare("a,b\n1,01\n", rows)
    assert [f.code.id for f in preview.findings] == ["E.227"]


def test_gb18030_and_a_mark_are_read() -> None:
    text = "甲,乙\nA,B\n"
    for raw in (text.encode("gb18030"), text.encode("utf-8-sig")):
        assert borders.read(raw, "x.csv").rows[0].pair == ("A", "B")


pairs = st.lists(
    st.tuples(st.sampled_from("ABCDEF"), st.sampled_from("ABCDEF"), st.sampled_from([LAND, FERRY])),
    unique_by=lambda one: frozenset(one[:2]),
    max_size=12,
).map(lambda ties: [one for one in ties if one[0] != one[1]])


@given(pairs, st.sampled_from(["zh", "en"]))
def test_what_is_exported_comes_back_and_changes_nothing(
    ties: list[tuple[str, str, NeighbourKind]], language: str
) -> None:
    rows = town(*ties, codes="ABCDEF")
    for raw in (borders.export_csv(rows, language), borders.export_xlsx(rows, language)):
        file = borders.read(raw, "x")
        preview = borders.compare(file, rows, whole=True)
        assert (preview.pairs, preview.count("skip")) == ({}, len(ties))
        assert [f.code.id for f in preview.findings] == ([] if ties else ["E.823"])

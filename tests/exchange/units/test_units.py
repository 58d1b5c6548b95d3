"""Lists of units: every fault at once, a preview that says what and why, exports that come back."""

import io
import tracemalloc
from dataclasses import replace

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from election.exchange.units import table as units
from election.exchange.units.table import Change, Doing
from election.queries.units.table import UnitValues, natural
from election.rules.terms import Text
from election.rules.units.checks import VoterGroup
from election.rules.units.kinds import UnitKind
from tests.exchange.units.lists import A1, A2, A3, COMMUNITY, VILLAGE, faults, read, stored


def test_headers_are_understood_in_both_languages_under_a_title_and_in_any_order() -> None:
    chinese = read("鹤浦镇选区单元表\n\n常住人口,户籍人口（人）,村（社区）,代码\n,1200,东山村,A1\n")
    english = read("Name, Code ,hukou_population,Resident population\n东山村,A1,1200,\n")
    assert chinese.findings == english.findings == ()
    assert chinese.rows[0].row == 4
    assert english.rows[0].row == 2
    assert (
        chinese.rows[0].values
        == english.rows[0].values
        == {
            "code": "A1",
            "name": "东山村",
            "hukou_population": 1200,
            "resident_population": None,
        }
    )


def test_all_faults_come_back_together_with_row_and_column() -> None:
    text = (
        "编码,名称,类型,户籍人口,常住人口,相邻单元,x\n"
        "B1,东村,村,约12,1e5,B2,121.9\n"
        "B2,,寨,-3,3.5,B2、B9,1'\n"
        "B1,=1+1,村,99999999,1.1E+17,,\n"
        "B#4,西村,村,#REF!,,,\n"
        ",南村,村,,,,\n"
    )
    assert faults(text) == [
        (2, "hukou_population", "E.817"),
        (2, "resident_population", "E.819"),
        (3, "kind", "E.822"),
        (3, "hukou_population", "E.817"),
        (3, "resident_population", "E.817"),
        (3, "x", "E.824"),
        (3, "neighbours", "E.225"),
        (3, "neighbours", "E.224"),
        (3, "name", "E.820"),
        (4, "name", "E.816"),
        (4, "hukou_population", "E.818"),
        (4, "resident_population", "E.819"),
        (4, "code", "E.222"),
        (5, "hukou_population", "E.814"),
        (5, "code", "E.221"),
        (6, "code", "E.820"),
    ]


def test_a_fault_says_in_both_languages_what_is_wrong_and_what_would_be_right() -> None:
    fault = read("编码,名称,户籍人口\nB1,东村,约12\n").findings[0]
    assert fault.cause == Text("“约12”不是0或正整数", '"约12" is not 0 or a positive whole number')
    assert "只填数字" in fault.remedy.zh
    assert "only digits" in fault.remedy.en
    long = read(f"编码,名称,户籍人口\nB1,东村,{'9x' * 30}\n").findings[0]
    assert long.facts["value"] == "9x" * 12 + "…"


def test_a_preview_says_what_is_added_changed_and_skipped_and_why() -> None:
    text = (
        "编码,名称,户籍人口,常住人口\nA1,东山村,1250,\nA2,西山村,800,790\nA4,南山村,5,\n合计,,9,\n"
    )
    preview = units.compare(read(text), stored(A1, A2, A3))
    assert [(line.row, line.code, line.doing) for line in preview.lines] == [
        (2, "A1", Doing.CHANGE),
        (3, "A2", Doing.SKIP),
        (4, "A4", Doing.ADD),
        (5, "", Doing.SKIP),
    ]
    assert preview.lines[0].changes == (Change("hukou_population", 1200, 1250),)
    assert [preview.lines[n].why for n in (1, 3)] == [
        Text("与已有数据相同", "the same as stored"),
        Text("合计行", "a row of totals"),
    ]
    assert preview.change == {1: replace(A1, hukou_population=1250)}
    assert preview.add == (UnitValues("A4", "南山村", VILLAGE, 5),)
    assert preview.untouched == (A3,)


def test_a_missing_column_leaves_what_is_stored_and_an_empty_cell_says_unknown() -> None:
    without = units.compare(read("编码,户籍人口\nA2,801\n"), stored(A1, A2, A3))
    assert without.change == {2: replace(A2, hukou_population=801)}
    empty = units.compare(read("编码,户籍人口\nA2,\n"), stored(A1, A2, A3))
    assert empty.change == {2: replace(A2, hukou_population=None)}
    assert empty.lines[0].changes == (Change("hukou_population", 800, None),)


def test_who_votes_for_the_county_only_is_read_compared_and_refused_of_a_village() -> None:
    w1 = UnitValues("W1", "研究所", UnitKind.WORKPLACE, county_only=True)
    text = "编码,名称,类型,只参加县级选举\nW1,研究所,单位,{}\nA9,北村,村,\n"
    preview = units.compare(read(text.format("是")), [])
    assert preview.findings == ()
    assert [(c.key, c.new) for c in preview.lines[0].changes[-1:]] == [("county_only", True)]
    assert [c.key for c in preview.lines[1].changes] == ["code", "name", "kind"]
    assert preview.add[0] == w1
    for word, becomes in (("YES", True), ("否", False), ("", False)):
        after = units.compare(read(text.format(word)), stored(w1)).change.get(1, w1)
        assert after.county_only is becomes
    kept = units.compare(read("编码,户籍人口\nW1,5\n"), stored(w1)).change[1]
    assert kept.county_only is True
    assert faults(text.format("也许")) == [(2, "county_only", "E.822")]
    assert faults("code,name,kind,county_only\nV1,东村,village,yes\n") == [
        (2, "county_only", "E.184")
    ]
    assert faults("编码,类型\nW1,村\n", w1) == [(2, "county_only", "E.184")]


def test_an_empty_name_or_kind_of_a_stored_unit_stays_but_a_new_unit_needs_a_name() -> None:
    preview = units.compare(read("编码,名称,类型\nA3,,\n"), stored(A2, A1, A3))
    assert [line.doing for line in preview.lines] == [Doing.SKIP]
    assert faults("编码,名称\nA9,\n", A3) == [(2, "name", "E.820")]
    assert faults("编码\nA9\nA8\n", A3) == [(0, "", "E.812")]  # one column, one fault


def test_one_side_suffices_to_name_two_neighbours() -> None:
    preview = units.compare(read("编码,名称,相邻单元\nB1,东村,B2；B3\nB2,西村,\nB3,南村,B2\n"), [])
    assert {v.code: v.neighbours for v in preview.add} == {
        "B1": ("B2", "B3"),
        "B2": ("B1", "B3"),
        "B3": ("B1", "B2"),
    }


def test_the_same_half_filled_list_imported_again_changes_nothing() -> None:
    text = "编码,名称,相邻单元\nB1,东村,B2\nB2,西村,\n"
    first = units.compare(read(text), [])
    again = units.compare(read(text), stored(*first.add))
    assert [line.doing for line in again.lines] == [Doing.SKIP, Doing.SKIP]


def test_a_ferry_becomes_a_border_when_the_file_says_so() -> None:
    preview = units.compare(read("编码,相邻单元\nA2,A1、A3\n"), stored(A1, A2, A3))
    assert preview.findings == ()
    assert preview.change == {2: replace(A2, neighbours=("A1", "A3"), ferries=())}
    assert faults("编码,名称,相邻单元,轮渡相邻\nB1,东,A1,A1\n", A1) == [(2, "ferries", "E.226")]


def test_a_file_without_header_or_rows_is_refused_as_a_whole() -> None:
    assert faults("户籍人口,类型\n1,村\n2,村\n") == [(0, "", "E.812")]
    assert faults("编码,名称,代码\nB1,东村,B1\n") == [(1, "code", "E.813")]
    assert faults("编码,名称\n") == [(0, "", "E.823")]
    assert faults("") == [(0, "", "E.801")]


def test_a_workbook_reads_like_a_text_and_unused_columns_are_named() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet("村居")
        page.write_row(0, 0, ["编码", "名称", "类型", "户籍人口", "备注"])
        page.write_row(1, 0, ["B1", "东村", "行政村", 1200.0, "x"])
        page.write_row(2, 0, ["B2", "西村", "居委会", 3.5])
        book.add_worksheet("另表")
    file = units.read(out.getvalue(), "x.xlsx")
    assert (file.unused, file.other_sheets) == (("备注",), ("另表",))
    assert file.rows[0].values["hukou_population"] == 1200
    assert file.rows[1].values["kind"] == COMMUNITY
    assert [(f.facts["row"], f.facts["value"]) for f in file.findings] == [(3, "3.5")]


def test_a_heading_that_grows_when_it_is_compared_is_only_looked_at_in_part() -> None:
    """One sign that becomes eighteen letters, a million times."""
    text = f"编码,名称,{chr(0xFDFA) * 100_000}\nB1,东村,\n"
    tracemalloc.start()
    assert read(text).columns == ("code", "name")
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3 * 1024**2


@pytest.mark.parametrize("separator", ["\t", ";", "|"])
def test_another_separator_than_the_comma_is_said(separator: str) -> None:
    text = "编码,名称,户籍人口\nB1,东村,5\n".replace(",", separator)
    assert faults(text) == [(0, "", "E.812")]


def test_more_rows_than_an_election_has_units_are_refused() -> None:
    rows = "".join(f"N{n},村\n" for n in range(20_001))
    assert faults("编码,名称\n" + rows) == [(20_001, "", "E.809")]


_CODE = st.from_regex(r"[A-Za-z0-9一-龥][A-Za-z0-9._-]{0,6}", fullmatch=True)
_NAME = st.from_regex(r"[A-Za-z一-龥𠀀-𠀿][A-Za-z0-9一-龥·（）、 ]{0,8}[一-龥]", fullmatch=True)
_COUNT = st.none() | st.integers(0, 2_000_000)
_PLACE = st.none() | st.floats(-9999, 9999).map(lambda x: float(f"{x:.15g}")).filter(
    lambda x: x == 0 or abs(x) > 1e-4
)


@st.composite
def tables(draw: st.DrawFn) -> list[UnitValues]:
    """Units as they may be stored: codes unique, neighbours mutual."""
    found = draw(st.lists(_CODE, min_size=1, max_size=6, unique=True))
    pairs = [(a, b) for a in found for b in found if a < b]
    ways = {pair: draw(st.sampled_from(["land", "ferry", ""])) for pair in pairs}

    def near(code: str, way: str) -> tuple[str, ...]:
        touching = [
            a if b == code else b for (a, b), w in ways.items() if w == way and code in (a, b)
        ]
        return tuple(sorted(touching, key=natural))

    made = [
        UnitValues(
            code,
            draw(_NAME),
            draw(st.sampled_from(UnitKind)),
            draw(_COUNT),
            draw(_COUNT),
            near(code, "land"),
            near(code, "ferry"),
            draw(_PLACE),
            draw(_PLACE),
        )
        for code in sorted(found, key=natural)
    ]
    return [
        replace(one, county_only=one.kind is UnitKind.WORKPLACE and draw(st.booleans()))
        for one in made
    ]


@given(table=tables(), language=st.sampled_from(["zh_Hans_CN", "en"]))
def test_an_export_imported_again_changes_nothing(table: list[UnitValues], language: str) -> None:
    rows = stored(*table)
    for raw in (units.export_csv(rows, language), units.export_xlsx(rows, language)):
        again = units.compare(units.read(raw, "x"), rows)
        assert [(line.doing, line.changes) for line in again.lines] == [
            (Doing.SKIP, ()) for _ in rows
        ]
        assert (again.findings, again.untouched) == ((), ())


@given(table=tables(), language=st.sampled_from(["zh_Hans_CN", "en"]))
def test_an_export_imported_into_an_empty_office_gives_the_same_units(
    table: list[UnitValues], language: str
) -> None:
    file = units.read(units.export_xlsx(stored(*table), language), "x")
    assert list(units.compare(file, []).add) == table


def test_the_template_has_every_column_and_no_unit() -> None:
    file = units.read(units.template_xlsx("zh"), "模板.xlsx")
    assert (file.columns, file.rows, file.other_sheets) == (tuple(units.NAMES), (), ())


def test_a_table_leaves_the_outline_and_groups_of_a_unit_alone() -> None:
    old = replace(A1, outline='{"type":"Polygon"}', voter_groups=(VoterGroup("一组", 9),))
    preview = units.compare(read("编码,户籍人口\nA1,1300\n"), stored(old, A2))
    assert preview.change[1] == replace(old, hukou_population=1300)


def test_five_thousand_units_are_compared_at_once() -> None:
    """Once every row looked through all rows: half a minute of computing."""
    rows = (f"N{n},村{n},{n},N{n + 1}\n" for n in range(4999))
    text = "编码,名称,户籍人口,相邻单元\n" + "".join(rows) + "N4999,村,1,\n"
    preview = units.compare(read(text), [])
    assert (len(preview.add), preview.findings) == (5000, ())

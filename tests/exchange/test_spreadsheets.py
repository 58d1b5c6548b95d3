"""Tables in and out: limits, encodings, what no workbook may carry, what no export may do."""

import csv
import io
import tracemalloc
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from election.exchange.spreadsheets import (
    Sheet,
    Unreadable,
    neutral,
    plain_number,
    read_table,
    write_csv,
    write_xlsx,
)
from election.exchange.workbook import WorkbookLimits

_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12
)
_VALUE = st.one_of(
    _TEXT, st.integers(0, 2_000_000), st.floats(-1e6, 1e6).map(lambda x: float(f"{x:.15g}"))
)


def book(*rows: list[object], name: str = "表") -> bytes:
    """A workbook of one sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        page = made.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return out.getvalue()


def parts(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(content: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return out.getvalue()


def with_sheet(sheet: bytes, **others: bytes) -> bytes:
    """A workbook whose only sheet is this XML."""
    content = parts(book(["编码"]))
    return packed({**content, "xl/worksheets/sheet1.xml": sheet, **others})


def sheet_xml(rows: str, *, head: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    declared = f'<?xml version="1.0" encoding="UTF-8"?>{head}'
    return (
        f'{declared}<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    )


def codes(raw: bytes, name: str = "表.xlsx", limits: WorkbookLimits | None = None) -> list[str]:
    """The codes with which a file is refused."""
    with pytest.raises(Unreadable) as refused:
        read_table(raw, name, limits or WorkbookLimits())
    return [fault.code.id for fault in refused.value.findings]


def test_whole_numbers_of_a_workbook_are_whole_and_lost_digits_are_not_hidden() -> None:
    table = read_table(book(["编码", 3.0, 0.1, 110105194912310000, -2, True, 1e-7]), "x")
    assert table.rows == ((1, ("编码", "3", "0.1", "1.101052e+17", "-2", "TRUE", "0.0000001")),)


def test_row_numbers_are_those_of_the_sheet_and_blank_rows_are_left_out() -> None:
    table = read_table(book([], ["a"], ["　 "], ["b"]), "x")
    assert table.rows == ((2, ("a",)), (4, ("b",)))


def test_only_the_first_visible_sheet_is_read_and_the_others_are_named() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        made.add_worksheet("藏").hide()
        made.add_worksheet("单元").write(0, 0, "编码")
        made.add_worksheet("说明")
        made.worksheets()[1].activate()
        made.worksheets()[1].set_first_sheet()
    table = read_table(out.getvalue(), "x")
    assert (table.rows, table.other_sheets) == (((1, ("编码",)),), ("说明",))


def test_an_error_of_a_formula_is_not_taken_for_an_empty_cell() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="e"><v>#REF!</v></c></row>'
    assert read_table(with_sheet(sheet_xml(rows)), "x").rows == ((1, ("1", "#REF!")),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_the_encodings_offices_use(encoding: str) -> None:
    raw = "编码,名称\r\nA1,𬭎岙村\r\n".encode(encoding)
    assert read_table(raw, "x.csv").rows == ((1, ("编码", "名称")), (2, ("A1", "𬭎岙村")))


def test_a_damaged_utf8_text_is_refused_with_its_line_and_not_read_as_gb18030() -> None:
    raw = "编码,名称\nA1,东山村\nA2,西山村\n".encode()
    damaged = raw.replace("西".encode(), b"\xe8\xa5")
    with pytest.raises(Unreadable) as refused:
        read_table(damaged, "x.csv")
    assert [(f.code.id, f.facts["row"]) for f in refused.value.findings] == [("E.808", 3)]


def test_bytes_that_are_no_text_at_all_are_refused() -> None:
    assert codes(b"\xff\xfe\x16\x7f" * 9) == ["E.808"]
    assert codes("编码,名称\n".encode("utf-16")) == ["E.803"]
    assert codes(b"\xd0\xcf\x11\xe0rest") == ["E.803"]
    assert codes(packed({"a.txt": b"a"})) == ["E.803"]
    assert codes(b" \n") == ["E.801"]


def test_a_line_break_inside_quotes_keeps_the_row_numbers_right() -> None:
    assert read_table(b'code,name\nA,"two\nlines"\nB,b\n', "x").rows == (
        (1, ("code", "name")),
        (2, ("A", "two\nlines")),
        (4, ("B", "b")),
    )
    assert codes(b'code,name\nA,"open\nB,b\n') == ["E.811"]


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (WorkbookLimits(file=10), "E.802"),
        (WorkbookLimits(parts=3), "E.804"),
        (WorkbookLimits(unpacked=500), "E.805"),
        (WorkbookLimits(rows=2), "E.809"),
        (WorkbookLimits(columns=2), "E.810"),
        (WorkbookLimits(cells=8), "E.809"),
        (WorkbookLimits(marks=300), "E.851"),
    ],
)
def test_more_than_the_limits_is_refused(limits: WorkbookLimits, expected: str) -> None:
    rows = [["a", "b", "c"]] * 3
    assert codes(book(*rows), limits=limits) == [expected]


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (WorkbookLimits(rows=2), "E.809"),
        (WorkbookLimits(columns=2), "E.810"),
        (WorkbookLimits(cells=8), "E.851"),
    ],
)
def test_the_limits_hold_for_csv_too(limits: WorkbookLimits, expected: str) -> None:
    assert codes(b"a,b,c\nd,e,f\ng,h,i\n", limits=limits) == [expected]


def _bomb_of_zeros() -> bytes:
    return packed({**parts(book(["a"])), "xl/theme/theme1.xml": b" " * 61 * 1024**2})


def _bomb_of_references() -> bytes:
    """One text of a million letters to which a hundred thousand cells refer."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    texts = f'<sst xmlns="{space}"><si><t>{"长" * 1_000_000}</t></si></sst>'.encode()
    rows = "".join(f'<row r="{n}"><c t="s" r="A{n}"><v>0</v></c></row>' for n in range(1, 100_000))
    content = parts(book(["a"]))
    return packed(
        {**content, "xl/worksheets/sheet1.xml": sheet_xml(rows), "xl/sharedStrings.xml": texts}
    )


def _far_cell() -> bytes:
    return with_sheet(sheet_xml('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'))


def _wide_then_deep() -> bytes:
    """Cells without references count on: 64 columns and 90,000 rows together."""
    wide = f"<row>{'<c><v>1</v></c>' * 64}</row>"
    return with_sheet(sheet_xml(wide + '<row r="90000"><c><v>1</v></c></row>'))


def _elements_inside_each_other() -> bytes:
    """Fifty kilobytes that ask for two gigabytes of open elements."""
    return with_sheet(sheet_xml("<a>" * 3_000_000))


def _elements_beside_each_other() -> bytes:
    return with_sheet(sheet_xml("<a/>" * 4_000_000))


def _names_of_attributes() -> bytes:
    return with_sheet(sheet_xml("<a " + " ".join(f'a{n}=""' for n in range(3_500_001)) + "/>"))


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (_elements_inside_each_other, "E.806"),
        (_elements_beside_each_other, "E.851"),
        (_names_of_attributes, "E.851"),
        (_bomb_of_zeros, "E.805"),
        (_bomb_of_references, "E.805"),
        (_far_cell, "E.809"),
        (_wide_then_deep, "E.809"),
    ],
)
def test_a_small_file_that_asks_for_much_is_refused_before_it_gets_it(
    make: object, expected: str
) -> None:
    raw = make()  # type: ignore[operator]
    tracemalloc.start()
    assert codes(raw) == [expected]
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 150 * 1024**2


def test_entities_and_document_types_are_refused() -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    for head in (laughs, outside, "<!DOCTYPE x>"):
        assert codes(with_sheet(sheet_xml("", head=head))) == ["E.807"]


def test_another_declared_encoding_cannot_hide_an_entity() -> None:
    text = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "ha">]><x/>'
    assert codes(with_sheet(text.encode("utf-16"))) == ["E.807"]


def test_macros_outside_links_and_doubled_parts_are_refused() -> None:
    content = parts(book(["a"]))
    assert codes(packed({**content, "xl/vbaProject.bin": b"x"})) == ["E.807"]
    links = content["xl/_rels/workbook.xml.rels"]
    outside = links.replace(
        b'Target="worksheets/sheet1.xml"',
        b'Target="http://example.invalid/a.xml" TargetMode="External"',
    )
    assert codes(packed({**content, "xl/_rels/workbook.xml.rels": outside})) == ["E.807"]
    elsewhere = links.replace(b"worksheets/sheet1.xml", b"media/picture.png")
    assert codes(packed({**content, "xl/_rels/workbook.xml.rels": elsewhere})) == ["E.807"]
    assert codes(packed({**content, "XL/worksheets/SHEET1.xml": b"<x/>"})) == ["E.807"]
    assert codes(packed({**content, "../evil.xml": b"<x/>"})) == ["E.807"]


def test_unusual_compression_and_damage_are_refused() -> None:
    content = parts(book(["a"]))
    assert codes(packed(content, zipfile.ZIP_LZMA)) == ["E.806"]
    raw = bytearray(packed(content))
    place = raw.find(b"PK\x03\x04", 100) + 60
    raw[place : place + 20] = bytes(20)
    assert codes(bytes(raw)) == ["E.806"]
    assert codes(packed({**content, "xl/worksheets/sheet1.xml": b"<worksheet>"})) == ["E.806"]
    raw = bytearray(packed(content))
    raw[raw.find(b"PK\x01\x02") + 6] = 193  # asks for a version of the archive that is none
    assert codes(bytes(raw)) == ["E.806"]


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@a", "\ta", "\ra", "＝1"])
def test_no_text_of_an_export_begins_like_a_formula(start: str) -> None:
    line = next(csv.reader(io.StringIO(write_csv([start], []).decode("utf-8-sig"))))
    assert line == ["'" + start]
    content = parts(write_xlsx([Sheet("表", ["列"], [[start]])]))
    assert b"<f>" not in content["xl/worksheets/sheet1.xml"]
    assert b'quotePrefix="1"' in content["xl/styles.xml"]


def test_numbers_are_not_neutralised() -> None:
    assert [neutral(value) for value in (-3, -0.5, None, "村")] == [-3, -0.5, None, "村"]


@given(rows=st.lists(st.tuples(_VALUE, _VALUE), min_size=1, max_size=8))
def test_what_is_written_is_read_again(rows: list[tuple[object, object]]) -> None:
    safe = [tuple(neutral(cell) for cell in row) for row in rows]
    expected = [tuple(plain_number(c) if isinstance(c, float) else str(c) for c in r) for r in safe]
    for raw in (write_csv(["a", "b"], safe), write_xlsx([Sheet("表", ["a", "b"], safe)])):
        assert [row for _n, row in read_table(raw, "x").rows[1:]] == expected


def test_equal_sheets_give_equal_bytes() -> None:
    sheet = Sheet("表", ["编码"], [["A1"]])
    assert write_xlsx([sheet]) == write_xlsx([sheet])


def test_a_printed_table_keeps_a_row_on_one_sheet_and_its_head_on_each() -> None:
    with zipfile.ZipFile(io.BytesIO(write_xlsx([Sheet("表", ["甲"], [["1"]])]))) as book:
        sheet, index = (
            book.read(f"xl/{n}.xml").decode() for n in ("worksheets/sheet1", "workbook")
        )
    assert 'paperSize="9" fitToHeight="0" orientation="landscape"' in sheet
    assert "$1:$1</definedName>" in index


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"a" + b"\n" * 2_000_000, "E.809"),
        (b"a" + b"\r" * 2_000_000, "E.809"),
        (b"code,name\n" + b"," * 100_000, "E.810"),
    ],
)
def test_a_text_of_nothing_but_separators_is_refused_unread(raw: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_table(raw, "a.csv")
    assert [fault.code.id for fault in refused.value.findings] == [code]


def test_line_ends_and_commas_inside_cells_are_not_counted_as_rows_and_cells() -> None:
    cell = "a,\n" * 5000
    table = read_table(f'code,name\n1,"{cell}"\n'.encode(), "a.csv")
    assert table.rows[1] == (2, ("1", cell))

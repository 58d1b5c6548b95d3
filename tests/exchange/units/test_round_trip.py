"""An office written into its files and read from them again is the same office."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from election.exchange.units import borders, shapes, table
from election.exchange.units.outlines import ShapeBudget, read_geometry
from election.exchange.units.table import Doing
from election.queries.units.table import UnitRow, UnitValues
from tests.exchange.units.lists import stored
from tests.exchange.units.test_unit_cells import groups
from tests.exchange.units.test_units import tables

_RARE = st.sampled_from(["𬭎岙村", "〇家社区", "䶮山", "\U00030000岙", "买买提·艾力村", "3号院"])
_CORNER = st.tuples(st.integers(-179_000_000, 178_000_000), st.integers(-89_000_000, 88_000_000))


@st.composite
def outlines(draw: st.DrawFn) -> str | None:
    """Boxes as they are stored: none, one with a hole or without, or two."""
    boxes = []
    for number in range(draw(st.integers(0, 2))):
        x, y = draw(_CORNER)
        x += number * 400_000_000  # beside the first: out of range boxes are left out below
        rings = [_box(x, y, 900_000)]
        if draw(st.booleans()):
            rings.append(_box(x + 1000, y + 1000, 700_000))
        boxes += [rings] if x < 179_000_000 else []
    if not boxes:
        return None
    geometry = {"type": "MultiPolygon", "coordinates": boxes}
    shape = read_geometry(geometry, ShapeBudget())
    return shape.outline if shape else None


def _box(x: int, y: int, size: int) -> list[list[float]]:
    corners = [(x, y), (x + size, y), (x + size, y + size), (x, y + size), (x, y)]
    return [[a / 1e6, b / 1e6] for a, b in corners]


@st.composite
def offices(draw: st.DrawFn) -> list[UnitValues]:
    """Units with all that files say of them."""
    return [
        replace(
            one,
            voter_groups=tuple(draw(groups)),
            outline=draw(outlines()),
            name=draw(st.one_of(st.just(one.name), _RARE)),
        )
        for one in draw(tables())
    ]


def drawn(rows: list[UnitRow], raw: bytes) -> list[UnitValues]:
    """The units after an import of shapes."""
    preview = shapes.compare(shapes.read(raw), rows, skip_unknown=False)
    assert (preview.findings, preview.warnings) == ((), ())
    return [preview.change.get(row.id, row.values) for row in rows]


@given(office=offices(), language=st.sampled_from(["zh_Hans_CN", "en"]))
def test_files_read_into_an_empty_office_make_the_same_office(
    office: list[UnitValues], language: str
) -> None:
    rows = stored(*office)
    picture = shapes.export(rows, language)
    for raw in (table.export_csv(rows, language), table.export_xlsx(rows, language)):
        preview = table.compare(table.read(raw, "x"), [])
        assert preview.findings == ()
        assert drawn(stored(*preview.add), picture) == office


@given(office=offices(), language=st.sampled_from(["zh_Hans_CN", "en"]))
def test_pairs_read_into_an_office_without_any_make_the_same_pairs(
    office: list[UnitValues], language: str
) -> None:
    rows = stored(*office)
    alone = stored(*(replace(one, neighbours=(), ferries=()) for one in office))
    for raw in (borders.export_csv(rows, language), borders.export_xlsx(rows, language)):
        if not borders.stored_pairs(rows):
            continue  # a file without a pair is no list
        preview = borders.compare(borders.read(raw, "x"), alone, whole=True)
        assert (preview.findings, preview.pairs) == ((), borders.stored_pairs(rows))


@given(office=offices(), language=st.sampled_from(["zh_Hans_CN", "en"]))
def test_files_read_into_their_own_office_change_nothing(
    office: list[UnitValues], language: str
) -> None:
    rows = stored(*office)
    assert drawn(rows, shapes.export(rows, language)) == office
    for raw in (table.export_csv(rows, language), table.export_xlsx(rows, language)):
        assert {line.doing for line in table.compare(table.read(raw, "x"), rows).lines} == {
            Doing.SKIP
        }
    if borders.stored_pairs(rows):
        for raw in (borders.export_csv(rows, language), borders.export_xlsx(rows, language)):
            assert borders.compare(borders.read(raw, "x"), rows, whole=True).pairs == {}

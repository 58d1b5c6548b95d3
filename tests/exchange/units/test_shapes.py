"""Shapes of units: every fault with its feature, exports that come back, hostile files refused."""

import json
import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Polygon, shape

from election.exchange.units import borders, outlines, shapes
from election.exchange.units.outlines import touching
from election.exchange.units.table import Doing
from election.queries.units.table import UnitRow, UnitValues
from election.rules.units.checks import VoterGroup
from election.rules.units.kinds import NeighbourKind, UnitKind


def scribble_of(points: int) -> list[list[float]]:
    """A closed ring that crosses itself everywhere."""
    ring = [[n * 7919 % 3001 / 3001, n * n * 31 % 2999 / 2999] for n in range(points)]
    return [*ring, ring[0]]


A1 = UnitValues("A1", "东山村", UnitKind.VILLAGE)
A2 = UnitValues("A2", "西山村", UnitKind.VILLAGE)
A03 = UnitValues("003", "渔港社区", UnitKind.COMMUNITY)


def stored(*values: UnitValues) -> list[UnitRow]:
    return [UnitRow(number, 1, each) for number, each in enumerate(values, start=1)]


def square(x: float, y: float, size: float = 0.01) -> dict[str, Any]:
    ring = [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(code: object, geometry: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"code": code}, "geometry": geometry}


def collection(*features: object, **more: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


def faults(raw: bytes, *values: UnitValues, skip: bool = False) -> list[tuple[object, object, str]]:
    """(feature, column, code) of every fault."""
    preview = shapes.compare(shapes.read(raw), stored(*values or (A1, A2, A03)), skip_unknown=skip)
    return [(f.facts["row"], f.facts["column"], f.code.id) for f in preview.findings]


def taken(raw: bytes, *values: UnitValues) -> list[UnitRow]:
    """The units after an import."""
    rows = stored(*values or (A1, A2, A03))
    preview = shapes.compare(shapes.read(raw), rows, skip_unknown=False)
    assert preview.findings == ()
    return [replace(row, values=preview.change.get(row.id, row.values)) for row in rows]


def test_an_outline_and_a_point_are_taken_and_the_export_changes_nothing() -> None:
    first = collection(
        feature("A1", square(121.9, 29.1)),
        feature("A2", {"type": "Point", "coordinates": [121.1234567891, 29.5, 12.0]}),
        feature("003", None),
    )
    rows = taken(first)
    assert rows[0].values.outline == (
        '{"type":"Polygon","coordinates":[[[121.9,29.1],[121.91,29.1],[121.91,29.11],'
        "[121.9,29.11],[121.9,29.1]]]}"
    )
    assert (rows[1].values.x, rows[1].values.y) == (121.1234567891, 29.5)
    for language in ("zh", "en"):
        again = shapes.compare(shapes.read(shapes.export(rows, language)), rows, skip_unknown=False)
        assert [line.doing for line in again.lines] == [Doing.SKIP] * 3
        assert (again.findings, again.change) == ((), {})


def test_the_preview_says_what_is_new_changed_and_still_bare() -> None:
    rows = taken(collection(feature("A1", square(121.9, 29.1))))
    preview = shapes.compare(
        shapes.read(
            collection(
                feature("A1", square(121.8, 29.1)),
                feature("A2", square(121.9, 29.2)),
            )
        ),
        rows,
        skip_unknown=False,
    )
    assert [(line.code, line.doing) for line in preview.lines] == [
        ("A1", Doing.CHANGE),
        ("A2", Doing.ADD),
    ]
    assert [unit.code for unit in preview.bare] == ["003"]


def test_all_faults_come_back_together_each_with_its_feature() -> None:
    ring = square(121.9, 29.1)["coordinates"][0]
    raw = collection(
        feature("A9", square(121.9, 29.1)),
        feature("A1", square(121.9, 29.1)),
        feature("A1", square(121.8, 29.1)),
        feature("3", square(121.8, 29.1)),
        feature(None, square(121.8, 29.1)),
        feature("A2", {"type": "LineString", "coordinates": ring}),
        feature("A2", {"type": "Polygon", "coordinates": []}),
        feature("A2", {"type": "Polygon", "coordinates": [ring[:-1]]}),
        feature("A2", {"type": "Polygon", "coordinates": [[[121.9, 29.1]] * 5]}),
        feature("A2", {"type": "Point", "coordinates": [181, 29]}),
        feature("A2", {"type": "Point", "coordinates": [29.1, 121.9]}),
        feature("A2", {"type": "Point", "coordinates": [True, "x"]}),
        feature("A2", {"type": "GeometryCollection", "geometries": []}),
        feature("A2", "x"),
        {"type": "Feature", "properties": {"code": "A2"}},
        "no feature",
    )
    assert faults(raw) == [
        (1, "code", "E.177"),
        (3, "code", "E.178"),
        (4, "code", "E.227"),
        (5, "code", "E.820"),
        (6, "shape", "E.833"),
        (7, "shape", "E.835"),
        (8, "shape", "E.836"),
        (9, "shape", "E.835"),
        (10, "shape", "E.834"),
        (11, "shape", "E.834"),
        (12, "shape", "E.834"),
        (13, "shape", "E.833"),
        (14, "shape", "E.833"),
        (15, "", "E.832"),
        (16, "", "E.832"),
    ]


def test_features_of_other_places_can_be_skipped() -> None:
    raw = collection(feature("A1", square(121.9, 29.1)), feature("Z", square(121.8, 29.1)))
    assert (faults(raw), faults(raw, skip=True)) == ([(2, "code", "E.177")], [])


def test_an_outline_that_crosses_itself_is_repaired_and_that_is_said() -> None:
    bow = {
        "type": "Polygon",
        "coordinates": [
            [
                [121.0, 29.0],
                [121.02, 29.02],
                [121.02, 29.0],
                [121.0, 29.02],
                [121.0, 29.0],
            ]
        ],
    }
    raw = collection(feature("A1", bow))
    preview = shapes.compare(shapes.read(raw), stored(A1), skip_unknown=False)
    assert [(w.code.id, w.facts["row"], w.facts["pieces"]) for w in preview.warnings] == [
        ("W.179", 1, 2)
    ]
    kept = shape(json.loads(preview.change[1].outline or ""))
    assert (kept.geom_type, kept.is_valid, round(kept.area, 9)) == ("MultiPolygon", True, 0.0002)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b" ", "E.801"),
        (b'{"type":\n "FeatureCollection",]', "E.826"),
        (b'{"type":"FeatureCollection","features":[' + b"[" * 90_000, "E.827"),
        (b'{"type":"FeatureCollection","features":[' + b"9" * 6000 + b"]}", "E.827"),
        (b'{"a":' * 90_000, "E.831"),
        (b'{"type":"Topology"}', "E.828"),
        (b"[1, 2]", "E.828"),
        (b'{"type":"FeatureCollection","features":{}}', "E.828"),
        (b'{"type":"FeatureCollection","features":[]}', "E.823"),
        (b"[" * 1_000_001, "E.830"),
        (collection({"type": "Feature", "properties": {"id": 1}, "geometry": None}), "E.837"),
        (collection(1, crs={"type": "name", "properties": {"name": "EPSG:3857"}}), "E.829"),
        (collection(1, crs={"type": "link"}), "E.829"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_clear_fault(raw: bytes, code: str) -> None:
    assert [fault.code.id for fault in shapes.read(raw).findings] == [code]


def test_wrong_json_names_line_and_character() -> None:
    fault = shapes.read(b'{"type": "FeatureCollection",\n "features": oops}').findings[0]
    assert fault.cause.en == "not JSON at line 2, character 14"


def test_numbers_that_are_none_are_refused() -> None:
    for bad in (b"NaN", b"Infinity", b"1e999", b"-1e999"):
        raw = collection(feature("A1", {"type": "Point", "coordinates": [1.5, 2.5]}))
        assert faults(raw.replace(b"1.5", bad)) == [(1, "shape", "E.834")]


@pytest.mark.parametrize(
    "name",
    [
        "urn:ogc:def:crs:OGC:1.3:CRS84",
        "EPSG:4326",
        "urn:ogc:def:crs:EPSG::4490",
    ],
)
def test_longitude_and_latitude_may_be_named(name: str) -> None:
    crs = {"type": "name", "properties": {"name": name}}
    assert faults(collection(feature("A1", square(121.9, 29.1)), crs=crs)) == []


def test_the_code_may_stand_in_a_property_of_another_name_in_gb18030() -> None:
    raw = collection(feature("A1", square(121.9, 29.1))).replace(
        b'"code"', '"村码"'.encode("gb18030")
    )
    assert [f.code.id for f in shapes.read(raw).findings] == ["E.837"]
    assert [one.code for one in shapes.read(raw, "村码").features] == ["A1"]
    chinese = collection(feature(1.0, None)).replace(b'"code"', '"编码"'.encode())
    assert [one.code for one in shapes.read(b"\xef\xbb\xbf" + chinese).features] == ["1"]


def ring_of(points: int) -> bytes:
    """A collection whose only ring has so many positions."""
    head = b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"A1"},'
    shape = b'"geometry":{"type":"Polygon","coordinates":[[' + b",".join([b"[1,1]"] * points)
    return head + shape + b"]]}}]}"


def triangles(count: int) -> dict[str, Any]:
    """Islets side by side."""
    rings = []
    for n in range(count):
        x, y = 100 + n % 300 / 100, 20 + n // 300 / 100
        rings.append([[[x, y], [x + 0.004, y], [x, y + 0.004], [x, y]]])
    return {"type": "MultiPolygon", "coordinates": rings}


def teeth(count: int) -> dict[str, Any]:
    """A comb of long slanted teeth: valid, and every one lies close to hundreds of others."""
    ring = [[120 + n / 1e5 + n % 2 / 10, 30 + n % 2] for n in range(count)]
    return {"type": "Polygon", "coordinates": [[*ring, [ring[-1][0], 29], [120, 29], ring[0]]]}


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (ring_of(500_001), ("E.830", "the shapes have more than 500000 points")),
        (
            collection(feature("A1", triangles(40_001))),
            ("E.850", "the layer has more than 40000 rings"),
        ),
        (
            b'{"type":"FeatureCollection","features":[{' + b'"a":1,' * 1_000_000 + b'"a":1}]}',
            ("E.850", "the layer has more than 1000000 properties"),
        ),
    ],
)
def test_more_than_a_layer_of_units_ever_has_is_refused(raw: bytes, said: tuple[str, str]) -> None:
    assert [(one.code.id, one.cause.en) for one in shapes.read(raw).findings] == [said]


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        (teeth(20_000), "E.183"),
        ({"type": "Polygon", "coordinates": [scribble_of(30_000)]}, "E.183"),
        (triangles(8000), None),
    ],
)
def test_nothing_drawn_holds_a_thread_for_more_than_some_seconds(
    geometry: dict[str, Any], code: str | None
) -> None:
    raw, began = collection(feature("A1", geometry)), time.process_time()
    assert faults(raw) == ([(1, "shape", code)] if code else [])
    assert time.process_time() - began < 5


def test_many_shapes_that_cross_themselves_are_repaired_only_up_to_a_bound() -> None:
    """Each of those beyond it is named; they are for the mapping program to repair."""
    bow = {
        "type": "Polygon",
        "coordinates": [[[121, 29], [121.02, 29.02], [121.02, 29], [121, 29.02], [121, 29]]],
    }
    codes = [f"{n:04}" for n in range(1000)]
    raw = collection(*(feature(code, bow) for code in codes))
    units = [replace(A1, code=code) for code in codes]
    found = faults(raw, *units)
    assert found == [(n, "shape", "E.182") for n in range(910, 1001)]


coordinates = st.floats(-0.4, 0.4, allow_nan=False)


@given(st.lists(st.tuples(coordinates, coordinates), min_size=3, max_size=9))
def test_whatever_is_drawn_is_stored_valid_and_comes_back_the_same(
    points: list[tuple[float, float]],
) -> None:
    ring = [[121 + x, 29 + y] for x, y in points]
    raw = collection(feature("A1", {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}))
    file = shapes.read(raw)
    if file.findings:
        assert [fault.code.id for fault in file.findings] == ["E.835"]
        assert Polygon(ring).buffer(0).area < 1e-5
        return
    rows = taken(raw, A1)
    assert shape(json.loads(rows[0].values.outline or "")).is_valid
    again = shapes.compare(shapes.read(shapes.export(rows, "zh")), rows, skip_unknown=False)
    assert (again.change, again.findings, again.warnings) == ({}, (), ())


def test_units_that_share_a_border_touch_and_a_corner_or_a_gap_does_not() -> None:
    rows = taken(
        collection(
            feature("A1", square(121.90, 29.10)),
            feature("A2", square(121.91001, 29.10)),  # about 1 m apart
            feature("A3", square(121.91, 29.11)),  # a corner with A1, a border with A2
            feature("A4", square(121.93, 29.10)),
        ),
        A1,
        A2,
        replace(A1, code="A3"),
        replace(A1, code="A4"),
        replace(A1, code="A5"),
    )
    assert sorted(touching(rows)) == [("A1", "A2"), ("A2", "A3")]


def test_pairs_from_shapes_are_added_and_nothing_else_is_changed() -> None:
    rows = taken(
        collection(feature("A1", square(121.90, 29.10)), feature("A2", square(121.91, 29.10))),
        A1,
        A2,
    )
    preview = borders.compare(borders.from_shapes(rows), rows, whole=False, keep_ferries=True)
    assert preview.pairs == {("A1", "A2"): NeighbourKind.LAND}
    ferried = [
        replace(rows[0], values=replace(rows[0].values, ferries=("A2",))),
        replace(rows[1], values=replace(rows[1].values, ferries=("A1",))),
    ]
    preview = borders.compare(borders.from_shapes(ferried), ferried, whole=False, keep_ferries=True)
    assert (preview.pairs, preview.count("skip")) == ({}, 1)


def test_a_point_that_is_no_longitude_stays_in_the_properties() -> None:
    rows = stored(replace(A1, x=4000.5, y=12.0, voter_groups=(VoterGroup("一组", 12),)))
    document = json.loads(shapes.export(rows, "zh"))
    assert document["features"][0]["geometry"] is None
    assert document["features"][0]["properties"]["x"] == 4000.5
    assert document["features"][0]["properties"]["选民小组"] == "一组 12"


def test_a_scribble_is_refused_before_anybody_waits_for_its_repair() -> None:
    scribble = {"type": "Polygon", "coordinates": [scribble_of(3000)]}
    began = time.process_time()
    assert faults(collection(feature("A1", scribble))) == [(1, "shape", "E.180")]
    assert time.process_time() - began < 5


def test_outlines_that_all_lie_over_each_other_are_no_units(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outlines, "_MOST_TOUCHING", 2)
    same = json.dumps(square(121.9, 29.1))
    rows = stored(*(replace(A1, code=f"A{n}", outline=same) for n in range(3)))
    preview = borders.compare(borders.from_shapes(rows), rows, whole=False)
    assert [fault.code.id for fault in preview.findings] == ["E.181"]

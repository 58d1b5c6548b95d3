"""Shapes of units in and out: a GeoJSON collection is read within limits, compared, and written.

Longitude and latitude in WGS 84 (or CGCS2000, which agrees with it to centimetres); outlines are
kept to 6 decimals (about 0.1 m) and otherwise as drawn: nothing is simplified. Points keep all
their digits. Nothing is stored here; what is exported can be imported again and changes nothing.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from election.exchange import spreadsheets
from election.exchange.cells import BadCell, line_of_text, shortened
from election.exchange.units.columns import COLUMNS, LAYOUT
from election.exchange.units.outlines import MOST_POINTS, Shape, ShapeBudget, TooMuch, read_geometry
from election.exchange.units.table import Doing, ImportLine, cell_value, without_zeros, zero_lost
from election.queries.units.table import UnitRow, UnitValues
from election.rules.files.shapes import (
    NO_PROPERTY,
    NOT_A_FEATURE,
    NOT_GEOJSON,
    NOT_JSON,
    OTHER_CRS,
    TOO_DEEP,
    TOO_INTRICATE,
    TOO_MANY_FEATURES,
    TOO_MANY_POINTS,
)
from election.rules.files.tables import CELL_EMPTY, FILE_EMPTY, NO_ROWS
from election.rules.terms import Code, Fact, Finding, Text
from election.rules.units.codes import SHAPE_REPAIRED, SHAPE_TWICE, SHAPE_UNKNOWN

MOST_FEATURES, MOST_PROPERTIES = 20_000, 1_000_000
_LOOKED_AT = 1000  # names of properties among which the code is looked for
GEOJSON_MIME = "application/geo+json"
_LONGEST_NUMBER = 40
# CRS84, EPSG:4326 (WGS 84) and EPSG:4490 (CGCS2000), however they are spelled
_KNOWN_CRS = ("crs84", "epsg:4326", "epsg::4326", "epsg:4490", "epsg::4490")
_SAME = Text("与已有数据相同", "the same as stored")
_NO_GEOMETRY = Text("要素没有图形", "the feature has no shape")
_NO_UNIT = Text("没有这个编码的单元", "no unit has this code")


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature of a file: its number there, the code it names, its shape (None: it has none)."""

    number: int
    code: str
    shape: Shape | None


@dataclass(frozen=True, slots=True)
class ShapeFile:
    """A file as read; key: the property that holds the codes."""

    features: tuple[Feature, ...]
    findings: tuple[Finding, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class ShapePreview:
    """What an import of shapes would do; it can be stored only when there are no findings.

    change: unit id -> its values afterwards. bare: units with neither outline nor point then.
    """

    lines: tuple[ImportLine, ...]
    findings: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    change: Mapping[int, UnitValues]
    bare: tuple[UnitValues, ...]

    def count(self, doing: str) -> int:
        """How many features would be added, changed or skipped."""
        return sum(line.doing.value == doing for line in self.lines)


def looks_like(raw: bytes) -> bool:
    """Whether a file is JSON rather than a table."""
    return raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def read(raw: bytes, key: str = "") -> ShapeFile:
    """Read a collection of features; key: the property that holds the codes, else it is looked for.

    Never raises for a bad file: its faults are in `findings` (fact "row": the feature's number; for
    text that is not JSON its line).
    """
    try:
        items = _features(_parse(raw))
        key = key or _key_of(items)
        _require_key(items, key)
    except _Bad as bad:
        return ShapeFile((), (bad.finding,))
    findings: list[Finding] = []
    effort = ShapeBudget()
    try:
        read = [_feature(n, item, key, findings, effort) for n, item in enumerate(items, start=1)]
    except TooMuch as much:
        return ShapeFile((), (much.finding(row=0, column=""),))
    return ShapeFile(tuple(feature for feature in read if feature), tuple(findings), key)


class _Bad(Exception):
    """The file as a whole cannot be used."""

    def __init__(self, code: Code, *, row: int = 0, **facts: Fact) -> None:
        super().__init__(code.id)
        self.finding = BadCell(code, **facts).finding(row=row, column="")


def _parse(raw: bytes) -> Any:  # noqa: ANN401 - JSON
    """The JSON of a file. What it would take in memory is bounded by its brackets beforehand."""
    try:
        spreadsheets.require_size(raw)
        text = spreadsheets.decode(raw)
    except spreadsheets.Unreadable as unreadable:
        unusable = _Bad(FILE_EMPTY)
        unusable.finding = unreadable.findings[0]
        raise unusable from unreadable
    if text.count("[") > 2 * MOST_POINTS:
        raise _Bad(TOO_MANY_POINTS, most=MOST_POINTS)
    if text.count("{") > 4 * MOST_FEATURES:
        raise _Bad(TOO_MANY_FEATURES, most=MOST_FEATURES)
    if text.count(":") > MOST_PROPERTIES:
        properties = Text("属性", "properties")
        raise _Bad(TOO_INTRICATE, what=properties, most=MOST_PROPERTIES)
    try:
        return json.loads(text, parse_int=_whole)
    except json.JSONDecodeError as error:
        raise _Bad(NOT_JSON, row=error.lineno, place=error.colno) from error
    except (RecursionError, ValueError) as error:
        raise _Bad(TOO_DEEP) from error


def _whole(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise ValueError
    return int(digits)


def _features(root: Any) -> list[Any]:  # noqa: ANN401 - JSON
    if not isinstance(root, dict) or root.get("type") != "FeatureCollection":
        raise _Bad(NOT_GEOJSON)
    items = root.get("features")
    if not isinstance(items, list):
        raise _Bad(NOT_GEOJSON)
    _require_wgs84(root.get("crs"))
    if not items:
        raise _Bad(NO_ROWS)
    if len(items) > MOST_FEATURES:
        raise _Bad(TOO_MANY_FEATURES, most=MOST_FEATURES)
    return items


def _require_wgs84(crs: Any) -> None:  # noqa: ANN401 - JSON
    """Nothing, or a name that means longitude and latitude in WGS 84."""
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not (isinstance(name, str) and name.lower().endswith(_KNOWN_CRS)):
        raise _Bad(OTHER_CRS, value=shortened(name if isinstance(name, str) else "?"))


def _properties(item: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    properties = item.get("properties") if isinstance(item, dict) else None
    return properties if isinstance(properties, dict) else {}


def _key_of(items: Sequence[Any]) -> str:
    """The first property whose name is one of the names of the column of codes; "" for none."""
    names = dict.fromkeys(name for item in items for name in _properties(item))
    some = islice(names, _LOOKED_AT)
    return next((name for name in some if LAYOUT.key_of(name) == "code"), "")


def _require_key(items: Sequence[Any], key: str) -> None:
    names = dict.fromkeys(name for item in items for name in _properties(item))
    if key not in names:
        listed_names = "、".join(shortened(name) for name in list(names)[:12]) or "—"
        raise _Bad(NO_PROPERTY, columns=listed_names)


def _feature(
    number: int,
    item: Any,  # noqa: ANN401
    key: str,
    findings: list[Finding],
    effort: ShapeBudget,
) -> Feature | None:
    """A feature as read, its faults noted; None when it has any."""
    if not isinstance(item, dict) or item.get("type") != "Feature" or "geometry" not in item:
        findings.append(BadCell(NOT_A_FEATURE).finding(row=number, column=""))
        return None
    code, shape, before = "", None, len(findings)
    try:
        code = _code(_properties(item).get(key))
    except BadCell as bad:
        findings.append(bad.finding(row=number, column="code"))
    try:
        shape = read_geometry(item["geometry"], effort)
    except TooMuch:
        raise
    except BadCell as bad:
        bad.facts.setdefault("value", code)
        findings.append(bad.finding(row=number, column="shape"))
    return Feature(number, code, shape) if len(findings) == before else None


def _code(value: Any) -> str:  # noqa: ANN401 - JSON
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, str | int) or isinstance(value, bool) or value == "":
        raise BadCell(CELL_EMPTY)
    return line_of_text(40)(str(value))


def compare(file: ShapeFile, stored: Sequence[UnitRow], *, skip_unknown: bool) -> ShapePreview:
    """What importing the shapes would do; all faults together.

    A feature without a shape leaves its unit as it is. skip_unknown: features whose code names no
    unit are passed over, instead of being faults.
    """
    by_code = {row.values.code: row for row in stored}
    findings = [*file.findings, *_faults(file, by_code, skip_unknown=skip_unknown)]
    faulty = {fault.facts["row"] for fault in findings}
    change: dict[int, UnitValues] = {}
    lines = [_line(feature, by_code, change, faulty) for feature in file.features]
    after = [change.get(row.id, row.values) for row in stored]
    return ShapePreview(
        lines=tuple(lines),
        findings=tuple(sorted(findings, key=lambda fault: int(str(fault.facts["row"])))),
        warnings=tuple(
            _repaired(feature)
            for feature in file.features
            if feature.shape and feature.shape.pieces
        ),
        change=change,
        bare=tuple(values for values in after if values.outline is None and values.x is None),
    )


def _faults(
    file: ShapeFile, by_code: Mapping[str, UnitRow], *, skip_unknown: bool
) -> list[Finding]:
    zeros, first = without_zeros(by_code), dict[str, int]()
    findings: list[Finding] = []
    for feature in file.features:
        bad_cells: list[BadCell] = []
        if feature.code in first:
            bad_cells = [BadCell(SHAPE_TWICE, value=feature.code, first=first[feature.code])]
        elif feature.code not in by_code:
            bad_cells = zero_lost(feature.code, zeros)
            if not bad_cells and not skip_unknown:
                bad_cells = [BadCell(SHAPE_UNKNOWN, value=feature.code)]
        first.setdefault(feature.code, feature.number)
        findings += [fault.finding(row=feature.number, column="code") for fault in bad_cells]
    return findings


def _repaired(feature: Feature) -> Finding:
    pieces = feature.shape.pieces if feature.shape else 0
    bad_cell = BadCell(SHAPE_REPAIRED, value=feature.code, pieces=pieces)
    return bad_cell.finding(row=feature.number, column="shape")


def _line(
    feature: Feature,
    by_code: Mapping[str, UnitRow],
    change: dict[int, UnitValues],
    faulty: set[Fact],
) -> ImportLine:
    """What happens to one feature; a unit that changes is noted in `change`."""
    row = by_code.get(feature.code)
    name = row.values.name if row else ""
    if feature.number in faulty:
        return ImportLine(feature.number, feature.code, name, Doing.FAULT)
    if row is None or feature.shape is None:
        why = _NO_UNIT if row is None else _NO_GEOMETRY
        return ImportLine(feature.number, feature.code, name, Doing.SKIP, why=why)
    goal = _with(row.values, feature.shape)
    if goal == row.values:
        return ImportLine(feature.number, feature.code, name, Doing.SKIP, why=_SAME)
    change[row.id] = goal
    had = row.values.outline if feature.shape.outline else row.values.x
    doing = Doing.ADD if had is None else Doing.CHANGE
    return ImportLine(feature.number, feature.code, name, doing, why=feature.shape.description)


def _with(values: UnitValues, shape: Shape) -> UnitValues:
    if shape.outline is not None:
        return replace(values, outline=shape.outline)
    return replace(values, x=shape.x, y=shape.y)


def export(stored: Sequence[UnitRow], language: str) -> bytes:
    """All units as GeoJSON: outline, else point, else no geometry; the columns as properties.

    A point that is no longitude and latitude stands in the properties only.
    """
    rows = ",\n".join(_exported(row.values, language) for row in stored)
    return f'{{"type":"FeatureCollection","features":[\n{rows}\n]}}\n'.encode()


def _exported(values: UnitValues, language: str) -> str:
    properties = {
        column.name.say(language): cell_value(values, column.key, language) for column in COLUMNS
    }
    properties_json = json.dumps(properties, ensure_ascii=False)
    return f'{{"type":"Feature","properties":{properties_json},"geometry":{_geometry(values)}}}'


def _geometry(values: UnitValues) -> str:
    if values.outline is not None:
        return values.outline
    if values.x is None or values.y is None or abs(values.x) > 180 or abs(values.y) > 90:
        return "null"
    return json.dumps({"type": "Point", "coordinates": [values.x, values.y]})

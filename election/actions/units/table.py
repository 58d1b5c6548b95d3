"""Acts on units: one unit, the whole table, an import. Each is one change with one audit entry."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, undefer
from sqlalchemy.orm.attributes import flag_modified

from election.actions.act import Act
from election.models import Election, Neighbour, NeighbourKind, Unit
from election.queries.units import table as queries
from election.queries.units.table import UnitRow, UnitValues
from election.rules.access import Permission
from election.rules.elections.phases import require_open
from election.rules.terms import Level, RuleViolation
from election.rules.units.checks import require_units
from election.rules.units.codes import IN_A_PLAN, PLAN_RESTS

Pairs = Mapping[tuple[str, str], NeighbourKind | None]
_PLAIN = ("code", "name", "kind", "hukou_population", "resident_population", "x", "y")
_PEOPLE = ("hukou_population", "resident_population", "voter_groups", "county_only")


class UnitsChanged(Exception):
    """Units changed since the preview or the plan was made over them: 409, made anew and shown."""


def add(act: Act, election: Election, values: UnitValues) -> Unit:
    """A new unit.

    Raises R.230 under an adopted plan, E.22x for a code or neighbour at fault, E.184 for a village
    or community that shall vote for the county only.
    """
    units = _apply(act.session, election, add=[values])
    _record(act, "units.add", values.code, {"unit": values.to_json()})
    return units[0]


def change(act: Act, election: Election, unit: Unit, values: UnitValues) -> None:
    """Other values for one unit.

    Raises R.229 when a unit of a town plan shall vote for the county only.
    """
    _apply(act.session, election, change={unit.id: values})
    data = {"id": unit.id, "unit": values.to_json()}
    _record(act, "units.change", values.code, data)


def remove(act: Act, election: Election, unit: Unit) -> None:
    """Take a unit out of the election. Raises R.229 when a plan holds it."""
    code = unit.code
    _apply(act.session, election, remove=[unit.id])
    _record(act, "units.remove", code, {"id": unit.id, "code": code})


def save_table(
    act: Act,
    election: Election,
    *,
    add: Sequence[UnitValues],
    change: Mapping[int, UnitValues],
    remove: Sequence[int],
) -> None:
    """Several units at once: new ones, unit id -> values, ids that go. All or nothing."""
    _apply(act.session, election, add=add, change=change, remove=remove)
    data = {
        "added": [values.to_json() for values in add],
        "changed": {str(key): values.to_json() for key, values in change.items()},
        "removed": list(remove),
    }
    _record(act, "units.save_table", str(election.id), data)


def store_import(
    act: Act,
    election: Election,
    *,
    add: Sequence[UnitValues],
    change: Mapping[int, UnitValues],
    basis: str,
    file_name: str,
    file_digest: str,
) -> None:
    """What a preview promised, all of it or nothing.

    basis: digest of the units the preview was made over (queries.units.basis). Raises UnitsChanged
    when a unit changed since.
    """
    _require_basis(act.session, election, basis)
    _apply(act.session, election, add=add, change=change)
    data = {
        "file": file_name,
        "sha256": file_digest,
        "added": [values.to_json() for values in add],
        "changed": {str(key): values.to_json() for key, values in change.items()},
    }
    _record(act, "units.import", str(election.id), data)


def store_neighbours(
    act: Act, election: Election, *, pairs: Pairs, basis: str, source: Mapping[str, str]
) -> None:
    """Pairs of neighbours as a preview promised: (code, code) -> how they touch, None: no longer.

    source: where the pairs come from, for the record (file and sha256, or the shapes). Raises
    UnitsChanged when a unit changed since, R.230 under an adopted plan.
    """
    require_open("units", election.phase)
    _require_basis(act.session, election, basis)
    _require_no_adopted_plan(act.session, election)
    _store_pairs(act.session, election, pairs)
    stored = [{"a": a, "b": b, "kind": kind and kind.value} for (a, b), kind in pairs.items()]
    data = {**source, "pairs": stored}
    _record(act, "units.neighbours", str(election.id), data)


def store_shapes(
    act: Act,
    election: Election,
    *,
    change: Mapping[int, UnitValues],
    basis: str,
    source: Mapping[str, str],
) -> None:
    """Outlines and points of units as a preview promised: unit id -> its values afterwards.

    A shape is only drawn: it decides nothing, so an adopted plan does not rest on it.
    """
    _require_basis(act.session, election, basis)
    _apply(act.session, election, change=change)
    for unit in act.session.scalars(_whole(Unit.id.in_(change))):
        unit.outline = change[unit.id].outline
    shapes = {
        values.code: {
            **{key: values.to_json()[key] for key in ("x", "y")},
            "outline": values.outline,
        }
        for values in change.values()
    }
    _record(act, "units.shapes", str(election.id), {**source, "shapes": shapes})


def _require_basis(session: Session, election: Election, basis: str) -> None:
    if queries.basis(queries.of_election(session, election.id)) != basis:
        raise UnitsChanged


def _apply(
    session: Session,
    election: Election,
    *,
    add: Sequence[UnitValues] = (),
    change: Mapping[int, UnitValues] | None = None,
    remove: Sequence[int] = (),
) -> list[Unit]:
    """Make the changes in the order that keeps every code unique on the way; the new units."""
    change = change or {}
    require_open("units", election.phase)
    stored = {row.id: row for row in queries.of_election(session, election.id)}
    _require_lawful(stored, add, change, remove)
    pairs = _pairs_to_change(stored, add, change)
    if add or remove or pairs or _people_change(stored, change):
        _require_no_adopted_plan(session, election)
    _require_in_no_plan(session, remove)
    _require_in_no_plan(session, _newly_county_only(stored, change), [Level.TOWN])
    _remove(session, remove)
    rows = session.scalars(_whole(Unit.id.in_(change))).all()
    _clear_codes(session, rows, change)
    for unit in rows:
        _write(unit, change[unit.id])
    new_units = [_write(_blank(election), values) for values in add]
    session.add_all(new_units)
    session.flush()
    _store_pairs(session, election, pairs)
    return new_units


def _people_change(stored: Mapping[int, UnitRow], change: Mapping[int, UnitValues]) -> bool:
    return any(
        getattr(stored[key].values, name) != getattr(values, name)
        for key, values in change.items()
        for name in _PEOPLE
    )


def _newly_county_only(
    stored: Mapping[int, UnitRow], change: Mapping[int, UnitValues]
) -> Sequence[int]:
    return [
        key
        for key, values in change.items()
        if values.county_only and not stored[key].values.county_only
    ]


def _require_lawful(
    stored: Mapping[int, UnitRow],
    add: Sequence[UnitValues],
    change: Mapping[int, UnitValues],
    remove: Sequence[int],
) -> None:
    """The table as it would be afterwards has one unit per code and only neighbours that exist."""
    other_names = {
        row.values.code: row.values.name
        for row in stored.values()
        if row.id not in change and row.id not in remove
    }
    goals = [*change.values(), *add]
    require_units([values.listed(n) for n, values in enumerate(goals, 1)], other_names)


def _require_no_adopted_plan(session: Session, election: Election) -> None:
    """Units, people and neighbours are what an adopted plan was decided on."""
    plan = queries.adopted_plan(session, election.id)
    if plan:
        raise RuleViolation(PLAN_RESTS, plan=plan)


def _require_in_no_plan(
    session: Session, units: Sequence[int], levels: Collection[Level] = tuple(Level)
) -> None:
    for code, plans in queries.plans_holding(session, units, levels).items():
        raise RuleViolation(IN_A_PLAN, unit=code, plans="、".join(plans))


def _pairs_to_change(
    stored: Mapping[int, UnitRow], add: Sequence[UnitValues], change: Mapping[int, UnitValues]
) -> Pairs:
    """(code, code) -> how the two touch from now on, None: no longer; by final codes.

    Only what differs from the stored neighbours of the changed unit counts: a unit that is not
    changed never loses a neighbour because another row is silent about it.
    """
    renamed = {stored[key].values.code: values.code for key, values in change.items()}
    pairs: dict[tuple[str, str], NeighbourKind | None] = {}
    for key, values in [*change.items(), *((None, values) for values in add)]:
        before = {} if key is None else stored[key].values.ties
        old = {renamed.get(code, code): kind for code, kind in before.items()}
        new = values.ties
        for code in old.keys() | new.keys():
            if old.get(code) != new.get(code):
                pairs[min(code, values.code), max(code, values.code)] = new.get(code)
    return pairs


def _remove(session: Session, remove: Sequence[int]) -> None:
    """Units and their pairs, row by row: the chain must see each of them go."""
    if not remove:
        return
    touching = or_(Neighbour.a_id.in_(remove), Neighbour.b_id.in_(remove))
    pairs = session.scalars(select(Neighbour).where(touching)).all()
    neighbour_ids = {key for pair in pairs for key in (pair.a_id, pair.b_id)} - set(remove)
    for unit in session.scalars(_whole(Unit.id.in_(neighbour_ids))):
        _mark(unit)
    for pair in pairs:
        session.delete(pair)
    session.flush()
    for unit in session.scalars(select(Unit).where(Unit.id.in_(remove))):
        session.delete(unit)
    session.flush()


def _whole(which: ColumnElement[bool]) -> Select[Unit]:
    """Units to be written, with their outlines: the chain commits to every cell of a row."""
    return select(Unit).where(which).options(undefer(Unit.outline))


def _mark(unit: Unit) -> None:
    """Its neighbours changed: a form over it that was opened before is out of date."""
    flag_modified(unit, "name")


def _clear_codes(session: Session, rows: Iterable[Unit], change: Mapping[int, UnitValues]) -> None:
    """Two units that swap codes must not meet half-way: the old codes step aside first."""
    moving = [unit for unit in rows if unit.code != change[unit.id].code]
    if {unit.code for unit in moving} & {change[unit.id].code for unit in moving}:
        for unit in moving:
            unit.code = f"~{unit.id}"
        session.flush()


def _blank(election: Election) -> Unit:
    return Unit(township_id=election.township_id, election_id=election.id, outline=None)


def _write(unit: Unit, values: UnitValues) -> Unit:
    for name in _PLAIN:
        if getattr(unit, name) != getattr(values, name):
            setattr(unit, name, getattr(values, name))
    groups = [group.to_json() for group in values.voter_groups] or None
    if unit.voter_groups != groups:
        unit.voter_groups = groups
    if bool(unit.county_only) != values.county_only:
        unit.county_only = values.county_only or None  # as rows were before there was a mark
    return unit


def _store_pairs(session: Session, election: Election, pairs: Pairs) -> None:
    """Write each pair once, smaller id first; both units count as changed."""
    if not pairs:
        return
    units = {u.code: u for u in session.scalars(_whole(Unit.election_id == election.id))}
    stored_pairs = {
        (pair.a_id, pair.b_id): pair
        for pair in session.scalars(select(Neighbour).where(Neighbour.election_id == election.id))
    }
    for codes, kind in sorted(pairs.items(), key=lambda item: item[0]):
        both = [units[code] for code in codes if code in units]
        if len(both) == 2:
            _store_pair(
                session, election, sorted(both, key=lambda unit: unit.id), kind, stored_pairs
            )


def _store_pair(
    session: Session,
    election: Election,
    both: Sequence[Unit],
    kind: NeighbourKind | None,
    stored_pairs: Mapping[tuple[int, int], Neighbour],
) -> None:
    a, b = both
    pair = stored_pairs.get((a.id, b.id))
    if pair is not None and kind is None:
        session.delete(pair)
    elif pair is not None and kind is not None:
        pair.kind = kind
    elif kind is not None:
        session.add(
            Neighbour(
                township_id=election.township_id,
                election_id=election.id,
                a_id=a.id,
                b_id=b.id,
                kind=kind,
            )
        )
    for unit in both:
        _mark(unit)


def _record(act: Act, what: str, subject: str, data: Mapping[str, object]) -> None:
    act.record(under=Permission.EDIT_UNITS, what=what, subject=subject, data=data)

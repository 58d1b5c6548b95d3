"""`import`: read a file of the office into an election, all of it or nothing."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import click
from sqlalchemy.orm import Session

from election.actions.units import table as acts
from election.cli import importing
from election.cli.common import stop
from election.cli.import_candidates import import_candidates
from election.cli.import_counts import import_counts
from election.exchange.cells import groups_text
from election.exchange.units import borders, columns, shapes
from election.exchange.units import table as exchange
from election.exchange.units.table import ImportLine, Preview
from election.models import Election
from election.queries.units import table as queries
from election.queries.units.table import UnitRow
from election.rules.terms import Text
from election.rules.units.checks import VoterGroup

_SHAPE_NAMES = {"code": columns.NAMES["code"], "shape": Text("图形", "shape")}


@click.group("import")
def command() -> None:
    """Read a file into an election: everything is checked first, then all or nothing is stored."""


command.add_command(import_candidates)
command.add_command(import_counts)


@command.command("units")
@importing.options
@click.option("--property", "key", default="", help="GeoJSON: the property that holds the code.")
@click.option("--skip-unknown", is_flag=True, help="GeoJSON: pass over codes that name no unit.")
def import_units(
    file: Path,
    election_id: int | None,
    *,
    dry_run: bool,
    as_json: bool,
    key: str,
    skip_unknown: bool,
) -> None:
    """Read the units of FILE (XLSX, or CSV in UTF-8 or GB18030), or their shapes (GeoJSON).

    Exit status 2 and one line per fault when the file or the election cannot be used.
    """
    raw = importing.read_bytes(file)
    with importing.writing(dry_run=dry_run) as session:
        election = importing.the_election(session, election_id)
        drawn = shapes.looks_like(raw)
        stored = queries.of_election(session, election.id, outlines=drawn)
        preview: Preview | shapes.ShapePreview
        if drawn:
            preview = shapes.compare(shapes.read(raw, key), stored, skip_unknown=skip_unknown)
            _shapes(session, election, file, raw, preview, stored)
            more = {"without_shape": [unit.code for unit in preview.bare]}
        else:
            preview = exchange.compare(exchange.read(raw, file.name), stored)
            _units(session, election, file, raw, preview, stored)
            more = {"untouched": [unit.code for unit in preview.untouched]}
        document = importing.document(file, election, preview, dry_run=dry_run) | more
    importing.answer(preview, document, dry_run=dry_run, as_json=as_json, details=_changes)


def _units(
    session: Session,
    election: Election,
    file: Path,
    raw: bytes,
    preview: Preview,
    stored: Sequence[UnitRow],
) -> None:
    """Store a table of units; its faults or a refusal stop the command."""
    if preview.findings:
        stop(importing.faults(file, preview.findings, columns.NAMES))
    importing.warn(importing.faults(file, preview.warnings, columns.NAMES))
    if not (preview.add or preview.change):
        return
    with importing.acting(session, election, file) as act:
        acts.store_import(
            act,
            election,
            add=preview.add,
            change=preview.change,
            basis=queries.basis(stored),
            file_name=file.name,
            file_digest=hashlib.sha256(raw).hexdigest(),
        )


def _shapes(
    session: Session,
    election: Election,
    file: Path,
    raw: bytes,
    preview: shapes.ShapePreview,
    stored: Sequence[UnitRow],
) -> None:
    """Store shapes; their faults or a refusal stop the command."""
    if preview.findings:
        stop(importing.faults(file, preview.findings, _SHAPE_NAMES, features=True))
    importing.warn(importing.faults(file, preview.warnings, _SHAPE_NAMES, features=True))
    if not preview.change:
        return
    with importing.acting(session, election, file) as act:
        acts.store_shapes(
            act,
            election,
            change=preview.change,
            basis=queries.basis(stored),
            source=_source(file, raw),
        )


@command.command("neighbours")
@importing.options
@click.option("--whole", is_flag=True, help="FILE is the whole list: other pairs are removed.")
def import_neighbours(
    file: Path, election_id: int | None, *, dry_run: bool, as_json: bool, whole: bool
) -> None:
    """Read pairs of neighbours from FILE (XLSX, or CSV): the columns a, b and perhaps kind.

    Exit status 2 and one line per fault when the file or the election cannot be used.
    """
    raw = importing.read_bytes(file)
    read = borders.read(raw, file.name)
    with importing.writing(dry_run=dry_run) as session:
        election = importing.the_election(session, election_id)
        stored = queries.of_election(session, election.id)
        preview = borders.compare(read, stored, whole=whole)
        if preview.findings:
            stop(importing.faults(file, preview.findings, borders.NAMES))
        if preview.pairs:
            _neighbours(session, election, file, raw, preview, stored)
        document = importing.document(file, election, preview, dry_run=dry_run)
    document["removed"] = preview.count("remove")
    document["untouched"] = [list(pair) for pair in preview.unlisted]
    importing.answer(preview, document, dry_run=dry_run, as_json=as_json)


def _neighbours(
    session: Session,
    election: Election,
    file: Path,
    raw: bytes,
    preview: borders.BorderPreview,
    stored: Sequence[UnitRow],
) -> None:
    with importing.acting(session, election, file) as act:
        acts.store_neighbours(
            act,
            election,
            pairs=preview.pairs,
            basis=queries.basis(stored),
            source=_source(file, raw),
        )


def _source(file: Path, raw: bytes) -> dict[str, str]:
    return {"file": file.name, "sha256": hashlib.sha256(raw).hexdigest()}


def _changes(line: ImportLine) -> str:
    if line.doing.value != "change" or not line.changes:
        return ""
    texts = (
        f"{columns.NAMES[c.key].zh} {_cell_text(c.old)}→{_cell_text(c.new)}" for c in line.changes
    )
    return "\t" + "；".join(texts)


def _cell_text(value: object) -> str:
    if isinstance(value, tuple) and value and isinstance(value[0], VoterGroup):
        return groups_text(value)
    plain = importing.plain(value)
    if plain in (None, []):
        return "—"
    return "、".join(map(str, plain)) if isinstance(plain, list) else str(plain)

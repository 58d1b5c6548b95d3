"""`import`: read a file of the office into an election, all of it or nothing."""

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from election.actions import units as acts
from election.cli.common import DONE, Fault, echo_json, stop
from election.cli.office import office
from election.clock import now
from election.database import transaction
from election.exchange import units as exchange
from election.exchange.units import Line, Preview
from election.models import Election
from election.models.unit import UnitKind
from election.queries import units as queries
from election.rules.access import Actor, Role
from election.rules.terms import Finding, RuleViolation, Text


@click.group("import")
def command() -> None:
    """Read a file into an election: everything is checked first, then all or nothing is stored."""


@command.command("units")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--election", "election_id", type=int, help="Number of the election, if several.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def import_units(file: Path, election_id: int | None, *, dry_run: bool, as_json: bool) -> None:
    """Read the units of FILE (XLSX, or CSV in UTF-8 or GB18030).

    Exit status 2 and one line per fault when the file or the election cannot be used.
    """
    raw = _bytes(file)
    read = exchange.read(raw, file.name)
    with office(), transaction() as session:
        election = _election(session, election_id)
        stored = queries.of_election(session, election.id)
        preview = exchange.compare(read, stored)
        if preview.findings:
            stop([_fault(file, finding) for finding in preview.findings])
        if not dry_run and (preview.add or preview.change):
            _store(session, election, preview, queries.basis(stored), file, raw)
        document = _document(file, election, preview, dry_run=dry_run)
    if as_json:
        echo_json(document)
    else:
        _say(preview, dry_run=dry_run)
    sys.exit(DONE)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        stop([Fault(str(file), None, None, f"打不开文件（{reason}）", f"cannot open ({reason})")])


def _election(session: Session, election_id: int | None) -> Election:
    """The election meant: by number, or the only one there is."""
    elections = session.scalars(select(Election).order_by(Election.id)).all()
    chosen = [e for e in elections if election_id in (None, e.id)]
    if len(chosen) != 1:
        listed = "; ".join(f"{e.id} {e.title}" for e in elections) or "-"
        stop([Fault("--election", None, None, f"请指明哪一次选举：{listed}",
                    f"say which election: {listed}")])  # fmt: skip
    return chosen[0]


def _store(
    session: Session, election: Election, preview: Preview, basis: str, file: Path, raw: bytes
) -> None:
    """As the installation, in the name of the registrar; a refusal stops the command."""
    by = Actor(election.township_id, None, "0", frozenset({Role.REGISTRAR}))
    try:
        acts.store_import(
            session, election, add=preview.add, change=preview.change, basis=basis,
            file_name=file.name, file_digest=hashlib.sha256(raw).hexdigest(), by=by, at=now(),
        )  # fmt: skip
    except RuleViolation as refused:
        cause, remedy = refused.cause, refused.remedy
        stop([Fault(str(file), None, None, f"{cause.zh}。{remedy.zh}", f"{cause.en}; {remedy.en}")])


def _fault(file: Path, finding: Finding) -> Fault:
    """A finding as a line for stderr: where, what is wrong, what would be right."""
    row = int(str(finding.facts["row"])) or None
    column = exchange.NAMES.get(str(finding.facts["column"]))
    cause, remedy = finding.cause, finding.remedy
    return Fault(
        str(file), row, column.zh if column else None,
        f"{finding.code.id} {cause.zh}。{remedy.zh}", f"{cause.en}; {remedy.en}",
    )  # fmt: skip


def _document(file: Path, election: Election, preview: Preview, *, dry_run: bool) -> dict[str, Any]:
    return {
        "file": file.name,
        "election": election.id,
        "dry_run": dry_run,
        "added": preview.count("add"),
        "changed": preview.count("change"),
        "skipped": preview.count("skip"),
        "untouched": [unit.code for unit in preview.untouched],
        "rows": [_row(line) for line in preview.lines],
    }


def _row(line: Line) -> dict[str, Any]:
    return {
        "row": line.row,
        "code": line.code,
        "name": line.name,
        "action": line.doing.value,
        "changes": {c.key: {"old": _plain(c.old), "new": _plain(c.new)} for c in line.changes},
        "why": line.why.to_json() if line.why else None,
    }


def _plain(value: object) -> object:
    if isinstance(value, UnitKind):
        return value.value
    return list(value) if isinstance(value, tuple) else value


_WORDS = {
    "add": Text("新增", "add"),
    "change": Text("修改", "change"),
    "skip": Text("跳过", "skip"),
}


def _say(preview: Preview, *, dry_run: bool) -> None:
    """One line per row, then the sums."""
    for line in preview.lines:
        word = _WORDS[line.doing.value]
        why = f"\t{line.why.zh} / {line.why.en}" if line.why else ""
        changed = _changes(line.changes) if line.doing.value == "change" else ""
        click.echo(f"{line.row}\t{line.code}\t{line.name}\t{word.zh} {word.en}{changed}{why}")
    counts = [preview.count(doing) for doing in _WORDS]
    zh = "、".join(f"{word.zh}{n}个" for word, n in zip(_WORDS.values(), counts, strict=True))
    en = ", ".join(f"{word.en} {n}" for word, n in zip(_WORDS.values(), counts, strict=True))
    tail = Text("（未保存）", " (nothing stored)") if dry_run else Text("", "")
    click.echo(f"{zh}{tail.zh} / {en}{tail.en}")


def _changes(changes: Sequence[exchange.Change]) -> str:
    said = (f"{exchange.NAMES[c.key].zh} {_shown(c.old)}→{_shown(c.new)}" for c in changes)
    return "\t" + "；".join(said)


def _shown(value: object) -> str:
    plain = _plain(value)
    if plain in (None, []):
        return "—"
    return "、".join(plain) if isinstance(plain, list) else str(plain)

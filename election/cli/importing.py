"""What every `import` shares: the file, the election, faults as lines, what is done row by row."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from election.actions.act import Act
from election.actions.audit import take_turn
from election.cli.common import DONE, Fault, echo_json, stop
from election.cli.office import office
from election.clock import now
from election.database import transaction
from election.exchange.units.table import ImportLine
from election.models import Election
from election.rules.access import Actor, Role
from election.rules.terms import Finding, RuleViolation, Text
from election.rules.units.checks import VoterGroup
from election.rules.units.kinds import UnitKind
from election.tenant import stay_in

WORDS = {
    "add": Text("新增", "add"),
    "change": Text("修改", "change"),
    "remove": Text("删除", "remove"),
    "skip": Text("跳过", "skip"),
}
_MOST_WARNINGS = 100


class _Undo(Exception):
    """Nothing of this transaction is to stay."""


@contextmanager
def undone() -> Iterator[Session]:
    """A write transaction of which nothing stays: what would happen is tried and taken back."""
    with suppress(_Undo), transaction() as session:
        yield session
        raise _Undo


@contextmanager
def writing(*, dry_run: bool) -> Iterator[Session]:
    """The office's database in one transaction; of a dry run nothing stays."""
    with office(), undone() if dry_run else transaction() as session:
        yield session


def options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that every `import` has."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="One JSON document."),
        click.option("--dry-run", is_flag=True, help="Only say what would be done."),
        click.option(
            "--election", "election_id", type=int, help="Number of the election, if several."
        ),
        click.argument("file", type=click.Path(path_type=Path)),
    ):
        command = option(command)
    return command


def read_bytes(file: Path) -> bytes:
    """The file as it is; exits 2 when it cannot be opened."""
    try:
        return file.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        stop([Fault(str(file), f"打不开文件（{reason}）", f"cannot open ({reason})")])


def the_election(session: Session, election_id: int | None) -> Election:
    """The election meant, by number or the only one there is, in turn to write; else exit 2."""
    elections = session.scalars(select(Election).order_by(Election.id)).all()
    chosen = [e for e in elections if election_id in (None, e.id)]
    if len(chosen) != 1:
        listed = "; ".join(f"{e.id} {e.title}" for e in elections) or "-"
        stop([Fault("--election", f"请指明哪一次选举：{listed}", f"say which election: {listed}")])
    stay_in(session, chosen[0].township_id)
    take_turn(session, chosen[0].township_id)
    return chosen[0]


def registrar(election: Election) -> Actor:
    """The installation, in the name of the registrar."""
    return Actor(election.township_id, None, "0", frozenset({Role.REGISTRAR}))


@contextmanager
def acting(session: Session, election: Election, file: Path) -> Iterator[Act]:
    """An act of the registrar now; a refusal stops the command with its reason, exit 2."""
    try:
        yield Act(session, registrar(election), now())
    except RuleViolation as refused:
        cause, remedy, code = refused.cause, refused.remedy, refused.code.id
        stop([Fault(str(file), f"{code} {cause.zh}。{remedy.zh}", f"{cause.en}; {remedy.en}")])


def faults(
    file: Path, findings: Iterable[Finding], names: Mapping[str, Text], *, features: bool = False
) -> list[Fault]:
    """Findings as lines: where, what is wrong, what would be right.

    names: key of a column -> its name; features: rows are features of a collection, not lines.
    """
    return [_fault(file, finding, names, features=features) for finding in findings]


def _fault(file: Path, finding: Finding, names: Mapping[str, Text], *, features: bool) -> Fault:
    row = int(str(finding.facts["row"])) or None
    column = names.get(str(finding.facts["column"]))
    place = column.zh if column else None
    if "place" in finding.facts and not column:
        place = str(finding.facts["place"])  # a character of a line of JSON
    elif features and row:
        row, place = None, f"第{row}个要素" + (f":{place}" if place else "")
    cause, remedy = finding.cause, finding.remedy
    return Fault(
        str(file),
        f"{finding.code.id} {cause.zh}。{remedy.zh}",
        f"{cause.en}; {remedy.en}",
        line=row,
        column=place,
    )


def warn(warnings: Sequence[Fault]) -> None:
    """Say what is to be looked at on stderr, 100 lines of it; it stops nothing."""
    for warning in warnings[:_MOST_WARNINGS]:
        click.echo(" ".join(str(warning).splitlines()), err=True)
    more = len(warnings) - _MOST_WARNINGS
    if more > 0:
        click.echo(f"另有{more}条未列出 / {more} more are not shown", err=True)


def document(file: Path, election: Election, preview: Any, *, dry_run: bool) -> dict[str, Any]:  # noqa: ANN401 - any preview
    """What every import says as JSON."""
    return {
        "file": file.name,
        "election": election.id,
        "dry_run": dry_run,
        "added": preview.count("add"),
        "changed": preview.count("change"),
        "skipped": preview.count("skip"),
        "rows": [_row(line) for line in preview.lines],
    }


def _row(line: ImportLine) -> dict[str, Any]:
    return {
        "row": line.row,
        "code": line.code,
        "name": line.name,
        "action": line.doing.value,
        "changes": {c.key: {"old": plain(c.old), "new": plain(c.new)} for c in line.changes},
        "why": line.why.to_json() if line.why else None,
    }


def plain(value: object) -> object:
    """A value of a unit as JSON has it."""
    if isinstance(value, UnitKind):
        return value.value
    if isinstance(value, VoterGroup):
        return value.to_json()
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def answer(
    preview: Any,  # noqa: ANN401 - any preview
    document: Mapping[str, object],
    *,
    dry_run: bool,
    as_json: bool,
    details: Callable[[ImportLine], str] = lambda _line: "",
) -> NoReturn:
    """Say what was done, as one JSON document or line by line, and exit 0."""
    if as_json:
        echo_json(document)
    else:
        _say(preview, dry_run=dry_run, details=details)
    sys.exit(DONE)


def _say(
    preview: Any,  # noqa: ANN401 - any preview
    *,
    dry_run: bool,
    details: Callable[[ImportLine], str],
) -> None:
    """One line per row, then the sums."""
    for line in preview.lines:
        word = WORDS[line.doing.value]
        why = f"\t{line.why.zh} / {line.why.en}" if line.why else ""
        row = line.row or "-"
        click.echo(f"{row}\t{line.code}\t{line.name}\t{word.zh} {word.en}{details(line)}{why}")
    counts = {key: preview.count(key) for key in WORDS}
    sums = [(WORDS[key], n) for key, n in counts.items() if n or key != "remove"]
    zh = "、".join(f"{word.zh}{n}个" for word, n in sums)
    en = ", ".join(f"{word.en} {n}" for word, n in sums)
    tail = Text("（未保存）", " (nothing stored)") if dry_run else Text("", "")
    click.echo(f"{zh}{tail.zh} / {en}{tail.en}")

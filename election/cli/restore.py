"""`restore FILE`: open a backup, check it, put it in place; `--check` stops before that."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import click

from election.actions import backups as acts
from election.cli.backup import refused
from election.cli.common import Fault, stop
from election.cli.office import one_line
from election.cli.serving import held
from election.clock import now
from election.database import db, transaction
from election.exchange.backups import office
from election.exchange.backups.lock import passphrase_of_scripts
from election.exchange.backups.office import ChainEnd
from election.exchange.backups.restore import (
    MissingRecords,
    OpenedBackup,
    missing_records,
    opened,
    put_in_place,
)
from election.exchange.backups.state import folder_of, targets_of
from election.migrations import upgrade
from election.rules.backups import CODE_MISSING, NO_PASSPHRASE
from election.rules.terms import RuleViolation
from election.settings import DATABASE, Settings, load
from election.web import create_app


@dataclass(frozen=True, slots=True)
class Wish:
    """What the caller asked for. code: on paper, "" for none; older: why without it, or None."""

    file: Path
    check: bool
    code: str | None
    older: str | None


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="只核对，不恢复 / open and check it, change nothing")
@click.option("--code", help="纸上最近一次的校验码 / the last code printed on a paper")
@click.option("--older", metavar="REASON", help="为什么恢复较旧的备份 / why an older one is taken")
def command(file: Path, *, check: bool, code: str | None, older: str | None) -> None:
    """Restore the office from a backup; the passphrase is asked for, or XUANBAN_PASSPHRASE.

    Exit status 1: damaged, not whole, or the code on paper is not in it; nothing was changed.
    """
    with one_line(), refused(str(file)), ExitStack() as stack:
        settings = load()
        office.database_file(settings)
        if not check:
            stack.enter_context(held(settings))
        if not file.is_file():
            stop([Fault(str(file), "没有这个文件", "there is no such file")])
        wish = Wish(file, check, code, older)
        with opened(file, _passphrase(), beside=folder_of(settings.data)) as backup:
            _restore(settings, backup, wish)


def _passphrase() -> str:
    passphrase = passphrase_of_scripts()
    if passphrase is None and not sys.stdin.isatty():
        raise RuleViolation(NO_PASSPHRASE)
    return passphrase or str(click.prompt("备份口令 / passphrase", hide_input=True))


def _restore(settings: Settings, backup: OpenedBackup, wish: Wish) -> None:
    with _scratch_office(settings, backup.folder):
        ends = office.check(backup.folder)
        _tell_what_it_is(backup, ends)
        lists = [wish.file.absolute().parent, *targets_of(settings.data)]
        present = office.database_file(settings)
        missing = missing_records(ends, present=present, lists=lists)
        _tell_missing(missing)
        code = _code(wish)
        has_code = _compare(backup, ends, code, present=present, excused=wish.older is not None)
        if wish.check:
            click.echo("核对通过，没有改动任何内容 / it is whole; nothing was changed")
            return
        _require_consent(missing, wish)
        _record(backup, {"code": code, "code_found": has_code, **_told(missing, wish)})
    replaced = put_in_place(backup.folder, settings.data, at=now())
    _tell_done(replaced)


@contextmanager
def _scratch_office(settings: Settings, folder: Path) -> Iterator[None]:
    """The application over an unpacked office, its database in the newest shape."""
    url = f"sqlite:///{(folder / DATABASE).as_posix()}"
    office.use_keys_of(folder)
    app = create_app(replace(settings, data=folder, database_url=url))
    with app.app_context():
        try:
            upgrade()
            yield
        finally:
            db.session.remove()
            db.engine.dispose()  # the last one out writes the -wal file into the database


def _tell_what_it_is(backup: OpenedBackup, ends: list[ChainEnd]) -> None:
    click.echo(f"备份时间 / made at {backup.head.made_at}")
    for end in ends:
        at = end.at.isoformat(timespec="minutes")
        click.echo(f"  {end.township}: 止于第{end.seq}条记录 / ends with record {end.seq}, {at}")
        click.echo(f"    校验码 / code: {end.code}")


def _tell_missing(missing: list[MissingRecords]) -> None:
    for part in missing:
        click.echo(
            f"  {part.name}: 缺少第{part.first}至{part.last}条记录（{part.at}），恢复后需要补录"
            f" / records {part.first} to {part.last} are missing (the last of {part.at}): to be "
            "entered again",
            err=True,
        )


def _code(wish: Wish) -> str:
    """The code on paper; "" when nobody has one at hand."""
    if wish.code is not None or wish.check or not sys.stdin.isatty():
        return (wish.code or "").strip()
    question = "纸上最近一次的校验码，没有就按回车 / the last code on paper, Enter for none"
    return str(click.prompt(question, default="", show_default=False)).strip()


def _compare(
    backup: OpenedBackup, ends: list[ChainEnd], code: str, *, present: Path, excused: bool
) -> bool:
    """Whether the code stands in the backup. Raises R.924 when it does not and nobody said why."""
    if not code:
        return False
    if office.find_code(backup.folder / DATABASE, code):
        click.echo("纸上的校验码在备份中 / the code on paper stands in the backup")
        return True
    last = max(ends, key=lambda end: end.at)
    known = office.find_code(present, code) if present.is_file() else None
    record = f"第{known[0]}条 {known[2]} {known[1][:16]}" if known else code
    refusal = RuleViolation(
        CODE_MISSING, record=record, last=last.seq, at=last.at.isoformat(timespec="minutes")
    )
    if not excused:
        raise refusal
    click.echo(f"{refusal.cause.zh} / {refusal.cause.en}", err=True)
    return False


def _require_consent(missing: list[MissingRecords], wish: Wish) -> None:
    if missing and wish.older is None and sys.stdin.isatty():
        question = "现有的这些记录将不在恢复后的数据中，继续吗 / go on without these records"
        click.confirm(question, abort=True)


def _told(missing: list[MissingRecords], wish: Wish) -> dict[str, object]:
    return {"missing": [asdict(part) for part in missing], "reason": wish.older or ""}


def _record(backup: OpenedBackup, facts: dict[str, object]) -> None:
    data = {"file": backup.digest, "made_at": backup.head.made_at, **facts}
    with transaction() as session:
        acts.restored(session, data=data, at=now())


def _tell_done(replaced: Path | None) -> None:
    click.echo("已恢复，并已记入记录链；所有人需要重新登录 / restored, and recorded; sign in anew")
    if replaced:
        click.echo(f"原来的数据移到了 / what was there before lies in {replaced}")
    click.echo("启动 / start: scripts/run")

"""`backup FILE`: the whole office in one sealed file, called good only after it was restored."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from election.cli.common import NO, Fault, stop
from election.cli.office import office
from election.clock import now
from election.exchange.backups import codes
from election.exchange.backups.lock import Lock, lock_for, passphrase_of_scripts
from election.exchange.backups.make import MadeBackup, make_everywhere, make_file
from election.exchange.backups.office import database_file
from election.exchange.backups.state import folder_of
from election.rules import backups as rules
from election.rules.terms import RuleViolation
from election.settings import Settings, load

_UNUSABLE = (
    rules.NO_FOLDER,
    rules.NO_PASSPHRASE,
    rules.OTHER_PASSPHRASE,
    rules.SHORT_PASSPHRASE,
)


@click.command("backup")
@click.argument("file", required=False, type=click.Path(path_type=Path))
def command(file: Path | None) -> None:
    """Back the office up into FILE while it works; without FILE into the folders set on its page.

    The first time the passphrase is asked for, or taken from XUANBAN_PASSPHRASE.
    """
    with office(), refused(str(file or "backup")):
        settings = load()
        database_file(settings)
        lock = lock_for(settings.data, passphrase_of_scripts()) or _first_lock(settings)
        if file is None:
            _everywhere(settings)
        else:
            _tell(_into(settings, lock, file))


@contextmanager
def refused(subject: str) -> Iterator[None]:
    """Say a refusal in one line: exit 1 for "this is not whole", 2 for what cannot be used."""
    try:
        yield
    except RuleViolation as violation:
        cause, remedy = violation.cause, violation.remedy
        fault = Fault(subject, f"{cause.zh}；{remedy.zh}", f"{cause.en}; {remedy.en}")
        if violation.code in _UNUSABLE:
            stop([fault])
        click.echo(str(fault), err=True)
        sys.exit(NO)


def _first_lock(settings: Settings) -> Lock:
    if not sys.stdin.isatty():
        raise RuleViolation(rules.NO_PASSPHRASE)
    click.echo(
        "请设置备份口令。写在纸上锁好：没有它，任何人都打不开备份。 / "
        "Choose the backup passphrase and lock it away on paper: without it no backup opens."
    )
    passphrase = click.prompt(
        "备份口令 / passphrase", hide_input=True, confirmation_prompt="再输一次 / once more"
    )
    lock = lock_for(settings.data, passphrase)
    if lock is None:
        raise RuleViolation(rules.NO_PASSPHRASE)
    return lock


def _into(settings: Settings, lock: Lock, file: Path) -> MadeBackup:
    try:
        made = make_file(settings, lock, file.absolute(), at=now())
        for folder in (file.absolute().parent, folder_of(settings.data)):
            codes.append(folder, made.ends)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RuleViolation(rules.NO_FOLDER, folder=str(file.parent), reason=reason) from error
    return made


def _tell(made: MadeBackup) -> None:
    click.echo(
        f"{made.path}: 备份完好（{made.size:,}字节），已读回、解密、恢复到临时处并核对 / "
        f"a good backup ({made.size:,} bytes): read back, opened, restored to a scratch place, "
        "checked"
    )
    for end in made.ends:
        click.echo(f"  {end.township}: 第{end.seq}条记录 / record {end.seq}, {end.code}")


def _everywhere(settings: Settings) -> None:
    if hasattr(os, "nice"):
        os.nice(10)  # made each minute beside an office at work, whose pages go first
    state = make_everywhere(settings, at=now())
    if state.problem:
        click.echo(state.problem, err=True)
    for target in state.targets:
        good = target.at == state.begun
        outcome = f"{target.file} 完好 / good" if good else target.problem or "—"
        click.echo(f"{target.folder}: {outcome}", err=not good)
    if state.problem or any(target.problem for target in state.targets):
        sys.exit(NO)

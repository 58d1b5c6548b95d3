"""`start`: bring the database up, load the sample on the first start, serve the pages."""

from pathlib import Path

import click
from flask import Flask
from sqlalchemy import select

from election.actions import accounts
from election.cli.backup import refused
from election.cli.office import office, one_line
from election.cli.ports import require_free
from election.cli.restore import command as restore
from election.cli.sample import load_sample, make_room
from election.cli.sample.moments import UNTIL
from election.cli.sample.staff import Login
from election.cli.serving import Certificates, addresses, certificates_of, held, serve
from election.cli.upgrading import bring_up_to_date
from election.clock import now
from election.database import close, db, transaction
from election.jobs import worker
from election.log import set_up
from election.models import Township
from election.rules.accounts import UNNAMED
from election.settings import Settings, load
from election.translations import compile_all

EVERY_CARD = ("0.0.0.0", "::")  # noqa: S104 - compared with the setting, not listened on


@click.command("start")
@click.option("--empty", is_flag=True, help="a clean office instead of the sample town")
@click.option(
    "--until",
    type=click.Choice(UNTIL),
    default="published",
    help="how far the sample goes, so that you can do the next stage by hand",
)
@click.option(
    "--restore",
    "backup",
    type=click.Path(path_type=Path),
    help="a backup to restore first, on this or another computer",
)
@click.pass_context
def command(context: click.Context, *, empty: bool, until: str, backup: Path | None) -> None:
    """Start the office; the first start makes the database and prints the logins once."""
    if backup:
        context.invoke(restore, file=backup, check=False, code=None, older=None)
    with one_line():
        settings = load()
    set_up()
    with one_line(), held(settings):
        _start(settings, empty=empty, until=until)


def _start(settings: Settings, *, empty: bool, until: str) -> None:
    require_free(settings)
    compile_all()
    with office(migrated=False) as app:
        with refused("DATABASE_URL"):
            _say_upgraded(*bring_up_to_date(settings))
        make_room(settings.data)
        if db.session.scalar(select(Township.id).limit(1)) is None:
            _first_start(empty=empty, until=until)
    _serve(app, settings)


def _say_upgraded(before: str | None, present: str | None) -> None:
    if before not in (None, present):
        click.echo(
            f"数据库已升级并通过核对 / the database was upgraded and checked: {before} -> {present}"
        )


def _first_start(*, empty: bool, until: str) -> None:
    if empty:
        with transaction() as session:
            town = accounts.found_township(session, code=UNNAMED, name="本镇", county="", at=now())
            _who, password = accounts.first_administrator(
                session, town, username="admin", name="管理员", at=now()
            )
            # before the end of the transaction: a password nobody saw is never stored
            _print_logins([("admin", password, "管理员 administrator")])
        return
    click.echo("正在生成样例镇，约需一分钟 / making the sample town, about a minute ...", err=True)
    load_sample(until, show=_print_logins)


def _print_logins(logins: list[Login]) -> None:
    click.echo("账户（密码只显示这一次） / logins (shown only this once):")
    for username, password, role in logins:
        click.echo(f"  {username:<14} {password:<22} {role}")


def _serve(app: Flask, settings: Settings) -> None:
    network = certificates_of(settings, at=now()) if settings.for_a_network else None
    jobs = worker.start(app, port=settings.port)
    try:
        serve(
            app,
            host=settings.host,
            port=settings.port,
            certificates=network,
            ready=lambda: _say_where(settings, network),
        )
    finally:
        jobs.stop()
        with app.app_context():
            close()


def _say_where(settings: Settings, network: Certificates | None) -> None:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    if network is None:
        click.echo(f"选办已启动 / Xuanban is running: http://{host}:{settings.port}")
        return
    here = "localhost" if settings.host in EVERY_CARD else host
    click.echo(f"选办已启动 / Xuanban is running: https://{here}:{settings.port}")
    _say_how_others_come(settings, network)


def _say_how_others_come(settings: Settings, network: Certificates) -> None:
    numbers = [n for n in addresses(settings) if n.version == 4 and not n.is_loopback]
    if numbers:
        click.echo(
            "其他电脑首次使用前，先打开前一个地址，核对证书码并安装证书，再用后一个地址 / "
            "on each other computer first open the first address, compare the code and install the "
            "certificate; then use the second:"
        )
    else:
        click.echo(
            "本机没有局域网地址，接好网络后重新启动，其他电脑才能打开选办 / this computer has no "
            "address on a local network: connect it and start again, so that other computers can "
            "open the office"
        )
    for number in numbers:
        click.echo(f"  http://{number}:{settings.port + 1}/  https://{number}:{settings.port}/")
    click.echo(f"  证书码 / code: {network.code}")

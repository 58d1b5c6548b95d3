"""`start`: bring the database up, load the sample on the first start, serve the pages."""

import socket
import sys

import click
from flask import Flask
from sqlalchemy import select

from election.actions import accounts
from election.cli.office import office, one_line
from election.cli.sample import load_sample
from election.cli.sample.moments import UNTIL
from election.cli.serving import Certificates, addresses, certificates_of, held, serve
from election.clock import now
from election.database import close, db, transaction
from election.jobs import worker
from election.log import set_up
from election.migrations import upgrade
from election.models import Township
from election.rules.accounts import UNNAMED
from election.settings import Settings, load
from election.translations import compile_all


@click.command("start")
@click.option("--empty", is_flag=True, help="a clean office instead of the sample town")
@click.option(
    "--until",
    type=click.Choice(UNTIL),
    default="published",
    help="how far the sample goes, so that you can do the next stage by hand",
)
def command(*, empty: bool, until: str) -> None:
    """Start the office; the first start makes the database and prints the logins once."""
    with one_line():
        settings = load()
    set_up()
    with one_line(), held(settings):
        _start(settings, empty=empty, until=until)


def _start(settings: Settings, *, empty: bool, until: str) -> None:
    if not _free(settings):
        click.echo(
            f"端口 {settings.port} 已被占用；请设置 XUANBAN_PORT / "
            f"port {settings.port} is taken; set XUANBAN_PORT",
            err=True,
        )
        sys.exit(2)
    compile_all()
    with office(migrated=False) as app:
        upgrade()
        if db.session.scalar(select(Township.id).limit(1)) is None:
            _first_start(empty=empty, until=until)
    _serve(app, settings)


def _free(settings: Settings) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            return False
    return True


def _first_start(*, empty: bool, until: str) -> None:
    if empty:
        with transaction() as session:
            town = accounts.found_township(session, code=UNNAMED, name="本镇", county="", at=now())
            _who, password = accounts.first_administrator(
                session, town, username="admin", name="管理员", at=now()
            )
        _print_logins([("admin", password, "管理员 administrator")])
        return
    click.echo("正在生成样例镇，约需一分钟 / making the sample town, about a minute ...", err=True)
    _print_logins(load_sample(until))


def _print_logins(logins: list[tuple[str, str, str]]) -> None:
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
    scheme = "https" if network else "http"
    click.echo(f"选办已启动 / Xuanban is running: {scheme}://{host}:{settings.port}")
    if network:
        click.echo(
            "其他电脑首次使用前，先打开下面的地址，核对证书码并安装证书 / "
            "on each other computer first open this address, compare the code and install the "
            "certificate:"
        )
        for number in addresses(settings):
            if number.version == 4 and not number.is_loopback:
                click.echo(f"  http://{number}:{settings.port + 1}/")
        click.echo(f"  证书码 / code: {network.code}")

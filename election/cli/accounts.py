"""`accounts`: what only whoever has the machine may do with the accounts of the office."""

import click
from sqlalchemy import select

from election.actions import accounts
from election.cli.common import Fault, stop
from election.cli.office import office
from election.clock import now
from election.database import db, transaction
from election.models import Official
from election.tenant import stay_in


@click.group("accounts")
def command() -> None:
    """Accounts, from the machine the office runs on."""


@command.command("list")
def list_command() -> None:
    """Number, user name, roles and state of every account."""
    with office():
        for official in db.session.scalars(select(Official).order_by(Official.id)):
            state = "在用 in use" if official.active else "已停用 ended"
            roles = ",".join(official.roles)
            click.echo(f"{official.number:<6} {official.username:<20} {roles:<40} {state}")


@command.command("reset")
@click.argument("username")
def reset_command(username: str) -> None:
    """Give USERNAME a new one-time password, printed once; all its logins end.

    For an administrator who forgot the password and has no colleague to reset it. The audit chain
    names the actor "console". Exit 2 for a user name that is not there or has ended.
    """
    with office(), transaction() as session:
        official = session.scalar(select(Official).where(Official.username == username.strip()))
        if official is None:
            zh, en = (
                "没有这个用户名；可用 accounts list 查看",
                "no such user name; see: accounts list",
            )
            stop([Fault(username, zh, en)])
        if not official.active:
            zh = "账户已停用；请管理员先重新启用"
            stop(
                [Fault(username, zh, "the account has ended; an administrator must reactivate it")]
            )
        stay_in(session, official.township_id)
        password = accounts.reset_at_console(session, official, at=now())
    click.echo(f"{username}: {password}")
    click.echo(
        "一次性密码，只显示这一次；首次登录须更改，原有登录已全部结束 / "
        "one-time password, shown only this once; it must be changed at the first sign-in, and all "
        "logins have ended",
        err=True,
    )

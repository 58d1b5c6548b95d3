"""The command tree. A command's module is imported only when that command runs."""

import sys
from importlib import import_module
from typing import Any

import click

from election import version

# command -> module that holds it under the name `command`
COMMANDS: dict[str, str] = {
    "accounts": "election.cli.accounts",
    "audit": "election.cli.audit",
    "backup": "election.cli.backup",
    "calc": "election.cli.calc",
    "db": "election.cli.db",
    "docs": "election.cli.lawbook",
    "export": "election.cli.exports",
    "import": "election.cli.imports",
    "restore": "election.cli.restore",
    "routes": "election.cli.routes",
    "sample": "election.cli.sample",
    "start": "election.cli.start",
    "translations": "election.cli.translations",
    "verify": "election.cli.verify",
}
# command -> what it does, as the list of all commands says it
_SUMMARIES: dict[str, str] = {
    "accounts": "忘记管理员密码时 / accounts and lost passwords, on the machine itself",
    "audit": "核对记录链 / check the audit chain",
    "backup": "备份 / back the whole office up into one sealed file",
    "calc": "依法计算，不需数据库 / what the law says, without a database",
    "db": "建立、升级数据库 / create or upgrade the database",
    "docs": "生成文档（开发用） / write the generated pages of docs/",
    "export": "导出 / write what the office recorded into files",
    "import": "导入 / read files into an election, all or nothing",
    "restore": "恢复、核对备份 / check or restore a backup",
    "routes": "网址和权限 / every address and who may use it",
    "sample": "样例镇 / the sample town",
    "start": "启动选办 / start the office (scripts/run does it too)",
    "translations": "编译中文译文（开发用） / compile the Chinese messages",
    "verify": "核验公布的成果包 / check a published result package",
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for, so that `calc` starts fast."""

    def __init__(self, *args: object, modules: dict[str, str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, without importing it."""
        return sorted({*super().list_commands(ctx), *self.modules})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of one command."""
        if cmd_name in self.modules:
            command: click.Command = import_module(self.modules[cmd_name]).command
            return command
        return super().get_command(ctx, cmd_name)


class MainGroup(LazyGroup):
    """Lists the commands in both languages; says a wrong call in one line, with where help is."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Every command without importing it."""
        with formatter.section("命令 / Commands"):
            formatter.write_dl(sorted(_SUMMARIES.items()))

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - click's signature
        """As click, but without the usage block."""
        try:
            answer = super().main(*args, **{**kwargs, "standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as error:  # called alone: no mistake, a question
            click.echo(error.ctx.get_help() if error.ctx else "")
            sys.exit(0)
        except click.ClickException as error:
            context = getattr(error, "ctx", None)
            path = context.command_path if context else "election"
            message = " ".join(error.format_message().split())
            click.echo(f"{path}: 命令用法有误 / wrong call: {message} (--help)", err=True)
            sys.exit(2)
        except click.Abort:
            sys.exit(130)
        sys.exit(answer if isinstance(answer, int) else 0)


def _print_version(context: click.Context, _option: click.Parameter, is_set: bool) -> None:
    if is_set:
        click.echo(f"xuanban {version()}")
        context.exit()


@click.group(cls=MainGroup, modules=COMMANDS)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="版本 / show the version and exit",
)
@click.help_option("--help", help="说明 / show this message and exit")
def main() -> None:
    """选办 Xuanban: commands of a township election office.

    乡镇人大选举的法律计算和办公程序。每个命令加 --help 看说明。

    The law and the office of a township election, as commands; --help explains each.

    退出状态：0 完成；1 答案为“否、不合法、核验不符”；2 输入无法使用。

    Exit status: 0 done; 1 the answer is "no, not legal, not verified"; 2 unusable input.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")

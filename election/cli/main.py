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
    "calc": "election.cli.calc",
    "db": "election.cli.db",
    "docs": "election.cli.lawbook",
    "export": "election.cli.exports",
    "import": "election.cli.imports",
    "routes": "election.cli.routes",
    "sample": "election.cli.sample",
    "start": "election.cli.start",
    "translations": "election.cli.translations",
    "verify": "election.cli.verify",
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


class OneLineErrors(LazyGroup):
    """Says a wrong call in one line: where, what, and where help is."""

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - click's signature
        """As click, but without the usage block."""
        try:
            answer = super().main(*args, **{**kwargs, "standalone_mode": False})
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


@click.group(cls=OneLineErrors, modules=COMMANDS)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and exit.",
)
def main() -> None:
    """选办 Xuanban: the law and the office of a township election, as commands.

    Exit status: 0 done; 1 the answer is "no, not legal, not verified"; 2 unusable input.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")

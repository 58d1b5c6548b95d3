"""The command tree. A command's module is imported only when that command runs."""

import sys
from importlib import import_module

import click

# command -> module that holds it under the name `command`
COMMANDS: dict[str, str] = {
    "audit": "election.cli.audit",
    "calc": "election.cli.calc",
    "db": "election.cli.db",
    "docs": "election.cli.lawbook",
    "routes": "election.cli.routes",
    "sample": "election.cli.sample",
    "start": "election.cli.start",
    "translations": "election.cli.translations",
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


@click.group(cls=LazyGroup, modules=COMMANDS)
def main() -> None:
    """选办 Xuanban: the law and the office of a township election, as commands.

    Exit status: 0 done; 1 the answer is "no, not legal, not verified"; 2 unusable input.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")

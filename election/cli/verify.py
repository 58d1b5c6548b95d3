"""`verify`: check a published result package. Needs no database; the checks are one stdlib file."""

import sys
from pathlib import Path

import click

from election.cli.common import DONE, NO, Fault, stop
from election.exchange.publication.verifier.verify import digest, read, verify


@click.command("verify")
@click.argument("publication", type=click.Path(path_type=Path))
@click.option("--head", default="", help="check code seen on paper: it must stand in the chain")
def command(publication: Path, head: str) -> None:
    """Recompute every digest, total, need and elected person of PUBLICATION (a zip).

    Exit 1 and one line for everything that does not hold, naming file and item.
    """
    try:
        raw = read(publication)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        stop([Fault(str(publication), f"打不开（{reason}）", f"cannot open ({reason})")])
    faults = verify(raw, head)
    for fault in faults:
        click.echo(fault)
    if not faults:
        click.echo(f"成立，包的校验码 / holds, digest of the package: {digest(raw)}")
    sys.exit(NO if faults else DONE)

"""`export`: what was recorded or published, as files in a folder."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from sqlalchemy import select

from election.cli.common import NO, Fault, stop
from election.cli.office import office
from election.database import db
from election.exchange.publication.package import open_package
from election.exchange.publication.package.exports import FORMATS, as_csv, as_json, as_xlsx, stem
from election.exchange.units import borders, shapes
from election.exchange.units import table as units
from election.models import Election
from election.queries.publication import latest_of_election, package
from election.queries.units.table import of_election
from election.tenant import stay_in


@click.group("export")
def command() -> None:
    """Write what the office has recorded into files."""


@command.command("results")
@click.option("--format", "form", type=click.Choice(FORMATS), required=True)
@click.option("--election", "election_id", type=int, help="number of the election, if several")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), required=True)
def results(form: str, election_id: int | None, output: Path) -> None:
    """The latest published result of each congress: result-<level>-v<version>.

    csv: one file per table; xlsx: one workbook; json: one document; zip: the package as published.
    Exit 1 when nothing is published.
    """
    with office():
        key = _election(election_id)
        packages = [package(db.session(), row.id) for row in latest_of_election(db.session(), key)]
    if not packages:
        click.echo(f"选举{key}还没有公布结果 / nothing is published of election {key}", err=True)
        sys.exit(NO)
    _write(output, (file for raw in packages for file in _files(raw, form)))


@command.command("units")
@click.option("--format", "form", type=click.Choice(("csv", "xlsx", "geojson")), required=True)
@click.option("--election", "election_id", type=int, help="number of the election, if several")
@click.option("--language", type=click.Choice(("zh", "en")), default="zh", show_default=True)
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), required=True)
def export_units(form: str, election_id: int | None, language: str, output: Path) -> None:
    """All units of an election: units.csv, units.xlsx, or with their shapes units.geojson.

    `import units` reads each of them and then changes nothing.
    """
    write = {"csv": units.export_csv, "xlsx": units.export_xlsx, "geojson": shapes.export}[form]
    with office():
        units_of = of_election(db.session(), _election(election_id), outlines=form == "geojson")
        body = write(units_of, language)
    _write(output, [(f"units.{form}", body)])


@command.command("neighbours")
@click.option("--format", "form", type=click.Choice(("csv", "xlsx")), required=True)
@click.option("--election", "election_id", type=int, help="number of the election, if several")
@click.option("--language", type=click.Choice(("zh", "en")), default="zh", show_default=True)
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), required=True)
def export_neighbours(form: str, election_id: int | None, language: str, output: Path) -> None:
    """All pairs of neighbours: neighbours.csv (as `calc districts --adjacency` reads it) or .xlsx.

    `import neighbours --whole` reads each of them and then changes nothing.
    """
    write = {"csv": borders.export_csv, "xlsx": borders.export_xlsx}[form]
    with office():
        body = write(of_election(db.session(), _election(election_id)), language)
    _write(output, [(f"neighbours.{form}", body)])


def _write(output: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write the files and say their names."""
    output.mkdir(parents=True, exist_ok=True)
    for name, body in files:
        (output / name).write_bytes(body)
        click.echo(str(output / name))


def _election(election_id: int | None) -> int:
    """The election asked for, or the only one there is; else exit 2. What is read next is its."""
    elections = {row.id: row for row in db.session.scalars(select(Election))}
    titles = {number: row.title for number, row in elections.items()}
    key = election_id if election_id is not None or len(titles) != 1 else next(iter(titles))
    if key is None or key not in titles:
        listing = ", ".join(f"{number} {title}" for number, title in sorted(titles.items())) or "—"
        zh, en = f"请指明选举，现有：{listing}", f"name one of: {listing}"
        stop([Fault("--election", zh, en)])
    stay_in(db.session(), elections[key].township_id)
    return key


def _files(raw: bytes, form: str) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of everything one package is exported to."""
    opened = open_package(raw)
    name = stem(opened)
    if form == "csv":
        for table, body in as_csv(opened).items():
            yield f"{name}-{table}.csv", body
    elif form == "xlsx":
        yield f"{name}.xlsx", as_xlsx(opened)
    elif form == "json":
        yield f"{name}.json", as_json(opened)
    else:
        yield f"{name}.zip", raw

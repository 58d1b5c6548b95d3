"""`routes --json`: every route with its access rule."""

from typing import Any

import click
from flask import Flask

from election.cli.common import echo_json
from election.cli.office import office
from election.web.access import rule_of


@click.command("routes")
@click.option("--json", "as_json", is_flag=True, help="one JSON document")
def command(*, as_json: bool) -> None:
    """List every route: rule, methods, endpoint, access rule."""
    with office(migrated=False) as app:
        rows = routes(app)
    if as_json:
        echo_json(rows)
        return
    for row in rows:
        methods = " ".join(row["methods"])
        click.echo(f"{row['rule']}\t{methods}\t{row['endpoint']}\t{row['access']}")


def routes(app: Flask) -> list[dict[str, Any]]:
    """One row a route, sorted by address."""
    return [
        {
            "rule": str(rule),
            "methods": sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}),
            "endpoint": rule.endpoint,
            "access": str(rule_of(app, rule.endpoint)),
        }
        for rule in sorted(app.url_map.iter_rules(), key=str)
    ]

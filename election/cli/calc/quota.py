"""`calc quota`: the legal number of deputies for a population."""

import sys

import click

from election.cli.calc.options import whole_number, word
from election.cli.common import DONE, NO, Fault, echo_json, stop
from election.rules.elections.quota import AreaKind, quota
from election.rules.profile import profile
from election.rules.terms import InputFault, Level, RuleViolation


@click.command("quota")
@click.option(
    "--level",
    type=word("--level", Level),
    metavar="county|town",
    required=True,
    help="The congress elected.",
)
@click.option(
    "--population",
    type=whole_number("--population"),
    metavar="NUMBER",
    required=True,
    help="Inhabitants.",
)
@click.option(
    "--kind",
    type=word("--kind", AreaKind),
    metavar="|".join(AreaKind),
    help="Kind of area [default: town, county].",
)
@click.option(
    "--minority-extra", is_flag=True, help="The provincial standing committee granted 5 % more."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(
    level: str, population: int, kind: str | None, minority_extra: bool, as_json: bool
) -> None:
    """Number of deputies by the formula of the law: base, increment, extra, cap.

    Exit status 1 when the extra is asked for an area the law does not name, such as a town (镇).
    """
    try:
        drawn = quota(
            Level(level),
            population,
            kind=AreaKind(kind) if kind else None,
            minority_extra=minority_extra,
            profile=profile(),
        )
    except InputFault as fault:
        stop([Fault(f"--{fault.field}", fault.text.zh, fault.text.en)])
    except RuleViolation as refused:
        _refuse(refused, as_json=as_json)
        sys.exit(NO)
    if as_json:
        echo_json(drawn.to_json())
    else:
        for step in drawn.steps:
            click.echo(f"{step.text.zh}（{step.article}）")
            click.echo(f"  {step.text.en}")
        click.echo(f"代表名额 Seats: {drawn.seats}")
    sys.exit(DONE)


def _refuse(refused: RuleViolation, *, as_json: bool) -> None:
    """The refusal with its article: one line on stderr and, if asked, one document on stdout."""
    cause, remedy, code = refused.cause, refused.remedy, refused.code
    click.echo(
        f"{code.id} [{code.article}] {cause.zh}；{remedy.zh} / {cause.en}; {remedy.en}", err=True
    )
    if as_json:
        echo_json(
            {
                "refused": {
                    "code": code.id,
                    "rule": code.rule,
                    "article": code.article,
                    "cause": cause.to_json(),
                    "remedy": remedy.to_json(),
                }
            }
        )

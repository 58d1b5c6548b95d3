"""What the planner's process may do instead in a test; a spawned process imports it by its name."""

import os
import sys
from collections.abc import Sequence
from multiprocessing.connection import Connection
from time import sleep
from typing import Any

from election.jobs import planner_child
from election.planning import districting


def exit_with_7(connection: Connection) -> None:
    """End without a word."""
    os._exit(7)


def say(messages: Sequence[tuple[str, Any]], connection: Connection) -> None:
    """Say this, whatever is asked, and then nothing more."""
    for message in messages:
        connection.send(message)
    sleep(60)


def echo(connection: Connection) -> None:
    """Answer with the request itself."""
    connection.send(("ready", None))
    connection.send(("done", connection.recv()))


def hang_up_on_request(connection: Connection) -> None:
    """End instead of reading the request."""
    connection.send(("ready", None))


def print_much(connection: Connection) -> None:
    """The planner, whose solver prints through Python and past it."""
    plan = districting.plan

    def loud_plan(*arguments: Any, **options: Any) -> districting.ProposedPlan:
        sys.stdout.write("said by Python\n")
        sys.stdout.flush()
        os.write(1, b"said by C++\n")
        return plan(*arguments, **options)

    districting.plan = loud_plan
    planner_child.answer(connection)


def crash(connection: Connection) -> None:
    """The planner, with a fault of the program."""

    def faulty_plan(*arguments: Any, **options: Any) -> districting.ProposedPlan:
        raise KeyError("no such village")

    districting.plan = faulty_plan
    planner_child.answer(connection)


def dies(*_arguments: object) -> bytes:
    """A drawing during which the process is killed."""
    os._exit(9)

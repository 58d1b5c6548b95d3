"""The count on PostgreSQL: the same code, two tellers at the same moment, a tie to its end."""

import threading

import pytest
from flask import Flask

from election.database import db
from election.queries.audit import verify
from election.rules.counting import SheetState
from tests.actions import small_town as small
from tests.builders import found_office

pytestmark = [pytest.mark.postgresql, pytest.mark.slow]


def test_a_district_is_counted_tied_and_repeated(pg: Flask) -> None:
    town = small.counting_town(found_office())
    small.count_whole(town, 1, {"丁一": 130, "王二": 110, "张三": 110}, issued=180, void=0, blank=0)
    small.certify(town, 1)
    small.open_next(town, 1)
    small.count_whole(town, 1, {"王二": 90, "张三": 80}, number=2, issued=180)
    small.certify(town, 1, 2)
    assert verify(db.session()) == []


def test_two_tellers_at_the_same_moment_take_the_two_slots(pg: Flask) -> None:
    town = small.counting_town(found_office())
    ids = town.ids(2)
    figures = small.paper({ids["李四"]: 180, ids["赵五"]: 110})
    sheet_id = town.sheet(2, "S02").id
    gate, problems = threading.Barrier(2), []

    def work(which: int) -> None:
        with pg.app_context():
            gate.wait()
            try:
                small.enter(town, sheet_id, figures, which)
            except Exception as error:  # noqa: BLE001 - told to the main thread
                problems.append(error)
            finally:
                db.session.remove()

    db.session.remove()
    threads = [threading.Thread(target=work, args=(n,)) for n in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    sheet = town.sheet(2, "S02")
    assert sheet.state is SheetState.AGREED
    assert sorted(entry.slot for entry in sheet.entries) == [1, 2]
    assert len({entry.person for entry in sheet.entries}) == 2
    assert verify(db.session()) == []

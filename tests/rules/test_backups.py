"""Which backups stay, when one is due and when it is old."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from election.rules.backups import is_due, is_old, superfluous

MOMENTS = st.sets(
    st.integers(0, 60 * 24 * 90).map(
        lambda m: datetime(2026, 9, 1, tzinfo=UTC) + timedelta(minutes=m)
    ),
    max_size=300,
)


@given(MOMENTS)
def test_the_newest_stays_and_so_does_the_last_of_every_recent_day(made: set[datetime]) -> None:
    stay = made - superfluous(made)
    newest_first = sorted(made, reverse=True)
    assert set(newest_first[:10]) <= stay
    days = sorted({moment.date() for moment in made}, reverse=True)[:30]
    for day in days:
        assert max(moment for moment in made if moment.date() == day) in stay
    assert len(stay) <= 10 + 24 + 30
    assert superfluous(stay) == set()


def test_a_whole_counting_day_leaves_a_handful() -> None:
    night = {datetime(2026, 12, 8, 18, tzinfo=UTC) + timedelta(minutes=m) for m in range(300)}
    assert len(night - superfluous(night)) == 10 + 4  # ten minutes, and the hours before them


def test_while_counting_a_backup_is_due_each_minute_and_old_after_three() -> None:
    minute = timedelta(minutes=1)
    assert is_due(None, counting=False)
    assert is_due(minute, counting=True)
    assert not is_due(minute / 2, counting=True)
    assert not is_due(59 * minute, counting=False)
    assert is_due(60 * minute, counting=False)
    assert is_old(None, counting=False)
    assert not is_old(3 * minute, counting=True)
    assert is_old(4 * minute, counting=True)
    assert not is_old(timedelta(hours=25), counting=False)
    assert is_old(timedelta(hours=27), counting=False)

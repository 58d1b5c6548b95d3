"""The sample happens in 2021: its acts carry the moments a real office would have had."""

from datetime import UTC, date, datetime, time, timedelta

UNTIL = (
    "set_up",
    "units",
    "districts",
    "candidates",
    "polling",
    "counting",
    "results",
    "published",
)
"""The stages of the sample in their order; it can stop after each."""

_STEP = timedelta(seconds=7)


class _Moments:
    """One moment after the other, from the start of a day's work on."""

    def __init__(self) -> None:
        self.next = datetime(2021, 10, 8, 1, 0, tzinfo=UTC)

    def now(self) -> datetime:
        """The moment of the next act."""
        self.next += _STEP
        return self.next

    def turn_to(self, day: date, hour: int = 9) -> None:
        """Go on with the work on another day (hours of the township; never back)."""
        moment = datetime.combine(day, time(hour - 8), tzinfo=UTC)
        self.next = max(self.next, moment)


_moments = _Moments()
now, turn_to = _moments.now, _moments.turn_to

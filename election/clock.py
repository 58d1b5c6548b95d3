"""The only reader of the clock. Storage is UTC, paper is Asia/Shanghai."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """This moment in UTC, to the microsecond."""
    return datetime.now(UTC)


def local(at: datetime) -> datetime:
    """A stored moment as the wall clock in the township shows it."""
    return at.astimezone(SHANGHAI)


def today() -> date:
    """The date on the wall calendar in the township."""
    return local(now()).date()

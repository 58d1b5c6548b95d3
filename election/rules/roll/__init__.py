"""The roll of voters (选民名单): what its numbers say together."""

from collections.abc import Sequence


def voters_known(registered: Sequence[int | None]) -> int | None:
    """The voters of all districts; None while one district has not counted its roll.

    registered: voters a district, None: not known, which is no zero. Source: R4.10 (EL 28; ZJ 33).
    """
    known = [voters for voters in registered if voters is not None]
    return sum(known) if len(known) == len(registered) else None

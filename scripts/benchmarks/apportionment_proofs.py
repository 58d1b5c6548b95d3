"""Whether answers are the exact ones: the defining inequalities, in whole numbers, per problem.

Written apart from election.planning.batches. Both methods have one answer only, so an answer that
keeps the inequalities strictly is the exact one; a tie is stated where they can be equalities only.
"""

import numpy as np

from election.planning.apportionment import apportion

_NONE = np.int64(-1)
_HUGE = np.int64(2**40)


def proven(
    people: np.ndarray, seats: np.ndarray, given: np.ndarray, tied: np.ndarray, method: str
) -> np.ndarray:
    """For each problem, whether seats and ties are exact. Products must stay below 2**40."""
    held, level = seats - given.sum(axis=1), tied.sum(axis=1)
    counted = (held == 0) & (level == 0) | (held > 0) & (held < level)
    if method == "largest-remainder":
        return counted & _remainders(people, seats, given, tied)
    return counted & _claims(people, given, tied)


def _remainders(
    people: np.ndarray, seats: np.ndarray, given: np.ndarray, tied: np.ndarray
) -> np.ndarray:
    """Who rounds up has a larger remainder than who is tied, and that more than all others."""
    total = people.sum(axis=1)[:, None]
    rest = people * seats[:, None] - given * total  # negative: rounded up
    up = rest < 0
    whole = ((rest < total) & (rest >= -total)).all(axis=1)
    rest += up * total
    lowest_up = np.where(up, rest, _HUGE).min(axis=1)
    return whole & _between(rest, lowest_up, np.where(~up & ~tied, rest, _NONE).max(axis=1), tied)


def _between(
    rest: np.ndarray, higher: np.ndarray, lower: np.ndarray, tied: np.ndarray
) -> np.ndarray:
    """Served > tied (all equal) > not served."""
    top = np.where(tied, rest, _NONE).max(axis=1)
    bottom = np.where(tied, rest, _HUGE).min(axis=1)
    some = tied.any(axis=1)
    return np.where(some, (higher > top) & (top == bottom) & (top > lower), higher > lower)


def _claims(people: np.ndarray, given: np.ndarray, tied: np.ndarray) -> np.ndarray:
    """Every last claim is above every next claim; the next claims of the tied are the highest."""
    good = np.ones(len(people), dtype=bool)
    for one in range(people.shape[1]):
        for other in range(people.shape[1]):
            last = people[:, one] * (2 * given[:, other] + 1)
            following = people[:, other] * (2 * given[:, one] - 1)
            good &= (given[:, one] == 0) | (last > following)
            if one != other:
                mine = people[:, one] * (2 * given[:, other] + 1)
                theirs = people[:, other] * (2 * given[:, one] + 1)
                same = tied[:, one] & tied[:, other]
                above = tied[:, one] & ~tied[:, other]
                good &= np.where(same, mine == theirs, ~above | (mine > theirs))
    return good


def equal_to_fractions(
    people: np.ndarray, seats: np.ndarray, given: np.ndarray, tied: np.ndarray, method: str
) -> int:
    """How many of these problems the single function, in fractions, answers the same."""
    same = 0
    rows = zip(people.tolist(), seats.tolist(), given.tolist(), tied.tolist(), strict=True)
    for row, number, mine, level in rows:
        units = apportion({str(i): p for i, p in enumerate(row)}, number, method=method).units
        same += [u.seats for u in units] == mine and [u.tied for u in units] == level
    return same

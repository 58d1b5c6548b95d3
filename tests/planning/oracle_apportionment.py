"""Naive second implementations of sharing seats, from the definitions in the textbooks.

Divisor methods: try every divisor at which any quotient changes its rounding. Largest remainder,
Sainte-Lague and Huntington-Hill: look at every allocation and take those that keep the sum of
squared errors least. Slow, short, and written without a look at the program's own way.
"""

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise, product
from math import floor, prod

Limits = tuple[int, int | None]
Answer = tuple[list[int], list[bool]]  # sure seats, tied


def round_down(q: Fraction, method: str) -> int:
    """Round a quotient by the method's rule, an exact boundary downwards."""
    whole = floor(q)
    if method == "dhondt":
        return max(whole - (q == whole), 0)
    if method == "adams":
        return whole + (q > whole)
    return whole + (_above_mean(q, whole, method) > 0)


def round_up(q: Fraction, method: str) -> int:
    """Round a quotient by the method's rule, an exact boundary upwards."""
    whole = floor(q)
    if method == "dhondt":
        return whole
    if method == "adams":
        return whole + 1
    return whole + (_above_mean(q, whole, method) >= 0)


def _above_mean(q: Fraction, s: int, method: str) -> Fraction:
    """Quotient minus the arithmetic, geometric (squared) or harmonic mean of s and s + 1."""
    if method == "sainte-lague":
        return q - Fraction(s + s + 1, 2)
    if method == "huntington-hill":
        return q * q - s * (s + 1)
    harmonic = 2 / (Fraction(1, s) + Fraction(1, s + 1)) if s else Fraction(0)
    return q - harmonic


def by_divisor(populations: list[int], seats: int, method: str, limits: Limits) -> Answer:
    """The allocation of the one divisor that works, found by trying all that matter."""
    least, cap = limits

    def allocation(d2: Fraction, rule: Callable[[Fraction, str], int]) -> list[int]:
        # for Huntington-Hill critical divisors are roots: compare in squares, d2 = d * d
        rounded = [0 if p == 0 else _with_square(p, d2, method, rule) for p in populations]
        top = seats if cap is None else cap
        return [
            least if p == 0 else min(max(n, least), max(top, least))
            for p, n in zip(populations, rounded, strict=True)
        ]

    for d2 in sorted(_critical(populations, seats, method), reverse=True):
        low, high = allocation(d2, round_down), allocation(d2, round_up)
        if sum(low) <= seats <= sum(high):
            if seats in (sum(low), sum(high)):
                return (low if sum(low) == seats else high), [False] * len(low)
            return low, [a < b for a, b in zip(low, high, strict=True)]
    raise AssertionError("no divisor")


def _critical(populations: list[int], seats: int, method: str) -> set[Fraction]:
    """Squares of all divisors that put some quotient on a rounding boundary, and one beyond."""
    found = {Fraction((2 * sum(populations) + 1) ** 2)}
    for p in populations:
        for s in range(seats + 1):
            mean2 = {
                "dhondt": Fraction((s + 1) ** 2),
                "adams": Fraction(s * s),
                "sainte-lague": Fraction(2 * s + 1, 2) ** 2,
                "huntington-hill": Fraction(s * (s + 1)),
                "dean": Fraction(2 * s * (s + 1), 2 * s + 1) ** 2,
            }[method]
            if mean2 and p:
                found.add(p * p / mean2)
    return found


def _with_square(p: int, d2: Fraction, method: str, rule: Callable[[Fraction, str], int]) -> int:
    if method != "huntington-hill":
        root = _root(d2)
        if root is not None:
            return rule(p / root, method)
    q2 = p * p / d2
    s = 0
    while (s + 1) ** 2 <= q2:
        s += 1
    up = q2 > s * (s + 1) or (rule is round_up and q2 == s * (s + 1))
    return s + up


def _root(value: Fraction) -> Fraction | None:
    root = Fraction(round(value.numerator**0.5), round(value.denominator**0.5))
    return root if root * root == value else None


def by_squares(populations: list[int], seats: int, method: str, limits: Limits) -> Answer:
    """The allocations with the least sum of squared errors; who varies among them is tied."""
    least, cap = limits
    top = max(seats if cap is None else cap, least)
    ranges = [range(least, least + 1) if p == 0 else range(least, top + 1) for p in populations]
    shares, _both = shares_in_passes(populations, seats, least, top)
    if sum(shares) != seats:
        shares = clamped_shares(populations, seats, least, top)

    def error(allocation: tuple[int, ...]) -> Fraction:
        pairs = [(p, a, x) for p, a, x in zip(populations, allocation, shares, strict=True) if p]
        if method == "largest-remainder":
            return sum(((a - x) ** 2 for _, a, x in pairs), Fraction())
        if method == "sainte-lague":  # sum over people of (seats per person)^2
            return sum((Fraction(a * a, p) for p, a, _ in pairs), Fraction())
        # Huntington-Hill: sum over seats of (people per seat)^2; no seat at all is out of question
        return sum((Fraction(p * p, a) if a else Fraction(10**30) for p, a, _ in pairs), Fraction())

    assert prod(len(r) for r in ranges) < 200_000
    fitting = [a for a in product(*ranges) if sum(a) == seats]
    lowest = min(map(error, fitting))
    winners = [a for a in fitting if error(a) == lowest]
    sure = [min(column) for column in zip(*winners, strict=True)]
    return sure, [max(c) > min(c) for c in zip(*winners, strict=True)]


def shares_in_passes(
    populations: list[int], seats: int, least: int, top: int
) -> tuple[list[Fraction], bool]:
    """The rule word by word: fix who falls out, below or above, and share the rest anew.

    Also whether some pass had people on both sides. A sum other than the seats is a dead end.
    """
    shares = [Fraction(least) for _ in populations]
    free = [n for n, p in enumerate(populations) if p]
    left, both = Fraction(seats - least * (len(populations) - len(free))), False
    while free:
        for n in free:
            shares[n] = left * populations[n] / sum(populations[m] for m in free)
        low, high = [n for n in free if shares[n] < least], [n for n in free if shares[n] > top]
        if not low and not high:
            break
        both = both or bool(low and high)
        for n in low + high:
            shares[n] = Fraction(least if n in low else top)
            left -= shares[n]
        free = [n for n in free if n not in low + high]
    return shares, both


def clamped_shares(populations: list[int], seats: int, least: int, top: int) -> list[Fraction]:
    """Shares in proportion to population, none outside its limits, with the sum of seats.

    Looks for the seats per person at which the clamped shares add up: between two neighbouring
    points where some unit meets a limit the sum is a straight line.
    """

    def clamped(rate: Fraction) -> list[Fraction]:
        return [
            Fraction(least) if p == 0 else min(max(rate * p, Fraction(least)), Fraction(top))
            for p in populations
        ]

    corners = {Fraction(limit, p) for p in populations if p for limit in (least, top)}
    corners |= {Fraction(0), Fraction(top + 1)}
    for low, high in pairwise(sorted(corners)):
        below, above = sum(clamped(low)), sum(clamped(high))
        if below <= seats <= above:
            part = Fraction(seats - below, above - below) if above > below else Fraction(0)
            return clamped(low + part * (high - low))
    raise AssertionError("no rate")

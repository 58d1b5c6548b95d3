"""Exact figures as text: halves away from zero, so that a paper and a page never differ."""

from fractions import Fraction

from election.rules.terms import Text


def decimal(value: Fraction, places: int = 1, *, sign: bool = False) -> str:
    """A value to so many decimals: 583.6, -0.42, 2.0000; with sign: +0.42, 0.00."""
    scaled = int(abs(value) * 10**places * 2 + 1) // 2
    lead = "-" if value < 0 and scaled else "+" if sign and scaled else ""
    digits = f"{scaled:0{places + 1}d}"
    return f"{lead}{digits[:-places]}.{digits[-places:]}" if places else f"{lead}{digits}"


def percent(value: Fraction, places: int = 2, *, sign: bool = False) -> str:
    """4.20%; with sign: +4.20%, 0.00%."""
    return f"{decimal(value * 100, places, sign=sign)}%"


def in_seats(value: Fraction) -> Text:
    """The weighted sum of deviations: by how many seats exact shares and seats differ together."""
    text = decimal(value, 3)
    return Text(f"{text}名", f"{text} seats")


def count(value: int) -> Text:
    """A number of people: 1210 in Chinese papers, 1,210 in English."""
    return Text(str(value), f"{value:,}")


def rate(value: Fraction) -> Text:
    """People per deputy to one decimal: 2840.0 in Chinese papers, 2,840.0 in English."""
    text = decimal(value)
    whole, _point, tenths = text.partition(".")
    return Text(text, f"{int(whole):,}.{tenths}")

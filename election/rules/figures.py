"""Reading a whole number as people type it: the one function behind every field, cell and option.

Chinese keyboards write digits of full width (１２) as readily as plain ones: both are digits. What
only looks like a number ("3.0", "1e9", "+1", "1,000", "1_0", "³", "二") is not guessed at.
"""

import re

_WIDE, _PLAIN = "０１２３４５６７８９", "0123456789"
_TO_PLAIN = str.maketrans(_WIDE, _PLAIN)
_DIGITS = re.compile("[0-9]+")


def plain_digits(text: str) -> str:
    """The text with its digits of full width written as 0-9, as NFKC has them; no other change.

    NFKC itself would read ³ and ③ as 3 too.
    """
    return text.translate(_TO_PLAIN)


def whole_number(text: str, longest: int) -> int | None:
    """The number that stands alone in a text, spaces around it aside; None where none does.

    longest: how many digits it may have, zeros in front included.
    """
    digits = plain_digits(text.strip())
    if len(digits) > longest or not _DIGITS.fullmatch(digits):
        return None
    return int(digits)

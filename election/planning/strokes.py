"""How many strokes a Chinese character has: a thin layer over the `strokes` table (Unihan data)."""

import strokes

# Held against two other tables, of the 6,944 characters that cnchar 3.2.6 counts and the 9,574 that
# hanzi-writer-data 2.0.1 draws stroke by stroke: both contradict the `strokes` table on 范 alone.
# The dictionaries of the standard language list 〇 under one stroke; the table leaves it out.
_CORRECTED = {"范": 8, "〇": 1}


def strokes_of(char: str) -> int | None:
    """The number of strokes of one character; None when the table does not know it.

    Raises ValueError for anything but one character.
    """
    if len(char) != 1:
        raise ValueError("strokes_of takes exactly one character")
    count = _CORRECTED.get(char) or int(strokes.strokes(char))  # 0 stands for unknown
    return count or None

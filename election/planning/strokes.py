"""How many strokes a Chinese character has: a thin layer over the `strokes` table (Unihan data)."""

import strokes

# The dictionaries of the standard language list 〇 under one stroke; the table leaves it out.
_SUPPLEMENT = {"〇": 1}


def strokes_of(char: str) -> int | None:
    """The number of strokes of one character; None when the table does not know it.

    Raises ValueError for anything but one character.
    """
    if len(char) != 1:
        raise ValueError("strokes_of takes exactly one character")
    count = int(strokes.strokes(char))  # 0 stands for unknown
    return count or _SUPPLEMENT.get(char)

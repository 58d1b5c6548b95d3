"""Printed papers: a Typst template and data in, the bytes of a PDF out.

Data reach a template as JSON through sys.inputs and are never read as markup, so a name such as
"#read(...)" is only a name. The font is the one file a pip package brings; fonts of the machine are
ignored, so equal data give equal bytes everywhere. Imports of the compiler are lazy: it is heavy.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

FONT_FILE = "NotoSansSC-Regular.ttf"
FONT_FAMILY = "Noto Sans SC"  # what templates call it
_HERE = Path(__file__).resolve().parent
_UNPRINTED = frozenset(" \t\n\r\u3000\u00a0")


class FontMissing(RuntimeError):
    """The package that brings the Chinese font is not installed."""


def render(template_name: str, data: Mapping[str, object]) -> bytes:
    """Compile <template_name>.typ of this folder with the data into a PDF (bytes).

    The template reads `json(bytes(sys.inputs.data))`. Raises FileNotFoundError for an unknown
    template, TypeError for data JSON cannot tell, typst.TypstError for a fault of the template.
    """
    import typst  # noqa: PLC0415 - heavy

    source = _HERE / f"{template_name}.typ"
    if not source.is_file() or source.parent != _HERE:
        raise FileNotFoundError(source.name)
    pdf: bytes = typst.compile(
        str(source),
        root=str(_HERE),
        font_paths=[str(font_path().parent)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_tags=False,  # tags make lists of thousands of rows eighteen times larger
    )
    return pdf


def missing_glyphs(data: object) -> tuple[str, ...]:
    """The characters of all texts in the data that the font cannot print, each once, in order.

    data: strings, numbers, and lists or mappings of them (values only). The compiler itself leaves
    an empty box without a word, so every document asks here first.
    """
    printable = _characters()
    signs = dict.fromkeys(sign for text in _texts(data) for sign in text)
    return tuple(sign for sign in signs if sign not in _UNPRINTED and ord(sign) not in printable)


def font_path() -> Path:
    """The font file of the pip package, found without importing it. Raises FontMissing."""
    spec = find_spec("zhplot")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / "fonts" / FONT_FILE
        if path.is_file():
            return path
    raise FontMissing(FONT_FILE)


@cache
def _characters() -> frozenset[int]:
    """Code points the font has a glyph for."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - heavy

    with TTFont(font_path(), lazy=True) as font:
        return frozenset(font.getBestCmap())


def _texts(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _texts(value)

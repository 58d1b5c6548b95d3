"""Message catalogues: one part per stage, merged and compiled into what gettext reads.

Message ids are the English sentences; English therefore needs no catalogue, and the Chinese one is
complete by test.
"""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

HERE = Path(__file__).resolve().parent
LANGUAGE = "zh_Hans_CN"


class Clash(ValueError):
    """Two parts translate one message differently."""


def parts(language: str = LANGUAGE) -> list[Path]:
    """The .po files of a language, sorted."""
    return sorted((HERE / language).glob("*.po"))


def read(part: Path, language: str = LANGUAGE) -> Catalog:
    """The sentences of one part."""
    with part.open("rb") as file:
        return read_po(file, locale=language)


def merged(language: str = LANGUAGE) -> Catalog:
    """All parts as one catalogue; raises Clash when they disagree."""
    whole = Catalog(locale=language)
    for path in parts(language):
        for message in read(path, language):
            if not message.id:
                continue
            known = whole.get(message.id)
            if known and known.string != message.string:
                raise Clash(f"{path.name}: {message.id!r} is translated differently elsewhere")
            whole.add(message.id, message.string)
    return whole


def compile_all(language: str = LANGUAGE) -> Path:
    """Write messages.mo when a part is newer than it; where it is."""
    target = HERE / language / "LC_MESSAGES" / "messages.mo"
    newest = max((part.stat().st_mtime for part in parts(language)), default=0.0)
    if not target.exists() or target.stat().st_mtime < newest:
        catalogue = merged(language)  # may raise: then the old file stays
        target.parent.mkdir(exist_ok=True)
        with target.open("wb") as file:
            write_mo(file, catalogue)
    return target

"""Ways to change the files of a package: a text, a document, lines, the records of the chain."""

import json
from collections.abc import Callable
from typing import Any

from election.exchange.publication.verifier.verify import digest

Files = dict[str, bytes]


def replaced(name: str, old: str, new: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        text = files[name].decode()
        assert old in text, old
        files[name] = text.replace(old, new, 1).encode()

    return change


def edited(name: str, edit: Callable[[Any], None]) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        document = json.loads(files[name])
        edit(document)
        files[name] = json.dumps(document, ensure_ascii=False).encode()

    return change


def without_lines(name: str, start: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        lines = files[name].decode().splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(start)]
        assert len(kept) < len(lines)
        files[name] = "".join(kept).encode()

    return change


def records(edit: Callable[[list[Any]], None]) -> Callable[[Files], None]:
    """Change the records of the chain; links and hashes stay as they were."""

    def change(files: Files) -> None:
        chain = [json.loads(line) for line in files["audit.jsonl"].splitlines()]
        edit(chain)
        lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in chain)
        files["audit.jsonl"] = "".join(lines).encode()

    return change


def rehashed(edit: Callable[[list[Any]], None]) -> Callable[[Files], None]:
    """Change the records and make the whole chain consistent again, with its new head."""

    def change(files: Files) -> None:
        chain = [json.loads(line) for line in files["audit.jsonl"].splitlines()]
        edit(chain)
        prev = "0" * 64
        for number, record in enumerate(chain, start=1):
            record.update(seq=number, prev=prev)
            if "data" in record:
                record["digest"] = digest(record["data"])
            record["hash"] = digest({k: v for k, v in record.items() if k not in ("data", "hash")})
            prev = record["hash"]
        lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in chain)
        files["audit.jsonl"] = "".join(lines).encode()
        edited("results.json", lambda doc: doc.update(audit_head=prev))(files)

    return change

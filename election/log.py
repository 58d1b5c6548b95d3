"""A structured log without personal data: one JSON object a line on stderr."""

import json
import logging
import sys
from datetime import UTC, datetime

_KNOWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


class OneLine(logging.Formatter):
    """JSON on one line; whatever a name contains, a record stays one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, logger, message, extras, and the trace without values."""
        document: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        document |= {name: v for name, v in vars(record).items() if name not in _KNOWN}
        if record.exc_info and record.exc_info[0]:
            document["error"] = record.exc_info[0].__name__
            document["trace"] = self.formatException(record.exc_info).splitlines()[-12:]
        return json.dumps(document, ensure_ascii=False, default=str)


def set_up(level: int = logging.INFO) -> None:
    """Send everything through the one-line formatter."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("xuanban").setLevel(level)

"""docs/CODES.md: what is wrong, what would be right, in both languages."""

from election.cli.lawbook.sources import HEAD
from election.rules.codes import CODES
from election.rules.terms import Code


def codes_page() -> str:
    """The table of codes, in the order of their numbers."""
    lines = [
        HEAD,
        "# 代码表 / Table of codes\n",
        "E 错误：必须更正 / must be corrected; A 须书面决定 / needs a written decision;",
        "W 提醒：须说明 / to be looked at and explained; R 不予办理 / refused.\n",
        "| 代码 code | 原因 cause | 办法 remedy | 依据 source |",
        "| --- | --- | --- | --- |",
    ]
    lines += [_code_row(code) for code in sorted(CODES, key=lambda c: (c.id[2:], c.id))]
    return "\n".join(lines) + "\n"


def _code_row(code: Code) -> str:
    source = " · ".join(part for part in (code.rule, code.article) if part)
    return (
        f"| {code.id} | {code.cause.zh}<br>{code.cause.en} "
        f"| {code.remedy.zh}<br>{code.remedy.en} | {source} |"
    )

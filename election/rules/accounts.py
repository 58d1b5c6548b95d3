"""What a good password and a good account are, and when a township may still be named."""

from election.rules.terms import Code, Finding, Text, finding

MIN_LENGTH = 12
UNNAMED = "000000000"  # the code of a township that its administrator has not named yet
_COMMON = frozenset({"password", "qwerty", "123456", "abc123", "111111", "admin", "woaini"})

TOO_SHORT = Code(
    "E.901",
    "D13",
    "",
    Text("密码只有{length}位", "the password has only {length} characters"),
    Text("至少{least}位", "use at least {least}"),
)
TOO_COMMON = Code(
    "E.902",
    "D13",
    "",
    Text("密码太常见或重复太多，容易被猜中", "the password is easy to guess"),
    Text(
        "换一组不常见的词或一句话，不要用姓名、用户名或地名",
        "use a few uncommon words or a sentence, no names or places",
    ),
)
TAKEN = Code(
    "R.903",
    "D13",
    "",
    Text("用户名“{username}”已被使用", 'the user name "{username}" is taken'),
    Text("请换一个用户名", "choose another"),
)
SAME_PERSON = Code(
    "R.904",
    "D13",
    "",
    Text(
        "已有名为“{name}”的人员（编号{number}）；一人只能有一个账户",
        'there is already an official named "{name}" (number {number}); one person, one account',
    ),
    Text(
        "如确为同名的另一人，请勾选“同名不同人”", "if it is a namesake, tick the box and try again"
    ),
)
WRONG_PASSWORD = Code(
    "R.905",
    "D13",
    "",
    Text("原密码不正确", "the current password is not right"),
    Text("请重新输入；忘记密码请管理员重置", "try again, or let the administrator reset it"),
)
NO_ROLE = Code(
    "R.906",
    "D13",
    "",
    Text("没有选择职责", "no role was chosen"),
    Text("至少选择一项职责", "choose at least one"),
)
LAST_ADMINISTRATOR = Code(
    "R.907",
    "D13",
    "",
    Text("这是最后一名管理员，不能停用或取消其职责", "this is the last administrator"),
    Text("请先另设一名管理员", "make somebody else administrator first"),
)
ALREADY_PUBLISHED = Code(
    "R.908",
    "D11",
    "",
    Text(
        "已有公布的选举结果，乡镇名称、代码和所属县不能再改",
        "results are published under this name: township, code and county are not changed any more",
    ),
    Text(
        "行政区划名称变更的，换届后用新的数据文件夹办理",
        "after a change of name begin the next election in a new data folder",
    ),
)
OTHER_TOWNSHIP = Code(
    "R.909",
    "D10",
    "",
    Text("代码{number}已用于另一个乡镇", "code {number} is that of another township here"),
    Text("请核对统计用区划代码", "check the statistical code"),
)
CODES: tuple[Code, ...] = (
    TOO_SHORT,
    TOO_COMMON,
    TAKEN,
    SAME_PERSON,
    WRONG_PASSWORD,
    NO_ROLE,
    LAST_ADMINISTRATOR,
    ALREADY_PUBLISHED,
    OTHER_TOWNSHIP,
)


def check_password(password: str, *, avoid: tuple[str, ...] = ()) -> list[Finding]:
    """Faults of a new password; `avoid` holds the user name, the person's name, the township."""
    findings: list[Finding] = []
    if len(password) < MIN_LENGTH:
        findings.append(finding(TOO_SHORT, "password", length=len(password), least=MIN_LENGTH))
    lowered = password.lower()
    named = any(word and word.lower() in lowered for word in avoid)
    if named or len(set(lowered)) < 5 or any(lowered.startswith(word) for word in _COMMON):
        findings.append(finding(TOO_COMMON, "password"))
    return findings

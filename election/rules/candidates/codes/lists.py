"""Codes of the two lists and of the formal candidates."""

from election.rules.terms import declare_code

TOO_FEW_FORMAL = declare_code(
    "E.461",
    rule="R5.8",
    article="EL 31(2); ZJ 36(1)",
    zh="应选{seats}名，正式代表候选人{count}名，少于法定最少数{least}名",
    en="{count} formal candidates for {seats} seats, fewer than the legal {least}",
    remedy_zh="补足正式代表候选人；实行差额选举，人数不足不得投票",
    remedy_en="add formal candidates: an election without the legal difference is invalid",
)
TOO_MANY_FORMAL = declare_code(
    "E.462",
    rule="R5.8",
    article="EL 31(2); ZJ 36(1)",
    zh="应选{seats}名，正式代表候选人{count}名，多于法定最多数{most}名",
    en="{count} formal candidates for {seats} seats, more than the legal {most}",
    remedy_zh="由选民小组讨论协商减少，意见不能较为一致的进行预选",
    remedy_en="reduce them by consultation of the voter groups, or else by a primary",
)
TOO_FEW_NOMINEES = declare_code(
    "E.463",
    rule="R5.13",
    article="EL 31; ZJ 36(1)",
    zh="应选{seats}名，只有{count}人被推荐，少于最少数{least}名，不能进行投票",
    en="{count} nominees for {seats} seats, fewer than {least}: voting cannot be held",
    remedy_zh="继续推荐，至少再推荐{missing}人",
    remedy_en="find at least {missing} more nominations",
)
TOO_MANY_NOMINEES = declare_code(
    "A.464",
    rule="R5.9",
    article="EL 32(1); ZJ 36",
    zh="应选{seats}名，{count}人被推荐，超过最多数{most}名",
    en="{count} nominees for {seats} seats, more than {most}",
    remedy_zh="交选民小组讨论协商，按较多数选民的意见确定；不能形成较为一致意见的，预选",
    remedy_en=(
        "return the list to the voter groups and follow the larger part of opinions; failing that "
        "hold a primary"
    ),
)
LOW_PRIMARY_TURNOUT = declare_code(
    "E.465",
    rule="R5.10",
    article="BJ 41",
    zh="预选有{participants}人参加，选区有选民{voters}人，未达到所定的比例{share}",
    en="{participants} of {voters} voters took part in the primary, below the share {share}",
    remedy_zh="重新组织预选",
    remedy_en="hold the primary again",
)
EQUAL_STROKES = declare_code(
    "W.466",
    rule="R5.7, R5.12",
    article="EL 32; ZJ 35; ZJ 36(4)",
    zh="“{first}”和“{second}”中的“{first_char}”与“{second_char}”同为{strokes}画，先后须由人确定",
    en=(
        "{first} and {second}: {first_char} and {second_char} both have {strokes} strokes; a "
        "person must confirm who comes first"
    ),
    remedy_zh="按起笔的笔形（横、竖、撇、点、折）核对后确认",
    remedy_en="compare the forms of their first strokes and confirm",
)
UNKNOWN_STROKES = declare_code(
    "A.467",
    rule="R5.7, R5.12",
    article="EL 32; ZJ 35; ZJ 36(4)",
    zh="“{name}”中的“{char}”查不到笔划数，暂排在最后",
    en='no stroke count is known for "{char}" of {name}; it is placed last for now',
    remedy_zh="人工数出笔划后填写",
    remedy_en="count the strokes and enter the number",
)
WRONG_STROKE_ORDER = declare_code(
    "E.468",
    rule="R5.7, R5.12",
    article="EL 32; ZJ 35; ZJ 36(4)",
    zh="“{first}”排在“{second}”之前，但“{first_char}”{more}画，“{second_char}”{fewer}画",
    en=(
        "{first} stands before {second}, but {first_char} has {more} strokes and {second_char} "
        "{fewer}"
    ),
    remedy_zh="按姓名笔划由少到多排列",
    remedy_en="order the names by strokes, fewest first",
)
SAME_NAME = declare_code(
    "W.469",
    rule="R8.11",
    article="EL 41; ZJ 46",
    zh="有两名候选人同叫“{name}”",
    en="two candidates are both called {name}",
    remedy_zh="在名单和选票上加注单位或者村居以示区别，先后由人确定",
    remedy_en="print unit or village to tell them apart; a person decides who comes first",
)

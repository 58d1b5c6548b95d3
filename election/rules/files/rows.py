"""Codes of rows of nominations and of counts that are read from a table."""

from election.rules.terms import declare_code

BAD_DAY = declare_code(
    "E.838",
    rule="D16",
    zh="“{value}”不是日期",
    en='"{value}" is not a day',
    remedy_zh="写作2021-11-20",
    remedy_en="write it as 2021-11-20",
)
DAY_TO_COME = declare_code(
    "E.839",
    rule="D16",
    zh="{value}还没有到",
    en="{value} has not come yet",
    remedy_zh="请填写实际收到的日期",
    remedy_en="write the day on which it was received",
)
BAD_MONTH = declare_code(
    "E.840",
    rule="D16",
    zh="“{value}”不是年月",
    en='"{value}" is not a month',
    remedy_zh="写作1980-05",
    remedy_en="write it as 1980-05",
)
DISTRICT_UNKNOWN = declare_code(
    "E.841",
    rule="D16",
    zh="已通过的方案中没有选区“{value}”",
    en='no adopted plan has the district "{value}"',
    remedy_zh="写作“镇级第3选区”“县级第1选区”",
    remedy_en="write it as town-3 or county-1",
)
NOMINATORS = declare_code(
    "E.842",
    rule="R5.1",
    article="EL 30; ZJ 34",
    zh="推荐单位和联名人应当填写其中一项，而且只填一项",
    en="either the organisations or the voters who signed: one of them, and only one",
    remedy_zh="政党、人民团体推荐的填推荐单位，选民联名推荐的填联名人",
    remedy_en="name the party or organisation, or list the voters",
)
SIGNER_COUNT = declare_code(
    "E.843",
    rule="R5.1",
    article="EL 30; ZJ 34",
    zh="联名人列出{names}名，联名人数填写{count}名",
    en="{names} voters are listed, the number of voters says {count}",
    remedy_zh="请对照推荐表核对",
    remedy_en="compare with the paper",
)
BAD_PAPERS = declare_code(
    "E.844",
    rule="R5.1",
    article="EL 30; ZJ 34",
    zh="{fault}",
    en="{fault}",
    remedy_zh="请对照推荐表改正",
    remedy_en="correct it from the paper",
)
SHEET_UNKNOWN = declare_code(
    "E.845",
    rule="D16",
    zh="没有“{value}”的计票单",
    en='there is no count sheet "{value}"',
    remedy_zh="轮次写作town-3-r1，场所写作S01，与成果包的counts.csv相同",
    remedy_en="write the round as town-3-r1 and the place as S01, as in counts.csv of a package",
)
ITEM_TWICE = declare_code(
    "E.846",
    rule="D16",
    zh="同一计票单的“{value}”已在第{first}行列出",
    en='"{value}" of this sheet stands already in row {first}',
    remedy_zh="每项只保留一行",
    remedy_en="one row for each item",
)
OTHER_STAGE = declare_code(
    "E.847",
    rule="R8.1",
    article="EL 43; ZJ 47",
    zh="计票单“{value}”现在需要第{wanted}次录入，文件中是第{given}次",
    en="sheet {value} wants entry {wanted} now, the file holds entry {given}",
    remedy_zh="两次录入由两人先后分别办理",
    remedy_en="two people make the two entries, one after the other",
)
NOBODY = declare_code(
    "E.848",
    rule="D13",
    zh="没有用户名为“{value}”的在用账户",
    en='nobody with the user name "{value}" is active',
    remedy_zh="请填写计票人本人的用户名",
    remedy_en="give the user name of the teller who read the paper",
)
LOOK_AGAIN = declare_code(
    "W.849",
    rule="R8.10",
    article="EL 43; ZJ 47",
    zh="{finding}：{items}",
    en="{finding}: {items}",
    remedy_zh="请再看一遍计票单；确与计票单一致的，加上--confirmed",
    remedy_en="look at the paper again; if it says so, add --confirmed",
)

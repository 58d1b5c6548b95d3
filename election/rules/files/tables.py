"""What can be wrong with a file that people hand in: tables and their cells.

The sentences say what is wrong and what would be right; where it is (row, column) stands in the
facts `row` and `column` of the finding, so that a page can show it as a table.
"""

from election.rules.terms import declare_code

FILE_EMPTY = declare_code(
    "E.801",
    rule="D16",
    zh="文件是空的",
    en="the file is empty",
    remedy_zh="请选择填好的表格",
    remedy_en="choose the table that was filled in",
)
FILE_TOO_LARGE = declare_code(
    "E.802",
    rule="D16",
    zh="文件大小{size}MB，超过{most}MB",
    en="the file has {size} MB, more than {most} MB",
    remedy_zh="请删去图片和多余的工作表后再导入",
    remedy_en="remove pictures and sheets that are not needed",
)
NOT_A_TABLE = declare_code(
    "E.803",
    rule="D16",
    zh="“{value}”既不是XLSX工作簿，也不是CSV文本",
    en='"{value}" is neither an XLSX workbook nor a CSV text',
    remedy_zh="请用WPS或Excel另存为“.xlsx”或“.csv”（旧的“.xls”和设了密码的也要另存）",
    remedy_en="save it as .xlsx or .csv (an old .xls or a protected workbook must be saved anew)",
)
TOO_MANY_PARTS = declare_code(
    "E.804",
    rule="D16",
    zh="压缩包内有{count}个文件，超过{most}个",
    en="the package has {count} parts, more than {most}",
    remedy_zh="请只保留要导入的工作表，另存后再导入",
    remedy_en="keep only the sheet to be imported, save it anew",
)
UNPACKED_TOO_LARGE = declare_code(
    "E.805",
    rule="D16",
    zh="解压后超过{most}MB",
    en="unpacked it has more than {most} MB",
    remedy_zh="请只保留要导入的工作表，另存后再导入",
    remedy_en="keep only the sheet to be imported, save it anew",
)
WORKBOOK_BROKEN = declare_code(
    "E.806",
    rule="D16",
    zh="工作簿打不开：文件损坏，或设有密码",
    en="the workbook cannot be read: damaged, or protected",
    remedy_zh="请取消密码，用WPS或Excel打开后另存为“.xlsx”",
    remedy_en="remove the password, open it and save it anew as .xlsx",
)
UNSAFE_WORKBOOK = declare_code(
    "E.807",
    rule="D16",
    zh="工作簿含有宏、外部链接或实体声明（{value}），不予读取",
    en="the workbook holds macros, outside links or entities ({value}); it is not read",
    remedy_zh="请把数据复制到新的空白工作簿，另存为“.xlsx”",
    remedy_en="copy the data into a new, empty workbook and save it as .xlsx",
)
ENCODING = declare_code(
    "E.808",
    rule="D16",
    zh="文字编码既不是UTF-8也不是GB18030，或已损坏",
    en="the text is neither UTF-8 nor GB18030, or it is damaged",
    remedy_zh="请用WPS或Excel另存为“CSV UTF-8”",
    remedy_en='save it as "CSV UTF-8"',
)
TOO_MANY_ROWS = declare_code(
    "E.809",
    rule="D16",
    zh="表格超过{most}行",
    en="the table has more than {most} rows",
    remedy_zh="请删去多余的行，或分成几个文件",
    remedy_en="remove rows that are not needed, or split the file",
)
TOO_MANY_COLUMNS = declare_code(
    "E.810",
    rule="D16",
    zh="表格超过{most}列",
    en="the table has more than {most} columns",
    remedy_zh="请删去多余的列",
    remedy_en="remove columns that are not needed",
)
BAD_CSV = declare_code(
    "E.811",
    rule="D16",
    zh="引号不成对，或单元格过长",
    en="quotation marks do not match, or a cell is too long",
    remedy_zh="请用WPS或Excel重新另存为“CSV UTF-8”",
    remedy_en='save it anew as "CSV UTF-8"',
)
COLUMN_MISSING = declare_code(
    "E.812",
    rule="D16",
    zh="前{rows}行中没有含“{name}”列的表头",
    en='none of the first {rows} rows is a header with the column "{name}"',
    remedy_zh="请使用本页提供的模板，表头应有：{columns}；CSV以英文逗号分隔",
    remedy_en="use the template; its columns: {columns}; a CSV is separated by commas",
)
COLUMN_TWICE = declare_code(
    "E.813",
    rule="D16",
    zh="表头“{name}”出现了两次",
    en='the column "{name}" stands twice in the header',
    remedy_zh="请只保留一列",
    remedy_en="keep one of them",
)
CELL_ERROR = declare_code(
    "E.814",
    rule="D16",
    zh="“{value}”是公式错误值",
    en='"{value}" is what a broken formula leaves',
    remedy_zh="请改正公式，或直接填写数值",
    remedy_en="correct the formula, or type the value",
)
BAD_CHARACTER = declare_code(
    "E.815",
    rule="D16",
    zh="“{value}”含有无法使用的字符（{character}）",
    en='"{value}" holds a character that cannot be used ({character})',
    remedy_zh="请删去该字符，或用输入法重新录入",
    remedy_en="remove the character, or type it anew",
)
FORMULA_START = declare_code(
    "E.816",
    rule="D16",
    zh="“{value}”以公式符号（= + - @ '）开头",
    en='"{value}" begins like a formula (= + - @ \')',
    remedy_zh="请删去开头的符号",
    remedy_en="remove the sign at its beginning",
)
NOT_WHOLE = declare_code(
    "E.817",
    rule="D16",
    zh="“{value}”不是0或正整数",
    en='"{value}" is not 0 or a positive whole number',
    remedy_zh="只填数字，不带小数、逗号和单位，例如1200；不知道的留空",
    remedy_en=(
        "write only digits, without point, comma or unit, as 1200; leave it empty if it "
        "is not known"
    ),
)
TOO_GREAT = declare_code(
    "E.818",
    rule="D16",
    zh="“{value}”超过{most}",
    en='"{value}" is more than {most}',
    remedy_zh="请核对是否多打了数字",
    remedy_en="check whether a digit was typed twice",
)
DIGITS_LOST = declare_code(
    "E.819",
    rule="D16",
    zh="“{value}”是科学记数法，末尾数字已丢失",
    en='"{value}" has lost its last digits',
    remedy_zh="请把该列设为“文本”格式后重新填写",
    remedy_en='format the column as "text" and type it anew',
)
CELL_EMPTY = declare_code(
    "E.820",
    rule="D16",
    zh="没有填写",
    en="it is empty",
    remedy_zh="请填写",
    remedy_en="fill it in",
)
TOO_LONG = declare_code(
    "E.821",
    rule="D16",
    zh="“{value}”有{length}个字，超过{most}个",
    en='"{value}" has {length} characters, more than {most}',
    remedy_zh="请缩短",
    remedy_en="shorten it",
)
UNKNOWN_WORD = declare_code(
    "E.822",
    rule="D16",
    zh="“{value}”不在可选范围内",
    en='"{value}" is not one of the words that can be chosen',
    remedy_zh="请填写：{words}",
    remedy_en="write one of: {words}",
)
NO_ROWS = declare_code(
    "E.823",
    rule="D16",
    zh="表头下面没有数据",
    en="there are no rows below the header",
    remedy_zh="请填写数据后再导入",
    remedy_en="fill in the rows first",
)
NOT_DECIMAL = declare_code(
    "E.824",
    rule="D16",
    zh="“{value}”不是坐标数值",
    en='"{value}" is not a coordinate',
    remedy_zh="请填写数字，例如121.95或-3；没有坐标的留空",
    remedy_en="write a number such as 121.95 or -3, or leave it empty",
)
PREVIEW_GONE = declare_code(
    "R.825",
    rule="D16",
    zh="这次预览已经过期或已经办理",
    en="this preview has expired, or was already stored",
    remedy_zh="请重新选择文件导入",
    remedy_en="choose the file again",
)
TOO_MANY_CELLS = declare_code(
    "E.851",
    rule="D16",
    zh="文件中的单元格过多",
    en="the file has too many cells",
    remedy_zh="只保留需要的工作表、行和列，另存为新文件",
    remedy_en="keep only the sheet, rows and columns that are needed; save them as a new file",
)
TOO_COSTLY = declare_code(
    "E.853",
    rule="D16",
    zh="读取该文件需要过多的时间或内存，已停止",
    en="reading the file took too much time or memory and was stopped",
    remedy_zh="只保留需要的工作表、行和列，另存为新文件",
    remedy_en="keep only the sheet, rows and columns that are needed; save them as a new file",
)
CODE_LOST = declare_code(
    "E.852",
    rule="D16",
    zh="“{value}”不是编码，像是表格软件改写过的编码",
    en='"{value}" is no code, but what a spreadsheet made of one',
    remedy_zh="请把编码列设为“文本”格式后重新填写",
    remedy_en='format the column as "text" and type the code anew',
)

"""What can be wrong with a file that people hand in: the codes E.80x of files and cells.

The sentences say what is wrong and what would be right; where it is (row, column) stands in the
facts `row` and `column` of the finding, so that a page can show it as a table.
"""

from election.rules.terms import Code, Text

_HOUSE = "D16"

FILE_EMPTY = Code(
    "E.801", _HOUSE, "",
    Text("文件是空的", "the file is empty"),
    Text("请选择填好的表格", "choose the table that was filled in"),
)  # fmt: skip
FILE_TOO_LARGE = Code(
    "E.802", _HOUSE, "",
    Text("文件大小{size}MB，超过{most}MB", "the file has {size} MB, more than {most} MB"),
    Text("请删去图片和多余的工作表后再导入", "remove pictures and sheets that are not needed"),
)  # fmt: skip
NOT_A_TABLE = Code(
    "E.803", _HOUSE, "",
    Text("“{value}”既不是XLSX工作簿，也不是CSV文本",
         '"{value}" is neither an XLSX workbook nor a CSV text'),
    Text("请用WPS或Excel另存为“.xlsx”或“.csv”（旧的“.xls”和设了密码的也要另存）",
         "save it as .xlsx or .csv (an old .xls or a protected workbook must be saved anew)"),
)  # fmt: skip
TOO_MANY_PARTS = Code(
    "E.804", _HOUSE, "",
    Text("压缩包内有{count}个文件，超过{most}个",
         "the package has {count} parts, more than {most}"),
    Text("请只保留要导入的工作表，另存后再导入",
         "keep only the sheet to be imported, save it anew"),
)  # fmt: skip
UNPACKED_TOO_LARGE = Code(
    "E.805", _HOUSE, "",
    Text("解压后超过{most}MB", "unpacked it has more than {most} MB"),
    Text("请只保留要导入的工作表，另存后再导入",
         "keep only the sheet to be imported, save it anew"),
)  # fmt: skip
WORKBOOK_BROKEN = Code(
    "E.806", _HOUSE, "",
    Text("工作簿打不开：文件损坏，或设有密码",
         "the workbook cannot be read: damaged, or protected"),
    Text("请取消密码，用WPS或Excel打开后另存为“.xlsx”",
         "remove the password, open it and save it anew as .xlsx"),
)  # fmt: skip
UNSAFE_WORKBOOK = Code(
    "E.807", _HOUSE, "",
    Text("工作簿含有宏、外部链接或实体声明（{value}），不予读取",
         "the workbook holds macros, outside links or entities ({value}); it is not read"),
    Text("请把数据复制到新的空白工作簿，另存为“.xlsx”",
         "copy the data into a new, empty workbook and save it as .xlsx"),
)  # fmt: skip
ENCODING = Code(
    "E.808", _HOUSE, "",
    Text("文字编码既不是UTF-8也不是GB18030，或已损坏",
         "the text is neither UTF-8 nor GB18030, or it is damaged"),
    Text("请用WPS或Excel另存为“CSV UTF-8”", 'save it as "CSV UTF-8"'),
)  # fmt: skip
TOO_MANY_ROWS = Code(
    "E.809", _HOUSE, "",
    Text("表格超过{most}行", "the table has more than {most} rows"),
    Text("请删去多余的行，或分成几个文件", "remove rows that are not needed, or split the file"),
)  # fmt: skip
TOO_MANY_COLUMNS = Code(
    "E.810", _HOUSE, "",
    Text("表格超过{most}列", "the table has more than {most} columns"),
    Text("请删去多余的列", "remove columns that are not needed"),
)  # fmt: skip
BAD_CSV = Code(
    "E.811", _HOUSE, "",
    Text("引号不成对，或单元格过长", "quotation marks do not match, or a cell is too long"),
    Text("请用WPS或Excel重新另存为“CSV UTF-8”", 'save it anew as "CSV UTF-8"'),
)  # fmt: skip
COLUMN_MISSING = Code(
    "E.812", _HOUSE, "",
    Text("前{rows}行中没有含“{name}”列的表头",
         'none of the first {rows} rows is a header with the column "{name}"'),
    Text("请使用本页提供的模板，表头应有：{columns}；CSV以英文逗号分隔",
         "use the template; its columns: {columns}; a CSV is separated by commas"),
)  # fmt: skip
COLUMN_TWICE = Code(
    "E.813", _HOUSE, "",
    Text("表头“{name}”出现了两次", 'the column "{name}" stands twice in the header'),
    Text("请只保留一列", "keep one of them"),
)  # fmt: skip
CELL_ERROR = Code(
    "E.814", _HOUSE, "",
    Text("“{value}”是公式错误值", '"{value}" is what a broken formula leaves'),
    Text("请改正公式，或直接填写数值", "correct the formula, or type the value"),
)  # fmt: skip
BAD_CHARACTER = Code(
    "E.815", _HOUSE, "",
    Text("“{value}”含有无法使用的字符（{character}）",
         '"{value}" holds a character that cannot be used ({character})'),
    Text("请删去该字符，或用输入法重新录入", "remove the character, or type it anew"),
)  # fmt: skip
FORMULA_START = Code(
    "E.816", _HOUSE, "",
    Text("“{value}”以公式符号（= + - @ '）开头", '"{value}" begins like a formula (= + - @ \')'),
    Text("请删去开头的符号", "remove the sign at its beginning"),
)  # fmt: skip
NOT_WHOLE = Code(
    "E.817", _HOUSE, "",
    Text("“{value}”不是0或正整数", '"{value}" is not 0 or a positive whole number'),
    Text("请用半角数字0-9填写，不带小数、逗号和单位，例如1200；不知道的留空",
         "write it with the digits 0-9, without point, comma or unit, as 1200; "
         "leave it empty if it is not known"),
)  # fmt: skip
TOO_GREAT = Code(
    "E.818", _HOUSE, "",
    Text("“{value}”超过{most}", '"{value}" is more than {most}'),
    Text("请核对是否多打了数字", "check whether a digit was typed twice"),
)  # fmt: skip
DIGITS_LOST = Code(
    "E.819", _HOUSE, "",
    Text("“{value}”是科学记数法，末尾数字已丢失", '"{value}" has lost its last digits'),
    Text("请把该列设为“文本”格式后重新填写", 'format the column as "text" and type it anew'),
)  # fmt: skip
CELL_EMPTY = Code(
    "E.820", _HOUSE, "",
    Text("没有填写", "it is empty"),
    Text("请填写", "fill it in"),
)  # fmt: skip
TOO_LONG = Code(
    "E.821", _HOUSE, "",
    Text("“{value}”有{length}个字，超过{most}个", '"{value}" has {length} characters, '
         "more than {most}"),
    Text("请缩短", "shorten it"),
)  # fmt: skip
UNKNOWN_WORD = Code(
    "E.822", _HOUSE, "",
    Text("“{value}”不在可选范围内", '"{value}" is not one of the words that can be chosen'),
    Text("请填写：{words}", "write one of: {words}"),
)  # fmt: skip
NO_ROWS = Code(
    "E.823", _HOUSE, "",
    Text("表头下面没有数据", "there are no rows below the header"),
    Text("请填写数据后再导入", "fill in the rows first"),
)  # fmt: skip
NOT_DECIMAL = Code(
    "E.824", _HOUSE, "",
    Text("“{value}”不是坐标数值", '"{value}" is not a coordinate'),
    Text("请填写数字，例如121.95或-3；没有坐标的留空", "write a number such as 121.95 or -3, "
         "or leave it empty"),
)  # fmt: skip
PREVIEW_GONE = Code(
    "R.825", _HOUSE, "",
    Text("这次预览已经过期或已经办理", "this preview has expired, or was already stored"),
    Text("请重新选择文件导入", "choose the file again"),
)  # fmt: skip
NOT_JSON = Code(
    "E.826", _HOUSE, "",
    Text("第{row}行第{place}个字符处不是有效的JSON", "not JSON at line {row}, character {place}"),
    Text("请从制图软件重新导出为GeoJSON", "export it anew as GeoJSON"),
)  # fmt: skip
TOO_DEEP = Code(
    "E.827", _HOUSE, "",
    Text("文件嵌套过深，或数字过长，不予读取", "nested too deeply, or a number is too long"),
    Text("请从制图软件重新导出为GeoJSON", "export it anew as GeoJSON"),
)  # fmt: skip
NOT_GEOJSON = Code(
    "E.828", _HOUSE, "",
    Text("不是GeoJSON要素集合：“type”应为“FeatureCollection”，“features”应为列表",
         'not a GeoJSON collection: "type" must be "FeatureCollection", "features" a list'),
    Text("请从制图软件把图层导出为GeoJSON", "export the layer as GeoJSON"),
)  # fmt: skip
OTHER_CRS = Code(
    "E.829", _HOUSE, "",
    Text("坐标系是“{value}”，不是WGS 84经纬度",
         'the coordinates are in "{value}", not in WGS 84 longitude and latitude'),
    Text("导出时请选择坐标系EPSG:4326（WGS 84）", "choose EPSG:4326 (WGS 84) when exporting"),
)  # fmt: skip
TOO_MANY_POINTS = Code(
    "E.830", _HOUSE, "",
    Text("图形的顶点超过{most}个", "the shapes have more than {most} points"),
    Text("请在制图软件中简化图层（例如容差2米）后再导出",
         "simplify the layer (for instance to 2 m) before exporting it"),
)  # fmt: skip
TOO_MANY_FEATURES = Code(
    "E.831", _HOUSE, "",
    Text("要素超过{most}个", "there are more than {most} features"),
    Text("请只导出本次选举的单元", "export only the units of this election"),
)  # fmt: skip
NOT_A_FEATURE = Code(
    "E.832", _HOUSE, "",
    Text("不是GeoJSON要素", "this is not a GeoJSON feature"),
    Text("每个要素应有“type”“properties”“geometry”",
         'a feature has "type", "properties" and "geometry"'),
)  # fmt: skip
NOT_A_SHAPE = Code(
    "E.833", _HOUSE, "",
    Text("图形类型“{value}”不能使用", 'a geometry of type "{value}" cannot be used'),
    Text("请使用面（Polygon、MultiPolygon）或点（Point）", "use Polygon, MultiPolygon or Point"),
)  # fmt: skip
BAD_COORDINATE = Code(
    "E.834", _HOUSE, "",
    Text("“{value}”不是经纬度坐标", '"{value}" is not a position in longitude and latitude'),
    Text("坐标写作[经度, 纬度]，经度-180至180，纬度-90至90",
         "a position is [longitude, latitude], -180 to 180 and -90 to 90"),
)  # fmt: skip
SHAPE_EMPTY = Code(
    "E.835", _HOUSE, "",
    Text("图形是空的，或面积为零", "the shape is empty, or has no area"),
    Text("请重画；没有图形的单元，“geometry”写null",
         'draw it anew; for a unit without a shape write null as "geometry"'),
)  # fmt: skip
RING_OPEN = Code(
    "E.836", _HOUSE, "",
    Text("图形的边界没有闭合", "a ring of the shape is not closed"),
    Text("每个环至少4个点，最后一点与第一点相同",
         "a ring has four positions at least, and its last is its first"),
)  # fmt: skip
NO_PROPERTY = Code(
    "E.837", _HOUSE, "",
    Text("要素没有写明单元编码的属性；现有属性：{columns}",
         "no property of the features holds the unit's code; there are: {columns}"),
    Text("把编码属性命名为“code”或“编码”，或指明属性名",
         'name the property "code", or say which property it is'),
)  # fmt: skip
BAD_DAY = Code(
    "E.838", _HOUSE, "",
    Text("“{value}”不是日期", '"{value}" is not a day'),
    Text("写作2021-11-20", "write it as 2021-11-20"),
)  # fmt: skip
DAY_TO_COME = Code(
    "E.839", _HOUSE, "",
    Text("{value}还没有到", "{value} has not come yet"),
    Text("请填写实际收到的日期", "write the day on which it was received"),
)  # fmt: skip
BAD_MONTH = Code(
    "E.840", _HOUSE, "",
    Text("“{value}”不是年月", '"{value}" is not a month'),
    Text("写作1980-05", "write it as 1980-05"),
)  # fmt: skip
DISTRICT_UNKNOWN = Code(
    "E.841", _HOUSE, "",
    Text("已通过的方案中没有选区“{value}”", 'no adopted plan has the district "{value}"'),
    Text("写作“镇级第3选区”“县级第1选区”", "write it as town-3 or county-1"),
)  # fmt: skip
NOMINATORS = Code(
    "E.842", "R5.1", "EL 30; ZJ 34",
    Text("推荐单位和联名人应当填写其中一项，而且只填一项",
         "either the organisations or the voters who signed: one of them, and only one"),
    Text("政党、人民团体推荐的填推荐单位，选民联名推荐的填联名人",
         "name the party or organisation, or list the voters"),
)  # fmt: skip
SIGNER_COUNT = Code(
    "E.843", "R5.1", "EL 30; ZJ 34",
    Text("联名人列出{names}名，联名人数填写{count}名",
         "{names} voters are listed, the number of voters says {count}"),
    Text("请对照推荐表核对", "compare with the paper"),
)  # fmt: skip
BAD_PAPERS = Code(
    "E.844", "R5.1", "EL 30; ZJ 34",
    Text("{fault}", "{fault}"),
    Text("请对照推荐表改正", "correct it from the paper"),
)  # fmt: skip
SHEET_UNKNOWN = Code(
    "E.845", _HOUSE, "",
    Text("没有“{value}”的计票单", 'there is no count sheet "{value}"'),
    Text("轮次写作town-3-r1，场所写作S01，与成果包的counts.csv相同",
         "write the round as town-3-r1 and the place as S01, as in counts.csv of a package"),
)  # fmt: skip
ITEM_TWICE = Code(
    "E.846", _HOUSE, "",
    Text("同一计票单的“{value}”已在第{first}行列出",
         '"{value}" of this sheet stands already in row {first}'),
    Text("每项只保留一行", "one row for each item"),
)  # fmt: skip
OTHER_STAGE = Code(
    "E.847", "R8.1", "EL 43; ZJ 47",
    Text("计票单“{value}”现在需要第{wanted}次录入，文件中是第{given}次",
         "sheet {value} wants entry {wanted} now, the file holds entry {given}"),
    Text("两次录入由两人先后分别办理", "two people make the two entries, one after the other"),
)  # fmt: skip
NOBODY = Code(
    "E.848", "D13", "",
    Text("没有用户名为“{value}”的在用账户", 'nobody with the user name "{value}" is active'),
    Text("请填写计票人本人的用户名", "give the user name of the teller who read the paper"),
)  # fmt: skip
LOOK_AGAIN = Code(
    "W.849", "R8.10", "EL 43; ZJ 47",
    Text("{finding}：{items}", "{finding}: {items}"),
    Text("请再看一遍计票单；确与计票单一致的，加上--confirmed",
         "look at the paper again; if it says so, add --confirmed"),
)  # fmt: skip
TOO_INTRICATE = Code(
    "E.850", _HOUSE, "",
    Text("图层中的{what}超过{most}个", "the layer has more than {most} {what}"),
    Text("请在制图软件中简化图层，只导出本次选举的单元及其编码后再导入",
         "simplify the layer, export only the units of this election with their codes"),
)  # fmt: skip
TOO_MANY_CELLS = Code(
    "E.851", _HOUSE, "",
    Text("文件中的单元格过多", "the file has too many cells"),
    Text("只保留需要的工作表、行和列，另存为新文件",
         "keep only the sheet, rows and columns that are needed; save them as a new file"),
)  # fmt: skip
CODE_LOST = Code(
    "E.852", _HOUSE, "",
    Text("“{value}”不是编码，像是表格软件改写过的编码",
         '"{value}" is no code, but what a spreadsheet made of one'),
    Text("请把编码列设为“文本”格式后重新填写",
         'format the column as "text" and type the code anew'),
)  # fmt: skip

CODES: tuple[Code, ...] = (
    TOO_INTRICATE, TOO_MANY_CELLS, CODE_LOST,
    BAD_DAY, DAY_TO_COME, BAD_MONTH, DISTRICT_UNKNOWN, NOMINATORS, SIGNER_COUNT, BAD_PAPERS,
    SHEET_UNKNOWN, ITEM_TWICE, OTHER_STAGE, NOBODY, LOOK_AGAIN,
    NOT_JSON, TOO_DEEP, NOT_GEOJSON, OTHER_CRS, TOO_MANY_POINTS, TOO_MANY_FEATURES, NOT_A_FEATURE,
    NOT_A_SHAPE, BAD_COORDINATE, SHAPE_EMPTY, RING_OPEN, NO_PROPERTY,
    FILE_EMPTY, FILE_TOO_LARGE, NOT_A_TABLE, TOO_MANY_PARTS, UNPACKED_TOO_LARGE, WORKBOOK_BROKEN,
    UNSAFE_WORKBOOK, ENCODING, TOO_MANY_ROWS, TOO_MANY_COLUMNS, BAD_CSV, COLUMN_MISSING,
    COLUMN_TWICE, CELL_ERROR, BAD_CHARACTER, FORMULA_START, NOT_WHOLE, TOO_GREAT, DIGITS_LOST,
    CELL_EMPTY, TOO_LONG, UNKNOWN_WORD, NO_ROWS, NOT_DECIMAL, PREVIEW_GONE,
)  # fmt: skip

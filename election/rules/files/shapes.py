"""Codes of files that hold the shapes of units (GeoJSON)."""

from election.rules.terms import declare_code

NOT_JSON = declare_code(
    "E.826",
    rule="D16",
    zh="第{row}行第{place}个字符处不是有效的JSON",
    en="not JSON at line {row}, character {place}",
    remedy_zh="请从制图软件重新导出为GeoJSON",
    remedy_en="export it anew as GeoJSON",
)
TOO_DEEP = declare_code(
    "E.827",
    rule="D16",
    zh="文件嵌套过深，或数字过长，不予读取",
    en="nested too deeply, or a number is too long",
    remedy_zh="请从制图软件重新导出为GeoJSON",
    remedy_en="export it anew as GeoJSON",
)
NOT_GEOJSON = declare_code(
    "E.828",
    rule="D16",
    zh="不是GeoJSON要素集合：“type”应为“FeatureCollection”，“features”应为列表",
    en='not a GeoJSON collection: "type" must be "FeatureCollection", "features" a list',
    remedy_zh="请从制图软件把图层导出为GeoJSON",
    remedy_en="export the layer as GeoJSON",
)
OTHER_CRS = declare_code(
    "E.829",
    rule="D16",
    zh="坐标系是“{value}”，不是WGS 84经纬度",
    en='the coordinates are in "{value}", not in WGS 84 longitude and latitude',
    remedy_zh="导出时请选择坐标系EPSG:4326（WGS 84）",
    remedy_en="choose EPSG:4326 (WGS 84) when exporting",
)
TOO_MANY_POINTS = declare_code(
    "E.830",
    rule="D16",
    zh="图形的顶点超过{most}个",
    en="the shapes have more than {most} points",
    remedy_zh="请在制图软件中简化图层（例如容差2米）后再导出",
    remedy_en="simplify the layer (for instance to 2 m) before exporting it",
)
TOO_MANY_FEATURES = declare_code(
    "E.831",
    rule="D16",
    zh="要素超过{most}个",
    en="there are more than {most} features",
    remedy_zh="请只导出本次选举的单元",
    remedy_en="export only the units of this election",
)
NOT_A_FEATURE = declare_code(
    "E.832",
    rule="D16",
    zh="不是GeoJSON要素",
    en="this is not a GeoJSON feature",
    remedy_zh="每个要素应有“type”“properties”“geometry”",
    remedy_en='a feature has "type", "properties" and "geometry"',
)
NOT_A_SHAPE = declare_code(
    "E.833",
    rule="D16",
    zh="图形类型“{value}”不能使用",
    en='a geometry of type "{value}" cannot be used',
    remedy_zh="请使用面（Polygon、MultiPolygon）或点（Point）",
    remedy_en="use Polygon, MultiPolygon or Point",
)
BAD_COORDINATE = declare_code(
    "E.834",
    rule="D16",
    zh="“{value}”不是经纬度坐标",
    en='"{value}" is not a position in longitude and latitude',
    remedy_zh="坐标写作[经度, 纬度]，经度-180至180，纬度-90至90",
    remedy_en="a position is [longitude, latitude], -180 to 180 and -90 to 90",
)
SHAPE_EMPTY = declare_code(
    "E.835",
    rule="D16",
    zh="图形是空的，或面积为零",
    en="the shape is empty, or has no area",
    remedy_zh="请重画；没有图形的单元，“geometry”写null",
    remedy_en='draw it anew; for a unit without a shape write null as "geometry"',
)
RING_OPEN = declare_code(
    "E.836",
    rule="D16",
    zh="图形的边界没有闭合",
    en="a ring of the shape is not closed",
    remedy_zh="每个环至少4个点，最后一点与第一点相同",
    remedy_en="a ring has four positions at least, and its last is its first",
)
NO_PROPERTY = declare_code(
    "E.837",
    rule="D16",
    zh="要素没有写明单元编码的属性；现有属性：{columns}",
    en="no property of the features holds the unit's code; there are: {columns}",
    remedy_zh="把编码属性命名为“code”或“编码”，或指明属性名",
    remedy_en='name the property "code", or say which property it is',
)
TOO_INTRICATE = declare_code(
    "E.850",
    rule="D16",
    zh="图层中的{what}超过{most}个",
    en="the layer has more than {most} {what}",
    remedy_zh="请在制图软件中简化图层，只导出本次选举的单元及其编码后再导入",
    remedy_en="simplify the layer, export only the units of this election with their codes",
)

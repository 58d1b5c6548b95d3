"""Codes of the total number of deputies."""

from election.rules.terms import declare_code

EXTRA_NOT_FOR_KIND = declare_code(
    "R.101",
    rule="R1.5",
    article="EL 12(3); ZJ 15(3)",
    zh="{kind}不能另加5%的代表名额：法律只列出县、自治县、乡、民族乡",
    en=(
        "the extra 5 % cannot be given to this kind of area ({kind}): the law names counties, "
        "autonomous counties, townships and ethnic townships only"
    ),
    remedy_zh="取消另加5%；如果行政区划类别填错，请改为正确的类别",
    remedy_en="leave the extra out, or correct the kind of area",
)
ABOVE_CAP = declare_code(
    "E.102",
    rule="R1.1, R1.3",
    article="EL 12(1)(3); EL 12(1)(4)",
    zh="确定的代表名额{approved}名超过法定上限{cap}名",
    en="the {approved} deputies fixed are more than the legal maximum of {cap}",
    remedy_zh="核对人大常委会的决定；任何人口数都不能超过上限",
    remedy_en="check the standing committee's decision; no population figure allows more",
)
ABOVE_FORMULA = declare_code(
    "E.103",
    rule="R1.8",
    article="EL 12",
    zh="确定的代表名额{approved}名超过公式所得{formula}名（{basis}{population}人，已确认）",
    en=(
        "the {approved} deputies fixed exceed the formula's {formula} ({basis} {population}, "
        "confirmed)"
    ),
    remedy_zh="核对人口数和人大常委会的决定，二者必有一误",
    remedy_en=(
        "check the population figure and the standing committee's decision: one of them is wrong"
    ),
)
ABOVE_FORMULA_UNCONFIRMED = declare_code(
    "W.104",
    rule="R1.7, R1.8",
    article="EL 12, 14; ZJ 17",
    zh="确定的代表名额{approved}名超过公式所得{formula}名（{basis}{population}人，未确认）",
    en=(
        "the {approved} deputies fixed exceed the formula's {formula} ({basis} {population}, not "
        "confirmed)"
    ),
    remedy_zh="以人大常委会确定的名额为准，确定后不再变动；请补记人口数的口径、日期和来源",
    remedy_en=(
        "the number fixed prevails and does not change with the population; record basis, date and "
        "source of the figure"
    ),
)
BELOW_FORMULA = declare_code(
    "W.105",
    rule="R1.7, R1.8",
    article="EL 12, 14; ZJ 17",
    zh="确定的代表名额{approved}名少于公式所得{formula}名（{basis}{population}人）",
    en=(
        "the {approved} deputies fixed are fewer than the formula's {formula} ({basis} "
        "{population})"
    ),
    remedy_zh=(
        "以人大常委会确定的名额为准，确定后不再变动；行政区划变动或者重大工程建设等致使人口较大变动"
        "的，由其重新确定，并在三十日内备案"
    ),
    remedy_en=(
        "the number fixed prevails and does not change; only where boundaries or, by a major "
        "project, the population changed much does the committee fix it anew and file it within 30 "
        "days"
    ),
)
WITHIN_EXTRA = declare_code(
    "W.106",
    rule="R1.5",
    article="EL 12(3); ZJ 15(3)",
    zh="确定的代表名额{approved}名超过公式所得{formula}名，在另加5%（{extra}名）以内",
    en="the {approved} deputies fixed exceed the formula's {formula} by no more than 5 % ({extra})",
    remedy_zh=(
        "只有聚居的少数民族多或者人口居住分散的{kind}，经省人大常委会决定才可以另加；请核对有无该决"
        "定"
    ),
    remedy_en=(
        "that needs a decision of the provincial standing committee for this {kind}, for many "
        "settled minorities or a scattered population: check that there is one"
    ),
)

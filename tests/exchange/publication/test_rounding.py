"""A share reads alike on the page, the notice, the chart, the workbook and the CSV."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

from python_calamine import CalamineWorkbook

from election.exchange.publication.package import Opened, chart_of
from election.exchange.publication.package.exports import as_csv, as_xlsx
from election.reports.charts import to_svg
from election.reports.documents.result_notice import notice_data
from election.rules.publication import Frozen
from election.web.filters import percent
from election.web.publication.pages import district, summary
from tests.reports.test_charts import said
from tests.rules.publication.test_publication import DISTRICT, FROZEN

# 60 of 1,920 are 3.125 %: half a hundredth, which a float would round to 3.12
HALF: Frozen = replace(FROZEN, districts=(replace(DISTRICT, registered=1920),))


def test_half_a_hundredth_is_rounded_alike_everywhere() -> None:
    opened = Opened(HALF, {}, 1, datetime(2021, 12, 18, tzinfo=UTC), "", "0" * 64)
    notice = notice_data(HALF, day=date(2021, 12, 18), version=1, reason="")
    assert notice["summary"][1].endswith("投票率3.13%。")
    assert percent(summary(HALF).share) == "3.13%"
    view = district(HALF, DISTRICT.id)
    assert view is not None
    assert percent(view.ballots[0].share) == "3.13%"
    assert "3.13%" in said(to_svg(chart_of(HALF, "turnout")))
    assert "3.13%" in as_csv(opened)["turnout"].decode()
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(opened)))
    cells = [
        c
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for c in row
    ]
    assert cells.count("3.13%") == 2  # of the district, and of its ballot

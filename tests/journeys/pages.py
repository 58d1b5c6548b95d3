"""The people of an election at their browsers; their methods read like a day in the office.

Everybody has a window of their own (own cookies) and goes where a person would go: through the
links, forms and buttons of the pages. Pages are found by where they lead and fields by their names,
so that another wording of a label breaks nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.sync_api import Locator

from tests.journeys.windows import Desk, Official

PREPARED = 120_000  # milliseconds a preparation may take on a busy machine


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on the paper of one count sheet; votes: name -> for, against, abstain."""

    issued: int
    returned: int
    void: int
    blank: int
    votes: Mapping[str, tuple[int, int, int]]


class Director(Official):
    """Sets the election up, moves it on, certifies."""

    def creates_election(self, title: str, day: date) -> None:
        """A general election; its set-up page opens."""
        self.follows("/elections", within="header")
        self.follows("/elections/new")
        form = self.form()
        form.locator("[name=title]").fill(title)
        form.locator("[name=election_day]").fill(day.isoformat())
        self.sends(form)

    def fixes_town_congress(self, name: str, *, term: int, seats: int, decision: str) -> None:
        """What the county standing committee decided."""
        self.goes_to("set-up")
        self.follows("/congresses/town")
        form = self.form()
        form.locator("[name=name]").fill(name)
        form.locator("[name=term]").fill(str(term))
        form.locator("[name=approved_seats]").fill(str(seats))
        form.locator("[name=decision_reference]").fill(decision)
        self.sends(form)

    def imports_units(self, table: Path) -> list[int]:
        """Upload a table, look at the preview, confirm; the tallies of the preview."""
        self.goes_to("units")
        self.follows("/units/import")
        self.page.set_input_files("input[type=file]", table)
        self.sends(self.form())
        tallies = [int(n) for n in self.page.locator(".tally b").all_inner_texts()]
        self.sends(self.form("/import/confirm"))
        return tallies

    def draws_one_district(self, plan: str, name: str, *, seats: int) -> None:
        """A blank plan; every unit goes into district 1."""
        self.goes_to("districts")
        blank = self.form("/plans")
        blank.locator("[name=name]").fill(plan)
        self.sends(blank)
        for cell in self.page.locator("tr[data-brick] [data-column=number]").all():
            cell.fill("1")
        self.sends(self.page.locator("form[data-board]"))
        row = self.page.locator("tr[data-district='1']")
        row.locator("[data-column=name]").fill(name)
        row.locator("[data-column=seats]").fill(str(seats))
        self.sends(self.page.locator("form[data-board]"))

    def adopts_plan(self, decision: str) -> None:
        """The committee's decision on the plan that is open; its warnings were considered."""
        form = self.form("/adopt")
        form.locator("[name=decision_reference]").fill(decision)
        if form.locator("[name=acknowledged]").count():
            form.locator("[name=acknowledged]").check()
        self.sends(form)

    def moves_on(self) -> str:
        """Begin the next phase; which it is."""
        self.goes_to("set-up")
        self.goes_through(self.page.locator("main a[href^='/elections/']").first)
        form = self.page.locator("form[action*='/stage/']:has(button.btn-primary)")
        if form.locator("[name=staff_checked]").count():
            form.locator("[name=staff_checked]").check()
        to = (form.get_attribute("action") or "").rpartition("/")[2]
        self.sends(form)
        return to

    def publishes_roll(self, day: date) -> None:
        """Record in the calendar the day the roll was put up."""
        self.goes_to("set-up")
        self.follows("/calendar")
        form = self.form("/calendar/roll_published")
        form.locator("xpath=ancestor::details").locator("summary").click()
        form.locator("[name=done_on]").fill(day.isoformat())
        self.sends(form)

    def publishes_list(self, which: str, day: date) -> None:
        """Record the day a list was put up."""
        self.goes_to("candidates")
        self.follows(f"/candidate-lists/{which}")
        form = self.form("/publish")
        form.locator("[name=done_on]").fill(day.isoformat())
        form.locator("[name=no_member_listed]").check()
        self.sends(form)

    def fixes_formal_candidates(self) -> None:
        """Everybody nominated stands; no reduction is needed."""
        self.goes_to("candidates")
        self.picks_district()
        self.follows("/formal-candidates")
        form = self.page.locator("form[data-reduction]")
        form.locator("[name=way][value=all]").check()
        self.sends(form)

    def opens_station(self, code: str, name: str) -> None:
        """A polling station for the one town district."""
        self.goes_to("polling")
        self.follows("/polling/new")
        form = self.form()
        form.locator("[name=code]").fill(code)
        form.locator("[name=name]").fill(name)
        form.locator("[name=staff]").fill("4")
        form.locator("[name=scrutineers]").fill("2")
        form.locator("[name=town]").select_option(index=1)
        self.sends(form)

    def enters_voters(self, voters: int) -> None:
        """The number on the roll of the one district."""
        self.goes_to("polling")
        self.follows("/polling/registered")
        form = self.form()
        form.locator("input[name^='registered-']").fill(str(voters))
        self.sends(form)

    def looks_at_result(self) -> dict[str, str]:
        """The round that is to be certified: name -> elected, level or nothing."""
        self.goes_to("results")
        self.goes_through(self.page.locator("main a.btn-primary[href$='/result']").first)
        rows = self.page.locator("table.why-figures tbody tr").all()
        return {row.locator("td").first.inner_text(): _fate(row.locator("td").last) for row in rows}

    def certifies(self, decision: str) -> None:
        """The result on the page that is open."""
        form = self.form("/certify")
        form.locator("[name=decision]").fill(decision)
        self.sends(form)

    def opens_repeat_vote(self, day: date, decision: str) -> None:
        """The round the law asks for after a tie."""
        self.follows("/next")
        form = self.form()
        form.locator("[name=polling_day]").fill(day.isoformat())
        form.locator("[name=decision]").fill(decision)
        self.sends(form)


def _fate(cell: Locator) -> str:
    """What the last column of the figures says, without its words."""
    if cell.locator(".all-good").count():
        return "elected"
    return "level" if cell.inner_text().strip() else ""


class Registrar(Official):
    """Takes the papers of the nominations."""

    def registers_party_nomination(self, name: str, organisation: str, received: date) -> None:
        """A nomination by an organisation, as the paper says."""
        form = self._paper(name, "organisation", received)
        form.locator("[name=organisations]").fill(organisation)
        self.sends(form)

    def registers_joint_nomination(self, name: str, signers: list[str], received: date) -> None:
        """A nomination by ten voters or more, one a line."""
        form = self._paper(name, "joint", received)
        form.locator("[name=signers]").fill("\n".join(signers))
        self.sends(form)

    def _paper(self, name: str, kind: str, received: date) -> Locator:
        self.goes_to("candidates")
        self.picks_district()
        self.follows("/nominations/new")
        form = self.page.locator("form[data-nomination]")
        form.locator("[name=name]").fill(name)
        form.locator("[name=sex][value=female]").check()
        form.locator("[name=birth_month]").fill("1980-05")
        form.locator("[name=occupation]").fill("村民")
        form.locator(f"[name=kind][value={kind}]").check()
        form.locator("[name=received_on]").fill(received.isoformat())
        return form

    def accepts(self) -> None:
        """The nomination that is open, its papers being complete."""
        form = self.form("/accept")
        for paper in (
            "introduction",
            "acceptance",
            "identity",
            "resume",
            "residence_abroad_stated",
        ):
            form.locator(f"[name={paper}]").check()
        self.sends(form)


class StationOfficer(Official):
    """Keeps the papers of a polling place."""

    def keeps_ballot_account(self, *, drawn: int, proxy: int, printed: int, unused: int) -> None:
        """What was handed out and what is left of the sheet that is still open."""
        self.goes_to("counting")
        self.follows("/counting/accounts")
        self.follows("/ballot-account")
        kept = {
            "checked_in": drawn,
            "proxy": proxy,
            "printed": printed,
            "spoiled": 0,
            "unused": unused,
        }
        form = self.form()
        for part, papers in kept.items():
            form.locator(f"input[name$='-{part}']").fill(str(papers))
        self.sends(form)


class Teller(Official):
    """Enters count sheets by keyboard."""

    def enters_sheet(self, code: str, paper: Paper) -> None:
        """Scan the code, copy the paper figure by figure with Enter, store with Ctrl+Enter."""
        self.goes_to("counting")
        self.follows("/counting/work")
        self.page.fill("[name=code]", code)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        names = self.page.locator("tr[data-row] .entry-name").all_inner_texts()
        assert set(names) == set(paper.votes)
        figures = [paper.issued, paper.returned, paper.void, paper.blank]
        for number in figures + [n for name in names for n in paper.votes[name]]:
            self.page.keyboard.type(str(number))
            self.page.keyboard.press("Enter")
        with self.page.expect_navigation():
            self.page.keyboard.press("Control+Enter")

    def reads_again(self, paper: Paper) -> list[str]:
        """Enter once more the fields that were sent back; which they are."""
        self.goes_to("counting")
        self.follows("/counting/work")
        self.follows("/correction")
        form, asked = self.page.locator("form[data-entry]"), []
        for cell in form.locator(".entry-heads > div").all():
            label = cell.locator("label").inner_text()
            asked.append(label)
            cell.locator("input").fill(str(_figure(paper, label, cell)))
        self.sends(form)
        return asked


def _figure(paper: Paper, label: str, cell: Locator) -> int:
    """The figure of the paper for a field of the correction form: its person and its answer."""
    answer = re.match("figure-(for|against|abstain):", cell.locator("input").get_attribute("name"))
    name = next(name for name in paper.votes if name in label)
    return paper.votes[name][("for", "against", "abstain").index(answer[1])]


class Scrutineer(Official):
    """The third person: compares, sends back, signs."""

    def sends_back(self, slot: int) -> list[str]:
        """Have one teller read the differing fields again; the lines that differ."""
        self.goes_to("counting")
        self.follows("/counting/desk")
        self.follows("/compare")
        lines = self.page.locator("table.compare tbody th").all_inner_texts()
        form = self.form("/send-back")
        form.locator(f"[name=slot-{slot}]").check()
        self.sends(form)
        return lines

    def signs(self) -> None:
        """The first sheet that waits; every remark gets its explanation."""
        self.goes_to("counting")
        self.follows("/counting/desk")
        self.follows("/sign")
        form = self.page.locator("form:has([name=digest])")
        for answer in form.locator("input[name^='answer-']").all():
            answer.fill("已与原件核对一致")
        self.sends(form)


class Publisher(Official):
    """Makes the result public."""

    def publishes(self) -> None:
        """Every congress that is ready."""
        self.goes_to("publication")
        self.follows("/publication/new")
        form = self.form()
        for box in form.locator("[name=congresses]").all():
            box.check()
        self.sends(form)
        self.page.locator("[name=checked]").wait_for(timeout=PREPARED)
        form = self.page.locator("form:has([name=checked])")
        form.locator("[name=checked]").check()
        self.sends(form)


class Visitor(Desk):
    """Anybody, on a telephone, without a login."""

    def reads_result(self) -> str:
        """From the front page to the overview of the published result."""
        self.opens("/")
        self.goes_through(self.page.locator("main a[href^='/results/']").first)
        return self.page.locator("main").inner_text()

    def reads_district(self) -> str:
        """The first district of the overview."""
        self.goes_through(self.page.locator("main td a[href*='/districts/']").first)
        return self.page.locator("main").inner_text()

    def looks_at_chart(self) -> tuple[int, str, bytes, int]:
        """Status, type and bytes of the page's chart, and its width in pixels once it is drawn."""
        chart = self.page.locator("img.chart").first
        chart.scroll_into_view_if_needed()
        drawn = "chart => chart.complete && chart.naturalWidth > 0"
        self.page.wait_for_function(drawn, arg=chart.element_handle())
        answer = self.page.request.get(chart.get_attribute("src"))
        width = chart.evaluate("chart => chart.naturalWidth")
        return answer.status, answer.headers["content-type"], answer.body(), width

    def switches_to(self, language: str) -> str:
        """The same page in another language; its text."""
        self.goes_through(self.page.locator(f"header a[hreflang='{language}']"))
        return self.page.locator("main").inner_text()

    def downloads_package(self) -> bytes:
        """The zip of the result."""
        self.goes_through(self.page.locator("nav.pub-tabs a").first)
        with self.page.expect_download() as coming:
            self.page.locator("a[href$='/result.zip'], a[href*='/result.zip?']").first.click()
        return Path(coming.value.path()).read_bytes()

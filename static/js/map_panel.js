// Beside the map: figures, districts with seats and locks, the live check list, the legend.

import { decimal, deviationText } from "./figures.js";
import { html, svg } from "./nodes.js";
import { fill } from "./text.js";

const MOST_ALIKE = 6; // findings of one kind shown one by one

export class Panel {
  constructor(desk, data, words, editing, hands) {
    this.desk = desk;
    this.words = words;
    this.hands = hands; // what buttons do: step(number, by), show(number)
    this.absent = absentKinds(data, editing);
    this.rows = this.find("districts");
    this.rows.querySelectorAll("tr").forEach((row) => this.furnish(row));
    this.find("live").hidden = false;
  }

  find(name) {
    return this.desk.querySelector(`[data-${name}]`);
  }

  // Buttons that only a script can serve.
  furnish(row) {
    const number = Number(row.dataset.district);
    const chip = row.querySelector("[data-chip]");
    const label = fill(this.words.show, { n: number });
    const show = { type: "button", class: "chip", "aria-label": label, title: chip.title || label };
    chip.replaceWith(button(show, String(number), () => this.hands.show(number)));
    const stepper = row.querySelector(".stepper");
    if (!stepper) return;
    stepper.prepend(this.stepButton(number, "−", -1, this.words.fewer));
    stepper.append(this.stepButton(number, "＋", 1, this.words.another));
  }

  stepButton(number, sign, by, sentence) {
    const label = fill(sentence, { n: number });
    const attributes = { type: "button", class: "btn btn-sm step", "aria-label": label };
    return button(attributes, sign, () => this.hands.step(number, by));
  }

  // A row for each district that is not stored yet, none for those that are gone again.
  keepRows(board) {
    const rows = new Map([...this.rows.children].map((row) => [Number(row.dataset.district), row]));
    rows.forEach((row, number) => {
      if (!board.seats.has(number)) row.remove();
    });
    board.numbers.filter((number) => !rows.has(number)).forEach((number) => {
      const row = freshRow(number, fill(this.words.seatsof, { n: number }));
      this.rows.append(row);
      this.furnish(row);
    });
  }

  refresh(board, check, colours, way) {
    this.keepRows(board);
    [...this.rows.children].forEach((row) => this.fillRow(row, board, check, colours));
    const seats = [...check.lines.values()].reduce((sum, line) => sum + line.seats, 0);
    const placed = board.order.filter((key) => board.home(key) !== null);
    this.find("sum-seats").textContent = seats;
    this.find("placed").textContent = placed.length;
    this.find("cut").textContent = check.cut;
    this.find("largest").textContent = check.largest;
    this.list(check.findings);
    this.legend(way);
  }

  fillRow(row, board, check, colours) {
    const number = Number(row.dataset.district);
    const line = check.lines.get(number);
    const locked = board.locked(number);
    row.classList.toggle("is-gone", !line);
    row.querySelector(".chip").setAttribute("class", `chip ${colours.of(line ? number : null)}`);
    fillFigures(row, line);
    fillControls(row, line, locked);
    const lock = row.querySelector("[data-lock]");
    if (lock) this.showLock(lock, number, locked);
  }

  showLock(lock, number, locked) {
    const label = fill(locked ? this.words.unlock : this.words.lock, { n: number });
    lock.name = locked ? "unlock" : "lock";
    lock.title = label;
    lock.setAttribute("aria-pressed", String(locked));
    lock.setAttribute("aria-label", label);
  }

  list(findings) {
    const byCode = new Map();
    findings.forEach((finding) => {
      byCode.set(finding.code, [...(byCode.get(finding.code) || []), finding]);
    });
    const items = [...byCode.values()].flatMap((alike) => this.items(alike));
    if (!items.length) items.push(html("li", { class: "all-good" }, `✓ ${this.words.good}`));
    renew(this.find("findings"), items);
    const count = findings.length ? `(${findings.length})` : "";
    if (this.find("count").textContent !== count) this.find("count").textContent = count;
  }

  // The last of many says how many more there are.
  items(alike) {
    const items = alike.slice(0, MOST_ALIKE).map((finding) => findingItem(finding, this.words));
    const more = alike.length - MOST_ALIKE;
    if (more > 0) {
      items[items.length - 1].lastElementChild.append(fill(this.words.more, { n: more }));
    }
    return items;
  }

  legend(way) {
    if (this.legendOf === way) return;
    this.legendOf = way;
    const box = this.find("legend");
    const entries = JSON.parse(box.dataset.entries)[way].filter(([kind]) => !this.absent.has(kind));
    box.hidden = false;
    box.replaceChildren(...entries.map(legendEntry));
  }
}

// What this map has none of, so that the legend leaves it out.
function absentKinds(data, editing) {
  const present = {
    "line-closed": data.edges.some((edge) => edge.near === false),
    "line-ferry": data.links.some((link) => link.ferry),
    "line-land": data.links.some((link) => !link.ferry),
    "mark-unsaved": editing,
  };
  return new Set(Object.keys(present).filter((kind) => !present[kind]));
}

function button(attributes, text, act) {
  const made = html("button", attributes, text);
  made.addEventListener("click", act);
  return made;
}

function freshRow(number, label) {
  const seats = html("input", {
    class: "form-control form-control-sm number-cell",
    "data-column": "seats",
    inputmode: "numeric",
    "aria-label": label,
  });
  return html(
    "tr",
    { "data-district": number },
    html("th", { scope: "row" }, html("span", { "data-chip": "" }, String(number))),
    html("td", {}, html("span", { class: "stepper" }, seats)),
    html("td", { class: "num wide-only", "data-share": "" }),
    html("td", { class: "num", "data-people-of": "" }),
    html("td", { class: "num", "data-off": "" }),
    html("td", { class: "num wide-only", "data-pairs": "" }),
    html("td"),
  );
}

// line: the figures of the district, nothing where it is gone.
function fillFigures(row, line) {
  const people = line ? line.people : null;
  const share = line ? line.share : null;
  const off = html("span", { class: `band band-${line ? line.band : "unknown"}` });
  off.textContent = line ? deviationText(line.off, line.band) : "—";
  row.querySelector("[data-people-of]").textContent = people === null
    ? "—"
    : people.toLocaleString("en");
  row.querySelector("[data-share]").textContent = share === null ? "—" : decimal(share, 2);
  row.querySelector("[data-pairs]").textContent = line
    ? `${line.pairs.inside} / ${line.pairs.cut}`
    : "—";
  row.querySelector("[data-off]").replaceChildren(off);
}

function fillControls(row, line, locked) {
  const remove = row.querySelector(".remove-empty");
  if (remove) remove.hidden = locked || Boolean(line && line.members.length);
  row.querySelectorAll(".step").forEach((step) => {
    step.disabled = locked || !line;
  });
  const seats = row.querySelector("[data-column=seats]");
  if (!seats) return;
  seats.readOnly = locked;
  if (line && seats !== document.activeElement) seats.value = line.seats;
}

// Lines that stay are left in their place: read out is only what is new.
function renew(list, items) {
  const there = new Map([...list.children].map((line) => [line.textContent, line]));
  const lines = items.map((item) => there.get(item.textContent) || item);
  [...list.children].filter((line) => !lines.includes(line)).forEach((line) => line.remove());
  lines.forEach((line, place) => {
    if (list.children[place] !== line) list.insertBefore(line, list.children[place] || null);
  });
}

// As the check list of a plan says it: how heavy, what and what to do, by which article.
function findingItem({ code, cause, remedy, article, severity }, words) {
  const kind = severity === "error" ? "tag-stop" : "tag-look";
  const tag = html("span", { class: `tag ${kind}` }, words[severity]);
  const source = html("span", { class: "article" }, `${article} `);
  source.append(html("span", { class: "finding-code" }, code));
  const body = html("span", {}, html("strong", {}, cause), ` ${remedy} `, source);
  return html("li", { class: `finding finding-${severity}`, "data-code": code }, tag, body);
}

function legendEntry([kind, text]) {
  const sample = kind.startsWith("mark-") ? "" : sampleOf(kind);
  return html("span", { class: "legend-entry" }, sample, text);
}

function sampleOf(kind) {
  const shape = kind.startsWith("line-")
    ? svg("line", { x1: 1, y1: 7, x2: 25, y2: 7, class: kind.replace("line-", "") })
    : svg("rect", { x: 1, y: 1, width: 24, height: 12, rx: 2, class: kind });
  return svg("svg", { width: 26, height: 14, "aria-hidden": "true" }, shape);
}

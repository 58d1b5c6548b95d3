// Beside the map: figures, districts with seats and locks, the live check list, the legend.
"use strict";

import { deviation } from "./map_check.js";
import { element, fill } from "./map_draw.js";

const MOST_ALIKE = 6; // findings of one kind shown one by one

function html(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children);
  return made;
}

export class Panel {
  constructor(desk, data, words, editing, hands) {
    this.desk = desk;
    this.words = words;
    this.editing = editing;
    this.hands = hands; // what buttons do: step(number, by), show(number)
    this.absent = new Set([ // what this map has none of
      ...(data.edges.some((edge) => edge.near === false) ? [] : ["line-closed"]),
      ...(data.links.some((link) => link.ferry) ? [] : ["line-ferry"]),
      ...(data.links.some((link) => !link.ferry) ? [] : ["line-land"]),
      ...(editing ? [] : ["mark-unsaved"]),
    ]);
    this.rows = desk.querySelector("[data-districts]");
    this.rows.querySelectorAll("tr").forEach((row) => this.furnish(row));
    desk.querySelector("[data-live]").hidden = false;
  }

  find(name) { return this.desk.querySelector(`[data-${name}]`); }

  // Buttons that only a script can serve.
  furnish(row) {
    const number = Number(row.dataset.district);
    const chip = row.querySelector("[data-chip]");
    const button = html("button", { type: "button", class: "chip", "aria-label": fill(this.words.show, { n: number }), title: chip.title || fill(this.words.show, { n: number }) }, String(number));
    button.addEventListener("click", () => this.hands.show(number));
    chip.replaceWith(button);
    const stepper = row.querySelector(".stepper");
    if (!stepper) return;
    const by = (sign, step, word) => {
      const made = html("button", { type: "button", class: "btn btn-sm step", "aria-label": fill(word, { n: number }) }, sign);
      made.addEventListener("click", () => this.hands.step(number, step));
      return made;
    };
    stepper.prepend(by("−", -1, this.words.fewer));
    stepper.append(by("＋", 1, this.words.another));
  }

  // A row for each district that is not stored yet, none for those that are gone again.
  keepRows(board) {
    const known = new Map([...this.rows.children].map((row) => [Number(row.dataset.district), row]));
    known.forEach((row, number) => { if (!board.seats.has(number)) row.remove(); });
    board.numbers.filter((number) => !known.has(number)).forEach((number) => {
      const seats = html("input", { class: "form-control form-control-sm number-cell", "data-column": "seats", inputmode: "numeric", "aria-label": fill(this.words.seatsof, { n: number }) });
      const row = html("tr", { "data-district": number },
        html("th", { scope: "row" }, html("span", { "data-chip": "" }, String(number))),
        html("td", {}, html("span", { class: "stepper" }, seats)),
        html("td", { class: "num wide-only", "data-share": "" }), html("td", { class: "num", "data-people-of": "" }), html("td", { class: "num", "data-off": "" }), html("td"));
      this.rows.append(row);
      this.furnish(row);
    });
  }

  refresh(board, check, colours, way) {
    this.keepRows(board);
    [...this.rows.children].forEach((row) => this.fillRow(row, board, check, colours));
    this.find("sum-seats").textContent = [...check.lines.values()].reduce((sum, line) => sum + line.seats, 0);
    this.find("placed").textContent = board.order.filter((key) => board.home(key) !== null).length;
    this.find("largest").textContent = check.largest === null ? "—" : `${(check.largest * 100).toFixed(1)}%`;
    this.list(check.findings);
    this.legend(way);
  }

  fillRow(row, board, check, colours) {
    const number = Number(row.dataset.district);
    const line = check.lines.get(number);
    const remove = row.querySelector(".remove-empty");
    const locked = board.locked(number);
    row.classList.toggle("is-gone", !line);
    if (remove) remove.hidden = locked || Boolean(line && line.members.length);
    row.querySelector(".chip").setAttribute("class", `chip ${colours.of(line ? number : null)}`);
    row.querySelectorAll(".step").forEach((button) => { button.disabled = locked || !line; });
    const seats = row.querySelector("[data-column=seats]");
    if (seats) {
      seats.readOnly = locked;
      if (line && seats !== document.activeElement) seats.value = line.seats;
    }
    row.querySelector("[data-people-of]").textContent = line && line.people !== null ? line.people.toLocaleString("en") : "—";
    row.querySelector("[data-share]").textContent = line && line.share !== null ? line.share.toFixed(2) : "—";
    row.querySelector("[data-off]").replaceChildren(html("span", { class: `band band-${line ? line.band : "unknown"}` }, deviation(line)));
    const lock = row.querySelector("[data-lock]");
    if (lock) this.showLock(lock, number, locked);
  }

  showLock(button, number, locked) {
    button.name = locked ? "unlock" : "lock";
    button.setAttribute("aria-pressed", String(locked));
    button.setAttribute("aria-label", fill(locked ? this.words.unlock : this.words.lock, { n: number }));
    button.title = button.getAttribute("aria-label");
  }

  list(findings) {
    const shown = new Map();
    findings.forEach((one) => shown.set(one.code, [...(shown.get(one.code) || []), one]));
    const items = [...shown.values()].flatMap((alike) => {
      const few = alike.slice(0, MOST_ALIKE).map((one) => this.item(one));
      const rest = alike.length - MOST_ALIKE;
      if (rest > 0) few[few.length - 1].lastElementChild.append(fill(this.words.more, { n: rest }));
      return few;
    });
    if (!items.length) items.push(html("li", { class: "all-good" }, `✓ ${this.words.good}`));
    this.keep(this.find("findings"), items);
    const count = findings.length ? `(${findings.length})` : "";
    if (this.find("count").textContent !== count) this.find("count").textContent = count;
  }

  // Lines that stay are left in their place: read out is only what is new.
  keep(list, items) {
    const there = new Map([...list.children].map((line) => [line.textContent, line]));
    const lines = items.map((item) => there.get(item.textContent) || item);
    [...list.children].filter((line) => !lines.includes(line)).forEach((line) => line.remove());
    lines.forEach((line, place) => { if (list.children[place] !== line) list.insertBefore(line, list.children[place] || null); });
  }

  item(one) {
    const body = html("span", {}, html("strong", {}, one.cause), ` ${one.remedy} `);
    if (one.article) body.append(html("span", { class: "article" }, one.article));
    return html("li", { class: `finding finding-${one.severity}`, "data-code": one.code }, html("span", { class: "finding-code" }, one.code), body);
  }

  legend(way) {
    if (this.shown === way) return;
    this.shown = way;
    const box = this.find("legend");
    const entries = JSON.parse(box.dataset.entries)[way].filter(([kind]) => !this.absent.has(kind));
    box.hidden = false;
    box.replaceChildren(...entries.map(([kind, text]) => html("span", { class: "legend-entry" }, kind.startsWith("mark-") ? "" : this.sample(kind), text)));
  }

  sample(kind) {
    const drawing = element("svg", { width: 26, height: 14, "aria-hidden": "true" });
    const shape = kind.startsWith("line-")
      ? element("line", { x1: 1, y1: 7, x2: 25, y2: 7, class: kind.slice(5) })
      : element("rect", { x: 1, y: 1, width: 24, height: 12, rx: 2, class: kind });
    drawing.append(shape);
    return drawing;
  }
}

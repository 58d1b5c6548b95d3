// People, people per deputy and deviation of each district while a draft is edited. Only a view of
// what is typed: the server computes exactly and decides.

import { bandOf, decimal, deviationOf, deviationText, fraction, largestText } from "./figures.js";
import { html } from "./nodes.js";
import { wholeNumber } from "./text.js";

class Table {
  constructor(form) {
    this.form = form;
    this.seats = Number(form.dataset.seats);
    this.known = form.dataset.total !== "";
    this.limits = { warn: limitOf(form.dataset.warn), alert: limitOf(form.dataset.alert) };
    this.bricks = [...form.querySelectorAll("tr[data-brick]")];
    this.districts = [...form.querySelectorAll("tr[data-district]")];
    this.note = form.querySelector("[data-note]");
    form.addEventListener("input", () => {
      this.refresh();
      this.sayUnsaved();
    });
  }

  begin() {
    this.refresh(); // a page that came back with faults holds more than what is stored
    if (this.form.dataset.typed !== undefined) this.sayUnsaved();
  }

  sayUnsaved() {
    const note = this.form.querySelector("[data-unsaved]");
    note.hidden = false;
    note.textContent = this.form.dataset.unsavedText;
  }

  // Number of each district -> its rows in the table of units.
  get homes() {
    const homes = new Map();
    this.bricks.forEach((row) => {
      const number = valueOf(row, "number");
      if (number) homes.set(number, [...(homes.get(number) || []), row]);
    });
    return homes;
  }

  refresh() {
    const { homes } = this;
    const area = { people: this.known ? peopleOf(this.bricks) : null, seats: this.seats };
    const lines = this.districts.map((row) => (
      this.fillRow(row, homes.get(Number(row.dataset.district)) || [], area)
    ));
    const placed = [...homes.values()].flat().length;
    const figures = document.querySelector("[data-figures]");
    const write = (name, value) => {
      figures.querySelector(`[data-${name}]`).textContent = value;
    };
    write("sum-seats", lines.reduce((sum, line) => sum + line.seats, 0));
    write("placed", placed);
    write("largest", largestText(lines.map((line) => line.off)));
    this.announce([...homes.keys()]);
  }

  fillRow(row, units, area) {
    const seats = valueOf(row, "seats");
    const people = peopleOf(units);
    const off = deviationOf({ people, seats, units: units.length }, area);
    const write = (name, value) => {
      row.querySelector(`[data-${name}]`).textContent = value;
    };
    write("people-of", people === null ? "—" : people.toLocaleString("en"));
    write("per-seat", people === null || !seats ? "—" : decimal(fraction(people, seats)));
    write(
      "units",
      units.map((unit) => unit.cells[1].textContent.trim().replace(/\s+/g, " ")).join("、"),
    );
    const band = bandOf(off, this.limits);
    const mark = html("span", { class: `band band-${band}` }, deviationText(off, band));
    row.querySelector("[data-off]").replaceChildren(mark);
    return { seats: seats || 0, off };
  }

  // Numbers that have no row yet: saving makes these districts.
  announce(numbers) {
    const known = new Set(this.districts.map((row) => Number(row.dataset.district)));
    const fresh = numbers.filter((number) => !known.has(number));
    fresh.sort((lower, higher) => lower - higher);
    this.note.hidden = !fresh.length;
    this.note.textContent = fresh.length ? `${this.form.dataset.newText} ${fresh.join("、")}` : "";
  }
}

// "1/5" -> [1, 5], "0" -> [0, 1].
function limitOf(text) {
  const [over, under = 1] = text.split("/").map(Number);
  return [over, under];
}

function fieldOf(row, column) {
  return row.querySelector(`[data-column="${column}"]`);
}

function valueOf(row, column) {
  const field = fieldOf(row, column);
  return field ? wholeNumber(field.value) : null;
}

// Of these units together, as typed where they can be; null where one is not known.
function peopleOf(rows) {
  const counts = rows.map((row) => {
    if (fieldOf(row, "people")) return valueOf(row, "people");
    return row.dataset.people === "" ? null : Number(row.dataset.people);
  });
  return counts.includes(null) ? null : counts.reduce((sum, count) => sum + count, 0);
}

document.querySelectorAll("form[data-board]").forEach((form) => new Table(form).begin());

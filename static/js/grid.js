// A table of inputs as a grid: Enter and the arrows go from row to row, blocks can be pasted,
// empty rows can be added. Without this file the form works just the same, cell by cell.

import { pastedBlock, renumbered, rowNumber } from "./grid_cells.js";
import { askBeforeLeaving } from "./leaving.js";

const ROWS_AT_ONCE = 5;

class Grid {
  constructor(form) {
    this.form = form;
    this.more = form.querySelector("[data-grid-add]"); // only a table with this button may grow
    this.unsaved = form.dataset.typed !== undefined; // it came back with faults
    form.addEventListener("keydown", (event) => this.pressed(event));
    form.addEventListener("paste", (event) => this.pasted(event));
    this.guard();
    if (this.more) this.offerMore();
  }

  // Saving and discarding go on at once; every other way off the page asks first.
  guard() {
    const mark = (unsaved) => () => {
      this.unsaved = unsaved;
    };
    this.form.addEventListener("input", mark(true));
    this.form.addEventListener("submit", mark(false));
    this.form.querySelector("[data-discard]")?.addEventListener("click", mark(false));
    askBeforeLeaving(() => this.unsaved);
  }

  offerMore() {
    this.more.hidden = false;
    this.more.addEventListener("click", () => {
      const body = this.form.querySelector("tbody");
      const before = rowsOf(body).length;
      for (let made = 0; made < ROWS_AT_ONCE; made += 1) addRow(body);
      rowsOf(body)[before].querySelector("[data-column]").focus();
    });
  }

  pressed(event) {
    const from = event.target;
    const by = from.dataset?.column ? rowsDown(event) : 0;
    if (!by || event.isComposing || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    move(from, by);
  }

  pasted(event) {
    const from = event.target;
    const block = from.dataset?.column
      ? pastedBlock(event.clipboardData?.getData("text") ?? "")
      : null;
    if (!block) return;
    event.preventDefault();
    const body = from.closest("tbody");
    const start = rowsOf(body).indexOf(from.closest("tr"));
    while (
      this.more && start + block.length > rowsOf(body).length && addRow(body)
    ) { /* one by one */ }
    const rows = rowsOf(body);
    const columns = [...rows[0].querySelectorAll("[data-column]")].map((input) =>
      input.dataset.column
    );
    const first = columns.indexOf(from.dataset.column);
    block.forEach((line, down) =>
      line.forEach((value, right) => {
        const target = cellOf(rows[start + down], columns[first + right]);
        if (target) put(target, value.trim());
      })
    );
  }
}

function rowsOf(body) {
  return [...body.querySelectorAll("tr")].filter((row) => row.querySelector("[data-column]"));
}

function cellOf(row, column) {
  return row ? row.querySelector(`[data-column="${column}"]`) : null;
}

// How many rows a key goes down; the arrows choose in a list of choices and stay there.
function rowsDown({ key, shiftKey, target }) {
  if (key === "Enter") return shiftKey ? -1 : 1;
  if (target.tagName !== "INPUT") return 0;
  return { ArrowDown: 1, ArrowUp: -1 }[key] ?? 0;
}

function move(from, by) {
  const rows = rowsOf(from.closest("tbody"));
  const { column } = from.dataset;
  let place = rows.indexOf(from.closest("tr")) + by;
  while (rows[place] && !cellOf(rows[place], column)) place += by;
  const target = cellOf(rows[place], column);
  if (!target) return;
  target.focus();
  if (target.select) target.select();
}

function put(target, value) {
  if (target.tagName === "SELECT") {
    const options = [...target.options];
    const option = options.find((choice) => choice.value === value || choice.text === value);
    if (!option) return;
    target.value = option.value;
  } else {
    target.value = value;
  }
  target.dispatchEvent(new Event("input", { bubbles: true }));
}

// A new row is the last one again, empty and with the next number in its names; whether it could be.
function addRow(body) {
  const rows = rowsOf(body);
  const last = rows[rows.length - 1];
  const number = rowNumber(last.querySelector("[data-column]").name);
  if (number === null) return false;
  const row = last.cloneNode(true);
  row.querySelectorAll("[name]").forEach((input) => emptied(input, number + 1, rows.length + 1));
  row.querySelectorAll(".field-error").forEach((error) => error.remove());
  row.querySelector(".row-number").childNodes[0].textContent = rows.length + 1;
  last.after(row);
  return true;
}

// number: in the names of the form; place: as people count rows.
function emptied(input, number, place) {
  input.name = renumbered(input.name, number);
  if (input.id) input.id = renumbered(input.id, number);
  if (input.tagName === "SELECT") input.selectedIndex = 0;
  else if (input.type === "checkbox") input.checked = false;
  else input.value = "";
  input.classList.remove("is-invalid");
  const label = input.getAttribute("aria-label");
  if (label) input.setAttribute("aria-label", label.replace(/\d+$/, place));
}

document.querySelectorAll("form[data-grid]").forEach((form) => new Grid(form));
